"""What a clip's pictures show besides the person, frame by frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from analyzer.arrays import Bools, Floats

CELLS: Final = 16
"""The picture's light is kept in as many cells across and down."""


@dataclass(frozen=True, eq=False)
class SceneTrack:
    """What was seen, frame by frame. NaN where it could not be told.

    Between a frame and the one before, a point of the still background moves from ``p`` to
    ``m + zoom R(rotation_deg) (p - m) + (dx_px, dy_px)``, ``m`` being the picture's middle: the phone moved the other
    way.

    Attributes:
        brightness: (n,) mean of the picture, 0 black to 1 white.
        sharpness: (n,) of the legs' part of the box, of the picture's middle without one; see `sharpness`.
        dx_px: (n,) to the right, in px of the upright full-size picture.
        dy_px: (n,) downwards.
        rotation_deg: (n,) + clockwise.
        zoom: (n,) + 1 is none.
        light: (n, CELLS, CELLS) mean light of each part of the picture, 0 to 1.
        size_px: width and height of the upright full-size picture.
    """

    brightness: Floats
    sharpness: Floats
    dx_px: Floats
    dy_px: Floats
    rotation_deg: Floats
    zoom: Floats
    light: Floats
    size_px: tuple[int, int]

    def __len__(self) -> int:
        return len(self.brightness)

    @property
    def told(self) -> Bools:
        """(n,) whether the phone's movement since the frame before is known."""
        return np.asarray(np.isfinite(self.dx_px))

    def part(self, rows: slice | Bools) -> SceneTrack:
        """Some of the frames."""
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in _columns()}
        return replace(self, **columns)

    @staticmethod
    def join(parts: Iterable[SceneTrack]) -> SceneTrack:
        """Stretches of one clip, in order, as one track; at least one."""
        parts = tuple(parts)
        columns: dict[str, Any] = {name: np.concatenate([getattr(p, name) for p in parts]) for name in _columns()}
        return replace(parts[0], **columns)


def _columns() -> list[str]:
    return [field.name for field in fields(SceneTrack) if field.name != "size_px"]
