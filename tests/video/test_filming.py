from __future__ import annotations

import numpy as np
import pytest

from analyzer.video.camerapath import Moves
from analyzer.video.filming import see_filming
from analyzer.video.scenetrack import CELLS, SceneTrack

FPS = 30.0


def scene(lengths: list[int], dx_px: float = 0.0) -> SceneTrack:
    """Shots of different places and sharpness, the phone moving to and fro by some px a frame."""
    count = sum(lengths)
    shot = np.repeat(np.arange(len(lengths)), lengths)
    light = np.array([np.random.default_rng(s).uniform(0.1, 0.9, (CELLS, CELLS)) for s in shot])
    to_and_fro = dx_px * np.where(np.arange(count) % 2, 1.0, -1.0)
    none = np.zeros(count)
    return SceneTrack(0.2 + 0.1 * shot, 0.5 + 0.1 * shot, to_and_fro, none, none, none + 1.0, light, (1000, 600))


def test_an_uncut_clip() -> None:
    found = see_filming(scene([90]), np.arange(90) / FPS)
    assert found is not None
    assert (len(found.shots), found.used.rows, len(found.path)) == (1, slice(0, 90), 90)
    assert (found.brightness, found.sharpness) == (pytest.approx(0.2), pytest.approx(0.5))
    assert found.path.moves is Moves.STEADY
    assert found.wander == pytest.approx(0.0)


def test_the_longest_shot_is_used_unless_the_person_is_seen_longer_in_another() -> None:
    clip, times_s = scene([30, 90, 60]), np.arange(180) / FPS
    longest = see_filming(clip, times_s)
    seen = np.arange(180) >= 100
    other = see_filming(clip, times_s, seen)
    assert longest is not None
    assert other is not None
    assert (longest.used.rows, other.used.rows) == (slice(30, 120), slice(120, 180))
    assert other.sharpness == pytest.approx(0.7)
    assert len(other.path) == 60


def test_how_far_the_picture_wandered_is_a_share_of_its_longer_side() -> None:
    found = see_filming(scene([90], dx_px=20.0), np.arange(90) / FPS)
    assert found is not None
    assert found.wander == pytest.approx(20.0 / 1000.0, rel=0.05)


def test_empty_pictures_were_not_filmed_at_all() -> None:
    none = np.zeros(60)
    black = SceneTrack(none, none * np.nan, none, none, none, none + 1, np.zeros((60, CELLS, CELLS)), (1000, 600))
    assert see_filming(black, np.arange(60) / FPS) is None
    assert see_filming(black.part(slice(0, 0)), np.zeros(0)) is None
