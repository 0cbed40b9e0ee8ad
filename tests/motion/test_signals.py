from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.motion.signals import GRID_HZ, left_behind, longest_stretch, nearest, peak_times, resample, rises
from analyzer.motion.types import View
from analyzer.pose.landmarks import Side, point
from tests.motion import figures


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_the_fine_grid_passes_through_the_track(fps: float) -> None:
    track = figures.filmed(figures.run(figures.Runner(fps=fps)), View.LEFT)
    signals = resample(track)
    assert signals is not None
    assert np.allclose(np.diff(signals.times_s), 1.0 / GRID_HZ)
    knee = signals.joint(Side.LEFT, "knee")[:, 0]
    back = np.interp(track.times_s[:-1], signals.times_s, knee)
    np.testing.assert_allclose(back, track.points_px[:-1, point(Side.LEFT, "knee"), 0], atol=1.0)


def test_velocity_is_the_slope_of_position() -> None:
    signals = resample(figures.filmed(figures.run(), View.LEFT))
    assert signals is not None
    slope = np.gradient(signals.hips()[:, 1], signals.times_s)
    np.testing.assert_allclose(signals.hips_speed()[5:-5, 1], slope[5:-5], atol=5.0)


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
def test_knee_flexion_is_that_of_the_figure(view: View) -> None:
    figure = figures.run(figures.Runner(swivel_deg={Side.LEFT: 0.0, Side.RIGHT: 0.0}))
    signals = resample(figures.filmed(figure, view))
    assert signals is not None
    thigh = figure.joint(Side.LEFT, "knee") - figure.joint(Side.LEFT, "hip")
    shank = figure.joint(Side.LEFT, "ankle") - figure.joint(Side.LEFT, "knee")
    cosine = (thigh * shank).sum(1) / (figures.THIGH_M * figures.SHANK_M)
    bent = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    bent_seen = np.interp(figure.times_s[5:-5], signals.times_s, signals.knee_flexion_deg(Side.LEFT))
    np.testing.assert_allclose(bent_seen, bent[5:-5], atol=4.0)


@pytest.mark.parametrize("part", ["toe", "heel", "ankle"])
def test_what_is_hidden_for_a_moment_is_drawn_from_before_to_after(part: str) -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    whole = resample(track)
    track.points_px[40:46, point(Side.RIGHT, part)] = np.nan
    signals = resample(track)
    assert whole is not None
    assert signals is not None
    assert np.abs(signals.joint(Side.RIGHT, part) - whole.joint(Side.RIGHT, part)).max() < 20.0


def test_a_foot_that_leaves_the_picture_stays_where_it_was_last_seen() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    toe = point(Side.RIGHT, "toe")
    last = track.points_px[-31, toe].copy()
    track.points_px[-30:, toe] = np.nan
    signals = resample(track)
    assert signals is not None
    np.testing.assert_allclose(signals.joint(Side.RIGHT, "toe")[-1], last, atol=1.0)


def test_joints_hidden_one_after_the_other_do_not_part_a_clip() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    whole = resample(track)
    tenth = round(0.2 * track.rate_hz)
    for turn, part in enumerate(("hip", "knee", "ankle")):
        track.points_px[40 + turn * tenth : 40 + (turn + 1) * tenth, point(Side.RIGHT, part)] = np.nan
    signals = resample(track)
    assert whole is not None
    assert signals is not None
    assert len(signals.times_s) == len(whole.times_s)


def test_a_joint_hidden_for_longer_than_a_stance_parts_a_clip() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    middle, whole = len(track) // 3, resample(track)
    track.points_px[middle : middle + round(0.4 * track.rate_hz), point(Side.RIGHT, "knee")] = np.nan
    signals = resample(track)
    assert whole is not None
    assert signals is not None
    assert signals.times_s[0] > track.times_s[middle]


@given(at=st.floats(0.3, 0.7), rate=st.sampled_from([30.0, 120.0, 240.0]))
def test_a_peak_is_found_between_samples(at: float, rate: float) -> None:
    times = np.arange(0.0, 1.0, 1.0 / rate)
    (found,) = peak_times(-((times - at) ** 2), times, 0.5)
    assert found == pytest.approx(at, abs=1e-6)


@given(st.lists(st.booleans(), max_size=60))
def test_the_longest_stretch_is_good_throughout(seen: list[bool]) -> None:
    good = np.array(seen, bool)
    kept = longest_stretch(good, np.arange(len(good)) / 30.0)
    assert not (kept & ~good).any()
    frames = np.flatnonzero(kept)
    assert bool(len(frames)) == bool(good.any())
    assert (np.diff(frames) <= 7).all()


def test_the_nearest_candidate_within_reach() -> None:
    assert nearest(np.array([1.0, 2.0]), 1.9, 0.2) == 2.0
    assert np.isnan(nearest(np.array([1.0, 2.0]), 1.5, 0.2))
    assert np.isnan(nearest(np.array([]), 1.5, 0.2))


def test_hardly_anything_seen_is_no_signal() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    track.points_px[5:] = np.nan
    assert resample(track) is None


@pytest.mark.parametrize("level", [-0.5, 0.0, 0.7])
def test_a_curve_rises_through_a_level_between_samples(level: float) -> None:
    times = np.arange(0.0, 3.0, 1 / 240)
    true = np.arcsin(level) / (2.0 * np.pi) + np.arange(4)
    found = rises(times, np.sin(2.0 * np.pi * times), level)
    inside = true[(true > 0.0) & (true < times[-1])]
    np.testing.assert_allclose(found[-len(inside) :], inside, atol=1e-4)


@given(level=st.floats(0.05, 0.95))
def test_a_smooth_rise_leaves_a_level_behind_where_it_crosses_it(level: float) -> None:
    times = np.arange(0.0, 0.3, 1 / 240)
    assert left_behind(times, np.sin(10.0 * times), level) == pytest.approx(np.arcsin(level) / 10.0, abs=1e-4)


def test_noise_makes_a_rise_neither_early_nor_late() -> None:
    random = np.random.default_rng(7)
    times = np.arange(0.0, 0.3, 1 / 240)
    rise = 20.0 * (times - 0.15)
    found = [left_behind(times, rise + random.normal(0.0, 0.3, len(times)), 1.0) for _ in range(400)]
    assert np.mean(found) == pytest.approx(0.20, abs=0.002)


def test_a_hump_that_falls_back_to_rest_is_no_rise() -> None:
    times = np.arange(0.0, 0.3, 1 / 240)
    late = np.sin(10.0 * (times - 0.1)) * (times > 0.1)
    hump = 1.5 * np.sin(60.0 * times) * (times < np.pi / 60)
    assert left_behind(times, 2.0 * late + hump, 0.5) == pytest.approx(left_behind(times, 2.0 * late, 0.5))


@pytest.mark.parametrize("values", [[], [0.2, 0.4, 0.3]])
def test_a_level_that_is_not_reached_is_never_left(values: list[float]) -> None:
    assert np.isnan(left_behind(np.arange(float(len(values))), np.array(values), 0.5))
