"""What a verdict on a part of the body has to rest on, in each movement."""

from __future__ import annotations

import pytest

from analyzer.criteria.asked import asked_for
from analyzer.criteria.tables import load_criteria
from analyzer.metrics.registry import WholeMetric, all_metrics
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, View

CRITERIA = load_criteria()


@pytest.mark.parametrize("view", list(View), ids=lambda view: view.value)
def test_running_is_asked_what_its_view_shows(view: View) -> None:
    views = {each.name: each.views for each in all_metrics() if not isinstance(each, WholeMetric)}
    asked = asked_for(Activity.RUNNING, view, CRITERIA)
    assert bool(asked) is (view in FRONTAL | SAGITTAL)
    assert all(view in views[name] for name in asked)


def test_step_ups_are_asked_for_what_the_test_judges_and_exercises_for_their_checks() -> None:
    assert "pelvic_drop" in asked_for(Activity.STEP_UP, View.LEFT, CRITERIA)
    assert "knee_separation" in asked_for(Activity.SQUAT, View.FRONT, CRITERIA)
    assert asked_for(Activity.WALKING, View.FRONT, CRITERIA) == ()
