"""The step-down scale beside the step-up test."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.assessment import ScaleInfo
from analyzer.criteria.step_down_scale import step_down_scales
from analyzer.metrics.arm_lift import arm_lift
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import INDEX, Side
from tests.criteria.judging import CRITERIA, judged, measured, running
from tests.motion import figures

GOOD = {"trunk_lean_lateral": 0.0, "pelvic_drop": 0.0, "knee_over_toe": -2.0, "balance_sway": 0.3}


def stepping(view: View = View.FRONT) -> Motion:
    return figures.shown(figures.step_up(figures.Stepper((Side.LEFT, Side.LEFT))), view)


def scale(doubt: float = 0.01, motion: Motion | None = None, **values: float) -> ScaleInfo:
    motion = motion or stepping()
    each = [measured(name, Side.LEFT, value, uncertainty=doubt) for name, value in (GOOD | values).items()]
    (found,) = step_down_scales(motion, judged(motion, *each), CRITERIA)
    return found


def test_a_clean_side_has_no_points() -> None:
    found = scale()
    assert (found.side, found.points, found.least, found.most, found.grade) == (Side.LEFT, 0, 0, 0, "good")
    assert [item.name for item in found.items] == ["arms", "trunk", "pelvis", "knee", "steadiness"]


@pytest.mark.parametrize(
    ("values", "points", "grade"),
    [
        ({"trunk_lean_lateral": -9.0}, 1, "good"),
        ({"knee_over_toe": 3.0}, 1, "good"),
        ({"knee_over_toe": 9.0}, 2, "medium"),
        ({"knee_over_toe": 9.0, "pelvic_drop": 9.0}, 3, "medium"),
        ({"knee_over_toe": 9.0, "pelvic_drop": 9.0, "balance_sway": 2.0}, 4, "worth working on"),
    ],
)
def test_each_item_has_its_points(values: dict[str, float], points: int, grade: str) -> None:
    found = scale(**values)
    assert (found.points, found.grade) == (points, grade)


def test_a_doubtful_reading_gives_a_range() -> None:
    found = scale(doubt=4.0, knee_over_toe=3.0)
    assert found.least < found.most
    assert "between" in found.grade


def test_what_was_not_seen_has_no_points_and_may_have_any() -> None:
    motion = stepping()
    (found,) = step_down_scales(motion, (), CRITERIA)
    assert found.points is None
    assert (found.least, found.most) == (0, 5)
    assert [item.points for item in found.items] == [0, None, None, None, None]


def lifted(motion: Motion) -> Motion:
    """The same with the left arm stretched out sideways while the leg carries alone."""
    points = motion.track.points_px
    for start_s, end_s in (rep.loaded[0] for rep in motion.reps):
        during = (motion.times_s > start_s) & (motion.times_s < end_s)
        shoulder = points[during, INDEX["left_shoulder"]]
        points[during, INDEX["left_elbow"]] = shoulder + np.array([100.0, 0.0])
    return motion


def test_a_lifted_arm_is_seen_and_when() -> None:
    motion = lifted(stepping())
    lift_deg, at_s = arm_lift(motion, motion.reps[0])
    assert lift_deg == pytest.approx(90.0, abs=15.0)
    assert motion.reps[0].loaded[0][0] <= at_s <= motion.reps[0].loaded[0][1]
    assert scale(motion=motion).items[0].points == 1
    assert arm_lift(stepping(), motion.reps[0])[0] < 10.0


def test_only_step_ups_from_front_or_back_have_it() -> None:
    assert step_down_scales(stepping(View.LEFT), (), CRITERIA) == ()
    assert step_down_scales(running(View.FRONT), (), CRITERIA) == ()


def test_the_items_are_metrics() -> None:
    assert {item.metric for item in CRITERIA.step_down_scale.items.values()} <= {each.name for each in all_metrics()}
