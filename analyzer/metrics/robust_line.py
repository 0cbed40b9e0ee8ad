"""The line through events that a few wild ones cannot turn (Theil-Sen).

Source: Sen 1968, Estimates of the regression coefficient based on Kendall's tau, J. Am. Stat. Assoc. 63, 1379-1389.
Held against `scipy.stats.theilslopes` by a test; here because loading that takes longer than scoring a clip again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats

Z95: Final = 1.959964
"""Standard errors of a normal value within which 95 % lie."""


@dataclass(frozen=True)
class RobustLine:
    """``level + slope * time``, and the 95 % interval of the slope."""

    slope: float
    level: float
    low: float
    high: float


def robust_line(times_s: Floats, values: Floats) -> RobustLine:
    """The median of the slopes between all pairs of events.

    Args:
        times_s: (n,) rising, two at least.
        values: (n,)
    """
    earlier, later = np.triu_indices(len(times_s), 1)
    slopes = np.sort((values[later] - values[earlier]) / (times_s[later] - times_s[earlier]))
    slope = float(np.median(slopes))
    half = Z95 * np.sqrt(_concordance_variance(values))
    low = max(round((len(slopes) - half) / 2.0) - 1, 0)
    high = min(round((len(slopes) + half) / 2.0), len(slopes) - 1)
    level = float(np.median(values) - slope * np.median(times_s))
    return RobustLine(slope, level, float(slopes[low]), float(slopes[high]))


def _concordance_variance(values: Floats) -> float:
    """Variance of rising less falling pairs where nothing changes; equal values tell less."""
    equal = np.array(list(Counter(values.tolist()).values()))
    n = len(values)
    return float(n * (n - 1) * (2 * n + 5) - (equal * (equal - 1) * (2 * equal + 5)).sum()) / 18.0
