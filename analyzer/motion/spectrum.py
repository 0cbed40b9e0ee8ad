"""Evenly sampled curves by their frequencies."""

from __future__ import annotations

import numpy as np

from analyzer.arrays import Floats


def autocorrelation(values: Floats) -> Floats:
    """(n,) mean product of a curve (n,) with itself so many samples later, over what overlaps."""
    n = len(values)
    power = np.abs(np.fft.rfft(values, 2 * n)) ** 2
    return np.asarray(np.fft.irfft(power, 2 * n)[:n] / np.arange(n, 0, -1))


def band_pass(values: Floats, rate_hz: float, low_hz: float, high_hz: float) -> Floats:
    """A curve (n,) narrowed to a band of frequencies, without lag.

    Its frequencies are weighed as by a second-order Butterworth filter run forwards and backwards. At the ends it goes
    on turned about its end points, so that a drift goes on too.
    """
    line = np.linspace(values[0], values[-1], len(values))
    above = values - line
    whole_waves = np.concatenate([above, -above[-2:0:-1]])
    hz = np.fft.rfftfreq(len(whole_waves), 1.0 / rate_hz)[1:]
    off = (hz**2 - low_hz * high_hz) / (hz * (high_hz - low_hz))
    gain = np.concatenate([[0.0], 1.0 / (1.0 + off**4)])
    return np.asarray(np.fft.irfft(gain * np.fft.rfft(whole_waves), len(whole_waves))[: len(values)])
