"""What to do about a finding comes from the plan, the cadence card and how the clip was filmed."""

from __future__ import annotations

import pytest

from analyzer.assessment import Assessment, CadenceCard, CadenceTarget, MeasurementInfo, Verdict
from analyzer.pose.landmarks import Side
from analyzer.report.actions import actions
from tests.program.test_plan import MISSED, plan
from tests.report import samples

RUN = samples.front_run()
KNEE = RUN.of("knee_valgus", "left")
CARD = CadenceCard(
    title="Cadence", steps_per_min=160.0, uncertainty=1.0,
    targets=(CadenceTarget(percent=5.0, steps_per_min=168.0, every_second=84.0),), consider=True, advice="",
    laboratory="", source="", distance_km=10.0, impacts=None, impacts_uncertainty=None, article_impacts=12500,
    impacts_sentence="",
)  # fmt: skip


def landing(assessment: Assessment) -> MeasurementInfo:
    return assessment.of("foot_strike_position", Side.LEFT)


def test_a_miss_names_the_exercises_of_the_plan_that_are_for_it() -> None:
    made = RUN.model_copy(update={"plan": plan(MISSED)})
    said = " ".join(actions(made, "knee_valgus", KNEE, Verdict.FAIL))
    assert "hip thrust" in said
    assert "Film the same again" in said
    assert "Romanian deadlift" not in said


def test_a_plan_without_anything_for_it_is_not_spoken_of() -> None:
    said = " ".join(actions(RUN.model_copy(update={"plan": type(RUN.plan)()}), "knee_valgus", KNEE, Verdict.FAIL))
    assert "plan" not in said


def test_a_borderline_value_asks_for_a_surer_clip_not_for_training() -> None:
    made = RUN.model_copy(update={"plan": plan(MISSED)})
    (said,) = actions(made, "knee_valgus", KNEE, Verdict.BORDERLINE)
    assert said.startswith("To make the reading surer: film from the front")


@pytest.mark.parametrize(("consider", "metric", "named"), [(True, "foot_strike_position", True),
                                                           (False, "foot_strike_position", False),
                                                           (True, "knee_valgus", False)])  # fmt: skip
def test_cadence_is_named_for_the_landing_where_its_card_says_so(consider: bool, metric: str, named: bool) -> None:
    side = samples.side_run().model_copy(update={"cadence_card": CARD.model_copy(update={"consider": consider})})
    said = " ".join(actions(side, metric, landing(side), Verdict.FAIL))
    assert ("168 steps a minute, 5 % more" in said) is named
