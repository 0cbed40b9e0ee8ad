"""The whole clip as a thin strip: where feet land and repetitions lie, and a play head."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Picture
from analyzer.assessment import Assessment
from analyzer.overlay.palette import INK, PALE, WHITE, Colour, rgb
from analyzer.overlay.shapes import Layer, Placed
from analyzer.overlay.stamps import Stamp, bar
from analyzer.pose.landmarks import Side

GROUND: Final[Colour] = (46, 52, 57)
LEAST_APART_PX: Final = 3.0
"""Landings nearer to each other than that would run together; then none is marked."""


class Strip:
    """A strip of one size, drawn once, under a play head.

    Args:
        assessment: has the steps and repetitions.
        duration_s: of the clip, on the movement's own clock.
        width: px.
        height: px.
    """

    def __init__(self, assessment: Assessment, duration_s: float, width: int, height: int) -> None:
        self._duration_s = max(duration_s, 1e-6)
        self._width, self._height = width, height
        self._stamp = self._drawn(assessment)
        self._head = bar(2 * max(1, height // 8) + 2, round(1.8 * height), WHITE, 255)

    def x_at(self, time_s: float) -> float:
        """Where an instant lies, px from the strip's left end."""
        return float(np.clip(time_s / self._duration_s, 0.0, 1.0)) * (self._width - 1)

    def shapes(self, time_s: float, left: float, top: float) -> Layer:
        """The strip with its play head, its top left corner at that place."""
        at = left + self.x_at(time_s) - self._head.width / 2, top - 0.4 * self._height
        return [Placed(self._stamp, (left, top)), Placed(self._head, at)]

    def _drawn(self, assessment: Assessment) -> Stamp:
        picture: Picture = np.full((self._height, self._width, 3), GROUND, np.uint8)
        for rep in assessment.reps:
            picture[:, self._columns(rep.start_s, rep.end_s)] = rgb(rep.verdict)
            top = round(self.x_at(rep.top_s))
            picture[self._height // 3 : -(self._height // 3) or None, top : top + 2] = INK
        landings = [(s.side, self.x_at(s.contact_s)) for s in assessment.steps if s.contact_s is not None]
        if len(landings) < 2 or self._width / len(landings) >= LEAST_APART_PX:
            middle = self._height // 2
            for side, x in landings:
                rows = np.s_[:middle] if side is Side.LEFT else np.s_[middle:]
                picture[rows, round(x) : round(x) + max(2, self._height // 5)] = WHITE if side is Side.LEFT else PALE
        return Stamp(picture, np.zeros_like(picture))

    def _columns(self, start_s: float, end_s: float) -> slice:
        """At least two px wide, with a px of ground before the next one."""
        first = round(self.x_at(start_s))
        return slice(first, max(round(self.x_at(end_s)) - 1, first + 2))
