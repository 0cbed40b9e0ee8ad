from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.body import PARTS, height_px
from analyzer.motion.calibrate import calibrate
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES, point
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
MOVED = [point(side, part) for side in SIDES for part in PARTS]


@pytest.mark.parametrize("view", VIEWS)
def test_points_move_by_a_steady_small_share_of_the_height(view: View) -> None:
    track = figures.filmed(figures.run(), view)
    moved = calibrate(track, figures.camera(view)).points_px - track.points_px
    tall = height_px(track.points_px, track.times_s)
    assert (np.ptp(moved, axis=0) < 1e-6).all()
    assert 0.0 < np.abs(moved).max() / tall[0] < 0.05
    others = [index for index in range(33) if index not in MOVED]
    assert not moved[:, others].any()


@pytest.mark.parametrize("view", VIEWS)
def test_it_grows_with_the_person(view: View) -> None:
    track = figures.filmed(figures.squat(), view)
    moved = calibrate(track, figures.camera(view)).points_px - track.points_px
    track.points_px[:] *= 2.0
    twice = calibrate(track, figures.camera(view)).points_px - track.points_px
    np.testing.assert_allclose(twice, 2.0 * moved, atol=1e-6)


@pytest.mark.parametrize("view", VIEWS)
def test_a_mirrored_track_is_moved_in_the_mirror(view: View) -> None:
    track = figures.filmed(figures.run(), view)
    other = {View.LEFT: View.RIGHT, View.RIGHT: View.LEFT}.get(view, view)
    there = calibrate(track.mirrored(), figures.camera(other)).points_px
    np.testing.assert_allclose(there, calibrate(track, figures.camera(view)).mirrored().points_px, atol=1e-6)


def test_oblique_views_are_left_alone() -> None:
    track = figures.filmed(figures.run(), View.FRONT, yaw_deg=40.0)
    assert calibrate(track, figures.camera(View.OBLIQUE)) is track
