"""Natural cubic splines through or near points, for many curves at once.

The same curves as `scipy.interpolate.make_smoothing_spline` gives, as a test holds. That one builds its equations point
by point in Python, anew for each curve, and loading it takes longer than scoring a clip again.

Source: Reinsch 1967, Smoothing by spline functions, doi:10.1007/BF02162161.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from analyzer.arrays import Floats

FEW: Final = 24
"""Blocks of a system that is solved sooner whole than halved; measured, and nothing but time hangs on it."""


@dataclass(frozen=True, eq=False)
class Spline:
    """Curves, each of a cubic from time to time, bent nowhere at the ends.

    Attributes:
        times_s: (n,) rising.
        values: (n, ...) at those times.
        bend: (n, ...) second derivatives there.
    """

    times_s: Floats
    values: Floats
    bend: Floats

    def __call__(self, times_s: Floats, derivative: Literal[0, 1] = 0) -> Floats:
        """(m, ...) values or slopes; before the first and after the last time they mean nothing."""
        after = np.clip(np.searchsorted(self.times_s, times_s), 1, len(self.times_s) - 1)
        before = after - 1
        column = (-1, *(1 for _ in self.values.shape[1:]))
        step = (self.times_s[after] - self.times_s[before]).reshape(column)
        b = (times_s - self.times_s[before]).reshape(column) / step
        a = 1.0 - b
        if derivative:
            slope = (self.values[after] - self.values[before]) / step
            bent = (3.0 * b**2 - 1.0) * self.bend[after] - (3.0 * a**2 - 1.0) * self.bend[before]
            return np.asarray(slope + step / 6.0 * bent)
        straight = a * self.values[before] + b * self.values[after]
        bent = (a**3 - a) * self.bend[before] + (b**3 - b) * self.bend[after]
        return np.asarray(straight + step**2 / 6.0 * bent)

    def of(self, which: Any) -> Spline:
        """Those of the curves that an index of theirs chooses."""
        return Spline(self.times_s, self.values[:, which], self.bend[:, which])


def natural_spline(times_s: Floats, values: Floats) -> Spline:
    """The natural cubic splines through points: times (n,) rising, n at least 3, and values (n, ...)."""
    return smoothing_spline(times_s, values, np.ones(len(times_s)), 0.0)


def halving_penalty(cutoff_hz: float) -> float:
    """The penalty with which a smoothing spline halves the power of a sine of that frequency (see `clean`)."""
    return float((np.sqrt(2.0) - 1.0) / (2.0 * np.pi * cutoff_hz) ** 4)


def smoothing_spline(times_s: Floats, values: Floats, weights: Floats, penalty: float) -> Spline:
    """The natural cubic splines f that make sum(weights * (values - f)^2) + penalty * integral(f''^2) least.

    Args:
        times_s: (n,) rising, n at least 3.
        values: (n, ...) curves.
        weights: (n,) above 0.
        penalty: 0 or more; with 0 they pass through the points.
    """
    step = np.diff(times_s)[:, None]
    curves = values.reshape(len(values), -1)
    system = penalty * _bend_of_unit_errors(step[:, 0], weights)
    system[0] += (step[:-1, 0] + step[1:, 0]) / 3.0
    system[1, :-1] += step[1:-1, 0] / 6.0
    bend = np.pad(_solved(system, np.diff(np.diff(curves, axis=0) / step, axis=0)), ((1, 1), (0, 0)))
    pull = np.diff(np.diff(bend, axis=0) / step, axis=0, prepend=0.0, append=0.0)
    pull[0], pull[-1] = bend[1] / step[0], bend[-2] / step[-1]
    smooth = curves - penalty * pull / weights[:, None]
    return Spline(times_s, smooth.reshape(values.shape), bend.reshape(values.shape))


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


def _solved(bands: Floats, right: Floats) -> Floats:
    """(m, k) solution of a positive definite system with two bands below its diagonal, (3, m)."""
    m = bands.shape[1]
    pairs = (m + 1) // 2
    bands = np.pad(bands, ((0, 0), (0, 2 * pairs - m)))
    bands[0, m:] = 1.0
    main, first, second = bands.reshape(3, pairs, 2)
    diagonal = np.stack([main[:, 0], first[:, 0], first[:, 0], main[:, 1]], axis=1).reshape(-1, 2, 2)
    below = np.stack([second[:, 0], first[:, 1], np.zeros(pairs), second[:, 1]], axis=1).reshape(-1, 2, 2)[:-1]
    right = np.pad(right, ((0, 2 * pairs - m), (0, 0))).reshape(pairs, 2, -1)
    return _solved_in_blocks(diagonal, below, right).reshape(2 * pairs, -1)[:m]


def _solved_in_blocks(diagonal: Floats, below: Floats, right: Floats) -> Floats:
    """(p, 2, k) solution of a positive definite system of 2x2 blocks, by cyclic reduction.

    Every other unknown is told by its two neighbours, which leaves a system half as long of the same kind; all that is
    done to one block is done to all at once.

    Args:
        diagonal: (p, 2, 2)
        below: (p - 1, 2, 2) what ties each unknown to the next one, its transpose above the diagonal.
        right: (p, 2, k)
    """
    if len(diagonal) <= FEW:
        return _solved_at_once(diagonal, below, right)
    before, after = below[0::2], below[1::2]
    before_turned, after_turned = np.swapaxes(before, 1, 2), np.swapaxes(after, 1, 2)
    many, fewer = len(before), len(after)
    inverse = np.linalg.inv(diagonal[1::2])
    by_before, by_after = inverse @ before, inverse[:fewer] @ after_turned
    alone = inverse @ right[1::2]
    half, half_right = diagonal[0::2].copy(), right[0::2].copy()
    half[:many] -= before_turned @ by_before
    half[1:] -= after @ by_after
    half_right[:many] -= before_turned @ alone
    half_right[1:] -= after @ alone[:fewer]
    solution = np.empty_like(right)
    solution[0::2] = _solved_in_blocks(half, -after @ by_before[:fewer], half_right)
    solution[1::2] = alone - by_before @ solution[0::2][:many]
    solution[1::2][:fewer] -= by_after @ solution[0::2][1:]
    return solution


def _solved_at_once(diagonal: Floats, below: Floats, right: Floats) -> Floats:
    """The same for few blocks."""
    here = np.arange(len(diagonal))
    whole = np.zeros((len(diagonal), 2, len(diagonal), 2))
    whole[here, :, here] = diagonal
    whole[here[1:], :, here[:-1]] = below
    whole[here[:-1], :, here[1:]] = np.swapaxes(below, 1, 2)
    size = 2 * len(diagonal)
    return np.asarray(np.linalg.solve(whole.reshape(size, size), right.reshape(size, -1)).reshape(right.shape))
