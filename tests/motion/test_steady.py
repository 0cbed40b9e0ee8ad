from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.motion.steady import as_filmed, held_still, steadied
from analyzer.motion.types import View
from analyzer.pose.track import Places, PoseTrack
from analyzer.video.camerapath import CameraPath, Moves
from tests.motion import figures

STILL = figures.filmed(figures.run(figures.Runner(duration_s=3.0)), View.LEFT)
N = len(STILL)


def swung(moves: Moves = Moves.SHAKING, pan_px: float = 0.0) -> CameraPath:
    t = STILL.times_s
    return CameraPath(
        moves, 20 * np.sin(9 * t) + pan_px * t, 12 * np.cos(13 * t), 2 * np.sin(5 * t), 1 + 0.02 * np.sin(3 * t), 1.0
    )


def shaken(path: CameraPath) -> PoseTrack:
    """What a shaken phone sees, point by point with complex numbers."""
    middle = complex(*STILL.size_px) / 2
    flat = STILL.points_px[..., 0] + 1j * STILL.points_px[..., 1]
    pose = path.zoom * np.exp(1j * np.radians(path.rotation_deg))
    seen = middle + pose[:, None] * (flat - middle) + (path.x_px + 1j * path.y_px)[:, None]
    return replace(STILL, points_px=np.stack([seen.real, seen.imag], axis=-1))


def taken_off(track: PoseTrack, path: CameraPath) -> PoseTrack:
    return steadied(track, held_still(path, track.times_s))


def test_shaking_comes_off_whole() -> None:
    path = swung()
    assert taken_off(shaken(path), path).points_px == pytest.approx(STILL.points_px, abs=1e-6)


def test_a_steadied_track_is_put_back_where_it_was_filmed() -> None:
    path = swung()
    assert as_filmed(steadied(STILL, path), path).points_px == pytest.approx(STILL.points_px, abs=1e-6)
    assert as_filmed(STILL, path).points_px == pytest.approx(shaken(path).points_px, abs=1e-6)


def test_a_roll_turns_the_picture_clockwise() -> None:
    rolled = as_filmed(STILL, CameraPath.still(N).rolled(90.0)).points_px - np.array(STILL.size_px) / 2
    upright = STILL.points_px - np.array(STILL.size_px) / 2
    # what was above the middle, y < 0, is to its right
    assert rolled[..., 0] == pytest.approx(-upright[..., 1])
    assert rolled[..., 1] == pytest.approx(upright[..., 0])


def test_unseen_points_stay_unseen_and_the_rest_is_left_alone() -> None:
    path = swung()
    track = shaken(path)
    track.points_px[5:9, 3] = np.nan
    after = taken_off(track, path)
    assert np.isnan(after.points_px[5:9, 3]).all()
    assert np.isfinite(after.points_px[10:]).all()
    assert after.world_m is track.world_m
    assert after.times_s is track.times_s


@pytest.mark.parametrize("moves", [Moves.STEADY, Moves.UNKNOWN])
def test_a_still_or_unknown_phone_changes_nothing(moves: Moves) -> None:
    assert taken_off(STILL, swung(moves)).points_px == pytest.approx(STILL.points_px)


def test_of_a_pan_the_tremor_goes_and_the_person_stays_in_the_picture() -> None:
    t = STILL.times_s
    pan = CameraPath(Moves.PANNING, -900.0 * t + 6 * np.sin(40 * t), 0 * t, 2 * np.sin(5 * t), 1 + 0 * t, 1.0)
    # the phone follows the person, who so stays where a treadmill runner would be
    held = replace(pan, x_px=6 * np.sin(40 * t))
    after = taken_off(shaken(held), pan)
    inner = slice(30, -30)
    assert after.points_px[inner] == pytest.approx(STILL.points_px[inner], abs=6.0)
    assert np.abs(np.diff(after.points_px - STILL.points_px, axis=0)[inner]).max() < 1.0


def test_a_path_of_another_clip_is_refused() -> None:
    with pytest.raises(ValueError, match="frames"):
        steadied(figures.cut(STILL, 0.0, 1.0), swung())


def test_the_other_places_where_a_leg_might_be_move_along() -> None:
    path = swung()
    track = shaken(path)
    knees = track.points_px[:, [25]][:, :, None]
    after = steadied(replace(track, places=Places(knees, np.ones(knees.shape))), path)
    assert after.places is not None
    assert after.places.px[:, 0, 0] == pytest.approx(after.points_px[:, 25])


def test_the_clothes_edges_turn_with_the_picture() -> None:
    path = swung()
    level = replace(STILL, waist_deg=np.zeros(N))
    filmed = as_filmed(level, path)
    assert filmed.waist_deg == pytest.approx(path.rotation_deg)
    assert steadied(filmed, path).waist_deg == pytest.approx(level.waist_deg)
