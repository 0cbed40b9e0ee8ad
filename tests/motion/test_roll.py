from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.motion.roll import BELIEVED_SDS, ERROR_DEG, UPRIGHT_DEG, see_roll
from analyzer.motion.steady import as_filmed, steadied
from analyzer.motion.types import Activity, View
from analyzer.pose.track import PoseTrack
from analyzer.video.camerapath import CameraPath
from tests.depth import examples
from tests.motion import figures, shared

RUN, STEP_UP = figures.run(), figures.step_up()
FIGURES = {Activity.RUNNING: RUN, Activity.STEP_UP: STEP_UP}


def turned(track: PoseTrack, roll_deg: float) -> PoseTrack:
    return as_filmed(track, CameraPath.still(len(track)).rolled(roll_deg))


@examples(12)
@given(
    roll=st.floats(-20, 20), view=st.sampled_from([View.FRONT, View.BACK]), activity=st.sampled_from(sorted(FIGURES)),
    portrait=st.booleans(),
)  # fmt: skip
def test_an_even_figure_tells_the_roll(roll: float, view: View, activity: Activity, portrait: bool) -> None:
    track = figures.filmed(FIGURES[activity], view, size_px=(720, 1280) if portrait else (1280, 720))
    seen = see_roll(turned(track, roll), view, activity)
    assert seen.deg == pytest.approx(roll, abs=0.5)
    assert seen.error_deg == ERROR_DEG[view]
    assert (seen.left_deg == seen.error_deg) == (abs(seen.deg) > BELIEVED_SDS * seen.error_deg)


@pytest.mark.parametrize("roll", [-6.0, 6.0])
def test_taking_the_roll_off_brings_the_upright_track_back(roll: float) -> None:
    track = figures.filmed(RUN, View.FRONT)
    seen = see_roll(turned(track, roll), View.FRONT, Activity.RUNNING)
    back = steadied(turned(track, roll), CameraPath.still(len(track)).rolled(seen.corrected_deg))
    assert np.abs(back.points_px - track.points_px).max() < 5.0


def test_a_small_roll_is_told_but_not_taken_off() -> None:
    small = 0.8 * BELIEVED_SDS * ERROR_DEG[View.FRONT]
    seen = see_roll(turned(figures.filmed(RUN, View.FRONT), small), View.FRONT, Activity.RUNNING)
    assert seen.deg == pytest.approx(small, abs=0.3)
    assert seen.corrected_deg == 0.0
    assert seen.error_deg < seen.left_deg < small


@pytest.mark.parametrize(
    ("view", "activity"),
    [(View.LEFT, Activity.RUNNING), (View.OBLIQUE, Activity.RUNNING), (View.FRONT, Activity.SINGLE_LEG_SQUAT)],
)
def test_it_stays_unknown_where_nothing_tells_it(view: View, activity: Activity) -> None:
    seen = see_roll(figures.filmed(RUN, View.LEFT), view, activity)
    assert np.isnan([seen.deg, seen.error_deg]).all()
    assert seen.left_deg == UPRIGHT_DEG
    assert seen.corrected_deg == 0.0


def test_short_clips_and_unseen_people_tell_nothing() -> None:
    track = figures.filmed(RUN, View.FRONT)
    assert np.isnan(see_roll(figures.cut(track, 0.0, 2.0), View.FRONT, Activity.RUNNING).deg)
    track.points_px[:] = np.nan
    assert np.isnan(see_roll(track, View.FRONT, Activity.RUNNING).deg)


@shared.needs_tracks
def test_rendered_people_before_an_upright_phone_lean_nowhere_on_the_average() -> None:
    errors = []
    for name in shared.track_names("frontal", "stepup"):
        azimuth = shared.truth(name)["azimuth_deg"]
        view = View.BACK if abs(abs(azimuth) - 180) < 45 else View.FRONT if abs(azimuth) < 45 else View.LEFT
        kind = Activity.RUNNING if "frontal" in name else Activity.STEP_UP
        seen = see_roll(shared.shared_track(name), view, kind)
        if np.isfinite(seen.deg):
            errors.append(seen.deg / seen.error_deg)
            assert seen.corrected_deg == 0.0
    assert len(errors) > 15
    assert np.sqrt(np.mean(np.square(errors))) < 1.2
