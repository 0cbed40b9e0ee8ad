"""Reading a chart's SVG back: what lies where, as somebody who looks at it would see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree

from PIL import ImageFont

from analyzer.wording import MINUS

NUMBER = re.compile(rf"[-{MINUS}]?\d+(?:\.\d+)?")
COMMAND = re.compile(r"([MLHVhv])([^MLHVZhv]*)")


@dataclass(frozen=True)
class Letters:
    """A line of text: where it begins and ends, and the foot of its letters."""

    text: str
    look: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def value(self) -> float:
        found = NUMBER.match(self.text)
        assert found is not None, self.text
        return float(found[0].replace(MINUS, "-"))


class Drawing:
    """A chart, its letters ``letter_px`` tall."""

    def __init__(self, svg: str, letter_px: float = 11.0) -> None:
        self.root = ElementTree.fromstring(svg)
        self.letter_px = letter_px
        self.width, self.height = map(float, self.root.attrib["viewBox"].split()[2:])

    def marked(self, *looks: str) -> list[ElementTree.Element]:
        """Every element that has all these classes, or stands in one that has."""
        parents = [e for e in self.root.iter() if set(looks) <= set(e.attrib.get("class", "").split())]
        return [inner for parent in parents for inner in parent.iter()]

    def paths(self, *looks: str) -> list[list[list[tuple[float, float]]]]:
        """Of every path its stretches, each the points it goes through."""
        return [stretches(e.attrib["d"]) for e in self.marked(*looks) if e.tag == "path"]

    def circles(self, *looks: str) -> list[tuple[float, float]]:
        return [(float(e.attrib["cx"]), float(e.attrib["cy"])) for e in self.marked(*looks) if e.tag == "circle"]

    def boxes(self, look: str) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom."""
        found = []
        for e in self.marked(look):
            x, y, w, h = (float(e.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append((x, y, x + w, y + h))
        return found

    def letters(self, look: str = "") -> list[Letters]:
        return [self._box(e) for e in self.root.iter("text") if not look or look in e.attrib["class"].split()]

    def _box(self, element: ElementTree.Element) -> Letters:
        look = element.attrib["class"].split()[0]
        x, foot = float(element.attrib["x"]), float(element.attrib["y"])
        foot += float(element.attrib["dy"].removesuffix("em")) * self.letter_px
        text = element.text or ""
        wide = dejavu().getlength(text) / 100.0 * self.letter_px
        left = {"number": x - wide, "place": x - wide / 2, "name": x}[look]
        return Letters(text, look, left, left + wide, foot - 0.73 * self.letter_px, foot)

    def axis(self, look: str, along: int) -> tuple[float, float]:
        """Origin and length of a unit in px, from an axis' outermost numbers."""
        told = sorted({(each.value, each.middle[along]) for each in self.letters(look) if NUMBER.match(each.text)})
        (low, at_low), (high, at_high) = told[0], told[-1]
        each = (at_high - at_low) / (high - low)
        return at_low - low * each, each

    def up(self, value: float) -> float:
        """Where the upright axis has a value, judged by its numbers."""
        origin, each = self.axis("number", 1)
        return origin + value * each

    def across(self, value: float) -> float:
        """Where the level axis has a value, judged by its numbers."""
        origin, each = self.axis("place", 0)
        return origin + value * each

    def overlapping(self) -> list[tuple[str, str]]:
        """Texts that stand on each other."""
        return [
            (a.text, b.text)
            for a, b in combinations(self.letters(), 2)
            if a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
        ]


def stretches(path: str) -> list[list[tuple[float, float]]]:
    """The points that a path goes through, a list for each stretch."""
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, told in COMMAND.findall(path):
        numbers = [float(number) for number in told.split()]
        if command in "ML":
            x, y = numbers
        elif command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        elif command == "h":
            x += numbers[0]
        else:
            y += numbers[0]
        found = [*found, [(x, y)]] if command == "M" else [*found[:-1], [*found[-1], (x, y)]]
    return found


@cache
def dejavu() -> ImageFont.FreeTypeFont:
    """A wide font as fonts of pages go, 100 px tall."""
    font = files("analyzer.overlay").joinpath("fonts", "DejaVuSans.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(font), 100, layout_engine=ImageFont.Layout.BASIC)
