from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.video.scenetrack import CELLS, SceneTrack
from analyzer.video.shots import Join, find_shots
from tests.depth import examples

FPS = 30.0


def place(seed: int) -> np.ndarray:
    """(CELLS, CELLS) light of some place."""
    return np.random.default_rng(seed).uniform(0.1, 0.9, (CELLS, CELLS))


def held(seed: int, count: int) -> np.ndarray:
    """A place over some frames with noise, and somebody who crosses it."""
    light = np.repeat(place(seed)[None], count, axis=0) + np.random.default_rng(seed).normal(
        0, 0.004, (count, CELLS, CELLS)
    )
    cells = np.arange(CELLS)
    for index in range(count):
        covered = np.clip(2.0 - np.abs(cells - index * CELLS / count - 1.0), 0.0, 1.0)
        light[index, 4:14] += covered * (0.3 - light[index, 4:14])
    return light


def track(light: np.ndarray, dx_px: float = np.nan) -> SceneTrack:
    unknown = np.full(len(light), np.nan)
    return SceneTrack(
        light.mean(axis=(1, 2)),
        unknown,
        np.full(len(light), dx_px),
        0 * light[:, 0, 0],
        unknown,
        unknown,
        light,
        (640, 360),
    )


def shots(light: np.ndarray, fps: float = FPS) -> list[tuple[int, int, Join]]:
    return [(s.start, s.stop, s.follows) for s in find_shots(track(light), np.arange(len(light)) / fps)]


@pytest.mark.parametrize("fps", [5.0, 30.0, 60.0])
def test_a_clip_in_one_go_is_one_shot(fps: float) -> None:
    assert shots(held(1, 90), fps) == [(0, 90, Join.START)]


@examples(15)
@given(a=st.integers(0, 40), b=st.integers(50, 90), at=st.integers(10, 60))
def test_a_cut_is_found_to_the_frame(a: int, b: int, at: int) -> None:
    light = np.concatenate([held(a, at), held(b, 40)])
    assert shots(light) == [(0, at, Join.START), (at, at + 40, Join.CUT)]


def test_three_shots_carry_their_times() -> None:
    found = find_shots(track(np.concatenate([held(1, 30), held(2, 60), held(3, 30)])), np.arange(120) / FPS)
    assert [(s.start_s, s.end_s) for s in found] == [
        (0.0, pytest.approx(29 / FPS)),
        (1.0, pytest.approx(89 / FPS)),
        (3.0, pytest.approx(119 / FPS)),
    ]
    assert max(found, key=lambda s: s.length_s).rows == slice(30, 90)


@pytest.mark.parametrize("long", [10, 20, 40])
def test_a_cross_fade_parts_two_shots_and_belongs_to_neither(long: int) -> None:
    share = (np.arange(1, long + 1) / (long + 1))[:, None, None]
    fade = (1 - share) * place(1) + share * place(2)
    (_, end, first), (start, stop, second) = shots(np.concatenate([held(1, 60), fade, held(2, 60)]))
    assert (first, second, stop) == (Join.START, Join.FADE, 120 + long)
    assert abs(end - 60) <= 15
    assert abs(start - 60 - long) <= 15


def test_black_between_two_shots() -> None:
    light = np.concatenate([held(1, 40), np.full((10, CELLS, CELLS), 0.01), held(1, 40)])
    assert shots(light) == [(0, 40, Join.START), (50, 90, Join.FADE)]


@pytest.mark.parametrize("what", ["flash", "exposure", "flicker"])
def test_light_that_comes_and_goes_is_no_cut(what: str) -> None:
    light = held(1, 90)
    if what == "flash":
        light[40] = 1.0
    elif what == "exposure":
        light = light * np.linspace(0.5, 1.1, 90)[:, None, None] + np.linspace(0.0, 0.2, 90)[:, None, None]
    else:
        light[::7] *= 0.8
    assert shots(light) == [(0, 90, Join.START)]


@pytest.mark.parametrize("speed", [0.05, 0.3, 1.0])
def test_a_pan_is_one_shot(speed: float) -> None:
    coarse = np.random.default_rng(0).uniform(0, 1, (CELLS, 160))
    columns = np.arange(CELLS)
    light = np.array(
        [[np.interp(columns + speed * index, np.arange(160), row) for row in coarse] for index in range(90)]
    )
    assert len(find_shots(track(light, -speed * 640 / CELLS), np.arange(90) / FPS)) == 1


def test_nothing_has_no_shots() -> None:
    assert find_shots(track(np.empty((0, CELLS, CELLS))), np.empty(0)) == ()
