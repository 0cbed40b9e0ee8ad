"""Reading a curve: runs, crossings, and when a smooth movement begins or ends."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.spline import natural_spline

SETTLING: Final = (0.05, 0.20)
SETTLE_MORE: Final = 1.2
"""A smooth movement ends later than it comes within 5 % of its end, by 0.95 (raised cosine) to 1.4 (minimum jerk) times
what it takes from 20 % to 5 %; computed, and the mean of the two is meant."""

FOLLOWED_S: Final = 0.067
"""How long after a landing it is seen how fast a curve changes: two frames of 30 per second, a quarter of a stance."""


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


def between(times_s: Floats, curve: Floats, whens_s: Floats) -> Floats:
    """Values of a curve at moments between frames, where its spline is.

    Around a landing the leg turns round: a line from frame to frame cuts off that tip, at 30 frames per second by 0.7
    degrees of the knee bend of force-plate runners in the mean; the spline through the frames by less than 0.1.

    Args:
        times_s: (n,)
        curve: (n,), NaN where unknown.
        whens_s: (k,) the moments.

    Returns:
        (k,) NaN outside the clip or in a gap.
    """
    values = np.full(len(whens_s), np.nan)
    for first, last in runs(np.isfinite(curve)):
        inside = (whens_s >= times_s[first]) & (whens_s <= times_s[last])
        times, known = times_s[first : last + 1], curve[first : last + 1]
        if inside.any() and len(times) > 2:
            values[inside] = natural_spline(times, known)(whens_s[inside])
        elif inside.any():
            values[inside] = np.interp(whens_s[inside], times, known)
    return values


def slope_after(times_s: Floats, curve: Floats, when_s: float) -> float:
    """How fast a curve changes just after a landing, in its unit per second; NaN where too little of it is known."""
    later = (times_s >= when_s) & (times_s <= when_s + FOLLOWED_S) & np.isfinite(curve)
    return float(np.polyfit(times_s[later] - when_s, curve[later], 1)[0]) if later.sum() >= 2 else float("nan")


def percentile(values: Floats, q: float) -> float:
    """Of what is known; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.percentile(known, q)) if len(known) else float("nan")
