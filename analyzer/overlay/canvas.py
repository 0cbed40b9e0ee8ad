"""Anti-aliased strokes with sub-pixel places. All draw into the scene; points that are not numbers draw nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.overlay.palette import INK, Colour, Stroke

_BITS: Final = 4
_CASING: Final = 1.0
_FARTHEST_PX: Final = 2.0**14


@dataclass(frozen=True)
class Pen:
    """Sizes in px that suit one picture and one person.

    Attributes:
        thin: width of a helping line.
        line: width of a bone.
        bold: width of a judged line.
        text: height of text beside a joint.
        small: height of text in the corners.
    """

    thin: int
    line: int
    bold: int
    text: int
    small: int

    @classmethod
    def fitting(cls, scene: Picture, body_px: float) -> Pen:
        """For a scene with a person whose standing height is body_px."""
        return cls.of((scene.shape[1], scene.shape[0]), body_px)

    @classmethod
    def of(cls, size_px: tuple[int, int], body_px: float) -> Pen:
        """For a picture of that width and height with a person whose standing height is body_px."""
        short = min(size_px)
        body = min(max(body_px if math.isfinite(body_px) else 0.6 * short, 0.25 * short), 1.3 * short)
        return cls(
            thin=max(1, round(body / 280)),
            line=max(2, round(body / 165)),
            bold=max(2, round(body / 115)),
            text=max(11, round(0.028 * short)),
            small=max(10, round(0.026 * short)),
        )


def _fixed(places: Floats) -> Floats:
    """In the fixed-point numbers that OpenCV wants."""
    return np.rint(places * 2**_BITS).astype(np.int32)


def _drawable(places: Floats) -> bool:
    """Whether no point is missing or absurdly far out."""
    return bool((np.abs(places) < _FARTHEST_PX).all())


def polylines(
    scene: Picture, lines: Floats, colour: Colour, width: int, *, cased: bool = True, ink: Colour = INK
) -> None:
    """Lines (k, m, 2), with a dark casing that keeps them legible on any ground."""
    near = np.abs(lines) < _FARTHEST_PX
    if not near.all():
        lines = lines[near.all(axis=(1, 2))]
    if not len(lines):
        return
    fixed = list(_fixed(lines))
    if cased:
        cv2.polylines(scene, fixed, False, ink, round(width + 2 * _CASING), cv2.LINE_AA, _BITS)
    cv2.polylines(scene, fixed, False, colour, width, cv2.LINE_AA, _BITS)


def polyline(
    scene: Picture, points: Sequence[Floats] | Floats, colour: Colour, width: int, *, cased: bool = True
) -> None:
    """One line through points (m, 2)."""
    polylines(scene, np.asarray(points, dtype=float)[None], colour, width, cased=cased)


def dashed(scene: Picture, a: Floats, b: Floats, colour: Colour, width: int, *, dash_px: float | None = None) -> None:
    """A dashed line from a to b."""
    length = float(np.linalg.norm(b - a))
    if not 1.0 <= length < _FARTHEST_PX:
        return
    dash = dash_px if dash_px is not None else 3.0 * width + 3.0
    starts = np.arange(0.0, length, 1.8 * dash)
    shares = np.stack([starts, np.minimum(starts + dash, length)], axis=1) / length
    polylines(scene, a + shares[..., None] * (b - a), colour, width)


def stroke(scene: Picture, a: Floats, b: Floats, colour: Colour, width: int, style: Stroke) -> None:
    """A judged line in its verdict's style."""
    if style is Stroke.DASHED:
        dashed(scene, a, b, colour, width, dash_px=3.5 * width)
        return
    if style is Stroke.DOUBLE:
        width = round(width * 1.4)
    polyline(scene, [a, b], colour, width)
    if style is Stroke.DOUBLE:
        polyline(scene, [a, b], INK, max(1, width // 4), cased=False)


def dot(scene: Picture, at: Floats, radius: float, colour: Colour, *, hollow: bool = False, ink: Colour = INK) -> None:
    """A disc or, hollow, a ring, with a dark rim."""
    if not (abs(at[0]) < _FARTHEST_PX and abs(at[1]) < _FARTHEST_PX):
        return
    x, y = (round(v * 2**_BITS) for v in at.tolist())
    r = round(radius * 2**_BITS)
    cv2.circle(scene, (x, y), r + round(_CASING * 2**_BITS), ink, -1, cv2.LINE_AA, _BITS)
    cv2.circle(scene, (x, y), r, colour, -1, cv2.LINE_AA, _BITS)
    if hollow:
        cv2.circle(scene, (x, y), round(0.5 * r), ink, -1, cv2.LINE_AA, _BITS)


def circle(scene: Picture, at: Floats, radius: float, colour: Colour, width: int) -> None:
    """A circle line."""
    if not _drawable(at):
        return
    x, y = (int(v) for v in _fixed(at))
    cv2.circle(scene, (x, y), round(radius * 2**_BITS), colour, width, cv2.LINE_AA, _BITS)


def fill(scene: Picture, outline: Floats, colour: Colour, alpha: float) -> None:
    """Tint a polygon (m, 2)."""
    if not _drawable(outline):
        return
    low = np.maximum(np.floor(outline.min(axis=0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + 2, [scene.shape[1], scene.shape[0]])
    if (low >= high).any():
        return
    part = scene[low[1] : high[1], low[0] : high[0]]
    tinted = part.copy()
    cv2.fillPoly(tinted, [_fixed(outline - low)], colour, cv2.LINE_AA, _BITS)
    cv2.addWeighted(tinted, alpha, part, 1.0 - alpha, 0.0, dst=tinted)
    scene[low[1] : high[1], low[0] : high[0]] = tinted


def centre_of_mass_mark(scene: Picture, at: Floats, radius: float, light: Colour, *, ink: Colour = INK) -> None:
    """The quartered disc that drawings use for a centre of mass."""
    if not _drawable(at):
        return
    dot(scene, at, radius, light, ink=ink)
    for start in (0, 180):
        quarter = np.radians(np.linspace(start, start + 90, 8))
        rim = at + radius * np.stack([np.cos(quarter), np.sin(quarter)], axis=1)
        cv2.fillPoly(scene, [_fixed(np.vstack([at, rim]))], ink, cv2.LINE_AA, _BITS)


def upright(level: Floats) -> Floats:
    """The unit vector at a right angle to a level one, downwards."""
    sign = 1.0 if level[0] >= 0 else -1.0
    return np.array([-sign * level[1], sign * level[0]])
