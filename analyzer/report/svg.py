"""A chart as an SVG element of the page, whose style sheet gives it colours, strokes and letters by class.

Nothing in it has an id, so several can stand in one page; it holds no colour, so it follows the page's light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import Final, Literal, TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from analyzer.assessment import Limits
from analyzer.report.ticks import text_width, ticks

MOST_LETTERS: Final = 4
"""Of a unit that stands behind every number; longer ones are left to the page's text."""

ABOVE_PX: Final = 7.0
BELOW_PX: Final = 42.0
"""Room over the plot, half a letter high, and under it for two lines of text."""

TICK_PX: Final = 3.0
GAP_PX: Final = 5.0
"""Length of a tick, and the room between an axis and its numbers."""

LINE_HEIGHT: Final = 1.3
APART_PX: Final = 25.0
"""Numbers of the upright axis are at least so far apart."""

BESIDE_EM, BELOW_EM = 0.35, 0.9
"""From a point to the foot of letters whose middle, or whose top, lies there, as shares of their size."""

DOT_PX, READING_PX, CAP_PX = 2.75, 3.75, 3.0
"""Radius of an event's and of the clip's dot; half the width of an interval's ends."""

Ends: TypeAlias = tuple[float, float]
Whose: TypeAlias = Literal["own", "other"]
"""The side that a chart is about, in its verdict's colour, or the one beside it, in grey."""

Course: TypeAlias = Literal["course"]
"""What leads from one of several values to the next."""

Filled: TypeAlias = Literal["real", "noise"]
"""A value that differs from the first has a filled dot, one within the noise a hollow one."""


@dataclass(frozen=True)
class Size:
    """Of a chart, in its own px; its letters are drawn no larger than ``letter_px``, which they are on a phone."""

    width: float
    height: float
    letter_px: float


@dataclass(frozen=True)
class Scale:
    """From values to px along an axis: straight, from the lower end to the upper."""

    low: float
    high: float
    low_px: float
    high_px: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        return self.low_px + (value - self.low) * self.px_each

    @property
    def px_each(self) -> float:
        """The length of one unit, negative where values grow towards the picture's top."""
        return (self.high_px - self.low_px) / ((self.high - self.low) or 1.0)


