"""Frequencies are weighed as a Butterworth filter does, and nothing is shifted in time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import butter, sosfiltfilt

from analyzer.motion.spectrum import autocorrelation, band_pass

RATE_HZ = 240.0


@given(st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=30))
def test_autocorrelation_is_the_mean_product_over_the_overlap(curve: list[float]) -> None:
    values = np.array(curve)
    n = len(values)
    expected = [np.mean(values[: n - late] * values[late:]) for late in range(n)]
    np.testing.assert_allclose(autocorrelation(values), expected, atol=1e-9)


@pytest.mark.parametrize("step_s", [0.3, 0.36, 0.7])
@pytest.mark.parametrize("seconds", [4.0, 10.0])
def test_the_band_is_that_of_a_butterworth_filter_run_both_ways(step_s: float, seconds: float) -> None:
    low_hz, high_hz = 0.6 / step_s, 1.5 / step_s
    times_s = np.arange(0.0, seconds, 1.0 / RATE_HZ)
    rough = np.random.default_rng(7).normal(0.0, 1.0, len(times_s)) + 3.0 * times_s
    expected = sosfiltfilt(butter(2, [low_hz, high_hz], "band", fs=RATE_HZ, output="sos"), rough, padlen=480)
    inside = (times_s > 2.0 * step_s) & (times_s < seconds - 2.0 * step_s)
    found = band_pass(rough, RATE_HZ, low_hz, high_hz)
    np.testing.assert_allclose(found[inside], expected[inside], atol=0.02 * np.std(expected))


def test_a_wave_within_the_band_stays_where_it_is_and_a_drift_goes() -> None:
    times_s = np.arange(0.0, 6.0, 1.0 / RATE_HZ)
    wave = np.sin(2.0 * np.pi * 2.8 * times_s)
    found = band_pass(wave + 5.0 - 2.0 * times_s, RATE_HZ, 0.6 * 2.8, 1.5 * 2.8)
    middle = slice(480, -480)
    np.testing.assert_allclose(found[middle], wave[middle], atol=0.03)
