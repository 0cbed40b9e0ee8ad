"""How the phone moved over a shot: held still, shaken, or swung after the person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.video.scenetrack import SceneTrack

STEADY_SHARE: Final = 0.004
"""Of the picture's longer side, within which the background may wander while the phone counts as still. In thirty
clips from a tripod it wandered by less than 0.001; a shaken phone's by more than 0.01."""

STEADY_TURN_DEG: Final = 0.25
STEADY_ZOOM: Final = 0.01
PAN_SHARE: Final = 0.05
"""Of the longer side, by which the slow part of the movement swings before it is a pan."""

PAN_ZOOM: Final = 0.05
SLOW_S: Final = 0.5
"""Standard deviation of the window that divides a pan from a tremor."""

LEAST_TOLD: Final = 0.8


class Moves(str, Enum):
    """What the phone did."""

    STEADY = "steady"
    SHAKING = "shaking"
    PANNING = "panning"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class CameraPath:
    """Where the still background lies in each picture, against its median place; zeros where that is unknown.

    A point of the background at ``p`` in the median picture appears at
    ``m + zoom R(rotation_deg) (p - m) + (x_px, y_px)``, ``m`` being the picture's middle.

    Attributes:
        moves: what the phone did.
        x_px: (n,) to the right, in px of the upright full-size picture.
        y_px: (n,) downwards.
        rotation_deg: (n,) + clockwise.
        zoom: (n,) 1 is none.
        told_fraction: share of the frames whose movement could be told.
    """

    moves: Moves
    x_px: Floats
    y_px: Floats
    rotation_deg: Floats
    zoom: Floats
    told_fraction: float

    def __len__(self) -> int:
        return len(self.x_px)

    @property
    def range_px(self) -> float:
        """How far the background wandered, along the axis along which it wandered farther; 95 % of the frames."""
        return float(max(_range(self.x_px), _range(self.y_px)))

    @property
    def rotation_range_deg(self) -> float:
        """How far the picture turned to and fro; 95 % of the frames."""
        return _range(self.rotation_deg)

    @staticmethod
    def still(frames: int) -> CameraPath:
        """Of a phone that did not move."""
        none = np.zeros(frames)
        return CameraPath(Moves.STEADY, none, none, none, none + 1.0, 1.0)

    def rolled(self, roll_deg: float) -> CameraPath:
        """The path of a phone that besides was turned all the time, + clockwise."""
        return replace(self, rotation_deg=self.rotation_deg + roll_deg)

    def slow(self, times_s: Floats) -> tuple[Floats, Floats]:
        """(n,) each: the part of ``x_px`` and ``y_px`` that a hand means to make."""
        sigma = SLOW_S / float(np.median(np.diff(times_s)))
        return _slow(self.x_px, sigma), _slow(self.y_px, sigma)


def camera_path(scene: SceneTrack, times_s: Floats) -> CameraPath:
    """Add up the movements of one shot. Frames whose movement is unknown are taken to move like those around them.

    Args:
        scene: of the shot alone.
        times_s: (n,) of its frames.
    """
    n = len(scene)
    told = float(scene.told[1:].mean()) if n > 1 else 0.0
    if told < LEAST_TOLD:
        return CameraPath(Moves.UNKNOWN, np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n), told)
    steps = [_filled(values, unmoved) for values, unmoved in zip(
        (scene.dx_px, scene.dy_px, scene.rotation_deg, scene.zoom), (0.0, 0.0, 0.0, 1.0), strict=True
    )]  # fmt: skip
    rotation, zoom = np.cumsum(steps[2]), np.cumprod(steps[3])
    place = np.zeros(n, complex)
    for row in range(1, n):
        turn = steps[3][row] * np.exp(1j * np.radians(steps[2][row]))
        place[row] = turn * place[row - 1] + steps[0][row] + 1j * steps[1][row]
    rotation, zoom = rotation - np.median(rotation), zoom / np.median(zoom)
    # the median picture takes the first one's place: its own shift comes off, turned and zoomed like the rest
    middle = np.median(place.real) + 1j * np.median(place.imag)
    place = place - zoom * np.exp(1j * np.radians(rotation)) * middle
    path = CameraPath(Moves.STEADY, place.real, place.imag, rotation, zoom, told)
    return CameraPath(_moves(path, times_s, max(scene.size_px)), place.real, place.imag, rotation, zoom, told)


def _moves(path: CameraPath, times_s: Floats, longer_side_px: int) -> Moves:
    held = path.range_px <= STEADY_SHARE * longer_side_px and path.rotation_range_deg <= STEADY_TURN_DEG
    if held and _range(path.zoom) <= STEADY_ZOOM:
        return Moves.STEADY
    swing = max(_range(slow) for slow in path.slow(times_s))
    return Moves.PANNING if swing > PAN_SHARE * longer_side_px or _range(path.zoom) > PAN_ZOOM else Moves.SHAKING


def _slow(values: Floats, sigma: float) -> Floats:
    # mirrored through the end points, a steady pan goes on beyond the ends
    beyond = int(4 * sigma)
    weights = np.exp(-0.5 * (np.arange(-beyond, beyond + 1) / sigma) ** 2)
    padded = np.pad(values, beyond, mode="reflect", reflect_type="odd")
    return np.convolve(padded, weights / weights.sum(), "valid")


def _filled(steps: Floats, unmoved: float) -> Floats:
    """The steps with unknown ones between known ones filled in; the first frame has not moved."""
    rows = np.arange(len(steps))
    known = np.isfinite(steps)
    filled = np.interp(rows, rows[known], steps[known])
    filled[0] = unmoved
    return np.asarray(filled)


def _range(values: Floats) -> float:
    return float(np.subtract(*np.percentile(values, [97.5, 2.5])))
