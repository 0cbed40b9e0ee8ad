"""Our smoothing splines are those of scipy, whatever the times and weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline, make_smoothing_spline

from analyzer.pose.spline import natural_spline, smoothing_spline


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    n=st.integers(5, 60),
    cutoff_hz=st.floats(2.0, 15.0),
)
def test_it_is_the_spline_that_scipy_finds(seed: int, n: int, cutoff_hz: float) -> None:
    rng = np.random.default_rng(seed)
    times_s = np.cumsum(rng.uniform(0.005, 0.05, n))
    values, weights = rng.normal(0.0, 100.0, (n, 2)), rng.uniform(0.001, 0.05, n)
    penalty = (np.sqrt(2.0) - 1.0) / (2.0 * np.pi * cutoff_hz) ** 4
    between = np.linspace(times_s[0], times_s[-1], 3 * n)
    ours = smoothing_spline(times_s, values, weights, penalty)(between)
    for column in range(2):
        theirs = make_smoothing_spline(times_s, values[:, column], w=weights, lam=penalty)(between)
        np.testing.assert_allclose(ours[:, column], theirs, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), n=st.integers(3, 40))
def test_without_penalty_it_passes_through_the_points_as_the_one_of_scipy(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    times_s, values = np.cumsum(rng.uniform(0.005, 0.05, n)), rng.normal(0.0, 100.0, (n, 3, 2))
    between = np.linspace(times_s[0], times_s[-1], 3 * n)
    ours, theirs = natural_spline(times_s, values), CubicSpline(times_s, values, bc_type="natural")
    np.testing.assert_array_equal(ours(times_s), values)
    np.testing.assert_allclose(ours(between), theirs(between), atol=1e-6)
    np.testing.assert_allclose(ours(between, 1), theirs(between, 1), rtol=1e-6, atol=1e-3)
    np.testing.assert_array_equal(ours.of(1)(between), ours(between)[:, 1])


def test_a_straight_line_stays_and_a_heavy_penalty_makes_one() -> None:
    times_s = np.array([0.0, 0.1, 0.25, 0.3, 0.5])
    line = np.stack([2.0 * times_s + 1.0, -times_s], axis=1)
    np.testing.assert_allclose(smoothing_spline(times_s, line, np.ones(5), 1.0)(times_s), line, atol=1e-12)
    rough = np.array([[0.0], [3.0], [-1.0], [4.0], [2.0]])
    straight = smoothing_spline(times_s, rough, np.ones(5), 1e6)(times_s)[:, 0]
    assert straight == pytest.approx(np.polyval(np.polyfit(times_s, rough[:, 0], 1), times_s), abs=1e-4)
    np.testing.assert_allclose(smoothing_spline(times_s, rough, np.ones(5), 0.0)(times_s), rough, atol=1e-12)
