"""Smoothing without lag, short gaps bridged and long ones left open, wild frames taken out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import Phase, assume, given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.motion.types import View
from analyzer.pose.clean import CUTOFF_HZ, LONGEST_GAP_S, CleanTrack, body_height_px, clean, feet_are_fast
from analyzer.pose.landmarks import Side, point
from analyzer.pose.track import PoseTrack
from tests.depth import examples
from tests.motion import figures

RUN = figures.filmed(figures.run(figures.Runner(duration_s=4.0)), View.LEFT, noise_m=0.003)
STEP_UP = figures.filmed(figures.step_up(figures.Stepper(leads=(Side.LEFT,))), View.FRONT, noise_m=0.003)
BOTH = {True: RUN, False: STEP_UP}
SHOULDER, KNEE, ANKLE = point(Side.LEFT, "shoulder"), point(Side.LEFT, "knee"), point(Side.LEFT, "ankle")
CM = 4.4
"""px."""


@lru_cache(maxsize=2)
def calm(fast: bool) -> CleanTrack:
    return clean(BOTH[fast])


def shaken(track: PoseTrack, index: int, shake_px: Floats) -> PoseTrack:
    points = track.points_px.copy()
    points[:, index, 1] += shake_px
    return replace(track, points_px=points)


def unseen(track: PoseTrack, frames: object, index: object = slice(None)) -> PoseTrack:
    points = track.points_px.copy()
    points[frames, index] = np.nan
    return replace(track, points_px=points)


def response(track: PoseTrack, cleaned: CleanTrack, index: int, frequency_hz: float, amplitude_px: float) -> complex:
    """Gain and phase with which a small sine passes; away from the ends, where splines are freer."""
    wave = amplitude_px * np.sin(2 * np.pi * frequency_hz * track.times_s)
    passed = clean(shaken(track, index, wave)).track.points_px - cleaned.track.points_px
    inside = slice(len(track) // 5, -(len(track) // 5))
    seconds = track.times_s[inside]
    basis = np.exp(-2j * np.pi * frequency_hz * seconds)
    return complex(2j * np.mean(passed[inside, index, 1] * basis) / amplitude_px)


def test_running_feet_are_fast_and_stepping_ones_are_not() -> None:
    assert feet_are_fast(RUN)
    assert not feet_are_fast(STEP_UP)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_body_height_is_that_of_the_figure_at_any_distance(share: float) -> None:
    track = figures.filmed(figures.step_up(), View.LEFT, share=share, size_px=(1280, 1000))
    # its thigh and shank are 0.491 of its height, as Drillis & Contini say
    assert body_height_px(track.points_px) == pytest.approx(share * 1000, rel=0.05)


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(("index", "part"), [(SHOULDER, "trunk"), (KNEE, "knee"), (ANKLE, "foot")])
def test_half_the_power_passes_at_the_cut_off(fast: bool, index: int, part: str) -> None:
    gain = abs(response(BOTH[fast], calm(fast), index, CUTOFF_HZ[fast][part], 3.0))
    assert gain == pytest.approx(np.sqrt(0.5), abs=0.06)


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("index", [SHOULDER, KNEE, ANKLE])
def test_slow_movement_passes_whole_and_without_lag(fast: bool, index: int) -> None:
    passed = response(BOTH[fast], calm(fast), index, 1.5, 3.0)
    assert abs(passed) == pytest.approx(1.0, abs=0.03)
    assert abs(np.angle(passed)) / (2 * np.pi * 1.5) < 0.001


def test_uneven_frame_times_bring_no_lag() -> None:
    times = RUN.times_s + np.random.default_rng(0).uniform(-0.006, 0.006, len(RUN))
    track = replace(RUN, times_s=times - times[0])
    assert abs(np.angle(response(track, clean(track), SHOULDER, 2.0, 5.0))) / (2 * np.pi * 2.0) < 0.001


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("index", [slice(None), ANKLE], ids=["nobody", "no ankle"])
@examples(4, phases=[Phase.generate])
@given(share=st.floats(0.2, 1.8), start=st.floats(0.15, 0.75))
def test_gaps_are_bridged_up_to_the_allowed_length_only(fast: bool, index: object, share: float, start: float) -> None:
    track = BOTH[fast]
    first = int(start * len(track))
    hidden = max(1, round(share * LONGEST_GAP_S[fast] * track.rate_hz) - 1)
    gap = slice(first, first + hidden)
    gap_s = track.times_s[first + hidden] - track.times_s[first - 1]
    assume(abs(gap_s - LONGEST_GAP_S[fast]) > 1e-6)
    short = gap_s < LONGEST_GAP_S[fast]
    after = clean(unseen(track, gap, index)).track.points_px[gap, ANKLE]
    assert np.isfinite(after).all() if short else np.isnan(after).all()
    if short:
        assert np.abs(after - track.points_px[gap, ANKLE]).max() < 10 * CM


@pytest.mark.parametrize("fast", [True, False])
@examples(4, phases=[Phase.generate])
@given(before=st.integers(0, 30), after=st.integers(0, 30))
def test_nothing_is_invented_before_the_first_or_after_the_last_seen_frame(fast: bool, before: int, after: int) -> None:
    track = BOTH[fast]
    outside = np.r_[0:before, len(track) - after : len(track)]
    points = clean(unseen(track, outside)).track.points_px
    assert np.isnan(points[outside]).all()
    assert np.isfinite(points[before : len(track) - after]).all()


@pytest.mark.parametrize("fast", [True, False])
@examples(4, phases=[Phase.generate])
@given(at=st.floats(0.1, 0.9), away=st.floats(60.0, 400.0))
def test_a_wild_frame_of_a_leg_is_taken_out(fast: bool, at: float, away: float) -> None:
    noisy = BOTH[fast]
    shake = np.zeros(len(noisy))
    shake[int(at * len(noisy))] = away
    wild, left_alone = clean(shaken(noisy, KNEE, shake)), calm(fast)
    moved = np.abs(wild.track.points_px[:, KNEE] - left_alone.track.points_px[:, KNEE]).max()
    assert moved < max(2.5 * CM, 0.12 * away)
    assert wild.repaired_fraction > left_alone.repaired_fraction


def test_a_clip_without_faults_needs_no_repair() -> None:
    assert all(calm(fast).repaired_fraction < 0.01 for fast in BOTH)


@examples(6, phases=[Phase.generate])
@given(seed=st.integers(0, 1000), kept=st.floats(0.0, 1.0))
def test_any_pattern_of_unseen_frames_is_borne(seed: int, kept: float) -> None:
    hidden = np.random.default_rng(seed).random(len(RUN)) > kept
    cleaned = clean(unseen(RUN, hidden))
    assert cleaned.track.points_px.shape == RUN.points_px.shape
    assert 0.0 <= cleaned.repaired_fraction <= 1.0


@pytest.mark.parametrize(("view", "part"), [(View.FRONT, "toe"), (View.LEFT, "heel"), (View.LEFT, "toe")])
def test_nothing_of_a_foot_is_further_from_its_ankle_than_a_foot_is_long(view: View, part: str) -> None:
    """As where the pose model takes the standing foot's toes for those of the foot that swings."""
    track = figures.filmed(figures.run(), view, noise_m=0.004)
    points = track.points_px.copy()
    foot, ankle = point(Side.LEFT, part), point(Side.LEFT, "ankle")
    rows = slice(40, 52)
    points[rows, foot] = points[rows, ankle] + [0.0, 0.2 * body_height_px(points)]
    cleaned = clean(replace(track, points_px=points))
    far = np.linalg.norm(cleaned.track.points_px[:, foot] - cleaned.track.points_px[:, ankle], axis=1)
    assert np.isnan(cleaned.track.points_px[42:50, foot]).all()
    assert np.nanmax(far) < 0.17 * body_height_px(points)
    assert cleaned.repaired_fraction > 0.0
