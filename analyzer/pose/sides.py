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

PARTS: Final = ("knee", "ankle", "heel", "toe")

GROUPS: Final = ((), PARTS, PARTS[1:], PARTS[2:])
"""What the model exchanges together: nothing, the leg below the hip, the shank's end and foot, the foot alone."""

KEEP: Final = 0.15
"""Cost of calling a frame exchanged: without evidence the model is believed. Any value from 0.1 to 0.2 does."""


def exchanged(points_px: Floats, times_s: Floats) -> Bools:
    """Which parts of the legs have each other's place.

    Args:
        points_px: (n, 33, 2), NaN where unseen.
        times_s: (n,) rising.

    Returns:
        (n, 4) True where left and right of `PARTS` should be exchanged; False where nothing was seen.
    """
    n, states = len(times_s), len(GROUPS)
    swapped = np.array([[part in group for part in PARTS] for group in GROUPS])
    if n < 3:
        return np.zeros((n, len(PARTS)), bool)
    jump = _jumps(points_px, times_s)
    costs: Floats = np.zeros((n - 2, states, states, states))
    for k, state in enumerate(swapped.T.astype(int)):
        costs += jump[:, state[:, None, None], state[None, :, None], state[None, None, :], k] / len(PARTS)
    keep: Floats = np.asarray(KEEP * swapped.any(axis=1).astype(float))
    total: Floats = keep[:, None] + keep[None, :]
    back = np.zeros((n, states, states), dtype=np.int8)
    for i in range(2, n):
        through = total[:, :, None] + costs[i - 2]
        back[i] = np.argmin(through, axis=0)
        total = through.min(axis=0) + keep[None, :]
    best = np.zeros(n, dtype=int)
    best[-2], best[-1] = np.unravel_index(int(np.argmin(total)), total.shape)
    for i in range(n - 1, 1, -1):
        best[i - 2] = back[i, best[i - 1], best[i]]
    return np.asarray(swapped[best])


def _jumps(points_px: Floats, times_s: Floats) -> Floats:
    """Cost (n-2, 2, 2, 2, 4) of each part in three neighbouring frames, each as it is or exchanged.

    The logarithm keeps one wild frame from deciding for its neighbours.
    """
    left, right = (points_px[:, [point(side, part) for part in PARTS]] for side in SIDES)
    both = np.stack([np.stack([left, right], 1), np.stack([right, left], 1)], 1)  # (n, state, side, k, 2)
    before, here, after = both[:-2], both[1:-1], both[2:]
    share = ((times_s[1:-1] - times_s[:-2]) / (times_s[2:] - times_s[:-2]))[:, None, None, None, None, None]
    between = before[:, :, None] * (1.0 - share) + after[:, None, :] * share  # (n-2, s0, s2, side, k, 2)
    away = between[:, :, None] - here[:, None, :, None]  # (n-2, s0, s1, s2, side, k, 2)
    size: Floats = np.asarray(np.linalg.norm(away, axis=-1))
    typical = np.nanmedian(size[:, 0, 0, 0]) if np.isfinite(size[:, 0, 0, 0]).any() else 1.0
    return np.asarray(np.nan_to_num(np.log1p(size / max(float(typical), 1e-9))).mean(axis=-2))


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
    for part, swap in zip(PARTS, exchanged(points_px, times_s).T, strict=True):
        a, b = (point(side, part) for side in SIDES)
        if swap.any() and swap.mean() > 0.5:  # continuity alone cannot tell which leg is which: the majority does
            swap = ~swap & np.isfinite(points[:, [a, b]]).all(axis=(1, 2))
        points[swap, a], points[swap, b] = points_px[swap, b], points_px[swap, a]
        changed[:, [a, b]] = swap[:, None]
    return points, changed
