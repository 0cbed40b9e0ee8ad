from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.motion.activity import recognise
from analyzer.motion.camera import see_camera
from analyzer.motion.types import Activity, View
from analyzer.pose.clean import CleanTrack, clean
from analyzer.pose.landmarks import Side, point
from analyzer.pose.track import PoseTrack
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]


def seen(track: PoseTrack) -> Activity:
    cleaned = clean(track)
    return recognise(cleaned, see_camera(cleaned.track)).activity


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("figure", [figures.run(), figures.step_up(), figures.squat()], ids=lambda f: f.activity.value)
def test_what_the_figure_does_is_recognised(figure: figures.Figure, view: View) -> None:
    assert seen(figures.filmed(figure, view, noise_m=0.004)) is figure.activity


@pytest.mark.parametrize("cadence", [150.0, 165.0, 190.0])
def test_running_is_running_at_any_cadence(cadence: float) -> None:
    figure = figures.run(figures.Runner(cadence=cadence))
    assert seen(figures.filmed(figure, View.LEFT, noise_m=0.004)) is Activity.RUNNING


def test_standing_still_is_nothing() -> None:
    figure = figures.squat(depth_m=0.0)
    assert seen(figures.filmed(figure, View.FRONT, noise_m=0.004)) is Activity.UNKNOWN


@pytest.fixture(scope="module")
def squats() -> CleanTrack:
    return clean(figures.filmed(figures.squat(), View.FRONT, noise_m=0.004))


@pytest.mark.parametrize("stated", list(Activity))
def test_what_the_user_states_is_believed(squats: CleanTrack, stated: Activity) -> None:
    doing = recognise(squats, see_camera(squats.track), stated)
    assert doing.activity is stated
    assert bool(doing.reps) == (stated in (Activity.SQUAT, Activity.SINGLE_LEG_SQUAT))


def test_a_foot_that_stays_on_the_box_makes_step_ups_only_where_they_are_stated() -> None:
    track = figures.filmed(figures.step_up(figures.Stepper(leads=(Side.LEFT,))), View.FRONT)
    foot = [point(Side.LEFT, name) for name in ("ankle", "heel", "toe")]
    points = track.points_px.copy()
    points[:, foot] = points[int(np.argmin(points[:, point(Side.LEFT, "hip"), 1])), foot]
    cleaned = clean(replace(track, points_px=points))
    camera = see_camera(cleaned.track)
    assert len(recognise(cleaned, camera, Activity.STEP_UP).reps) == 1
    assert recognise(cleaned, camera).activity is not Activity.STEP_UP
