"""Verdicts call for the two compensations of the articles; nothing judged calls for no plan."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest

from analyzer.assessment import Plan, TestInfo, TestVerdict, Verdict
from analyzer.criteria.verdict import Judged
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import View
from analyzer.planned import Kind
from analyzer.pose.landmarks import Side
from analyzer.program.plan import plan_for, plan_for_cues
from analyzer.program.tables import load_program
from tests.criteria.judging import CRITERIA, judged, measured, running

PROGRAM = load_program()
SCREEN = (
    TestInfo(
        name="running_screen", title="Running screen", verdict=TestVerdict.NOT_YET,
        sides={"left": TestVerdict.NOT_YET, "right": TestVerdict.PASS}, reasons=(),
    ),
)  # fmt: skip
WELL = {"knee_valgus": 1.0, "shank_angle": 2.0, "foot_strike_position": 10.0, "knee_flexion_contact": 20.0}
FIVE = {"squat", "rdl", "split_squat", "hip_thrust", "crab_walk"}
MISSED = {
    "knee_over_toe": 15.0, "knee_valgus": 30.0, "foot_strike_position": 45.0, "shank_angle": 30.0,
    "knee_flexion_contact": -5.0,
}  # fmt: skip
AVOIDED = re.compile(r"diagnos|risk|abnormal|weak|injur", re.IGNORECASE)


def plan(values: dict[str, float], **how: float) -> Plan:
    return plan_for(judged(running(View.FRONT), *(measured(n, Side.LEFT, v, **how) for n, v in values.items())), SCREEN)


def stepping_test(verdict: TestVerdict) -> tuple[TestInfo, ...]:
    sides = {"left": verdict, "right": TestVerdict.PASS}
    return (TestInfo(name="step_up_test", title="Step-up test", verdict=verdict, sides=sides, reasons=()),)


def climbing() -> Plan:
    found = judged(running(View.FRONT), measured("knee_valgus", Side.LEFT, MISSED["knee_valgus"]))
    return plan_for(found, stepping_test(TestVerdict.NOT_YET))


def extras(found: Plan) -> set[str]:
    return {item.exercise for item in found.items if "2-3 more" in item.dose}


def names(found: Plan) -> set[str]:
    return {item.exercise for item in found.items}


@pytest.mark.parametrize("metric", ["knee_over_toe", "knee_valgus"])
def test_caving_in_adds_sets_of_hip_thrusts_and_crab_walks(metric: str) -> None:
    found = plan({**WELL, metric: MISSED[metric]})
    assert found.focus == ("Caving in",)
    assert extras(found) == {"hip_thrust", "crab_walk"}
    assert names(found) >= FIVE


@pytest.mark.parametrize("metric", ["foot_strike_position", "shank_angle", "knee_flexion_contact"])
def test_landing_ahead_adds_sets_of_rdl_and_split_squats(metric: str) -> None:
    found = plan({**WELL, metric: MISSED[metric]})
    assert found.focus == ("Landing ahead on a straight leg",)
    assert extras(found) == {"rdl", "split_squat"}
    assert {"ninety_flip", "hamstring_bridge", "overhead_knees"} <= names(found)


def test_both_findings_get_both() -> None:
    assert extras(plan(MISSED)) == {"hip_thrust", "crab_walk", "rdl", "split_squat"}


def test_nothing_missed_keeps_the_five_without_extra_sets() -> None:
    found = plan(WELL)
    assert names(found) == FIVE
    assert not extras(found)
    assert not found.focus
    assert any("keep the five" in note for note in found.notes)


@pytest.mark.parametrize("found", [plan({}), plan(MISSED, uncertainty=90.0), plan({"cadence": 170.0})])
def test_nothing_judged_withholds_the_plan(found: Plan) -> None:
    assert found.withheld
    assert found == Plan(withheld=found.withheld)


def test_without_a_test_there_is_no_plan() -> None:
    found = judged(running(View.FRONT), measured("knee_valgus", Side.LEFT, 30.0))
    assert plan_for(found, ()).withheld


def test_what_was_not_judged_has_no_plan_and_the_plan_says_so() -> None:
    found = judged(
        running(View.FRONT), measured("knee_valgus", Side.LEFT, 30.0),
        measured("shank_angle", Side.LEFT, 30.0, uncertainty=90.0),
    )  # fmt: skip
    made = plan_for(found, SCREEN)
    assert made.focus == ("Caving in",)
    assert len(made.uncovered) == 1
    assert "film running from the side" in made.uncovered[0]
    assert not plan(MISSED).uncovered


def test_a_step_up_test_not_passed_yet_leads_up_the_ladder_of_the_case_study() -> None:
    found = climbing()
    order = [phase.exercises[0] for phase in found.phases]
    assert order[:5] == ["clams", "hip_hinge_hold", "single_leg_rdl", "side_step_up", "single_leg_skip"]
    weeks = [(phase.weeks_low, phase.weeks_high) for phase in found.phases]
    assert weeks == [(2, 2), (2, 2), (3, 4), (3, 4), (4, 6), (None, None)]
    assert sum(low for low, _ in weeks if low) == 14
    assert sum(high for _, high in weeks if high) == 18
    assert all(phase.gate and phase.film for phase in found.phases)
    assert [phase.first_week for phase in found.phases] == [1, 3, 5, 8, 11, 15]


def test_split_squats_wait_for_the_step_ups() -> None:
    found = climbing()
    assert found.item("split_squat").after_phase == 4
    begin = min(week.week for week in found.weeks if "split_squat" in week.exercises)
    assert begin == found.phases[4].first_week
    assert not any("side_step_up" in week.exercises for week in found.weeks if week.week < 8)


@pytest.mark.parametrize("verdict", [TestVerdict.PASS, TestVerdict.CANNOT_TELL])
def test_a_step_up_test_that_missed_nothing_keeps_the_five(verdict: TestVerdict) -> None:
    found = plan_for(judged(running(View.FRONT), measured("knee_valgus", Side.LEFT, 1.0)), stepping_test(verdict))
    assert names(found) == FIVE
    assert not found.phases


@pytest.mark.parametrize("worth_a_try", [True, False])
def test_more_steps_a_minute_are_planned_where_the_cadence_card_finds_them_worth_a_try(worth_a_try: bool) -> None:
    values = {**WELL, "shank_angle": MISSED["shank_angle"], "cadence": 155.0}
    found = judged(running(), *(measured(n, Side.LEFT, v) for n, v in values.items()))
    assert ("cadence_up" in names(plan_for(found, SCREEN, more_cadence=worth_a_try))) == worth_a_try
    assert "cadence_up" not in names(plan_for(found, stepping_test(TestVerdict.PASS), more_cadence=worth_a_try))


def test_the_cadence_card_asks_after_the_landing_that_the_plan_trains() -> None:
    assert set(CRITERIA.cadence_card.with_any_of) == set(PROGRAM.finding["landing_ahead"].metrics)


@pytest.mark.parametrize(
    ("helped", "has", "has_not"),
    [({"hips"}, "glute_core_cue", "toe_waver"), ({"feet"}, "toe_waver", "hip_thrust"), (set(), "", "toe_waver")],
)
def test_a_cue_that_helped_leads_to_its_drills(helped: set[str], has: str, has_not: str) -> None:
    found = {item.exercise for item in plan_for_cues(helped)}
    assert not has or has in found
    assert has_not not in found


def test_both_cues_lead_to_both_and_to_nothing_twice() -> None:
    found = [item.exercise for item in plan_for_cues({"feet", "hips"})]
    assert len(found) == len(set(found))
    assert {"glute_core_cue", "arch_creation"} <= set(found)


def test_the_table_names_only_what_exists() -> None:
    metrics = {each.name for each in all_metrics()}
    used = {*PROGRAM.base.exercises, *PROGRAM.ladder.waiting, PROGRAM.cadence.exercise}
    for finding in PROGRAM.finding.values():
        assert set(finding.metrics) <= metrics
        used.update(finding.extra, finding.running)
        assert set(finding.extra) <= set(PROGRAM.base.exercises)
    for phase in PROGRAM.ladder.phase:
        used.update(phase.exercises)
    for trial in PROGRAM.trial.values():
        used.update(trial.exercises)
    assert used == set(PROGRAM.exercise)
    assert {exercise.article for exercise in PROGRAM.exercise.values()} <= set(PROGRAM.articles)
    assert {PROGRAM.ladder.source, PROGRAM.calendar.source} <= set(PROGRAM.articles)


def test_a_dose_of_our_own_says_so_and_others_do_not() -> None:
    for name, exercise in PROGRAM.exercise.items():
        assert ("proposed here" in exercise.dose) == exercise.proposed, name


def test_every_judged_metric_of_running_and_stepping_that_is_a_compensation_leads_to_training() -> None:
    trained = {metric for finding in PROGRAM.finding.values() for metric in finding.metrics}
    judged_names = {*CRITERIA.step_up_test.judged, *CRITERIA.running_screen.sagittal}
    # forward lean is watched but no article trains it
    assert judged_names - trained == {"trunk_lean_forward"}


def test_nothing_said_in_the_plan_frightens_or_diagnoses() -> None:
    words = PROGRAM.model_dump(exclude={"articles"})
    assert not AVOIDED.search(str(words))


JUDGED_METRICS = ("knee_valgus", "trunk_lean_lateral", "shank_angle", "knee_flexion_contact")
VERDICTS = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL, Verdict.NOT_MEASURED)
TESTS = [SCREEN, *(stepping_test(verdict) for verdict in TestVerdict)]


@cache
def every_plan() -> list[Plan]:
    """The plan for every combination of verdicts and tests, more cadence worth a try or not."""
    value = {name: judged(running(), measured(name, Side.LEFT, 1.0))[0] for name in JUDGED_METRICS}

    def as_if(name: str, verdict: Verdict) -> Judged:
        found = value[name]
        return Judged(found.measurement, verdict, "", "", found.target)

    return [
        plan_for(tuple(map(as_if, JUDGED_METRICS, verdicts)), tests, more_cadence=more)
        for verdicts in product(VERDICTS, repeat=len(JUDGED_METRICS))
        for tests in TESTS
        for more in (False, True)
    ]


def test_every_combination_of_verdicts_has_a_plan_without_gaps() -> None:
    plans = every_plan()
    assert len(plans) == 4**4 * 4 * 2
    for found in plans:
        assert len(found.focus) <= 2
        assert bool(found.withheld) == (not found.items)
        known = names(found)
        assert len(known) == len(found.items), "each exercise once"
        assert [week.week for week in found.weeks] == list(range(1, len(found.weeks) + 1))
        assert {name for week in found.weeks for name in week.exercises} <= known
        assert {name for phase in found.phases for name in phase.exercises} <= known
        assert all(item.dose and item.why and item.source for item in found.items)
        assert found.withheld or any(item.kind is Kind.LIFT for item in found.items)
        if found.phases:
            assert not any(item.kind is Kind.EASY_RUN and item.exercise != "run_control" for item in found.items)


def test_plans_of_one_kind_of_clip_name_nothing_of_the_other() -> None:
    for found in every_plan():
        cues = {"glute_core_cue", "toe_curl_cue"} & names(found)
        assert not (cues and found.phases)
