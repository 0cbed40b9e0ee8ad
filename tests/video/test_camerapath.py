from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.video.camerapath import CameraPath, Moves, camera_path
from analyzer.video.scenetrack import CELLS, SceneTrack
from tests.depth import examples

SIDE_PX = 1280
N = 120
TIMES_S = np.arange(N) / 60.0


def steps(x: Floats, y: Floats, rotation: Floats, zoom: Floats) -> SceneTrack:
    """The frame-to-frame movement of a background whose pose in each frame is known, by complex arithmetic."""
    pose = zoom * np.exp(1j * np.radians(rotation))
    place = x + 1j * y
    turn = np.concatenate([[1.0], pose[1:] / pose[:-1]])
    shift = np.concatenate([[np.nan], place[1:] - turn[1:] * place[:-1]])
    light = np.zeros((len(x), CELLS, CELLS))
    unknown = np.where(np.isnan(shift.real), np.nan, 0.0)
    return SceneTrack(
        unknown,
        unknown,
        shift.real,
        shift.imag,
        np.degrees(np.angle(turn)) + unknown,
        np.abs(turn) + unknown,
        light,
        (SIDE_PX, 720),
    )


def moved(amplitude: float = 0.0, pan_px: float = 0.0, turn_deg: float = 0.0) -> CameraPath:
    x = amplitude * np.sin(TIMES_S * 20.0) + pan_px * TIMES_S
    rotation = turn_deg * np.sin(TIMES_S * 15.0)
    return camera_path(steps(x, 0 * x, rotation, 1 + 0 * x), TIMES_S)


@examples(20)
@given(seed=st.integers(0, 1000))
def test_the_path_gives_back_every_pose(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, rotation = (np.cumsum(rng.normal(0, s, N)) for s in (3.0, 3.0, 0.2))
    zoom = 1.0 + 0.05 * np.sin(np.cumsum(rng.normal(0, 0.1, N)))
    path = camera_path(steps(x, y, rotation, zoom), TIMES_S)
    # where a background point lies in each frame, by the truth and by the path, differs by one pose for all frames
    point = 200.0 + 100.0j
    true = zoom * np.exp(1j * np.radians(rotation)) * point + x + 1j * y
    back = (true - path.x_px - 1j * path.y_px) / (path.zoom * np.exp(1j * np.radians(path.rotation_deg)))
    assert np.abs(back - back[0]).max() < 1e-6
    assert np.median(path.rotation_deg) == pytest.approx(0.0, abs=1e-9)
    assert np.median(path.zoom) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("how", "moves"),
    [
        ({}, Moves.STEADY), ({"amplitude": 1.0}, Moves.STEADY), ({"amplitude": 8.0}, Moves.SHAKING),
        ({"turn_deg": 1.0}, Moves.SHAKING), ({"pan_px": 200.0}, Moves.PANNING),
        ({"pan_px": 200.0, "amplitude": 8.0}, Moves.PANNING),
    ],
)  # fmt: skip
def test_what_the_phone_did(how: dict[str, float], moves: Moves) -> None:
    assert moved(**how).moves is moves


def test_zooming_counts_as_a_moving_camera() -> None:
    zoom = np.linspace(1.0, 1.3, N)
    zeros = np.zeros(N)
    path = camera_path(steps(zeros, zeros, zeros, zoom), TIMES_S)
    assert path.moves is Moves.PANNING
    assert path.zoom[-1] / path.zoom[0] == pytest.approx(1.3)


def test_ranges_are_in_px_and_degrees() -> None:
    path = moved(amplitude=10.0, turn_deg=1.0)
    assert path.range_px == pytest.approx(20.0, rel=0.1)
    assert path.rotation_range_deg == pytest.approx(2.0, rel=0.1)


def test_a_few_unknown_frames_are_bridged_and_many_are_not() -> None:
    x = 200.0 * TIMES_S
    scene = steps(x, 0 * x, 0 * x, 1 + 0 * x)
    scene.dx_px[[30, 31, 70]] = np.nan
    path = camera_path(scene, TIMES_S)
    assert path.x_px[-1] - path.x_px[0] == pytest.approx(x[-1] - x[0])
    scene.dx_px[20:80] = np.nan
    path = camera_path(scene, TIMES_S)
    assert path.moves is Moves.UNKNOWN
    assert path.told_fraction == pytest.approx(1 - 60 / (N - 1), abs=0.01)
    assert (path.x_px == 0.0).all()


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_frames(count: int) -> None:
    empty = np.full(count, np.nan)
    scene = SceneTrack(empty, empty, empty, empty, empty, empty, np.zeros((count, CELLS, CELLS)), (SIDE_PX, 720))
    assert camera_path(scene, np.arange(count) / 30.0).moves is Moves.UNKNOWN
