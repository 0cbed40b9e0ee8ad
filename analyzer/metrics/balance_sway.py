"""Balance: how much the hips sway over the standing foot at the top of a step-up, or while balancing on one leg.

Positive always. From the front or the back. Source: the project's notes on the step-up test, 1.5 and 3 % of height
(PROPOSED there). Differs: the spread about its own mean, since where the hips are over the foot is no sway.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import RepMetric
from analyzer.motion.body import height_px
from analyzer.motion.types import FRONTAL, Activity, Motion, Rep

LEAST_S = 0.2


@RepMetric(
    unit="% height", views=FRONTAL, activities=frozenset({Activity.STEP_UP, Activity.BALANCE}),
    pose_error=0.2, event_error=0.25,
)  # fmt: skip
def balance_sway(motion: Motion, rep: Rep) -> float:
    """Standard deviation of mid-hip against ankle, sideways, in % of body height; NaN where the top is too short."""
    start_s, end_s = (rep.top_s, rep.phases.lowering_s) if rep.phases else rep.loaded[0]
    across = (motion.middle("hip") - motion.joint(rep.side, "ankle"))[:, 0] / height_px(
        motion.track.points_px, motion.times_s
    )
    at = (motion.times_s >= start_s) & (motion.times_s <= end_s) & np.isfinite(across)
    return float(100.0 * np.std(across[at])) if end_s - start_s >= LEAST_S and at.sum() > 2 else float("nan")
