"""Jumps, lunges and what is done lying down are no step-ups and no squats."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.activity import recognise
from analyzer.motion.camera import see_camera
from analyzer.motion.feet import heights
from analyzer.motion.reps import find_step_ups
from analyzer.motion.types import Activity, View
from analyzer.motion.understand import understand
from analyzer.motion.unlike import kneels, leaps, lies
from analyzer.pose.clean import clean
from analyzer.pose.landmarks import SIDES, Side
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


all_round = pytest.mark.parametrize("view", [View.FRONT, View.BACK, View.LEFT, View.RIGHT], ids=lambda view: view.value)


def taken_for(figure: figures.Figure, view: View) -> Activity:
    cleaned = clean(figures.filmed(figure, view, noise_m=NOISE_M))
    return recognise(cleaned, see_camera(cleaned.track)).activity


def single_leg_squat(free_m: tuple[float, float, float], count: int = 2) -> figures.Figure:
    """Squats on the left leg; on the way down the right ankle gets to a place ahead of, beside and above its hip."""
    times, at = drawn.clock(count, 3.2, 30.0, 1.0)
    share, spans = drawn.down(at, count, 3.2)
    pelvis = np.stack([-0.06 * share, 0 * at, 0.92 - 0.26 * share], axis=1)
    ankles = drawn.standing(times, 0.09)
    lifted = np.clip(4.0 * share, 0.0, 1.0)[:, None]
    hip = pelvis + figures.across(Side.RIGHT, figures.HIP_HALF_M)
    ankles[Side.RIGHT] += lifted * (hip + free_m - ankles[Side.RIGHT])
    reps = drawn.reps_of(spans, [Side.LEFT] * count, 1.0)
    return drawn.built(Activity.SINGLE_LEG_SQUAT, times, pelvis, 12.0 + 0 * at, ankles, reps)


FREE_FOOT = {"ahead": (0.70, 0.0, -0.46), "behind, shin level": (-0.40, 0.0, -0.44), "behind": (-0.16, 0.0, -0.50)}


@all_round
@pytest.mark.parametrize("figure", [drawn.lunge(), drawn.split_squat()], ids=lambda figure: figure.activity.value)
def test_who_kneels_down_on_one_knee_lunges(view: View, figure: figures.Figure) -> None:
    assert taken_for(figure, view) is figure.activity


@all_round
@pytest.mark.parametrize("where", FREE_FOOT)
def test_who_squats_on_one_leg_does_not_kneel_wherever_the_other_one_is(view: View, where: str) -> None:
    assert taken_for(single_leg_squat(FREE_FOOT[where]), view) in (Activity.SINGLE_LEG_SQUAT, Activity.SQUAT)


@views
@pytest.mark.parametrize("leads", [SIDES, SIDES[:1]], ids=["in turn", "left"])
def test_a_foot_on_the_box_is_not_knelt_on(view: View, leads: tuple[Side, ...]) -> None:
    assert not kneels(figures.filmed(figures.step_up(figures.Stepper(leads)), view, noise_m=NOISE_M))


def test_nobody_kneels_where_nobody_is() -> None:
    track = figures.filmed(figures.squat(reps=1), View.FRONT)
    track.points_px[:] = np.nan
    assert not kneels(track)
