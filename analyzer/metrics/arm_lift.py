"""How far an arm is lifted to keep the balance, against how it hangs in the person's own standing."""

from __future__ import annotations

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.readings import SUSTAINED_S, standing_value
from analyzer.motion.types import Motion, Rep
from analyzer.pose.landmarks import SIDES, Side


def arm_lift(motion: Motion, rep: Rep) -> tuple[float, float]:
    """Largest lift of either upper arm while the leg carries alone, in degrees, and when in s; NaN where unseen."""
    best = (float("nan"), float("nan"))
    for side in SIDES:
        lifted = _from_hanging_deg(motion, side)
        lifted = lifted - standing_value(motion, lifted)
        for start_s, end_s in rep.loaded:
            grid = np.arange(start_s, end_s, SUSTAINED_S / 2)
            if len(grid) < 3:
                continue
            lasting = np.lib.stride_tricks.sliding_window_view(np.interp(grid, motion.times_s, lifted), 3).min(axis=1)
            if not np.isfinite(lasting).any():
                continue
            at = int(np.nanargmax(lasting))
            if not best[0] >= lasting[at]:
                best = (float(lasting[at]), float(grid[at + 1]))
    return best


def _from_hanging_deg(motion: Motion, side: Side) -> Floats:
    """Angle (n,) of an upper arm against straight down, in the picture."""
    arm = motion.joint(side, "elbow") - motion.joint(side, "shoulder")
    return np.asarray(np.degrees(np.arctan2(np.abs(arm[:, 0]), arm[:, 1])))
