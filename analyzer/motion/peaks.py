"""Maxima of evenly sampled curves.

The same as `scipy.signal.find_peaks` gives, as a test holds; here because loading that takes longer than scoring a clip
again.
"""

from __future__ import annotations

import numpy as np

from analyzer.arrays import Floats, Ints


def maxima(values: Floats) -> Ints:
    """Rising indices at which a curve is higher than to both sides, of a flat top the middle; never its ends."""
    ends = np.flatnonzero(values[1:] != values[:-1])
    starts = ends[:-1] + 1  # of each level stretch but the first and the last
    heights = values[starts]
    tops = (heights > values[starts - 1]) & (heights > values[ends[1:] + 1])
    return np.asarray((starts + ends[1:])[tops] // 2)


def maxima_apart(values: Floats, apart: int) -> Ints:
    """The maxima that are at least so many samples away from every higher one that is kept."""
    found = maxima(values)
    kept = np.ones(len(found), bool)
    for index in np.argsort(values[found])[::-1]:
        if kept[index]:
            near = np.abs(found - found[index]) < apart
            near[index] = False
            kept &= ~near
    return found[kept]
