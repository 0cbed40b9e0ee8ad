"""Where an axis has its numbers, and how wide they are, so that none stands on another."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Final

from analyzer.wording import MINUS, number

NARROW: Final = frozenset(" .,:;'!|()[]iljtfrI-")
WIDE: Final = frozenset(f"mwMW%@&+=<>±{MINUS}")
NARROW_EM, USUAL_EM, CAPITAL_EM, WIDE_EM = 0.42, 0.65, 0.8, 1.0
"""Widths of letters as shares of their size; fonts of systems and browsers are hardly wider than this."""


def ticks(low: float, high: float, least: float, unit: str = "") -> list[tuple[float, str]]:
    """Round places from low to high with their numbers, whose steps are 1, 2 or 5 times a power of ten.

    Args:
        low: lower end of the axis.
        high: its upper end.
        least: how far apart the numbers are at least; above 0.
        unit: stands behind each.
    """
    power = floor(log10(least))
    step = next(step for factor in (1, 2, 5, 10) if (step := factor * 10.0**power) >= least * (1 - 1e-9))
    digits = max(0, -floor(log10(step) + 1e-9))
    places = (round(count * step, digits) for count in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1))
    return [(place, number(place, digits) + unit) for place in places]


def text_width(text: str, letter_px: float) -> float:
    """How wide a line of text is at most, in px, whichever font shows it."""
    return letter_px * sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in NARROW:
        return NARROW_EM
    return WIDE_EM if letter in WIDE else CAPITAL_EM if letter.isupper() else USUAL_EM


def spaced(places: Sequence[float], gap: float) -> list[float]:
    """Of places in order those that are at least so far apart: the first, the last, and what fits between.

    Where not even the first and the last fit, the last alone.
    """
    kept = list(places[-1:])
    for place in reversed(places[:-1]):
        if kept[-1] - place >= gap and (place == places[0] or place - places[0] >= gap):
            kept.append(place)
    return kept[::-1]
