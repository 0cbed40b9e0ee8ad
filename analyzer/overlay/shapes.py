"""What there is to draw, as plain values: no pixel is touched here. `analyzer.overlay.raster` puts shapes on pictures.

Places are px of the picture that is drawn on, x right, y down. Shapes with a place that is not a number draw nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.overlay.palette import INK, Colour, Stroke
from analyzer.overlay.stamps import Stamp

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""

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
    """A ready-made piece of picture with its top left corner at ``at``."""

    stamp: Stamp
    at: tuple[float, float]


Shape: TypeAlias = Lines | Trail | Disc | Ring | Area | MassMark | Placed
Layer: TypeAlias = list[Shape]
"""Shapes that lie near each other, from the bottom to the top."""


def box_of(layer: Layer) -> Box | None:
    """The part of the picture that a layer covers; None if it draws nothing."""
    if not layer:
        return None
    places, rooms = zip(*(_extent(shape) for shape in layer), strict=True)
    every = np.concatenate(places)
    room = np.repeat(rooms, [len(each) for each in places])[:, None]
    seen = np.isfinite(every).all(axis=1)
    if not seen.any():
        return None
    low, high = (every - room)[seen].min(axis=0), (every + room)[seen].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _extent(shape: Shape) -> tuple[Floats, float]:
    """Places (k, 2) of a shape, and how far it reaches round them."""
    if isinstance(shape, Placed):
        x, y = shape.at
        return np.array([[x, y], [x + shape.stamp.width, y + shape.stamp.height]]), 1.0
    if isinstance(shape, Lines):
        return shape.lines.reshape(-1, 2), shape.width + 3.0
    if isinstance(shape, Trail):
        return shape.points, shape.width + 3.0
    if isinstance(shape, Area):
        return shape.outline, 2.0
    return shape.at[None], shape.radius + 3.0 + (shape.width if isinstance(shape, Ring) else 0.0)


def line(*points: Floats, colour: Colour, width: int, cased: bool = True, alpha: float = 1.0) -> Lines:
    """One line through points (2,)."""
    return Lines(np.stack(points)[None], colour, width, cased, alpha)


def dashes(a: Floats, b: Floats, dash_px: float) -> Floats:
    """(k, 2, 2) the dashes of a line from a to b; none where it has no length or an end is missing."""
    length = float(np.linalg.norm(b - a))
    if not 1.0 <= length < np.inf:
        return np.empty((0, 2, 2))
    starts = np.arange(0.0, length, 1.8 * dash_px)
    shares = np.stack([starts, np.minimum(starts + dash_px, length)], axis=1) / length
    return np.asarray(a + shares[..., None] * (b - a))


def dashed(a: Floats, b: Floats, colour: Colour, width: int, alpha: float = 1.0) -> Lines:
    """A dashed line from a to b."""
    return Lines(dashes(a, b, 3.0 * width + 3.0), colour, width, alpha=alpha)


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