class Chart:
    """A chart with one axis at its left and one below; what is drawn later lies over what was drawn before."""

    def __init__(self, size: Size, across: Ends, up: Ends, unit: str, right_px: float = 10.0) -> None:
        """An empty chart.

        Args:
            size: of the picture.
            across: ends of the level axis.
            up: ends of the upright axis.
            unit: stands behind its numbers, unless it is a long one.
            right_px: room beside the right end.
        """
        self.size = size
        self._root = Element("svg", {"class": "chart", "viewBox": f"0 0 {_px(size.width)} {_px(size.height)}"})
        bottom = size.height - BELOW_PX
        self.y = Scale(*up, bottom, ABOVE_PX)
        numbers = ticks(*up, APART_PX / abs(self.y.px_each), unit if len(unit) <= MOST_LETTERS else "")
        widest = max((text_width(text, size.letter_px) for _, text in numbers), default=0.0)
        self.x = Scale(*across, GAP_PX + widest, size.width - right_px)
        left, right = _px(self.x.low_px), _px(self.x.high_px)
        self._path(f"M{left} {_px(self.y.high_px)}V{_px(bottom)}H{right}", "axis")
        for value, text in numbers:
            self._text(self.x.low_px - GAP_PX, self.y(value), text, "number", BESIDE_EM)

    def level(self, value: float) -> None:
        """A faint line from left to right, if the axis has that value."""
        if self.y.low <= value <= self.y.high:
            self._path(f"M{_px(self.x.low_px)} {_px(self.y(value))}H{_px(self.x.high_px)}", "rule")

    def upright(self, place: float) -> None:
        """A faint line from top to bottom."""
        self._path(f"M{_px(self.x(place))} {_px(self.y.low_px)}V{_px(self.y.high_px)}", "rule")

    def band(self, limits: Limits | None, windows: Sequence[Ends] = ()) -> None:
        """Tint the target, over the whole width or only in the windows, which are stretches of the level axis."""
        if limits is None or (limits.pass_low is None and limits.pass_high is None):
            return
        bottom = self.y.low_px if limits.pass_low is None else self.y(limits.pass_low)
        top = self.y.high_px if limits.pass_high is None else self.y(limits.pass_high)
        for ends in windows or ((self.x.low, self.x.high),):
            left, right = map(self.x, ends)
            box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
            SubElement(self._root, "rect", {"class": "band", **{name: _px(px) for name, px in box.items()}})
            for edge in (limits.pass_low, limits.pass_high):
                if edge is not None:
                    self._path(f"M{_px(left)} {_px(self.y(edge))}H{_px(right)}", "edge")

    def area(self, places: Iterable[float], low: Iterable[float], high: Iterable[float]) -> None:
        """The spread between two curves, with gaps where one of them is NaN."""
        points = list(zip(places, low, high, strict=True))
        parts = []
        for part in _whole(points):
            there = [(self.x(place), self.y(value)) for place, _, value in part]
            back = [(self.x(place), self.y(value)) for place, value, _ in reversed(part)]
            parts.append(f"M{_joined([*there, *back])}Z")
        if parts:
            self._path("".join(parts), "spread")

    def line(self, places: Iterable[float], values: Iterable[float], look: Whose | Course) -> None:
        """A curve, with gaps where its values are NaN; a value alone between gaps is a point."""
        parts = [
            f"M{_joined([(self.x(place), self.y(value)) for place, value in part])}{'' if len(part) > 1 else 'h0'}"
            for part in _whole(list(zip(places, values, strict=True)))
        ]
        if parts:
            self._path("".join(parts), f"line {look}")

    def dots(self, places: Iterable[float], values: Iterable[float], whose: Whose) -> None:
        """Single events: filled for the own side, hollow for the other."""
        group = SubElement(self._root, "g", {"class": f"events {whose}"})
        for place, value in zip(places, values, strict=True):
            _circle(group, self.x(place), self.y(value), DOT_PX)

    def reading(self, place: float, value: float, half: float, look: Whose | Filled, *, capped: bool = False) -> None:
        """A value with its interval, ``half`` to either side."""
        group = SubElement(self._root, "g", {"class": f"clip {look}"})
        x, top, bottom = self.x(place), self.y(value + half), self.y(value - half)
        path = f"M{_px(x)} {_px(bottom)}V{_px(top)}"
        if capped:
            path += "".join(f"M{_px(x - CAP_PX)} {_px(end)}h{_px(2 * CAP_PX)}" for end in (bottom, top))
        SubElement(group, "path", {"d": path})
        _circle(group, x, self.y(value), READING_PX)

    def names(self, ends: Sequence[tuple[float, str, Whose]]) -> None:
        """Up to two names beside the ends of their lines, pushed apart where these are close."""
        named = sorted(((self.y(value), name, whose) for value, name, whose in ends if isfinite(value)))
        apart = LINE_HEIGHT * self.size.letter_px
        if len(named) == 2 and named[1][0] - named[0][0] < apart:
            middle = 0.5 * (named[0][0] + named[1][0])
            named = [(middle + sign * apart / 2, *entry[1:]) for sign, entry in zip((-1, 1), named, strict=True)]
        for y, name, whose in named:
            self._text(self.x.high_px + GAP_PX, y, name, f"name {whose}", BESIDE_EM)

    def below(self, numbers: Iterable[tuple[float, str]], label: str = "") -> None:
        """The level axis: ticks with their numbers, which may have a second line, and what the axis is."""
        bottom, marks = self.y.low_px, []
        for place, text in numbers:
            x = self.x(place)
            marks.append(f"M{_px(x)} {_px(bottom)}v{_px(TICK_PX)}")
            for row, line in enumerate(text.split("\n")):
                self._text(x, bottom + GAP_PX, line, "place", BELOW_EM + row * LINE_HEIGHT)
        if marks:
            self._path("".join(marks), "axis")
        if label:
            half = min(text_width(label, self.size.letter_px), self.size.width) / 2
            middle = min(max((self.x.low_px + self.x.high_px) / 2, half), self.size.width - half)
            self._text(middle, bottom + GAP_PX, label, "place", BELOW_EM + LINE_HEIGHT)

    def svg(self, label: str) -> Markup:
        """The element; ``label`` says what it shows to those who cannot see it."""
        self._root.attrib |= {"role": "img", "aria-label": label}
        return Markup(tostring(self._root, encoding="unicode"))

    def _path(self, path: str, look: str) -> None:
        SubElement(self._root, "path", {"class": look, "d": path})

    def _text(self, x: float, y: float, text: str, look: str, down_em: float) -> None:
        at = {"class": look, "x": _px(x), "y": _px(y), "dy": f"{down_em:g}em"}
        SubElement(self._root, "text", at).text = text


def _circle(group: Element, x: float, y: float, radius: float) -> None:
    SubElement(group, "circle", {"cx": _px(x), "cy": _px(y), "r": _px(radius)})


def _whole(points: Sequence[tuple[float, ...]]) -> Iterable[list[tuple[float, ...]]]:
    """The stretches of points of which every number is known."""
    for known, part in groupby(points, lambda point: all(map(isfinite, point))):
        if known:
            yield list(part)


def _joined(points: Iterable[tuple[float, float]]) -> str:
    return "L".join(f"{_px(x)} {_px(y)}" for x, y in points)


def _px(length: float) -> str:
    """To a tenth of a px, which nobody sees."""
    return f"{length:.1f}".removesuffix(".0")
