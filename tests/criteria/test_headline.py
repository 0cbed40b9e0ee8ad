from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.assessment import Caution, Quality
from analyzer.criteria.exercise_form import exercise_form
from analyzer.criteria.headline import headline
from analyzer.criteria.step_up_test import judge_reps
from analyzer.criteria.tests import run_tests
from analyzer.filmed import Subject
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, Motion, Rep, Unfinished, View, Why
from analyzer.pose.landmarks import Side
from tests.criteria.judging import CRITERIA, judged, measured, running, step_up_values, stepping

CLEAR = Quality(grade="good", tracked_fraction=1.0, repaired_fraction=0.0, warnings=())
DARK = Caution(code="dark", message="It is dark.", advice="Film in daylight.")


def said(motion: Motion, *measurements: Measurement) -> str:
    found = judged(motion, *measurements)
    tests = run_tests(motion, found, judge_reps(motion, found, CRITERIA), CRITERIA)
    return headline(motion, tests, found, CLEAR, CRITERIA)


def test_a_passed_step_up_test_is_said_with_its_counts() -> None:
    motion = stepping(10, 11)
    text = said(motion, *step_up_values(motion))
    assert "passed: 10 left and 11 right" in text
    assert "not" not in text


@pytest.mark.parametrize(("missed", "side"), [(0, "left"), (10, "right")])
def test_a_missed_one_names_the_side(missed: int, side: str) -> None:
    motion = stepping(10, 10)
    text = said(motion, *step_up_values(motion, {missed: 20.0}))
    assert "not yet" in text
    assert f"the {side} side" in text


def test_too_few_step_ups_promise_nothing() -> None:
    motion = stepping(3, 2)
    text = said(motion, *step_up_values(motion))
    assert "3 left and 2 right" in text
    assert "cannot tell" in text


def test_named_step_ups_of_which_none_was_seen_tell_how_to_film_them() -> None:
    motion = replace(stepping(0, 0), unfinished=(Unfinished(9.0, Why.CUT_OFF),))
    text = headline(motion, (), (), CLEAR, CRITERIA, exercise_form(motion, (), Subject(), CRITERIA))
    assert "No complete repetition was seen" in text
    assert "From the front" in text
    assert text.endswith("not counted: 1.")


def test_running_names_the_weightiest_two_misses_and_their_side() -> None:
    text = said(
        running(View.FRONT),
        *(measured(name, Side.LEFT, 40.0) for name in ("trunk_lean_lateral", "knee_over_toe", "knee_valgus")),
    )
    assert "knee over the foot and knee caving in on the left side" in text
    assert "trunk" not in text


def test_running_with_nothing_missed_is_not_worked_on() -> None:
    assert "within the training targets" in said(
        running(), *(measured("shank_angle", side, 2.0) for side in (Side.LEFT, Side.RIGHT))
    )
    assert "worth working" not in said(running())


@pytest.mark.parametrize("activity", [a for a in Activity if a not in (Activity.RUNNING, Activity.STEP_UP)])
def test_every_activity_has_a_sentence(activity: Activity) -> None:
    text = said(replace(running(), activity=activity, steps=()))
    assert text.endswith(".")
    assert "_" not in text


def test_squats_that_the_clip_cuts_off_are_told() -> None:
    motion = replace(stepping(2, 0), activity=Activity.SQUAT, unfinished=(Unfinished(9.0, Why.CUT_OFF),))
    assert said(motion) == "Squats: 2 complete repetitions counted. Cut off by the clip and so not counted: 1."


def test_balancing_tells_the_longest_hold() -> None:
    reps = (Rep(0, Side.LEFT, 1.0, 2.0, 3.0, ((1.0, 3.0),)), Rep(1, Side.RIGHT, 4.0, 6.0, 8.25, ((4.0, 8.25),)))
    motion = replace(stepping(1, 0), activity=Activity.BALANCE, reps=reps)
    assert said(motion) == "Balancing: the longest hold took 4.2 s, on the right leg."


def test_where_nothing_was_seen_the_clip_says_why() -> None:
    unclear = CLEAR.model_copy(update={"warnings": (DARK,)})
    text = headline(replace(running(), activity=Activity.UNKNOWN), (), (), unclear, CRITERIA)
    assert text.endswith("It is dark. Film in daylight.")
