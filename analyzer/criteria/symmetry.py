"""Left against right, told with care: never judged, and not compared where the camera sees one leg better."""

from __future__ import annotations

from math import hypot
from typing import Final

from analyzer.criteria.tables import Criteria
from analyzer.measured import SymmetryInfo
from analyzer.metrics.measurement import Measurement
from analyzer.motion.pelvis import by_clothes
from analyzer.motion.types import FRONTAL, Activity, Motion
from analyzer.pose.landmarks import Side

WITH_INDEX: Final = frozenset({"ms", "kN/m", "fraction"})
"""Units of which the symmetry index makes sense: their values are never near zero."""

ONE_BODY: Final = ("trunk_lean_forward",)
"""Metrics that have no sides of their own."""

ONE_OF_CLOTHES: Final = ("pelvic_drop",)
"""Metrics of which both sides get the same where the pelvis is seen by the edges of clothes."""


def symmetries(measurements: tuple[Measurement, ...], motion: Motion, criteria: Criteria) -> tuple[SymmetryInfo, ...]:
    """Every running metric that both legs have, left less right."""
    if motion.activity is not Activity.RUNNING:
        return ()
    by_side = {(each.metric, each.side): each for each in measurements if each.value is not None}
    one = ONE_BODY + (ONE_OF_CLOTHES if by_clothes(motion) else ())
    names = [metric for metric, side in by_side if side is Side.LEFT and metric not in one]
    return tuple(
        _compared(by_side[name, Side.LEFT], by_side[name, Side.RIGHT], motion, criteria)
        for name in names
        if (name, Side.RIGHT) in by_side
    )


def _compared(left: Measurement, right: Measurement, motion: Motion, criteria: Criteria) -> SymmetryInfo:
    rules, words = criteria.symmetry, criteria.metric[left.metric]
    one, other = left.value or 0.0, right.value or 0.0
    difference = one - other
    uncertainty = hypot(left.uncertainty or 0.0, right.uncertainty or 0.0)
    index = 200.0 * difference / (one + other) if left.unit in WITH_INDEX and one + other > 0.0 else None
    comparable = motion.camera.view in FRONTAL
    large = abs(index) > rules.index_percent if index is not None else _large(difference, left.unit, rules.angle_deg)
    noted = comparable and large and abs(difference) > uncertainty
    sentence = rules.noted if noted else rules.alike if comparable else rules.side_view
    return SymmetryInfo(
        metric=left.metric,
        title=words.title,
        unit=left.unit,
        difference=difference,
        uncertainty=uncertainty,
        index_percent=index,
        comparable=comparable,
        noted=noted,
        sentence=sentence.format(difference=f"{abs(difference):.{words.digits}f} {_spelt(left.unit)}".rstrip()),
    )


def _large(difference: float, unit: str, angle_deg: float) -> bool:
    """Lengths are told whenever they are sure."""
    return abs(difference) > angle_deg if unit == "deg" else True


def _spelt(unit: str) -> str:
    return {"deg": "degrees", "fraction": ""}.get(unit, unit)
