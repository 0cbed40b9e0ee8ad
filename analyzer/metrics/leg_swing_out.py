"""The leg swings out: how far the ankle swings wide on its way forward.

Positive outwards, of the line from the hip to where that foot comes down. From the front or the back, at its largest in
the swing. Source: circumduction as the project's notes define it, PROPOSED; no published norm. Differs: nothing to
differ from. What the perspective does to a foot behind the body is taken off by the model's depth.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.body import level_px
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(unit="cm", views=FRONTAL, phase=Phase.SWING, pose_error=1.6, event_error=2.0, scaled=True, of_leg=True)
def leg_swing_out(motion: Motion, side: Side) -> Curve:
    """Distance of the ankle outside the line from hip to landing place, (n,) cm; NaN where either is unseen."""
    middle, hip, ankle = motion.middle("hip"), motion.joint(side, "hip"), level_px(motion, side, "ankle")
    outward = -motion.medial(side)
    ankle_out, hip_out = outward * (ankle - middle)[:, 0], outward * (hip - middle)[:, 0]
    below = (ankle - hip)[:, 1]
    mids = [step.mid_stance_s for step in motion.steps if step.side is side]
    landed = np.array([(motion.at(ankle_out, t), motion.at(below, t)) for t in mids]).reshape(-1, 2)
    landed = landed[np.isfinite(landed).all(axis=1)]
    if not len(landed):
        return np.full(len(motion.track), np.nan)
    landed_out, landed_below = np.median(landed, axis=0)
    line_out = hip_out + np.clip(below / landed_below, 0.0, 1.0) * (landed_out - hip_out)
    return motion.in_cm(ankle_out - line_out)
