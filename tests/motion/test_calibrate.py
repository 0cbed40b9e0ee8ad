from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.body import PARTS, height_px
from analyzer.motion.calibrate import LIFTED, calibrate
from analyzer.motion.types import FRONTAL, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
MOVED = [point(side, part) for side in SIDES for part in PARTS]
LIFTED_POINTS = [point(side, part) for side in SIDES for part in LIFTED]
ANKLES = [point(side, "ankle") for side in SIDES]


@pytest.mark.parametrize("view", VIEWS)
def test_points_move_by_a_steady_small_share_of_the_height(view: View) -> None:
    track = figures.filmed(figures.run(), view)
    moved = calibrate(track, figures.camera(view)).points_px - track.points_px
    tall = height_px(track.points_px, track.times_s)
    steady = [index for index in MOVED if index not in (LIFTED_POINTS if view in FRONTAL else ANKLES)]
    assert (np.ptp(moved[:, steady], axis=0) < 1e-6).all()
    assert view not in FRONTAL or (np.ptp(moved[..., 0], axis=0) < 1e-6).all()
    assert 0.0 < np.abs(moved).max() / tall[0] < 0.05
    others = [index for index in range(33) if index not in MOVED]
    assert not moved[:, others].any()


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_a_lifted_foot_is_moved_by_less_than_a_standing_one_and_never_the_other_way(view: View) -> None:
    track = figures.filmed(figures.run(), view)
    down = (calibrate(track, figures.camera(view)).points_px - track.points_px)[..., 1]
    for side in SIDES:
        knee, ankle, heel = (point(side, part) for part in ("knee", "ankle", "heel"))
        drop_px = (track.points_px[:, ankle] - track.points_px[:, knee])[:, 1]
        for part in (ankle, heel):
            assert (down[:, part] >= 0.0).all()
            assert down[drop_px.argmax(), part] > 2.0 * down[drop_px.argmin(), part]
            assert (np.diff(down[drop_px.argsort(), part]) >= -1e-9).all()


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
@pytest.mark.parametrize("side", SIDES)
def test_from_the_side_an_ankle_is_moved_down_its_shank_wherever_that_points(view: View, side: Side) -> None:
    track = figures.filmed(figures.run(), view)
    moved = (calibrate(track, figures.camera(view)).points_px - track.points_px)[:, point(side, "ankle")]
    down = track.points_px[:, point(side, "ankle")] - track.points_px[:, point(side, "knee")]
    down /= np.linalg.norm(down, axis=1)[:, None]
    along, across = (moved * down).sum(axis=1), moved[:, 0] * down[:, 1] - moved[:, 1] * down[:, 0]
    assert np.ptp(down[:, 0]) > 1.0
    assert np.ptp(along) < 1e-6
    assert np.ptp(across) < 1e-6
    assert (along > 2.0 * np.abs(across)).all()


def test_from_the_side_an_ankle_whose_knee_is_hidden_is_moved_down() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    track.points_px[3, point(Side.LEFT, "knee")] = np.nan
    moved = calibrate(track, figures.camera(View.LEFT)).points_px - track.points_px
    assert moved[3, point(Side.LEFT, "ankle"), 1] > 0.0


def test_a_foot_whose_knee_is_hidden_is_moved_like_a_standing_one() -> None:
    track = figures.filmed(figures.squat(), View.FRONT)
    whole = calibrate(track, figures.camera(View.FRONT)).points_px
    track.points_px[3, point(Side.LEFT, "knee")] = np.nan
    partly = calibrate(track, figures.camera(View.FRONT)).points_px
    ankle = point(Side.LEFT, "ankle")
    assert np.isfinite(partly[3, ankle]).all()
    assert partly[3, ankle, 1] >= whole[3, ankle, 1] - 1e-9


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
