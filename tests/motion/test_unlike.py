"""Jumps and what is done lying down are no step-ups and no squats."""

from __future__ import annotations

import pytest

from analyzer.motion.feet import heights
from analyzer.motion.reps import find_step_ups
from analyzer.motion.types import Activity, View
from analyzer.motion.understand import understand
from analyzer.motion.unlike import leaps, lies
from tests.motion import exercisers as drawn
from tests.motion import figures

NOISE_M = 0.006
views = pytest.mark.parametrize("view", [View.FRONT, View.LEFT], ids=lambda view: view.value)


@views
@pytest.mark.parametrize("pace", [1.0, 1.6])
def test_in_step_ups_one_foot_rests_however_quick_they_are(view: View, pace: float) -> None:
    track = figures.filmed(figures.step_up(figures.Stepper(pace=pace)), view, noise_m=NOISE_M)
    reps = find_step_ups(track)
    assert len(reps) == 4
    assert not leaps(heights(track), reps)
    assert not lies(track)


@views
@pytest.mark.parametrize("figure", [drawn.skip(), drawn.box_jump()], ids=["skip", "box_jump"])
def test_jumps_are_taken_for_jumps(view: View, figure: figures.Figure) -> None:
    motion = understand(figures.filmed(figure, view, noise_m=NOISE_M), clip_fps=60)
    assert (motion.activity, motion.reps) == (Activity.HOP, ())


@views
def test_a_hip_thrust_is_no_squat(view: View) -> None:
    track = figures.filmed(drawn.hip_thrust(), view, noise_m=NOISE_M)
    assert understand(track, clip_fps=30).reps == ()


@views
def test_squats_and_deadlifts_are_done_standing(view: View) -> None:
    for figure in (figures.squat(reps=2), drawn.rdl(count=2)):
        assert not lies(figures.filmed(figure, view, noise_m=NOISE_M))


def test_a_deadlift_is_no_squat_either() -> None:
    track = figures.filmed(drawn.rdl(), View.LEFT, noise_m=NOISE_M)
    assert understand(track, clip_fps=30).activity is Activity.UNKNOWN
