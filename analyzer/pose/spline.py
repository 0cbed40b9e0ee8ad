"""Smoothing splines for many curves at once.

The same curve as `scipy.interpolate.make_smoothing_spline` gives, much sooner for a long clip: that one builds its
equations point by point in Python, and anew for each curve.

Source: Reinsch 1967, Smoothing by spline functions, doi:10.1007/BF02162161.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.linalg import solveh_banded

from analyzer.arrays import Floats


def smoothing_spline(times_s: Floats, values: Floats, weights: Floats, penalty: float) -> CubicSpline:
    """The natural cubic spline f that makes sum(weights * (values - f)^2) + penalty * integral(f''^2) least.

    Args:
        times_s: (n,) rising, n at least 3.
        values: (n, k) curves.
        weights: (n,) above 0.
        penalty: 0 or more.

    Returns:
        A callable for times between the first and the last; beyond them it means nothing.
    """
    step = np.diff(times_s)[:, None]
    bend = np.diff(np.diff(values, axis=0) / step, axis=0)
    spread = _bend_of_unit_errors(step[:, 0], weights)
    system = penalty * spread
    system[0] += (step[:-1, 0] + step[1:, 0]) / 3.0
    system[1, :-1] += step[1:-1, 0] / 6.0
    curvature = np.pad(solveh_banded(system, bend, lower=True), ((1, 1), (0, 0)))
    pull = np.diff(np.diff(curvature, axis=0) / step, axis=0, prepend=0.0, append=0.0)
    pull[0], pull[-1] = curvature[1] / step[0], curvature[-2] / step[-1]
    return CubicSpline(times_s, values - penalty * pull / weights[:, None], bc_type="natural")


def _bend_of_unit_errors(step: Floats, weights: Floats) -> Floats:
    """(3, n-2) lower bands of Q' W^-1 Q, where Q' takes the change of slope at each inner time."""
    before, after = 1.0 / step[:-1], 1.0 / step[1:]
    here = -(before + after)
    free = 1.0 / weights
    bands = np.zeros((3, len(before)))
    bands[0] = before**2 * free[:-2] + here**2 * free[1:-1] + after**2 * free[2:]
    bands[1, :-1] = here[:-1] * before[1:] * free[1:-2] + after[:-1] * here[1:] * free[2:-1]
    bands[2, :-2] = after[:-2] * before[2:] * free[2:-2]
    return bands
