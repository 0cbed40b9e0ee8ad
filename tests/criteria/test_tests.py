"""The step-up test and the running screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.assessment import TestInfo, TestVerdict, Verdict
from analyzer.criteria.step_up_test import judge_reps
from analyzer.criteria.tests import run_tests
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, Motion, Phases, Unfinished, View, Why
from analyzer.pose.landmarks import SIDES, Side
from tests.criteria.judging import CRITERIA, judged, measured, running, step_up_values, stepping

PASS, NOT_YET, CANNOT_TELL = TestVerdict.PASS, TestVerdict.NOT_YET, TestVerdict.CANNOT_TELL
CAVED, DOUBTFUL = 20.0, 8.0


def outcome(motion: Motion, *measurements: Measurement) -> TestInfo:
    found = judged(motion, *measurements)
    test, *_ = run_tests(motion, found, judge_reps(motion, found, CRITERIA), CRITERIA)
    return test


def to_the_letter(motion: Motion, missed: dict[int, float]) -> TestInfo:
    found = judged(motion, *step_up_values(motion, missed))
    _, strict = run_tests(motion, found, judge_reps(motion, found, CRITERIA), CRITERIA)
    return strict


def step_up_test(motion: Motion, missed: dict[int, float] | None = None) -> TestInfo:
    return outcome(motion, *step_up_values(motion, missed))


def test_ten_a_side_with_none_missed_pass() -> None:
    test = step_up_test(stepping(10, 10))
    assert test.verdict is PASS
    assert test.sides == {"left": PASS, "right": PASS}


@pytest.mark.parametrize("missed", [0, 9, 10, 19])
def test_one_missed_repetition_is_not_yet(missed: int) -> None:
    test = step_up_test(stepping(10, 10), {missed: CAVED})
    assert test.verdict is NOT_YET
    assert test.sides["left" if missed < 10 else "right"] is NOT_YET
    assert test.sides["right" if missed < 10 else "left"] is PASS
    assert any("knee caving in" in reason for reason in test.reasons)


def test_a_missed_repetition_counts_even_among_few() -> None:
    assert step_up_test(stepping(2, 0), {1: CAVED}).verdict is NOT_YET


@pytest.mark.parametrize(("left", "right"), [(9, 10), (10, 9), (0, 0), (10, 0)])
def test_fewer_than_ten_cannot_tell(left: int, right: int) -> None:
    test = step_up_test(stepping(left, right))
    assert test.verdict is CANNOT_TELL
    assert test.sides["left"] is (PASS if left == 10 else CANNOT_TELL)


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT, View.OBLIQUE])
def test_other_views_cannot_tell(view: View) -> None:
    motion = stepping(10, 10, View.LEFT)
    motion = replace(motion, camera=replace(motion.camera, view=view))
    test = outcome(motion)
    assert test.verdict is CANNOT_TELL
    assert any("film from the front" in reason for reason in test.reasons)


def test_ten_repetitions_of_which_none_could_be_judged_cannot_tell() -> None:
    motion = stepping(10, 10)
    unsure = tuple(replace(each, event_uncertainty=60.0, uncertainty=60.0) for each in step_up_values(motion))
    assert outcome(motion, *unsure).verdict is CANNOT_TELL
    assert outcome(motion).verdict is CANNOT_TELL


def test_few_borderline_repetitions_pass_and_more_cannot_tell() -> None:
    allowed = CRITERIA.step_up_test.borderline_allowed
    some, more = (dict.fromkeys(range(count), DOUBTFUL) for count in (allowed, allowed + 1))
    assert step_up_test(stepping(10, 10), some).sides["left"] is PASS
    assert step_up_test(stepping(10, 10), more).sides["left"] is CANNOT_TELL


@pytest.mark.parametrize(("box_cm", "verdict"), [(None, PASS), (20.3, PASS), (25.4, PASS), (15.0, CANNOT_TELL)])
def test_only_a_box_of_eight_to_ten_inches_counts(box_cm: float | None, verdict: TestVerdict) -> None:
    assert step_up_test(replace(stepping(10, 10), box_cm=box_cm)).verdict is verdict


def test_to_the_letter_no_repetition_may_be_in_doubt() -> None:
    motion = stepping(10, 10)
    assert to_the_letter(motion, {}).verdict is PASS
    assert to_the_letter(motion, {3: DOUBTFUL}).sides == {"left": CANNOT_TELL, "right": PASS}
    assert to_the_letter(motion, {3: CAVED}).sides == {"left": NOT_YET, "right": PASS}


@pytest.mark.parametrize(
    ("value", "doubt", "verdict"), [(23.0, 4.0, PASS), (30.0, 4.0, PASS), (33.0, 4.0, CANNOT_TELL)]
)
def test_a_measured_box_counts_against_the_test_only_where_it_is_certain(
    value: float, doubt: float, verdict: TestVerdict
) -> None:
    motion = stepping(10, 10)
    box = measured("box_height", Side.BOTH, value, uncertainty=doubt)
    assert outcome(motion, *step_up_values(motion), box).verdict is verdict


def test_the_knee_over_the_foot_is_named_first() -> None:
    motion = stepping(10, 10)
    knees = measured("knee_over_toe", Side.LEFT, 2.0, events={index: 9.0 if index == 4 else 0.0 for index in range(10)})
    test = outcome(motion, *step_up_values(motion, {4: CAVED}), knees)
    assert test.reasons[0].endswith("repetition 5 of 10 missed the target for knee over the foot and knee caving in.")


def test_a_pause_on_the_way_up_is_told_with_its_number() -> None:
    motion = stepping(10, 10)
    phases = Phases(0.1, 0.2, 0.5, 0.6, 0.8, hesitation_s=0.4)
    reps = tuple(replace(rep, phases=phases) if rep.index == 12 else rep for rep in motion.reps)
    test = step_up_test(replace(motion, reps=reps))
    assert test.verdict is PASS
    assert test.reasons[-2] == "Right: a pause on the way up in repetition 3."


def test_what_was_begun_and_does_not_count_is_said() -> None:
    begun = (Unfinished(0.0, Why.CUT_OFF), Unfinished(9.0, Why.NOT_TO_THE_TOP))
    *reasons, _ = step_up_test(replace(stepping(10, 10), unfinished=begun)).reasons
    assert [reason.endswith("not counted: 1.") for reason in reasons[-2:]] == [True, True]
    assert not any(reason.endswith("not counted: 1.") for reason in reasons[:-2])


def test_what_the_test_asks_for_and_could_not_be_judged_is_said() -> None:
    motion = stepping(10, 10)
    events = {rep.index: 3.0 for rep in motion.reps}
    vague, sure = (measured("pelvic_drop", Side.LEFT, 3.0, uncertainty=u, events=events) for u in (9.0, 1.0))
    told = [
        next(reason for reason in outcome(motion, *step_up_values(motion), drop).reasons if "Not judged" in reason)
        for drop in (vague, sure)
    ]
    assert ["hip drop" in reason for reason in told] == [True, False]
    assert all("sideways lean" in reason and "knee caving in" not in reason for reason in told)


def test_a_repetition_passes_only_if_the_knee_was_judged_in_every_way() -> None:
    motion = stepping(10, 0)
    valgus, over_toe = step_up_values(motion)
    vague = replace(valgus, event_uncertainty=60.0, uncertainty=60.0)
    for values in ((valgus,), (over_toe,), (vague, over_toe)):
        found = judged(motion, *values)
        assert {rep.verdict for rep in judge_reps(motion, found, CRITERIA)} == {Verdict.NOT_MEASURED}


def test_a_miss_beyond_all_doubt_is_one_however_wide_the_interval() -> None:
    motion = stepping(2, 0)
    valgus, over_toe = step_up_values(motion, {1: 40.0})
    found = judged(motion, replace(valgus, event_uncertainty=20.0, uncertainty=20.0), over_toe)
    assert [rep.verdict for rep in judge_reps(motion, found, CRITERIA)] == [Verdict.NOT_MEASURED, Verdict.FAIL]


def test_a_repetition_whose_knee_nobody_could_judge_is_not_judged_by_its_trunk() -> None:
    motion = stepping(10, 10)

    def leaning(angle: float) -> list[Verdict]:
        events = {rep.index: angle for rep in motion.reps if rep.side is Side.LEFT}
        found = judged(motion, measured("trunk_lean_lateral", Side.LEFT, angle, events=events))
        return [rep.verdict for rep in judge_reps(motion, found, CRITERIA) if rep.rep.side is Side.LEFT]

    assert set(leaning(0.0)) == {Verdict.NOT_MEASURED}
    assert set(leaning(20.0)) == {Verdict.FAIL}


def test_one_of_the_two_step_up_tests_is_the_verdict_and_says_so() -> None:
    motion = stepping(10, 10)
    coach, strict = step_up_test(motion), to_the_letter(motion, {})
    assert (coach.headline, strict.headline) == (True, False)
    say = CRITERIA.step_up_test.say
    assert coach.reasons[-1] == say.verdict.format(allowed=CRITERIA.step_up_test.borderline_allowed)
    assert strict.reasons[-1] == say.beside


def test_repetitions_that_decided_are_named_with_side_number_and_instant() -> None:
    test = step_up_test(stepping(10, 10), {2: CAVED, 13: CAVED, 5: DOUBTFUL})
    assert [(each.side, each.number, each.index) for each in test.decided_by] == [
        (Side.LEFT, 3, 2),
        (Side.RIGHT, 4, 13),
    ]
    motion = stepping(10, 10)
    for each in test.decided_by:
        rep = next(rep for rep in motion.reps if rep.index == each.index)
        assert rep.start_s <= each.t_s <= rep.end_s
        assert each.metric == "knee_valgus"
    assert len({each.picture for each in test.decided_by}) == 2


def test_where_none_missed_those_in_doubt_decided_and_else_none() -> None:
    assert [each.index for each in step_up_test(stepping(10, 10), {5: DOUBTFUL}).decided_by] == [5]
    assert step_up_test(stepping(10, 10)).decided_by == ()


def test_each_repetition_has_its_own_verdict_and_reason() -> None:
    motion = stepping(3, 1)
    found = judged(motion, *step_up_values(motion, {1: CAVED, 2: DOUBTFUL}))
    reps = judge_reps(motion, found, CRITERIA)
    assert [rep.verdict for rep in reps] == [Verdict.PASS, Verdict.FAIL, Verdict.BORDERLINE, Verdict.PASS]
    assert [rep.reasons for rep in reps] == [(), ("knee caving in",), ("knee caving in",), ()]


def screen(view: View, **values: float) -> TestInfo:
    motion = running(view)
    return outcome(motion, *(measured(name, side, value) for name, value in values.items() for side in SIDES))


def test_the_screen_passes_what_is_within_the_targets_and_asks_for_the_other_view() -> None:
    test = screen(View.LEFT, foot_strike_position=10.0, shank_angle=3.0)
    assert test.verdict is PASS
    assert any("film the other one" in reason for reason in test.reasons)


def test_one_metric_beyond_its_target_is_not_yet() -> None:
    assert screen(View.LEFT, foot_strike_position=10.0, shank_angle=25.0).verdict is NOT_YET
    assert screen(View.FRONT, knee_valgus=25.0, trunk_lean_lateral=0.0).verdict is NOT_YET


def test_one_side_beyond_is_enough() -> None:
    values = [measured("knee_valgus", Side.LEFT, 25.0), measured("knee_valgus", Side.RIGHT, 1.0)]
    test = outcome(running(View.FRONT), *values)
    assert (test.verdict, test.sides["left"], test.sides["right"]) == (NOT_YET, NOT_YET, PASS)


def test_nothing_judged_cannot_tell() -> None:
    assert outcome(running()).verdict is CANNOT_TELL


@pytest.mark.parametrize("angle", [0.0, 15.0, 30.0])
def test_heel_strike_alone_never_fails(angle: float) -> None:
    assert screen(View.LEFT, foot_strike_angle=angle, foot_strike_position=10.0).verdict is PASS


def test_other_activities_have_no_test() -> None:
    motion = replace(running(), activity=Activity.SQUAT)
    assert run_tests(motion, (), (), CRITERIA) == ()
