"""From a motion of which the user says what it is to the same with its repetitions."""

from __future__ import annotations

from dataclasses import replace

from analyzer.exercises.count import look_for_reps
from analyzer.exercises.tables import Exercise, load_exercises
from analyzer.motion.types import Motion


def exercise_of(motion: Motion) -> Exercise | None:
    """What the table says of what the person does; None where it is no exercise."""
    return load_exercises().exercise.get(motion.activity)


def performed(motion: Motion) -> Motion:
    """The motion with the repetitions of its exercise; unchanged where there is none, or they are counted already."""
    exercise = exercise_of(motion)
    if exercise is None or exercise.phase is None or motion.reps:
        return motion
    found = look_for_reps(motion, exercise.phase)
    return replace(motion, reps=found.reps, unfinished=found.unfinished)
