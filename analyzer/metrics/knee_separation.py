"""Knee separation in a squat: how far apart the knees are over how far apart the ankles are.

Positive always, 1 with the knees over the feet, less where they come together. From the front or the back, the smallest
value that lasts a tenth of a second. Source: the knee-ankle separation ratio of Ortiz et al. 2016; 0.9 and 0.75 are the
project's own (PROPOSED). Differs: joint centres; what the knees' nearness to the camera adds is taken off.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.readings import SUSTAINED_S
from analyzer.metrics.registry import RepMetric
from analyzer.motion.body import level_px
from analyzer.motion.types import FRONTAL, Activity, Motion, Rep
from analyzer.pose.landmarks import Side


@RepMetric(
    unit="ratio", views=FRONTAL, activities=frozenset({Activity.SQUAT}), pose_error=0.06, event_error=0.07,
    lower_is_worse=True,
)  # fmt: skip
def knee_separation(motion: Motion, rep: Rep) -> float:
    """Distance of the knees over that of the ankles, where it is smallest."""
    apart = {
        name: np.abs(level_px(motion, Side.LEFT, name)[:, 0] - level_px(motion, Side.RIGHT, name)[:, 0])
        for name in ("knee", "ankle")
    }
    grid = np.arange(rep.start_s, rep.end_s, SUSTAINED_S / 2)
    values = np.interp(grid, motion.times_s, apart["knee"] / apart["ankle"])
    lasting = np.lib.stride_tricks.sliding_window_view(values, 3).max(axis=1) if len(values) > 2 else np.array([np.nan])
    return float(np.nanmin(lasting)) if np.isfinite(lasting).any() else float("nan")
