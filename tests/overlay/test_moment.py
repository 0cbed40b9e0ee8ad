from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.overlay.moment import Timeline
from analyzer.pose.landmarks import Side, point
from analyzer.video.camerapath import CameraPath, Moves
from tests.report import samples


def sliding(rate_hz: float = 30.0, n: int = 30) -> Timeline:
    """Somebody who is carried along, 3 px a frame to the right."""
    frames = samples.standing_px()[None] + np.array([3.0, 0.0]) * np.arange(n)[:, None, None]
    return Timeline(samples.motion_of(samples.track_of(frames, rate_hz)))


@given(st.floats(0.0, 29 / 30))
def test_between_samples_the_pose_lies_on_the_line(time_s: float) -> None:
    moment = sliding().at(time_s)
    expected = samples.standing_px() + np.array([90.0 * time_s, 0.0])
    assert moment.points_px == pytest.approx(expected, abs=0.02)


def test_off_the_track_nothing_is_seen_but_half_a_frame_is_forgiven() -> None:
    timeline = sliding()
    last = 29 / 30
    assert np.isfinite(timeline.at(last + 0.4 / 30).points_px).all()
    assert np.isnan(timeline.at(last + 0.1).points_px).all()
    assert np.isnan(timeline.at(-0.1).points_px).all()


def test_beside_a_gap_nothing_is_made_up() -> None:
    frames = np.repeat(samples.standing_px()[None], 30, axis=0)
    frames[10:20] = np.nan
    timeline = Timeline(samples.motion_of(samples.track_of(frames, 30.0)))
    assert np.isfinite(timeline.at(9 / 30).points_px).all()
    assert np.isnan(timeline.at(9.5 / 30).points_px).all()
    assert np.isnan(timeline.at(15 / 30).points_px).all()
    assert np.isfinite(timeline.at(20 / 30).points_px).all()


def test_seen_in_a_cut_and_enlarged_picture() -> None:
    moment = sliding().at(0.0)
    seen = moment.seen(2.0, (100.0, 50.0))
    knee = point(Side.LEFT, "knee")
    assert seen.points_px[knee] == pytest.approx((moment.points_px[knee] - [100.0, 50.0]) * 2.0)
    assert seen.com_px == pytest.approx((moment.com_px - [100.0, 50.0]) * 2.0)
    assert seen.body_px == pytest.approx(2.0 * moment.body_px)
    assert seen.cm_per_px == pytest.approx(moment.cm_per_px / 2.0)


def test_a_lone_frame_is_a_timeline() -> None:
    timeline = Timeline(samples.motion_of(samples.track_of(samples.standing_px()[None], 30.0)))
    assert np.isfinite(timeline.at(0.0).points_px).all()


def test_step_and_repetition_under_way() -> None:
    running, stepping = samples.front_run().motion, samples.step_ups().motion
    step = Timeline(running).at(running.steps[2].contact_s + 0.05).step
    assert step is running.steps[2]
    assert Timeline(running).at(running.steps[2].toe_off_s + 0.05).step is None
    assert Timeline(stepping).at(1.3).rep is stepping.reps[1]
    assert Timeline(stepping).at(0.95).rep is None


def test_a_steadied_pose_is_drawn_where_the_shaken_pictures_show_it() -> None:
    frames = np.repeat(samples.standing_px()[None], 30, axis=0)
    shift = 12.0 * np.sin(np.arange(30))
    path = CameraPath(Moves.SHAKING, shift, -shift, 0 * shift, 1 + 0 * shift, 1.0)
    motion = samples.motion_of(samples.track_of(frames, 30.0))
    still, moved = (Timeline(replace(motion, path=p)).at(7 / 30) for p in (None, path))
    moved_px = np.array([shift[7], -shift[7]])
    assert moved.points_px == pytest.approx(still.points_px + moved_px)
    assert moved.com_px == pytest.approx(still.com_px + moved_px)
