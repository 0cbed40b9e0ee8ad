"""How an exercise was done: each side's verdict, what missed, what this view does not show and what no phone sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.assessment import Subject, TestVerdict, Verdict
from analyzer.criteria.exercise_form import Form, exercise_form
from analyzer.criteria.tables import load_criteria
from analyzer.criteria.verdict import Judged, judge
from analyzer.exercises.checks import measure_checks
from analyzer.exercises.tables import load_exercises
from analyzer.metrics.measure import measure
from analyzer.motion.tempo import motion_at_pace
from analyzer.motion.types import Activity, Motion, Unfinished, View, Why
from analyzer.pose.landmarks import Side
from tests.motion import exercisers as drawn
from tests.motion import figures

CRITERIA = load_criteria()
SAY = CRITERIA.exercise_form
NOBODY = Subject()


def judged(motion: Motion) -> tuple[Judged, ...]:
    return tuple(judge(each, motion, CRITERIA) for each in (*measure(motion), *measure_checks(motion)))


def form(motion: Motion, subject: Subject = NOBODY) -> Form:
    found = exercise_form(motion, judged(motion), subject, CRITERIA)
    assert found is not None
    return found


def verdict_of(motion: Motion, metric: str) -> set[Verdict]:
    return {each.verdict for each in judged(motion) if each.measurement.metric == metric}


def said(found: Form) -> str:
    return "\n".join(found.tests[0].reasons)


def test_a_deadlift_with_form_passes_and_one_with_bent_knees_does_not_yet() -> None:
    good = form(figures.shown(drawn.rdl(knee_deg=5.0), View.LEFT))
    assert good.exercise.verdict is TestVerdict.PASS
    squatted = figures.shown(drawn.rdl(knee_deg=45.0), View.LEFT)
    assert verdict_of(squatted, "knee_bend_change") == {Verdict.FAIL}
    found = form(squatted)
    assert found.exercise.verdict is TestVerdict.NOT_YET
    assert "knees hardly bending" in found.headline
    assert found.tests[0].sides == {}


def test_a_shallow_hinge_is_told() -> None:
    shallow = figures.shown(drawn.rdl(pitch_deg=18.0, knee_deg=5.0), View.LEFT)
    assert verdict_of(shallow, "hip_hinge") <= {Verdict.FAIL, Verdict.BORDERLINE}


@pytest.mark.parametrize(("lean_deg", "expected"), [(18.0, {Verdict.PASS}), (0.0, {Verdict.FAIL})])
def test_a_split_squat_that_is_too_upright_is_told(lean_deg: float, expected: set[Verdict]) -> None:
    motion = figures.shown(drawn.split_squat(lean_deg=lean_deg), View.LEFT)
    lean = [each for each in judged(motion) if each.measurement.metric == "trunk_lean_forward"]
    assert {each.verdict for each in lean if each.measurement.side is Side.LEFT} == expected


def test_a_hip_thrust_that_stays_bent_is_told() -> None:
    assert verdict_of(figures.shown(drawn.hip_thrust(), View.LEFT), "hip_lockout") == {Verdict.PASS}
    assert verdict_of(figures.shown(drawn.hip_thrust(reach=0.2), View.LEFT), "hip_lockout") == {Verdict.FAIL}


def test_a_crab_walk_with_knees_caving_in_is_told_on_both_legs() -> None:
    caving = figures.shown(drawn.crab_walk(swivel_deg=30.0), View.FRONT)
    assert verdict_of(caving, "shin_inward") == {Verdict.FAIL}
    assert verdict_of(caving, "knees_apart") == {Verdict.FAIL}
    upright = figures.shown(drawn.crab_walk(swivel_deg=-24.0), View.FRONT)
    assert Verdict.FAIL not in verdict_of(upright, "shin_inward")


def test_landings_with_knees_together_are_told() -> None:
    assert verdict_of(landing(30.0), "landing_knees_apart") == {Verdict.FAIL}
    assert verdict_of(landing(-10.0), "landing_knees_apart") == {Verdict.PASS}


def landing(swivel_deg: float) -> Motion:
    motion = figures.shown(drawn.skip(swivel_deg=swivel_deg), View.FRONT)
    return replace(motion, reps=tuple(replace(r, loaded=((r.end_s, r.end_s + 0.2),)) for r in motion.reps))


def test_the_hands_of_an_overhead_hold_are_judged() -> None:
    assert verdict_of(figures.shown(drawn.overhead_knees(), View.FRONT), "hands_overhead") == {Verdict.PASS}
    low = replace(figures.shown(drawn.high_knees(), View.FRONT), activity=Activity.OVERHEAD_KNEES)
    assert verdict_of(low, "hands_overhead") == {Verdict.FAIL}


def test_a_single_leg_deadlift_is_asked_to_be_slow() -> None:
    slow, quick = (figures.shown(drawn.single_leg_rdl(each_s=each_s), View.FRONT) for each_s in (7.6, 3.0))
    assert verdict_of(slow, "rep_tempo") == {Verdict.PASS}
    assert verdict_of(quick, "rep_tempo") == {Verdict.BORDERLINE}
    assert form(quick).exercise.verdict is not TestVerdict.NOT_YET


def test_the_wrong_view_gives_the_count_and_says_which_judgements_need_which_view() -> None:
    found = form(figures.shown(drawn.rdl(), View.FRONT))
    assert found.exercise.verdict is TestVerdict.CANNOT_TELL
    assert found.exercise.counts == {Side.BOTH: 3}
    sideways = ("knee_bend_change", "hip_hinge", "head_line", "hands_from_shins", "hands_height")
    titles = ", ".join(CRITERIA.metric[name].title.lower() for name in sideways)
    assert SAY.other_view.format(what=titles, view=SAY.side) in said(found)
    from_side = form(figures.shown(drawn.lunge(), View.LEFT))
    assert f"Film from {SAY.front} too" in said(from_side)
    assert "knee over the foot" in said(from_side)


def test_a_squat_whose_knees_are_not_seen_does_not_pass_on_the_strength_of_the_rest() -> None:
    motion = figures.shown(figures.squat(reps=2), View.LEFT)
    seen = {each.verdict for each in judged(motion) if each.measurement.value is not None and each.target is not None}
    assert seen == {Verdict.PASS}
    found = form(motion)
    assert found.exercise.verdict is TestVerdict.CANNOT_TELL
    assert CRITERIA.metric["knee_separation"].title.lower() in said(found)


@pytest.mark.parametrize(("slower", "expected"), [(1.0, TestVerdict.CANNOT_TELL), (8.0, TestVerdict.PASS)])
def test_a_balance_passes_only_where_it_is_held_as_long_as_is_asked_for(slower: float, expected: TestVerdict) -> None:
    motion = motion_at_pace(figures.shown(figures.balance(sway_m=0.001), View.FRONT), slower)
    assert verdict_of(motion, "balance_sway") == {Verdict.PASS}
    assert form(motion).exercise.verdict is expected


def test_sides_are_judged_by_themselves_and_a_missing_one_is_named() -> None:
    found = form(figures.shown(drawn.split_squat(side=Side.RIGHT), View.FRONT))
    assert found.exercise.counts == {Side.LEFT: 0, Side.RIGHT: 3}
    assert found.exercise.sides[Side.LEFT] is TestVerdict.CANNOT_TELL
    assert SAY.missing.format(side="left") in said(found)


def test_what_was_not_counted_is_told() -> None:
    motion = replace(figures.shown(figures.squat(reps=2), View.FRONT), unfinished=(Unfinished(9.0, Why.CUT_OFF),))
    found = form(motion)
    assert found.exercise.not_counted == 1
    assert SAY.cut_off.format(count=1) in said(found)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (Subject(), SAY.eyes_unknown),
        (Subject(eyes="closed"), SAY.eyes.format(eyes="closed")),
        (Subject(eyes="open"), SAY.eyes.format(eyes="open")),
    ],
)
def test_eyes_are_as_declared(subject: Subject, expected: str) -> None:
    found = form(figures.shown(figures.balance(), View.FRONT), subject)
    assert expected in said(found)
    assert found.exercise.eyes == subject.eyes


def test_touching_down_between_holds_is_counted() -> None:
    motion = figures.shown(figures.balance(), View.FRONT)
    again = replace(motion, reps=(motion.reps[0], replace(motion.reps[0], index=1, start_s=4.6, end_s=5.0)))
    assert SAY.touched_down_once in said(form(again))
    assert SAY.touched_down_once not in said(form(motion))


def test_too_few_frames_for_jumps_are_told() -> None:
    motion = figures.shown(drawn.skip(), View.FRONT)
    told = SAY.few_frames.format(rate="10", wanted="30")
    assert told in said(form(replace(motion, clip_fps=10.0)))
    assert told not in said(form(motion))
    assert "frames a second" not in said(form(replace(figures.shown(drawn.rdl(), View.LEFT), clip_fps=10.0)))


def test_what_was_recognised_can_be_named_otherwise() -> None:
    motion = figures.shown(figures.squat(reps=2), View.FRONT)
    told = SAY.name_it.format(many="squats")
    assert told in said(form(motion))
    assert told not in said(form(motion, Subject(activity=Activity.SQUAT)))


def test_dose_and_what_the_clip_shows_stand_beside_each_other() -> None:
    assert "asks for 8-12 repetitions; this clip shows 3." in form(figures.shown(drawn.rdl(), View.LEFT)).exercise.dose
    hold = form(figures.shown(drawn.hamstring_bridge(), View.LEFT)).exercise.dose
    assert "asks for 60 seconds" in hold


@pytest.mark.parametrize(
    "doing", sorted(drawn.MAKERS, key=lambda activity: activity.value), ids=lambda doing: doing.value
)
def test_every_exercise_says_what_no_phone_sees_and_without_repetitions_how_to_film(doing: Activity) -> None:
    motion = figures.shown(drawn.MAKERS[doing](), View.FRONT)
    exercise = load_exercises().exercise[doing]
    found = form(motion)
    assert all(each in said(found) for each in exercise.unseen)
    nothing = form(replace(motion, reps=()))
    assert nothing.exercise.verdict is TestVerdict.CANNOT_TELL
    assert exercise.film in nothing.headline


def test_runners_and_walkers_do_no_exercise() -> None:
    motion = figures.shown(figures.run(), View.FRONT)
    assert exercise_form(motion, judged(motion), Subject(), CRITERIA) is None


def test_step_ups_keep_their_own_test() -> None:
    found = form(figures.shown(figures.step_up(), View.FRONT))
    assert found.tests == ()
    assert found.exercise.name is Activity.STEP_UP
