"""The ghost of the target: the same body, moved at one joint until the judged number is just on target.

The drawing that shows a number also tells when the moved body reads the limit, so ghost and number always agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.measured import Limits
from analyzer.overlay.moment import Moment
from analyzer.overlay.sketch import RIGHT, AngleSketch
from analyzer.overlay.sketches import Drawing
from analyzer.pose.landmarks import Side, point

MOST_MOVED_DEG: Final = 60.0
"""A body that had to be moved further is no help to look at."""

CLOSE: Final = 0.05
"""A ghost reads its limit this closely, in degrees or cm."""

_ROUNDS: Final = 25


class Bend(Enum):
    """How a body is moved to bring one number on target."""

    LEG = "the leg swings about the hip"
    SHANK = "the shank swings about the knee"
    KNEE = "the knee slides sideways between hip and ankle"
    TRUNK = "the trunk swings about the hips"
    PELVIS = "the free hip rises or sinks about the standing one"


BENDS: Final = {
    "knee_over_toe": Bend.KNEE,
    "knee_valgus": Bend.KNEE,
    "pelvic_drop": Bend.PELVIS,
    "trunk_lean_lateral": Bend.TRUNK,
    "trunk_lean_forward": Bend.TRUNK,
    "trunk_shank_angle": Bend.TRUNK,
    "foot_strike_position": Bend.LEG,
    "step_width": Bend.LEG,
    "leg_swing_out": Bend.LEG,
    "knee_flexion_contact": Bend.SHANK,
    "knee_flexion_midstance": Bend.SHANK,
    "full_extension": Bend.SHANK,
    "shank_angle": Bend.SHANK,
}
"""By the metric's stable name; a metric that is not here has no ghost."""

FOOT: Final = ("ankle", "heel", "toe")
_UPPER: Final = tuple(range(point(Side.LEFT, "hip")))
"""Landmarks above the hips: the model numbers them from the head down."""


def edge_beyond(limits: Limits | None, value: float) -> float | None:
    """The edge of the target that a value lies beyond; None on target."""
    if limits is None:
        return None
    if limits.pass_high is not None and value > limits.pass_high:
        return limits.pass_high
    return limits.pass_low if limits.pass_low is not None and value < limits.pass_low else None


def ghost(moment: Moment, metric: str, drawing: Drawing, side: Side, value: float, edge: float) -> Moment | None:
    """The moment with the body moved so that the drawing reads edge where it now reads value.

    Returns:
        None where the metric has no ghost, a joint is not seen, or no small movement brings the number there.
    """
    if metric not in BENDS:
        return None
    bend, offset = BENDS[metric], drawing.offset(moment, side, value)

    def short_of(by_deg: float) -> float:
        moved = bent(moment, bend, side, by_deg)
        sketch = drawing.shown(moved, side, offset)
        read = sketch.value_deg if isinstance(sketch, AngleSketch) else sketch.value_px * moment.cm_per_px
        return read - edge

    by_deg = _root(short_of)
    return None if by_deg is None else bent(moment, bend, side, by_deg)


def _root(function: Callable[[float], float]) -> float | None:
    """Where a smooth, rising or falling function of degrees is 0, by secants from 0; None if nowhere near."""
    before, here = 0.0, 2.0
    at_before, at_here = function(before), function(here)
    for _ in range(_ROUNDS):
        if not np.isfinite([at_before, at_here]).all() or abs(here) > MOST_MOVED_DEG:
            return None
        if abs(at_here) < CLOSE:
            return here
        if at_here == at_before:
            return None
        before, here = here, here - at_here * (here - before) / (at_here - at_before)
        at_before, at_here = at_here, function(here)
    return None


def bent(moment: Moment, bend: Bend, side: Side, by_deg: float) -> Moment:
    """The moment with the body moved by so much, clockwise on the screen where it swings."""
    points = moment.points_px.copy()
    if bend is Bend.KNEE:
        knee = moment.joint(side, "knee")
        shank_px = float(np.linalg.norm(moment.joint(side, "ankle") - knee))
        points[point(side, "knee")] = knee + np.radians(by_deg) * shank_px * RIGHT
    elif bend is Bend.TRUNK:
        upper = list(_UPPER)
        points[upper] = _swung(points[upper], moment.middle("hip"), by_deg)
    elif bend is Bend.PELVIS:
        free = point(side.other, "hip")
        points[free] = _swung(points[free], moment.joint(side, "hip"), by_deg)
    else:
        leg = [point(side, name) for name in (FOOT if bend is Bend.SHANK else ("knee", *FOOT))]
        about = moment.joint(side, "knee" if bend is Bend.SHANK else "hip")
        points[leg] = _swung(points[leg], about, by_deg)
    return replace(moment, points_px=points)


def _swung(points: Floats, about: Floats, clockwise_deg: float) -> Floats:
    """Points (..., 2) turned about one."""
    c, s = np.cos(np.radians(clockwise_deg)), np.sin(np.radians(clockwise_deg))
    swung: Floats = about + (points - about) @ np.array([[c, s], [-s, c]])
    return swung
