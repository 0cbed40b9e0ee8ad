"""An exercise is data: every name in its table means something elsewhere, and every number has a reason."""

from __future__ import annotations

import re

import pytest

from analyzer.cli_options import ACTIVITIES
from analyzer.criteria.tables import load_criteria
from analyzer.exercises.tables import Exercise, load_exercises
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import Activity
from analyzer.program.tables import load_program

TABLE = load_exercises()
METRICS = {each.name: each for each in all_metrics()}
EVERY = sorted(TABLE.exercise, key=lambda activity: activity.value)
GAITS = {Activity.RUNNING, Activity.WALKING, Activity.UNKNOWN}

every_exercise = pytest.mark.parametrize("activity", EVERY, ids=lambda activity: activity.value)


def test_every_movement_but_gaits_is_an_exercise_and_can_be_named() -> None:
    assert set(EVERY) == set(Activity) - GAITS
    assert {name.replace("-", "_") for name in ACTIVITIES} == {each.value for each in Activity} - {"unknown"} | {"auto"}


@every_exercise
def test_an_exercise_is_held_against_things_that_it_has(activity: Activity) -> None:
    for name in TABLE.exercise[activity].checks:
        if name in METRICS:
            assert activity in METRICS[name].activities, name
        else:
            assert name in TABLE.quantity
        assert name in load_criteria().metric


@every_exercise
def test_an_exercise_says_how_to_film_it_what_nobody_sees_and_where_it_comes_from(
    activity: Activity,
) -> None:
    exercise: Exercise = TABLE.exercise[activity]
    assert exercise.film.startswith("F")
    assert exercise.cues
    assert exercise.unseen
    assert len(exercise.source) > 20
    if exercise.phase is not None:
        assert len(exercise.phase.because) > 20


@every_exercise
def test_names_and_doses_are_those_of_the_programme(activity: Activity) -> None:
    exercise, program = TABLE.exercise[activity], load_program()
    told = [program.exercise[name] for name in exercise.programme]
    if exercise.dose is None:
        return
    assert exercise.dose.source in {each.article for each in told} | {"case_study"}
    assert exercise.dose.source in program.articles
    if told and activity is not Activity.STEP_UP:
        numbers = {float(number) for number in re.findall(r"\d+", told[0].dose)}
        assert {exercise.dose.low, exercise.dose.high} <= numbers
        assert exercise.dose.proposed is told[0].proposed


def test_every_quantity_is_used_and_never_certain() -> None:
    used = {name for exercise in TABLE.exercise.values() for name in exercise.checks}
    assert set(TABLE.quantity) <= used
    for quantity in TABLE.quantity.values():
        assert quantity.event_error >= quantity.pose_error > 0.0
        assert len(quantity.because) > 10


def test_limits_of_quantities_are_for_exercises_that_have_them_and_in_their_unit() -> None:
    for name, quantity in TABLE.quantity.items():
        for target in load_criteria().metric[name].limits:
            assert target.unit == quantity.unit
            assert all(name in TABLE.exercise[activity].checks for activity in target.activities)
            assert not target.published
            assert target.source
