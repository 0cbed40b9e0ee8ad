"""Adding a metric means a file, its words and its limits; nothing may be left out."""

from __future__ import annotations

import pytest

from analyzer.criteria.tables import load_criteria
from analyzer.exercises.tables import load_exercises
from analyzer.metrics.registry import BEHIND, HIDDEN_AT_CONTACT, Metric, Phase, StepMetric, all_metrics
from analyzer.motion.types import FRONTAL, SAGITTAL

METRICS = {each.name: each for each in all_metrics()}
CURVES = [each for each in all_metrics() if isinstance(each, Metric)]
STEPS = [each for each in all_metrics() if isinstance(each, StepMetric)]
CRITERIA = load_criteria()


def test_every_metric_has_criteria_and_every_criterion_a_metric() -> None:
    assert set(METRICS) | set(load_exercises().quantity) == set(CRITERIA.metric)
    assert not set(METRICS) & set(load_exercises().quantity)


def test_metrics_come_by_name_each_once() -> None:
    names = [each.name for each in all_metrics()]
    assert names == sorted(set(names))


@pytest.mark.parametrize("metric", CURVES, ids=lambda metric: metric.name)
def test_a_curve_is_seen_from_one_pair_of_views_and_is_never_certain(metric: Metric) -> None:
    assert metric.views in (FRONTAL, SAGITTAL, BEHIND)
    assert metric.hidden >= 1.0
    assert metric.pose_error > 0.0
    # one event cannot be surer than the mean of many
    assert metric.event_error >= metric.pose_error
    assert metric.activities


@pytest.mark.parametrize("metric", STEPS, ids=lambda metric: metric.name)
def test_a_step_metric_is_never_certain_and_says_its_sign_and_its_source(metric: StepMetric) -> None:
    assert metric.event_error >= metric.pose_error > 0.0
    module = __import__(metric.value.__module__, fromlist=["*"])
    assert "Positive" in (module.__doc__ or "")
    assert "Source:" in (module.__doc__ or "")


@pytest.mark.parametrize("name", ["pelvic_tilt_proxy", "rearfoot_angle", "foot_strike_angle"])
def test_what_a_phone_cannot_see_and_how_a_foot_lands_has_no_limit_by_itself(name: str) -> None:
    assert CRITERIA.metric[name].limits == ()
    assert not {name} & {*CRITERIA.running_screen.frontal, *CRITERIA.running_screen.sagittal}


@pytest.mark.parametrize("metric", CURVES, ids=lambda metric: metric.name)
def test_a_metric_says_its_sign_and_its_source(metric: Metric) -> None:
    module = __import__(metric.curve.__module__, fromlist=["*"])
    assert "Positive" in (module.__doc__ or "")
    assert "Source:" in (module.__doc__ or "")
    assert metric.curve.__module__.endswith(metric.name)


@pytest.mark.parametrize("name", METRICS)
def test_limits_are_for_activities_that_the_metric_has_and_in_its_unit(name: str) -> None:
    for target in CRITERIA.metric[name].limits:
        assert set(target.activities) <= METRICS[name].activities
        assert target.unit == METRICS[name].unit or (target.unit, METRICS[name].unit) == ("% leg", "cm")


def test_the_tests_judge_metrics_that_exist_in_views_that_show_them() -> None:
    screen = CRITERIA.running_screen
    for names, views in (
        (CRITERIA.step_up_test.judged, FRONTAL),
        (screen.frontal, FRONTAL),
        (screen.sagittal, SAGITTAL),
    ):
        for name in names:
            metric = METRICS[name]
            assert isinstance(metric, Metric)
            assert metric.views == views


def test_the_far_leg_is_less_sure_at_landing_and_where_a_metric_says_so_and_the_trunk_is_not() -> None:
    landing = [each for each in CURVES if each.phase is Phase.CONTACT]
    assert landing
    assert all(each.of_leg and each.hidden >= HIDDEN_AT_CONTACT > 1.0 for each in landing)
    trunk = METRICS["trunk_lean_forward"]
    assert isinstance(trunk, Metric)
    assert (trunk.hidden, trunk.of_leg) == (1.0, False)
