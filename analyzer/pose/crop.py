"""The square that the landmark network looks at, and the way between it and the picture.

Source for centre, size and turn: Bazarevsky et al. 2020, BlazePose, doi:10.48550/arXiv.2006.10204. The network tells
them for the next frame by two points: between the hips, and on the circle round the whole body, above the head.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from analyzer.arrays import Floats, Picture

if TYPE_CHECKING:
    from analyzer.video.planar import Planar

CROP_PX: Final = 256
MARGIN: Final = 1.25
"""By how much the square exceeds the body's circle, as the network was trained."""


@dataclass(frozen=True)
class Crop:
    """A square in a picture.

    Attributes:
        centre_px: (2,) x right, y down.
        side_px: length of an edge.
        turn_rad: clockwise turn of the body against upright.
        mirrored: whether the network is shown the mirror image.
    """

    centre_px: Floats
    side_px: float
    turn_rad: float = 0.0
    mirrored: bool = False

    @classmethod
    def around(cls, hips_px: Floats, circle_px: Floats) -> Crop:
        """The square for a body whose circle has its centre between the hips and passes through a point."""
        up = circle_px - hips_px
        return cls(hips_px, float(2.0 * MARGIN * np.hypot(*up)), float(np.arctan2(up[0], -up[1])))

    @property
    def circle_px(self) -> Floats:
        """(2,) the point on the body's circle above the head, as `around` takes it."""
        up = np.array([np.sin(self.turn_rad), -np.cos(self.turn_rad)])
        return np.asarray(self.centre_px + self.side_px / (2.0 * MARGIN) * up)

    def mirror(self) -> Crop:
        """The same square, seen in a mirror."""
        return replace(self, mirrored=not self.mirrored)

    def scaled(self, factor: float) -> Crop:
        """The same square in a picture that is larger by a factor."""
        return replace(self, centre_px=self.centre_px * factor, side_px=self.side_px * factor)

    @property
    def to_picture(self) -> Floats:
        """(2, 3) affine map from the network's px to the picture's."""
        scale = self.side_px / CROP_PX
        cos, sin = scale * np.cos(self.turn_rad), scale * np.sin(self.turn_rad)
        flip = -1.0 if self.mirrored else 1.0
        turn = np.array([[flip * cos, -sin], [flip * sin, cos]])
        return np.column_stack([turn, self.centre_px - turn @ np.full(2, CROP_PX / 2)])

    def cut(self, picture: Picture | Planar) -> Picture:
        """(256, 256, 3) RGB that the network sees, of an RGB picture (h, w, 3) or another; black beyond its edges."""
        import cv2  # with all that reads videos, it takes longer to load than scoring a clip again

        from analyzer.video.planar import Planar

        if isinstance(picture, Planar):
            return picture.cut(self.to_picture, CROP_PX)
        return np.asarray(
            cv2.warpAffine(picture, self.to_picture, (CROP_PX, CROP_PX), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        )

    def place(self, points: Floats) -> Floats:
        """Points (..., 2) from the network's px into the picture's px."""
        there = self.to_picture
        return np.asarray(points @ there[:, :2].T + there[:, 2])

    def turn_world(self, world: Floats) -> Floats:
        """Metric points (..., 3), x right, y down, from the crop's axes into the picture's; lengths stay."""
        turned = world.copy()
        turned[..., :2] = world[..., :2] @ (self.to_picture[:, :2].T * (CROP_PX / self.side_px))
        return turned
