from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.motion.steady import steadied
from analyzer.motion.types import View
from analyzer.pose.track import PoseTrack
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


def test_shaking_comes_off_whole() -> None:
    path = swung()
    assert steadied(shaken(path), path).points_px == pytest.approx(STILL.points_px, abs=1e-6)


def test_unseen_points_stay_unseen_and_the_rest_is_left_alone() -> None:
    path = swung()
    track = shaken(path)
    track.points_px[5:9, 3] = np.nan
    after = steadied(track, path)
    assert np.isnan(after.points_px[5:9, 3]).all()
    assert np.isfinite(after.points_px[10:]).all()
    assert after.world_m is track.world_m
    assert after.times_s is track.times_s


@pytest.mark.parametrize("moves", [Moves.STEADY, Moves.UNKNOWN])
def test_a_still_or_unknown_phone_changes_nothing(moves: Moves) -> None:
    assert steadied(STILL, swung(moves)) is STILL


def test_of_a_pan_the_tremor_goes_and_the_person_stays_in_the_picture() -> None:
    t = STILL.times_s
    pan = CameraPath(Moves.PANNING, -900.0 * t + 6 * np.sin(40 * t), 0 * t, 2 * np.sin(5 * t), 1 + 0 * t, 1.0)
    # the phone follows the person, who so stays where a treadmill runner would be
    held = replace(pan, x_px=6 * np.sin(40 * t))
    after = steadied(shaken(held), pan)
    inner = slice(30, -30)
    assert after.points_px[inner] == pytest.approx(STILL.points_px[inner], abs=6.0)
    assert np.abs(np.diff(after.points_px - STILL.points_px, axis=0)[inner]).max() < 1.0


def test_a_path_of_another_clip_is_refused() -> None:
    with pytest.raises(ValueError, match="frames"):
        steadied(figures.cut(STILL, 0.0, 1.0), swung())
