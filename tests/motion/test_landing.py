from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.motion.landing import FOLLOWED_S, landed

LANDINGS_S = 0.5 + 0.71 * np.arange(6)
LEVELS = np.array([15.0, 13.0, 18.0, 14.0, 16.0, 15.5])


def running(times_s: Floats, *, bend: float = 0.0) -> Floats:
    """A leg that swings forward at 300 degrees a second and goes back at 400 once the foot is down."""
    near = np.argmin(np.abs(times_s[:, None] - LANDINGS_S), axis=1)
    since_s = times_s - LANDINGS_S[near]
    return np.asarray(LEVELS[near] + np.where(since_s < 0, 300.0 * since_s, -400.0 * since_s + bend * since_s**2))


def frames(fps: float, shift: float = 0.0) -> Floats:
    return np.arange(0.0, 5.0, 1.0 / fps) + shift / fps


@pytest.mark.parametrize("fps", [30.0, 50.0, 60.0, 240.0])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("bend", [0.0, 3000.0])
def test_the_tip_at_a_landing_is_not_cut_off(fps: float, shift: float, bend: float) -> None:
    times = frames(fps, shift)
    found = landed(times, running(times, bend=bend), LANDINGS_S)
    assert found.values == pytest.approx(LEVELS, abs=1e-6)
    assert found.slope == pytest.approx(-400.0 + bend * FOLLOWED_S, abs=1e-6)
    assert found.error == pytest.approx(0.0, abs=1e-6)


def test_one_landing_of_enough_frames_is_followed_as_well() -> None:
    times = frames(60.0)
    assert landed(times, running(times), LANDINGS_S[:1]).values == pytest.approx(LEVELS[:1], abs=1e-6)


def test_where_all_frames_fall_on_the_same_two_moments_a_line_does() -> None:
    """Steps locked to the frames tell a bend from a slope no better than noise does."""
    landings = 0.5 + 0.7 * np.arange(6)
    times = np.sort(np.concatenate([landings + 0.02, landings + 0.06, landings - 0.02]))
    rng = np.random.default_rng(1)
    near = np.argmin(np.abs(times[:, None] - landings), axis=1)
    curve = 15.0 - 400.0 * np.abs(times - landings[near]) + rng.normal(0.0, 0.1, len(times))
    assert landed(times, curve, landings).values == pytest.approx(15.0, abs=0.5)


def test_what_strays_does_not_bend_the_others() -> None:
    times = frames(60.0)
    curve = running(times)
    curve[(times > LANDINGS_S[2]) & (times < LANDINGS_S[2] + 0.02)] += 40.0
    others = [0, 1, 3, 4, 5]
    assert landed(times, curve, LANDINGS_S).values[others] == pytest.approx(LEVELS[others], abs=0.2)


@given(seed=st.integers(0, 2**16), fps=st.sampled_from([30.0, 60.0]))
def test_the_error_told_is_about_the_error_made(seed: int, fps: float) -> None:
    times = frames(fps, 0.4)
    rng = np.random.default_rng(seed)
    off, told = [], []
    for _ in range(12):
        found = landed(times, running(times) + rng.normal(0.0, 1.0, len(times)), LANDINGS_S)
        off.append(float(np.mean(found.values - LEVELS)))
        told.append(float(np.hypot(found.error, 1.0 / np.sqrt(2.0 * len(LEVELS)))))
    assert np.sqrt(np.mean(np.square(off))) < 2.5 * np.median(told)


def test_fewer_landings_are_followed_less_surely() -> None:
    times, rng = frames(60.0), np.random.default_rng(3)
    noisy = [running(times) + rng.normal(0.0, 1.0, len(times)) for _ in range(20)]
    one, all_six = (np.median([landed(times, each, LANDINGS_S[:k]).error for each in noisy]) for k in (1, 6))
    assert one > 1.5 * all_six > 0.0


def test_a_landing_that_was_not_seen_has_no_value() -> None:
    times = frames(60.0)
    curve = running(times)
    curve[np.abs(times - LANDINGS_S[1]) < 0.1] = np.nan
    values = landed(times, curve, np.append(LANDINGS_S, 9.0)).values
    assert np.flatnonzero(np.isnan(values)).tolist() == [1, 6]
    assert np.isnan(landed(times, curve, LANDINGS_S[1:2]).slope)


def test_a_landing_at_the_clips_end_is_read_between_frames() -> None:
    times = frames(60.0)
    last = float(times[-1])
    assert landed(times, 2.0 * times, np.array([last])).values == pytest.approx([2.0 * last])


def test_no_landing_has_no_values() -> None:
    assert len(landed(frames(60.0), running(frames(60.0)), np.empty(0)).values) == 0
