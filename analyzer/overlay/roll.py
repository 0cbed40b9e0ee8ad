"""A curve with signs on it, as on a roll of paper that is pulled past a window: drawn once, piece by piece."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats, Picture
from analyzer.overlay import canvas
from analyzer.overlay.annotator import Size
from analyzer.overlay.palette import PALE, WHITE, Colour
from analyzer.overlay.shapes import Placed
from analyzer.overlay.stamps import Stamp, composed, inked

BEYOND_PX: Final = 8
"""How far beyond its ends a piece is drawn, and then cut: OpenCV's smooth lines fray at a picture's edge."""


@dataclass(frozen=True, eq=False)
class Sign:
    """A stamp whose middle marks an instant on the roll, so many px below its upper edge."""

    stamp: Stamp
    time_s: float
    y_px: float


class Roll:
    """What a window of one size shows of a curve.

    Args:
        times_s: (n,) real seconds, rising.
        y_px: (n,) of the curve, below the window's upper edge; NaN where there is none.
        held: (n,) where the line is bold and white, not thin and pale.
        signs: on top of the curve.
        window_s: how much time the window shows.
        size_px: width and height of the window.
        thin_px: width of the thin line.
    """

    def __init__(
        self,
        times_s: Floats,
        y_px: Floats,
        held: Bools,
        signs: list[Sign],
        window_s: float,
        size_px: Size,
        thin_px: int,
    ) -> None:
        self._times_s, self._y_px, self._held, self._signs = times_s, y_px, held, signs
        self._window_s, self._size_px, self._thin_px = window_s, size_px, thin_px
        self._margin = max([2 * thin_px, *(math.ceil(sign.stamp.height / 2) for sign in signs)])
        self._pieces: dict[int, Stamp] = {}

    def seen(self, start_s: float, left: int, top: int) -> list[Placed]:
        """What is seen while the window's left edge stands at an instant, its corner at that place in the picture."""
        width, height = self._size_px
        first = math.floor(start_s / self._window_s)
        at = left + round((first * self._window_s - start_s) / self._window_s * width)
        within = left, top - self._margin, left + width, top + height + self._margin
        self._pieces = {index: self._pieces.get(index) or self._piece(index) for index in (first, first + 1)}
        return [
            Placed(self._pieces[index], (at + place * width, top - self._margin), within)
            for place, index in enumerate((first, first + 1))
        ]

    def _piece(self, index: int) -> Stamp:
        """The stretch that fills the window ``index`` widths from the roll's beginning, signs sticking out of it."""
        width, height = self._size_px[0], self._size_px[1] + 2 * self._margin
        start_s, per_s = index * self._window_s, width / self._window_s
        beyond_s = BEYOND_PX / per_s
        first, last = np.searchsorted(self._times_s, [start_s - beyond_s, start_s + self._window_s + beyond_s])
        rows = np.s_[max(first - 1, 0) : last + 1]
        points = np.stack([(self._times_s[rows] - start_s) * per_s, self._y_px[rows] + self._margin], axis=1)
        pairs = np.stack([points[:-1], points[1:]], axis=1)
        held = self._held[rows][:-1] & self._held[rows][1:]
        parts = [
            (_line(pairs[~held], PALE, self._thin_px, 0.55, (width, height)), 0.0, 0.0),
            (_line(pairs[held], WHITE, 2 * self._thin_px, 1.0, (width, height)), 0.0, 0.0),
        ]
        for sign in self._signs:
            x, y = (sign.time_s - start_s) * per_s, sign.y_px + self._margin
            parts.append((sign.stamp, x - sign.stamp.width / 2, y - sign.stamp.height / 2))
        return composed(width, height, parts)


def _line(pairs: Floats, colour: Colour, width_px: int, opacity: float, size_px: Size) -> Stamp:
    mask: Picture = np.zeros((size_px[1], size_px[0] + 2 * BEYOND_PX), np.uint8)
    canvas.polylines(mask, pairs + np.array([BEYOND_PX, 0]), (round(255 * opacity), 0, 0), width_px, cased=False)
    return inked(mask[:, BEYOND_PX:-BEYOND_PX], colour)
