from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.motion.camera import see_camera
from analyzer.motion.tempo import GRAVITY_MPS2, Gait, at_pace, judge_tempo, motion_at_pace
from analyzer.motion.types import Activity, Tempo, View
from analyzer.motion.understand import understand
from analyzer.pose.clean import clean
from analyzer.pose.landmarks import SIDES, Side
from analyzer.pose.track import PoseTrack
from tests.depth import examples
from tests.motion import figures, shared

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
SECONDS = 4.0


def judged(track: PoseTrack) -> Tempo:
    return judge_tempo(track, see_camera(track))


def march(view: View, step_s: float) -> PoseTrack:
    """Somebody who lifts one knee after the other on the spot; the pelvis is highest over the standing leg."""
    times = np.arange(0.0, 10.0 * step_s, step_s / 20.0)
    turn = np.pi * times / step_s
    pelvis = np.stack([0 * turn, 0 * turn, 0.90 + 0.02 * np.abs(np.sin(turn))], axis=1)
    points: dict[str, np.ndarray] = {}
    for side in SIDES:
        lift = np.maximum(0.0, figures.OUT[side] * np.sin(turn))
        hip = pelvis + figures.across(side, figures.HIP_HALF_M)
        ankle = np.stack([0.15 * lift, 0 * turn + figures.OUT[side] * 0.09, figures.ANKLE_M + 0.30 * lift], axis=1)
        points |= figures.leg(side, hip, ankle, 0.0, 0 * turn)
    points |= figures.upper_body(pelvis, 0.0, 0.0)
    return figures.filmed(
        figures.Figure(times, figures.stacked(points, len(times)), Activity.UNKNOWN), view, noise_m=0.002
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("cadence", [150.0, 168.0, 186.0])
def test_running_at_life_speed_is_believed(view: View, cadence: float) -> None:
    how = figures.Runner(cadence=cadence, duration_s=SECONDS)
    assert judged(figures.filmed(figures.run(how), view, noise_m=0.004)) == Tempo()


@examples(12)
@given(
    factor=st.floats(2.0, 12.0),
    cadence=st.floats(155.0, 185.0),
    view=st.sampled_from(VIEWS),
    fps=st.sampled_from([30.0, 60.0]),
)
def test_running_played_slowly_is_recognised_whatever_the_factor(
    factor: float, cadence: float, view: View, fps: float
) -> None:
    how = figures.Runner(cadence=cadence, duration_s=SECONDS, fps=fps)
    tempo = judged(at_pace(figures.filmed(figures.run(how), view, noise_m=0.003), factor))
    low, high = tempo.range
    assert tempo.unknown
    assert low <= factor <= high
    assert high < 2.0 * low


def test_running_played_fast_is_recognised_as_well() -> None:
    how = figures.Runner(duration_s=SECONDS)
    tempo = judged(at_pace(figures.filmed(figures.run(how), View.LEFT, noise_m=0.003), 1.0 / 4.0))
    assert tempo.unknown
    assert tempo.range[0] <= 1.0 / 4.0 <= tempo.range[1]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("slower", [1.0, 2.0, 4.0])
def test_slow_exercise_is_no_slow_motion(view: View, slower: float) -> None:
    for figure in (figures.step_up(), figures.squat()):
        assert not judged(at_pace(figures.filmed(figure, view, noise_m=0.002), slower)).unknown


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("step_s", [0.8, 1.5, 3.0])
def test_marching_on_the_spot_may_be_as_slow_as_one_likes(view: View, step_s: float) -> None:
    assert not judged(march(view, step_s)).unknown


def test_standing_still_and_nobody_tell_nothing() -> None:
    still = figures.filmed(figures.run(), View.FRONT)
    still.points_px[:] = still.points_px[:1]
    assert judged(still) == Tempo()
    still.points_px[:] = np.nan
    assert judge_tempo(still, figures.camera(View.FRONT)) == Tempo()


@given(contact=st.floats(0.5, 0.8), step_s=st.floats(0.28, 0.45))
def test_a_body_that_obeys_newton_tells_the_duration_of_its_step(contact: float, step_s: float) -> None:
    """Integrated numerically: a half-sine push over the share of contact that carries the weight on the whole."""
    times = np.linspace(0.0, step_s, 4001)
    push = np.where(times < contact * step_s, np.sin(np.pi * times / (contact * step_s)), 0.0)
    upward = GRAVITY_MPS2 * (push * np.pi / (2.0 * contact) - 1.0)
    speed = np.cumsum(upward) * times[1]
    height = np.cumsum(speed - speed.mean()) * times[1]
    gait = Gait(View.LEFT, 1.0, 1.0, float(np.ptp(height)) / 1.71, 1.0, 0.0, 5.0, 0.4)
    assert gait.fall_s == pytest.approx(step_s, rel=0.13)


def test_steps_of_slow_motion_are_found_and_told_in_the_files_seconds() -> None:
    track = figures.filmed(figures.run(figures.Runner(duration_s=SECONDS)), View.LEFT, noise_m=0.003)
    life, slow = (understand(t, clip_fps=60.0) for t in (track, at_pace(track, 8.0)))
    assert (life.tempo, slow.tempo.unknown, slow.activity) == (Tempo(), True, Activity.RUNNING)
    assert [step.side for step in slow.steps] == [step.side for step in life.steps]
    np.testing.assert_allclose(slow.times_s, 8.0 * track.times_s)
    np.testing.assert_allclose(
        [step.contact_s / 8.0 for step in slow.steps], [step.contact_s for step in life.steps], atol=0.01
    )


def test_the_users_word_is_taken() -> None:
    track = at_pace(figures.filmed(figures.run(figures.Runner(duration_s=SECONDS)), View.LEFT, noise_m=0.003), 8.0)
    assert understand(track, clip_fps=60.0, rate_stated=True).tempo == Tempo()
    assert understand(track, clip_fps=60.0, activity=Activity.BALANCE).tempo == Tempo()


@examples(15)
@given(by=st.floats(0.05, 20.0))
def test_a_movement_at_another_pace_and_back_is_the_same(by: float) -> None:
    for figure in (figures.run(figures.Runner(duration_s=1.0)), figures.step_up(figures.Stepper(leads=(Side.LEFT,)))):
        motion = figures.shown(figure, View.LEFT)
        there = motion_at_pace(motion, by)
        back = motion_at_pace(there, 1.0 / by)
        np.testing.assert_allclose(there.times_s, by * motion.times_s)
        np.testing.assert_allclose([s.contact_s for s in there.steps], [by * s.contact_s for s in motion.steps])
        np.testing.assert_allclose([s.toe_off_s for s in back.steps], [s.toe_off_s for s in motion.steps])
        np.testing.assert_allclose([r.loaded for r in back.reps], [r.loaded for r in motion.reps])


@shared.needs_tracks
@pytest.mark.parametrize("name", shared.track_names("5678_side0_30", "frontal4_30", "1234_frontal0_30", "overground0"))
def test_rendered_runners_are_believed_and_found_out_by_the_factor(name: str) -> None:
    track = clean(shared.shared_track(name)).track
    assert judged(track) == Tempo()
    for factor in (2.0, 4.0, 8.0):
        low, high = judged(at_pace(track, factor)).range
        assert low <= factor <= high


@shared.needs_tracks
@pytest.mark.parametrize("name", shared.track_names("5678_sls0", "squat0", "1234_stepup0"))
def test_rendered_people_who_exercise_slowly_raise_no_alarm(name: str) -> None:
    track = clean(shared.shared_track(name)).track
    assert not any(judged(at_pace(track, slower)).unknown for slower in (1.0, 2.0, 4.0))


@shared.needs_tracks
@pytest.mark.parametrize("name", shared.track_names("walk"))
def test_walking_may_be_slow_but_not_slower_than_a_leg_swings(name: str) -> None:
    track = clean(shared.shared_track(name)).track
    assert not judged(track).unknown
    assert not judged(at_pace(track, 2.0)).unknown
    low, high = judged(at_pace(track, 8.0)).range
    assert low <= 8.0 <= high
