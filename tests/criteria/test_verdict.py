"""Pass, borderline and fail: exclusive, monotone, and a miss only when it is sure."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Verdict
from analyzer.criteria.tables import Target
from analyzer.criteria.verdict import judge, strike_class, target_for, too_uncertain, verdict_of
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, View
from analyzer.pose.landmarks import Side
from tests.criteria.judging import CRITERIA, UNITS, measured, running, stepping

GUARD = CRITERIA.guard.one_sided
ORDER = [Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL]
VALUES = st.floats(-50, 50)
WIDTHS = st.floats(0, 30)


@st.composite
def upper(draw: st.DrawFn) -> Target:
    near = draw(st.floats(0, 20))
    return Target(
        activities=(Activity.RUNNING,), unit="deg", pass_high=near, fail_high=near + draw(st.floats(0.5, 10)),
        published=False, source="",
    )  # fmt: skip


def lower(target: Target) -> Target:
    assert target.pass_high is not None
    assert target.fail_high is not None
    return target.model_copy(
        update={"pass_high": None, "fail_high": None, "pass_low": -target.pass_high, "fail_low": -target.fail_high}
    )


def test_the_guard_is_that_of_one_sided_confidence() -> None:
    # the 95 % point of a normal distribution on one side, over that on both
    assert pytest.approx(1.645 / 1.960, abs=0.001) == GUARD


@given(upper(), VALUES, VALUES, WIDTHS)
def test_more_is_never_better_above_a_target(target: Target, one: float, two: float, width: float) -> None:
    low, high = sorted((one, two))
    verdicts = [ORDER.index(verdict_of(value, width, target, GUARD)) for value in (low, high)]
    assert verdicts == sorted(verdicts)


@given(upper(), VALUES, WIDTHS)
def test_a_fail_is_beyond_the_far_limit_and_surely_beyond_the_near_one(
    target: Target, value: float, width: float
) -> None:
    assert target.pass_high is not None
    assert target.fail_high is not None
    verdict = verdict_of(value, width, target, GUARD)
    if verdict is Verdict.FAIL:
        assert value >= target.fail_high
        assert value - GUARD * width > target.pass_high
    if verdict is Verdict.PASS:
        assert value <= target.pass_high


@given(upper(), VALUES)
def test_a_sure_value_is_judged_by_the_limits_alone(target: Target, value: float) -> None:
    assert target.pass_high is not None
    assert target.fail_high is not None
    expected = (
        Verdict.PASS if value <= target.pass_high
        else Verdict.FAIL if value >= target.fail_high
        else Verdict.BORDERLINE
    )  # fmt: skip
    assert verdict_of(value, 0.0, target, GUARD) is expected


@given(upper(), VALUES, WIDTHS)
def test_low_targets_are_high_ones_upside_down(target: Target, value: float, width: float) -> None:
    assert verdict_of(-value, width, lower(target), GUARD) is verdict_of(value, width, target, GUARD)


@given(upper(), VALUES, WIDTHS, WIDTHS)
def test_doubt_never_makes_a_miss(target: Target, value: float, one: float, two: float) -> None:
    narrow, wide = sorted((one, two))
    if verdict_of(value, wide, target, GUARD) is Verdict.FAIL:
        assert verdict_of(value, narrow, target, GUARD) is Verdict.FAIL


@given(VALUES, WIDTHS)
def test_nothing_is_borderline_by_an_interval_wider_than_the_space_it_should_judge(value: float, width: float) -> None:
    found = judge(measured("knee_valgus", Side.LEFT, value, uncertainty=width), running(View.FRONT), CRITERIA)
    assert found.target is not None
    by_value = verdict_of(value, width, found.target, GUARD)
    if by_value is Verdict.BORDERLINE and too_uncertain(width, found.target):
        assert found.verdict is Verdict.INFO
        assert "too wide" in found.reason
    else:
        assert found.verdict is by_value


@given(VALUES, WIDTHS)
def test_what_the_model_misses_in_one_direction_is_not_judged_by_a_wide_interval(value: float, width: float) -> None:
    found = judge(measured("pelvic_drop", Side.LEFT, value, uncertainty=width), running(View.FRONT), CRITERIA)
    assert found.target is not None
    assert (found.verdict is Verdict.INFO) == too_uncertain(width, found.target)


@given(upper(), WIDTHS, WIDTHS)
def test_too_uncertain_is_monotone(target: Target, one: float, two: float) -> None:
    narrow, wide = sorted((one, two))
    assert too_uncertain(wide, target) or not too_uncertain(narrow, target)
    assert not too_uncertain(0.0, target)


@pytest.mark.parametrize("height", [150.0, 190.0])
def test_targets_in_leg_lengths_grow_with_the_leg(height: float) -> None:
    motion = running()
    assert motion.scale is not None
    motion = replace(motion, scale=replace(motion.scale, leg_length_cm=0.53 * height))
    words = CRITERIA.metric["foot_strike_position"]
    target = target_for(words, motion)
    assert target is not None
    assert target.pass_high == pytest.approx(words.limits[0].pass_high * 0.53 * height / 100.0)
    assert target_for(words, replace(motion, scale=None)) is None


def test_a_target_at_easy_pace_is_not_held_against_a_fast_runner() -> None:
    words = CRITERIA.metric["foot_strike_position"]
    assert target_for(words, replace(running(), speed_mps=2.8)) is not None
    assert target_for(words, replace(running(), speed_mps=5.5)) is None


def test_what_was_not_measured_is_not_judged() -> None:
    found = judge(Measurement("knee_valgus", Side.LEFT, "deg", reason="Why."), running(), CRITERIA)
    assert (found.verdict, found.reason, found.sentence) == (Verdict.NOT_MEASURED, "Why.", "")


def test_one_repetition_that_misses_makes_its_metric_miss() -> None:
    motion = stepping(3, 0)
    found = judge(measured("knee_valgus", Side.LEFT, 2.0, events={0: 2.0, 1: 2.0, 2: 20.0}), motion, CRITERIA)
    assert found.verdict is Verdict.FAIL


@pytest.mark.parametrize(("metric", "verdict", "side"), list(product(sorted(UNITS), Verdict, Side)))
def test_every_sentence_can_be_said(metric: str, verdict: Verdict, side: Side) -> None:
    say = CRITERIA.metric[metric].say
    template = say.get(verdict.value, say["info"])  # type: ignore[call-overload]
    filled = {"side": side.value, "other": side.other.value, "value": "1", "plus5": "2", "inches": "3"}
    said = template.format(**filled, strike="heel first")
    assert "{" not in said
    assert said.endswith(".")


@given(metric=st.sampled_from(sorted(UNITS)), value=VALUES, width=WIDTHS, side=st.sampled_from(Side))
def test_every_value_gets_a_sentence(metric: str, value: float, width: float, side: Side) -> None:
    for motion in (running(), stepping(1, 1)):
        assert judge(measured(metric, side, value, uncertainty=width), motion, CRITERIA).sentence


@given(value=st.floats(-40, 60), width=st.floats(0.1, 30))
def test_landing_on_the_heel_is_no_fault(value: float, width: float) -> None:
    found = judge(measured("foot_strike_angle", Side.LEFT, value, uncertainty=width), running(), CRITERIA)
    assert found.verdict is Verdict.INFO
    assert "no fault" in found.sentence


@pytest.mark.parametrize(("angle", "words"), [(15.0, "heel first"), (3.0, "midfoot"), (-10.0, "forefoot")])
def test_foot_strike_is_named_by_altman_and_davis(angle: float, words: str) -> None:
    assert words in strike_class(measured("foot_strike_angle", Side.LEFT, angle), CRITERIA)


@pytest.mark.parametrize("angle", [8.5, 7.5, -1.2, -2.0])
def test_near_a_border_the_foot_strike_is_not_called(angle: float) -> None:
    assert "too near to call" in strike_class(
        measured("foot_strike_angle", Side.LEFT, angle, uncertainty=4.0), CRITERIA
    )
