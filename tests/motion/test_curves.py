"""Crossings, runs, and the ends of smooth movements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.motion.curves import between, first_below, last_below, percentile, settled_s, slope_after

TIMES_S = np.arange(0.0, 4.0, 1 / 30)


def minimum_jerk(x: np.ndarray) -> np.ndarray:
    return 10 * x**3 - 15 * x**4 + 6 * x**5


def raised_cosine(x: np.ndarray) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(np.pi * x)


@pytest.mark.parametrize("shape", [minimum_jerk, raised_cosine])
@pytest.mark.parametrize("took_s", [0.6, 1.0, 1.6])
def test_a_smooth_movement_is_timed_from_its_first_to_its_last_bit(shape: object, took_s: float) -> None:
    moved = shape(np.clip((TIMES_S - 1.0) / took_s, 0.0, 1.0))  # type: ignore[operator]
    assert settled_s(TIMES_S, moved, len(TIMES_S) - 1, -1) == pytest.approx(1.0, abs=0.05 * took_s)
    assert settled_s(TIMES_S, 1.0 - moved, 0, +1) == pytest.approx(1.0 + took_s, abs=0.05 * took_s)


def test_a_movement_that_never_rests_ends_within_the_clip() -> None:
    assert 0.0 <= settled_s(TIMES_S, np.linspace(1.0, 0.4, len(TIMES_S)), 0, +1) <= TIMES_S[-1]


def test_a_movement_that_is_under_way_as_the_clip_begins_begins_with_it() -> None:
    assert settled_s(TIMES_S, np.linspace(0.4, 1.0, len(TIMES_S)), len(TIMES_S) - 1, -1) == TIMES_S[0]


def test_crossings_are_found_on_either_side_or_not_at_all() -> None:
    curve = np.array([0.0, 2.0, 3.0, 2.0, 1.0])
    assert (last_below(curve, 1.5, 3), first_below(curve, 1.5, 1)) == (0, 4)
    assert (last_below(curve, -1.0, 3), first_below(curve, -1.0, 0)) == (None, None)


def test_percentiles_leave_out_what_is_unknown() -> None:
    assert percentile(np.array([np.nan, 1.0, 3.0]), 50) == 2.0
    assert np.isnan(percentile(np.array([np.nan]), 50))


@pytest.mark.parametrize(("fps", "within"), [(30.0, 0.15), (60.0, 0.02), (240.0, 0.001)])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.9])
def test_a_moment_between_frames_lies_on_the_smooth_curve(fps: float, within: float, shift: float) -> None:
    """A leg that turns round as the foot lands, as fast as those of force-plate runners: 10 degrees within 50 ms."""
    times = np.arange(0.0, 2.0, 1 / fps) + shift / fps
    whens = np.array([0.51, 0.97, 1.23])
    assert between(times, leg_deg(times), whens) == pytest.approx(leg_deg(whens), abs=within)


def leg_deg(times_s: np.ndarray) -> np.ndarray:
    return 15.0 + 10.0 * np.sin(2 * np.pi * 2.5 * times_s)


@given(slope=st.floats(-500.0, 500.0), level=st.floats(-90.0, 90.0))
def test_a_straight_curve_stays_straight_between_frames(slope: float, level: float) -> None:
    whens = np.array([0.123, 1.0, 3.9])
    assert between(TIMES_S, level + slope * TIMES_S, whens) == pytest.approx(level + slope * whens, abs=1e-6)


def test_what_was_not_seen_has_no_value() -> None:
    curve = np.where((TIMES_S > 0.9) & (TIMES_S < 1.1), np.nan, TIMES_S)
    values = between(TIMES_S, curve, np.array([0.5, 1.0, 1.5, 9.0]))
    assert values == pytest.approx([0.5, np.nan, 1.5, np.nan], nan_ok=True)
    assert np.isnan(slope_after(TIMES_S, curve, 0.95))
    assert np.isnan(slope_after(TIMES_S, curve, 9.0))


def test_between_two_frames_seen_alone_runs_a_line() -> None:
    curve = np.full(len(TIMES_S), np.nan)
    curve[10:12] = 1.0, 2.0
    middle = TIMES_S[10:12].mean()
    assert between(TIMES_S, curve, np.array([middle])) == pytest.approx([1.5])


def test_the_slope_after_a_landing_is_that_of_the_curve_from_there_on() -> None:
    curve = np.where(TIMES_S < 1.0, 15.0 - 300.0 * (1.0 - TIMES_S), 15.0 - 400.0 * (TIMES_S - 1.0))
    assert slope_after(TIMES_S, curve, 1.0) == pytest.approx(-400.0)
