"""The shapes of a judged angle or distance, and where its number finds a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.assessment import Verdict
from analyzer.overlay import canvas
from analyzer.overlay.canvas import Pen
from analyzer.overlay.palette import PALE, STROKES, WHITE, rgb
from analyzer.overlay.shapes import Area, Box, Disc, Layer, MassMark, Placed, dashed, line, stroke
from analyzer.overlay.sketch import AngleSketch, GapSketch, Sketch
from analyzer.overlay.stamps import Stamp

ARC_POINTS: Final = 16


@dataclass(frozen=True)
class Label:
    """A number beside a joint, before it has found its place."""

    stamp: Stamp
    at: Floats
    towards: Floats
    gap_px: float


def marks(sketch: Sketch, verdict: Verdict, pen: Pen) -> Layer:
    """The judged line in the verdict's style, with the line at which the metric reads zero."""
    return _angle(sketch, verdict, pen) if isinstance(sketch, AngleSketch) else _gap(sketch, verdict, pen)


def placed(labels: Iterable[Label], width: int, height: int, top: float = 0.0, bottom: float = 0.0) -> Layer:
    """Each number beside its joint, inside the picture, none on top of another, nor in the strips along its edges."""
    taken: list[Box] = []
    layer: Layer = []
    for item in labels:
        if not (np.isfinite(item.at).all() and np.isfinite(item.towards).all()):
            continue
        w, h = item.stamp.width, item.stamp.height
        x, y = item.towards.tolist()
        boxes = [_beside(item, way, w, h) for way in ((x, y), (-x, -y), (0.0, 1.0), (0.0, -1.0))]
        cost = [_outside(box, width, top, height - bottom) + rank * 0.3 * w for rank, box in enumerate(boxes)]
        x, y, _, _ = boxes[cost.index(min(cost))]
        x = max(2.0, min(x, width - w - 2.0))
        y = max(top + 2.0, min(y, height - bottom - h - 2.0))
        for other in sorted(taken, key=lambda box: box[1]):
            if x < other[2] and x + w > other[0] and y < other[3] and y + h > other[1]:
                y = other[3] + 2
        taken.append((x, y, x + w, y + h))
        layer.append(Placed(item.stamp, (x, y)))
    return layer


def _beside(item: Label, way: tuple[float, float], w: int, h: int) -> Box:
    """Where a plate lies that is pushed off its joint in that direction."""
    away = item.gap_px + 0.5 * (abs(way[0]) * w + abs(way[1]) * h)
    x, y = float(item.at[0]) + way[0] * away, float(item.at[1]) + way[1] * away
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


def _outside(box: Box, width: float, top: float, bottom: float) -> float:
    """By how many px a box sticks out of the free part of the picture."""
    return max(0.0, 2.0 - box[0]) + max(0.0, top + 2.0 - box[1]) + max(0.0, box[2] - width) + max(0.0, box[3] - bottom)


def _angle(sketch: AngleSketch, verdict: Verdict, pen: Pen) -> Layer:
    colour = rgb(verdict)
    value = sketch.value_deg
    if not np.isfinite(value):
        return []
    radius = 0.45 * sketch.reach_px
    sweep = sketch.arc(value, radius, ARC_POINTS)
    layer: Layer = [
        Area(np.vstack([sketch.vertex, sweep]), colour, 0.45),
        dashed(sketch.vertex, sketch.ray(0.0, sketch.reach_px), WHITE, pen.thin),
        line(*sweep, colour=colour, width=pen.line),
    ]
    for a, b in ((sketch.start, sketch.vertex), (sketch.vertex, sketch.end)):
        layer += stroke(a, b, colour, pen.bold, STROKES[verdict])
    return [*layer, Disc(sketch.vertex, 0.9 * pen.bold, colour)]


def _gap(sketch: GapSketch, verdict: Verdict, pen: Pen) -> Layer:
    colour = rgb(verdict)
    if not np.isfinite(sketch.value_px):
        return []
    tick = 2.0 * pen.bold * canvas.upright(sketch.positive)
    layer: Layer = [
        dashed(sketch.top, sketch.foot, WHITE, pen.thin),
        *stroke(sketch.base, sketch.mark, colour, pen.bold, STROKES[verdict]),
        line(sketch.base - tick, sketch.base + tick, colour=colour, width=pen.line),
        Disc(sketch.mark, 1.2 * pen.bold, colour),
    ]
    if sketch.com:
        return [*layer, MassMark(sketch.top, 2.2 * pen.bold, PALE)]
    return [*layer, Disc(sketch.foot, 0.9 * pen.bold, WHITE, hollow=True)]
