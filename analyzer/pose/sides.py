"""Left/right exchanges of the legs, found over the whole clip at once.

The pose model now and then calls the left leg right for a few frames, with full confidence. Smooth movement gives it
away: exchanged frames jump. The cheapest labelling of all frames together, in the acceleration it needs, is found by
dynamic programming (Viterbi 1967, doi:10.1109/TIT.1967.1054010) over pairs of neighbouring frames.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.landmarks import SIDES, point

GROUPS: Final = (("knee", "ankle", "heel", "toe"), ("ankle", "heel", "toe"), ("heel", "toe"))
"""Points that the model exchanges together: the leg below the hip, the shank's end and foot, the foot alone."""

KEEP: Final = 0.3
"""Cost of calling a frame exchanged: without evidence the model is believed. Any value from 0.1 to 1 does."""


def exchanged(left: Floats, right: Floats, times_s: Floats) -> Bools:
    """Frames in which two point groups have each other's place.

    Args:
        left: (n, k, 2) px, NaN where unseen.
        right: (n, k, 2) px.
        times_s: (n,) rising.

    Returns:
        (n,) True where left and right should be exchanged; False where nothing was seen.
    """
    n = len(times_s)
    if n < 3:
        return np.zeros(n, bool)
    both = np.stack([np.stack([left, right], 1), np.stack([right, left], 1)], 1)  # (n, state, side, k, 2)
    jump = _jumps(both, times_s)
    total = np.zeros((2, 2))
    total[1, :] += KEEP
    total[:, 1] += KEEP
    back = np.zeros((n, 2, 2), dtype=np.int8)
    for i in range(2, n):
        through = total[:, :, None] + jump[i - 2]
        back[i] = np.argmin(through, axis=0)
        total = np.min(through, axis=0)
        total[:, 1] += KEEP
    states = np.zeros(n, dtype=int)
    states[-2], states[-1] = np.unravel_index(int(np.argmin(total)), (2, 2))
    for i in range(n - 1, 1, -1):
        states[i - 2] = back[i, states[i - 1], states[i]]
    return states.astype(bool)


def _jumps(both: Floats, times_s: Floats) -> Floats:
    """Cost (n-2, 2, 2, 2) of each labelling of three neighbouring frames.

    The logarithm keeps one wild frame from deciding for its neighbours.
    """
    before, here, after = both[:-2], both[1:-1], both[2:]
    share = ((times_s[1:-1] - times_s[:-2]) / (times_s[2:] - times_s[:-2]))[:, None, None, None, None, None]
    between = before[:, :, None] * (1.0 - share) + after[:, None, :] * share  # (n-2, s0, s2, side, k, 2)
    away = between[:, :, None] - here[:, None, :, None]  # (n-2, s0, s1, s2, side, k, 2)
    size = np.linalg.norm(away, axis=-1)
    typical = np.nanmedian(size[:, 0, 0, 0]) if np.isfinite(size[:, 0, 0, 0]).any() else 1.0
    return np.asarray(np.nan_to_num(np.log1p(size / max(float(typical), 1e-9))).mean(axis=(-1, -2)))


def repair_sides(points_px: Floats, times_s: Floats) -> tuple[Floats, Bools]:
    """Give every leg point its own side back.

    Args:
        points_px: (n, 33, 2).
        times_s: (n,).

    Returns:
        The repaired points, and (n, 33) True where a point changed its side.
    """
    points = points_px.copy()
    changed = np.zeros(points.shape[:2], bool)
    for group in GROUPS:
        left, right = ([point(side, name) for name in group] for side in SIDES)
        swap = exchanged(points[:, left], points[:, right], times_s)
        if swap.mean() > 0.5:  # continuity alone cannot tell which leg is which: the model's majority does
            swap = ~swap & np.isfinite(points[:, left + right]).all(axis=(1, 2))
        for a, b in zip(left, right, strict=True):
            points[swap, a], points[swap, b] = points[swap, b], points[swap, a]
        changed[:, left + right] ^= swap[:, None]
    return points, changed
