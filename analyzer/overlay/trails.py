"""Short fading trails of knee and foot, where they went in the room: a phone that swings along does not bend them."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import AnyArray, Floats
from analyzer.motion.types import FRONTAL, Motion
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import Colour
from analyzer.overlay.shapes import Layer, Trail
from analyzer.overlay.skeleton import far_side
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.video.camerapath import CameraPath

LONG_S: Final = 0.8
SHORT_S: Final = 0.4
"""Length of a trail in real seconds: of repetitions, and of running, where longer ones would tangle."""

MOST_POINTS: Final = 20
PARTS: Final = (("knee",), ("heel", "toe"))
COLOURS: Final[dict[Side, Colour]] = {Side.LEFT: (255, 236, 170), Side.RIGHT: (196, 176, 255)}


class TrailAnnotator(Annotator):
    """Draws the trails of the legs that can be seen well: the near one from the side, both from front and back.

    Args:
        motion: whose places they are.
        scale: by how much the picture is smaller than the clip's own.
    """

    def __init__(self, motion: Motion, scale: float = 1.0) -> None:
        self._scale = scale
        self._motion = motion
        self._middle = complex(*motion.track.size_px) / 2
        far = far_side(motion.camera.view)
        self._sides = [side for side in SIDES if side is not far]
        self._last_s = (SHORT_S if motion.steps else LONG_S) * motion.tempo.factor
        self._places = {
            (side, part): _complex(motion.track.points_px[:, [point(side, name) for name in part]].mean(axis=1))
            for side in self._sides
            for part in PARTS
        }
        path = motion.path or CameraPath.still(len(motion.track))
        self._turn = path.zoom * np.exp(1j * np.radians(path.rotation_deg))
        self._shift = path.x_px + 1j * path.y_px

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        times = self._motion.times_s
        first, last = np.searchsorted(times, [moment.time_s - self._last_s, moment.time_s + 1e-6], side="right")
        rows = np.arange(first, last)[:: -max(1, -(-(last - first) // MOST_POINTS))][::-1]
        if len(rows) < 2:
            return []
        pen = Pen.of(size_px, moment.body_px)
        width = pen.thin if self._motion.camera.view in FRONTAL else pen.line
        now = int(np.argmin(np.abs(times - moment.time_s)))
        return [
            Trail(self._as_seen(places[rows], now), COLOURS[side], width)
            for (side, _), places in self._places.items()
            if np.isfinite(places[rows[-1]])
        ]

    def _as_seen(self, places: AnyArray, now: int) -> Floats:
        """Places (m,) of the room, as complex numbers, in the picture (m, 2) as it is now."""
        seen = ((places - self._middle) * self._turn[now] + self._middle + self._shift[now]) * self._scale
        return np.asarray(seen.view(float).reshape(-1, 2))


def _complex(places: Floats) -> AnyArray:
    return places[:, 0] + 1j * places[:, 1]
