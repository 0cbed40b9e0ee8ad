"""The target on a key frame: a wedge at the joint, or a strip along the measured line."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Picture
from analyzer.assessment import Limits, Verdict
from analyzer.overlay import canvas
from analyzer.overlay.palette import rgb
from analyzer.overlay.sketch import AngleSketch, GapSketch, Sketch

OPEN_DEG: Final = 15.0
"""How far a wedge with one limit is drawn on its open side."""

OPEN_CM: Final = 8.0
"""The same for a strip."""

STRIP_CM: Final = 3.0
"""How far a strip reaches to either side of the measured line, so that this does not hide it."""

_WEDGE_ALPHA: Final = 0.38
_STRIP_ALPHA: Final = 0.45


def paint_target(scene: Picture, sketch: Sketch, limits: Limits, cm_per_px: float) -> None:
    """Tint where the judged line or point would be on target."""
    if limits.pass_low is None and limits.pass_high is None:
        return
    if isinstance(sketch, AngleSketch):
        _wedge(scene, sketch, limits.pass_low, limits.pass_high)
    elif np.isfinite(cm_per_px):
        _strip(scene, sketch, limits.pass_low, limits.pass_high, cm_per_px)


def _wedge(scene: Picture, sketch: AngleSketch, low: float | None, high: float | None) -> None:
    first, last = _ends(low, high, OPEN_DEG)
    rays = [sketch.ray(a, sketch.reach_px) for a in np.linspace(first, last, 24)]
    canvas.fill(scene, np.vstack([sketch.vertex, *rays]), rgb(Verdict.PASS), _WEDGE_ALPHA)
    for edge in (low, high):
        if edge is not None:
            ends = [sketch.vertex, sketch.ray(edge, sketch.reach_px)]
            canvas.polyline(scene, ends, rgb(Verdict.PASS), 2, cased=False)


def _strip(scene: Picture, sketch: GapSketch, low: float | None, high: float | None, cm_per_px: float) -> None:
    first, last = (end / cm_per_px for end in _ends(low, high, OPEN_CM))
    half = STRIP_CM / cm_per_px * canvas.upright(sketch.positive)
    a, b = sketch.base + first * sketch.positive, sketch.base + last * sketch.positive
    canvas.fill(scene, np.stack([a - half, b - half, b + half, a + half]), rgb(Verdict.PASS), _STRIP_ALPHA)
    for edge in (low, high):
        if edge is not None:
            at = sketch.base + edge / cm_per_px * sketch.positive
            canvas.polyline(scene, [at - half, at + half], rgb(Verdict.PASS), 3)


def _ends(low: float | None, high: float | None, room: float) -> tuple[float, float]:
    """Both ends of what is tinted; an open side reaches beyond zero."""
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, max(low, 0.0) + room
    return min(0.0, high or 0.0) - room, high or 0.0
