"""Reading a curve: runs, crossings, and when a smooth movement begins or ends."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats

SETTLING: Final = (0.05, 0.20)
SETTLE_MORE: Final = 1.2
"""A smooth movement ends later than it comes within 5 % of its end, by 0.95 (raised cosine) to 1.4 (minimum jerk) times
what it takes from 20 % to 5 %; computed, and the mean of the two is meant."""


def runs(good: Bools) -> list[tuple[int, int]]:
    """First and last index of every unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], good.astype(int), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def hysteresis(curve: Floats, enter: float, leave: float) -> list[tuple[int, int]]:
    """First and last index of every stretch that rises above ``enter``, until it falls below ``leave``."""
    known = np.nan_to_num(curve, nan=-np.inf)
    return [(first, last) for first, last in runs(known > leave) if known[first : last + 1].max() > enter]


def last_below(curve: Floats, level: float, before: int) -> int | None:
    """Last index before another one where the curve is below a level."""
    found = np.flatnonzero(curve[:before] < level)
    return int(found[-1]) if len(found) else None


def first_below(curve: Floats, level: float, after: int) -> int | None:
    """First index from another one on where the curve is below a level."""
    found = np.flatnonzero(curve[after:] < level)
    return after + int(found[0]) if len(found) else None


def settled_s(
    times_s: Floats,
    away: Floats,
    moving: int,
    step: int,
    *,
    levels: tuple[float, float] = SETTLING,
    more: float = SETTLE_MORE,
) -> float:
    """When a movement of extent 1 comes to rest, or began.

    Its last bit drowns in what a body at rest sways, so it is taken from how the bit before went.

    Args:
        times_s: (n,)
        away: (n,) how far from rest, 1 being the whole movement.
        moving: a frame in which the movement is under way.
        step: +1 to look for its end, -1 for its beginning.
        levels: shares of the movement, the one nearer to rest first.
        more: how much longer it takes from the nearer level to rest than from one level to the other.
    """
    times, curve = times_s[moving::step], away[moving::step]
    near_s, far_s = (_crossing_s(times, curve, level) for level in levels)
    settled = near_s + more * (near_s - far_s)
    return float(np.clip(settled, times_s[0], times_s[-1]))


def _crossing_s(times_s: Floats, curve: Floats, level: float) -> float:
    """When the curve first falls to a level; where it does not, when it is lowest."""
    below = np.flatnonzero(curve <= level)
    if not len(below):
        return float(times_s[int(np.nanargmin(curve))]) if np.isfinite(curve).any() else float(times_s[0])
    at = int(below[0])
    if at == 0 or not np.isfinite(curve[at - 1]):
        return float(times_s[at])
    share = (curve[at - 1] - level) / (curve[at - 1] - curve[at])
    return float(times_s[at - 1] + share * (times_s[at] - times_s[at - 1]))


def percentile(values: Floats, q: float) -> float:
    """Of what is known; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.percentile(known, q)) if len(known) else float("nan")
