"""Push-off from the trailing leg: the share of the rise that is done when its toes leave the floor.

Positive always; the less, the more the leading leg does by itself. From the side, where toes can be seen to leave.
Source: the project's notes on the step-up test, 15 and 30 % (PROPOSED there).
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import RepMetric
from analyzer.motion.types import SAGITTAL, Activity, Motion, Rep


@RepMetric(unit="%", views=SAGITTAL, activities=frozenset({Activity.STEP_UP}), pose_error=7.0, event_error=9.0)
def trailing_push_off(motion: Motion, rep: Rep) -> float:
    """Rise of the hips from their lowest to toe-off, in % of that to the top."""
    if rep.phases is None:
        return float("nan")
    down_px = motion.middle("hip")[:, 1]
    before = (motion.times_s >= rep.start_s) & (motion.times_s <= rep.phases.trail_off_s) & np.isfinite(down_px)
    if not before.any():
        return float("nan")
    begin = float(down_px[before].max())
    off, top = (motion.at(down_px, time_s) for time_s in (rep.phases.trail_off_s, rep.top_s))
    return float(100.0 * (begin - off) / (begin - top)) if begin > top else float("nan")
