"""The published quality scale of the step-down, item by item, beside the step-up test.

Arms, trunk, pelvis, knee and steadiness, 0 to 6 points, fewer being better. Source: Piva et al. 2006,
doi:10.1186/1471-2474-7-33, and Rabin et al. 2010, doi:10.2519/jospt.2010.3424. Differs: a step-up instead of a
step-down, the median over the repetitions instead of a rater's eye, and a range of points where there is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analyzer.criteria.tables import Criteria, StepDownScale, Target
from analyzer.criteria.verdict import Judged
from analyzer.metrics.arm_lift import arm_lift
from analyzer.motion.types import FRONTAL, Activity, Motion
from analyzer.pose.landmarks import SIDES, Side
from analyzer.tested import ScaleInfo, ScaleItem


def step_down_scales(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> tuple[ScaleInfo, ...]:
    """The scale of each side that was seen stepping up from the front or the back."""
    if motion.activity is not Activity.STEP_UP or motion.camera.view not in FRONTAL:
        return ()
    sides = [side for side in SIDES if any(rep.side is side for rep in motion.reps)]
    return tuple(_of_side(motion, judged, side, criteria) for side in sides)


def _of_side(motion: Motion, judged: tuple[Judged, ...], side: Side, criteria: Criteria) -> ScaleInfo:
    rules = criteria.step_down_scale
    items = (_arms(motion, side, rules), *_measured(judged, side, criteria))
    least, most = sum(item.least for item in items), sum(item.most for item in items)
    known = [item.points for item in items if item.points is not None]
    points = sum(known) if len(known) == len(items) else None
    grades = [rules.grade(least), rules.grade(most)]
    return ScaleInfo(
        title=rules.title,
        side=side,
        items=items,
        points=points,
        least=least,
        most=most,
        grade=grades[0] if grades[0] == grades[1] else rules.between.format(first=grades[0], last=grades[1]),
        source=rules.source,
    )


def _arms(motion: Motion, side: Side, rules: StepDownScale) -> ScaleItem:
    """A point if an arm is lifted in most repetitions."""
    lifts = [arm_lift(motion, rep) for rep in motion.reps if rep.side is side]
    lifts = [(lift, at_s) for lift, at_s in lifts if np.isfinite(lift)]
    if not lifts:
        return ScaleItem(name="arms", title=rules.arms, points=None, least=0, most=1, evidence_s=None)
    points = int(np.median([lift for lift, _ in lifts]) > rules.arm_lift_deg)
    return ScaleItem(
        name="arms", title=rules.arms, points=points, least=points, most=points, evidence_s=max(lifts)[1]
    )  # fmt: skip


def _measured(judged: tuple[Judged, ...], side: Side, criteria: Criteria) -> Iterator[ScaleItem]:
    """The items that a metric tells; the range comes from the metric's interval."""
    for name, item in criteria.step_down_scale.items.items():
        found = [each for each in judged if (each.measurement.metric, each.measurement.side) == (item.metric, side)]
        measured, target = (found[0].measurement, found[0].target) if found else (None, None)
        if measured is None or measured.value is None or target is None:
            yield ScaleItem(name=name, title=item.title, points=None, least=0, most=item.most, evidence_s=None)
            continue
        doubt = criteria.guard.one_sided * (measured.uncertainty or 0.0)
        size = abs(measured.value) if target.pass_low is not None else measured.value
        points, least, most = (_points(value, target, item.most) for value in (size, size - doubt, size + doubt))
        yield ScaleItem(
            name=name, title=item.title, points=points, least=least, most=most, evidence_s=measured.evidence_s
        )  # fmt: skip


def _points(value: float, target: Target, most: int) -> int:
    """One point beyond what passes, a second one, where the item has it, beyond what misses."""
    beyond = [limit for limit in (target.pass_high, target.fail_high) if limit is not None and value > limit]
    return min(len(beyond), most)
