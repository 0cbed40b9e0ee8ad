"""What there is to draw, as plain values: no pixel is touched here. `analyzer.overlay.raster` puts shapes on pictures.

Places are px of the picture that is drawn on, x right, y down. Shapes with a place that is not a number draw nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.overlay.palette import INK, Colour, Stroke
from analyzer.overlay.stamps import Stamp, Window

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""

EVERYWHERE: Final[Box] = (-math.inf, -math.inf, math.inf, math.inf)

CASING_PX: Final = 1.0
"""Of the dark rim that keeps lines legible on any ground."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines (k, m, 2) of one look; `alpha` below 1 lets the picture through."""

    lines: Floats
    colour: Colour
    width: int
    cased: bool = True
    alpha: float = 1.0


@dataclass(frozen=True, eq=False)
class Trail:
    """A line (m, 2) from long ago to now that fades into the past; it breaks where a place is missing."""

    points: Floats
    colour: Colour
    width: int


@dataclass(frozen=True, eq=False)
class Disc:
    """A disc or, hollow, a ring, with a dark rim. ``joint`` is the landmark that it marks, None if it marks none."""

    at: Floats
    radius: float
    colour: Colour
    hollow: bool = False
    joint: int | None = None


@dataclass(frozen=True, eq=False)
class Ring:
    """A circle line that lets the picture through."""

    at: Floats
    radius: float
    colour: Colour
    width: int
    alpha: float = 1.0


@dataclass(frozen=True, eq=False)
class Area:
    """A tinted polygon (m, 2)."""

    outline: Floats
    colour: Colour
    alpha: float


@dataclass(frozen=True, eq=False)
class MassMark:
    """The quartered disc that drawings use for a centre of mass."""

    at: Floats
    radius: float
    colour: Colour


@dataclass(frozen=True, eq=False)
class Placed:
    """A ready-made piece of picture with its top left corner at ``at``; nothing of it is seen outside ``within``."""

    stamp: Stamp
    at: tuple[float, float]
    within: Window | None = None


Shape: TypeAlias = Lines | Trail | Disc | Ring | Area | MassMark | Placed
Layer: TypeAlias = list[Shape]
"""Shapes that lie near each other, from the bottom to the top."""


def box_of(layer: Layer) -> Box | None:
    """The part of the picture that a layer covers; None if it draws nothing."""
    boxes = [box for box in map(_extent, layer) if box is not None]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _extent(shape: Shape) -> Box | None:
    if isinstance(shape, Placed):
        (x, y), (left, top, right, bottom) = shape.at, shape.within or EVERYWHERE
        edges = x + shape.stamp.width + 1.0, y + shape.stamp.height + 1.0
        return max(x - 1.0, left), max(y - 1.0, top), min(edges[0], right), min(edges[1], bottom)
    if isinstance(shape, Lines):
        return around(shape.lines.reshape(-1, 2), shape.width + 3.0)
    if isinstance(shape, Trail):
        return around(shape.points, shape.width + 3.0)
    if isinstance(shape, Area):
        return around(shape.outline, 2.0)
    x, y = shape.at.tolist()
    room = shape.radius + 3.0 + (shape.width if isinstance(shape, Ring) else 0.0)
    return (x - room, y - room, x + room, y + room) if math.isfinite(x + y) else None


def around(places: Floats, room: float) -> Box | None:
    """The box of places (k, 2) with room on all sides; None if none of them is seen."""
    seen = np.isfinite(places)
    if not seen.all():
        places = places[seen.all(axis=1)]
    if not len(places):
        return None
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    return left - room, top - room, right + room, bottom + room


def line(*points: Floats, colour: Colour, width: int, cased: bool = True, alpha: float = 1.0) -> Lines:
    """One line through points (2,)."""
    return Lines(np.stack(points)[None], colour, width, cased, alpha)


def dashes(a: Floats, b: Floats, dash_px: float) -> Floats:
    """(k, 2, 2) the dashes of a line from a to b; none where it has no length or an end is missing."""
    length = math.hypot(*(b - a))
    if not 1.0 <= length < math.inf:
        return np.empty((0, 2, 2))
    starts = np.arange(0.0, length, 1.8 * dash_px)
    shares = np.stack([starts, np.minimum(starts + dash_px, length)], axis=1) / length
    return np.asarray(a + shares[..., None] * (b - a))


def dashed(a: Floats, b: Floats, colour: Colour, width: int, alpha: float = 1.0) -> Lines:
    """A dashed line from a to b."""
    return Lines(dashes(a, b, dash_px(width)), colour, width, alpha=alpha)


def dash_px(width: int) -> float:
    """Length of the dashes of a line of that width."""
    return 3.0 * width + 3.0


def stroke(a: Floats, b: Floats, colour: Colour, width: int, style: Stroke) -> Layer:
    """A judged line in its verdict's style."""
    if style is Stroke.DASHED:
        return [Lines(dashes(a, b, 3.5 * width), colour, width)]
    if style is Stroke.SOLID:
        return [line(a, b, colour=colour, width=width)]
    broad = round(width * 1.4)
    core = line(a, b, colour=INK, width=max(1, broad // 4), cased=False)
    return [line(a, b, colour=colour, width=broad), core]


def joints(layer: Layer) -> dict[int, Floats]:
    """Where the joint markers of a layer stand, (2,) px by landmark."""
    return {shape.joint: shape.at for shape in layer if isinstance(shape, Disc) and shape.joint is not None}
