"""Verdicts call for the two compensations of the articles; nothing judged calls for no plan."""

from __future__ import annotations

import re

import pytest

from analyzer.assessment import Plan, TestInfo, TestVerdict
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import View
from analyzer.pose.landmarks import Side
from analyzer.program.plan import load_program, plan_for
from tests.criteria.judging import CRITERIA, judged, measured, running

PROGRAM = load_program()
SCREEN = (
    TestInfo(
        name="running_screen", title="Running screen", verdict=TestVerdict.NOT_YET,
        sides={"left": TestVerdict.NOT_YET, "right": TestVerdict.PASS}, reasons=(),
    ),
)  # fmt: skip
WELL = {"knee_valgus": 1.0, "shank_angle": 2.0, "foot_strike_position": 10.0, "knee_flexion_contact": 20.0}
MISSED = {
    "knee_over_toe": 15.0, "knee_valgus": 30.0, "foot_strike_position": 45.0, "shank_angle": 30.0,
    "knee_flexion_contact": -5.0,
}  # fmt: skip
AVOIDED = re.compile(r"diagnos|risk|abnormal|weak|injur", re.IGNORECASE)


def plan(values: dict[str, float], **how: float) -> Plan:
    return plan_for(judged(running(View.FRONT), *(measured(n, Side.LEFT, v, **how) for n, v in values.items())), SCREEN)


def exercises(found: Plan) -> list[str]:
    return [item.exercise for item in found.items]


@pytest.mark.parametrize("metric", ["knee_over_toe", "knee_valgus"])
def test_caving_in_is_trained_with_hip_thrusts_and_crab_walks(metric: str) -> None:
    found = plan({**WELL, metric: MISSED[metric]})
    assert found.focus == ("Caving in",)
    assert exercises(found) == ["hip_thrust", "crab_walk"]


@pytest.mark.parametrize("metric", ["foot_strike_position", "shank_angle", "knee_flexion_contact"])
def test_landing_ahead_is_trained_with_rdl_and_split_squats(metric: str) -> None:
    found = plan({**WELL, metric: MISSED[metric]})
    assert found.focus == ("Landing ahead on a straight leg",)
    assert exercises(found) == ["rdl", "split_squat"]


def test_both_findings_get_both() -> None:
    assert set(exercises(plan(MISSED))) == {"hip_thrust", "crab_walk", "rdl", "split_squat"}


def test_nothing_missed_keeps_the_five() -> None:
    found = plan(WELL)
    assert not found.items
    assert not found.withheld
    assert any("keep the five" in note for note in found.notes)


@pytest.mark.parametrize("found", [plan({}), plan(MISSED, uncertainty=90.0), plan({"cadence": 170.0})])
def test_nothing_judged_withholds_the_plan(found: Plan) -> None:
    assert found.withheld
    assert found == Plan(withheld=found.withheld)


def test_without_a_test_there_is_no_plan() -> None:
    found = judged(running(View.FRONT), measured("knee_valgus", Side.LEFT, 30.0))
    assert plan_for(found, ()).withheld


def test_the_table_names_only_what_exists() -> None:
    metrics = {each.name for each in all_metrics()}
    for finding in PROGRAM.finding.values():
        assert set(finding.metrics) <= metrics
        assert set(finding.exercises) <= set(PROGRAM.exercise)
    assert set(PROGRAM.base.exercises) <= set(PROGRAM.exercise)
    assert {exercise.article for exercise in PROGRAM.exercise.values()} <= set(PROGRAM.articles)


def test_every_judged_metric_of_running_and_stepping_that_is_a_compensation_leads_to_training() -> None:
    trained = {metric for finding in PROGRAM.finding.values() for metric in finding.metrics}
    judged_names = {*CRITERIA.step_up_test.judged, *CRITERIA.running_screen.sagittal}
    # leaning is watched but no article trains it
    assert judged_names - trained == {"trunk_lean_lateral", "trunk_lean_forward"}


def test_nothing_said_in_the_plan_frightens_or_diagnoses() -> None:
    words = PROGRAM.model_dump(exclude={"articles"})
    assert not AVOIDED.search(str(words))


@pytest.mark.parametrize("found", [plan(MISSED), plan(WELL)])
def test_weeks_count_from_one_with_exercises_that_exist(found: Plan) -> None:
    assert [week.week for week in found.weeks] == list(range(1, len(found.weeks) + 1))
    assert all(set(week.exercises) <= set(PROGRAM.exercise) for week in found.weeks)
