"""Heel whip: the foot turns about its own line of travel just after it has left the ground.

Positive medial: the heel turns towards the other leg, the toes out. From behind, as the mean of the early swing, less
the foot's own toe-out while it stands. Source: Souza et al. 2015. Differs: the line from heel to toe instead of the
sole's outline, its sideways part held against the foot's length; what the camera's yaw does to a foot that points
ahead is taken off. A whip of 5 degrees and more is common (54 % of feet).
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import BEHIND, Curve, Metric, Phase
from analyzer.motion.body import foot_px
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=BEHIND, phase=Phase.EARLY_SWING, pose_error=3.5, event_error=5.0, per_yaw=0.7, of_leg=True)
def heel_whip(motion: Motion, side: Side) -> Curve:
    """Turn of the toes outwards, (n,) deg, 0 as the foot stands; NaN where heel or toe is unseen."""
    foot = (motion.joint(side, "toe") - motion.joint(side, "heel")) / foot_px(motion)
    ahead = np.sqrt(np.clip(1.0 - (foot**2).sum(axis=1), 0.0, 1.0))
    across = -motion.medial(side) * (foot[:, 0] - ahead * motion.ahead_x(side))
    out = np.degrees(np.arcsin(np.clip(across, -1.0, 1.0)))
    standing = np.array([motion.at(out, step.mid_stance_s) for step in motion.steps if step.side is side])
    standing = standing[np.isfinite(standing)]
    return np.asarray(out - (np.median(standing) if len(standing) else np.nan))
