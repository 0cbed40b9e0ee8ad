"""What the articles ask for in what somebody does: the metrics that a verdict on a part of the body has to rest on."""

from __future__ import annotations

from analyzer.criteria.tables import Criteria
from analyzer.exercises.tables import load_exercises
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, View


def asked_for(activity: Activity, view: View, criteria: Criteria) -> tuple[str, ...]:
    """Names of the metrics; of running those of the view, since its screen takes two; none of other movements."""
    if activity is Activity.STEP_UP:
        return criteria.step_up_test.judged
    if activity is Activity.RUNNING:
        screen = criteria.running_screen
        return screen.frontal if view in FRONTAL else screen.sagittal if view in SAGITTAL else ()
    exercise = load_exercises().exercise.get(activity)
    return exercise.checks if exercise is not None else ()
