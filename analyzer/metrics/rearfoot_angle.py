"""Rearfoot angle: how far the heel tips under the shin from landing to mid-stance, a stand-in for the sinking arch.

Positive everted (the ankle rolls inwards). From behind. A phone sees neither the arch nor the heel bone in its shoe, so
the value itself means little: only a change between two clips of the same set-up, such as with and without a cue, can
show something. Source: Mousavi et al. 2020, two-dimensional rearfoot eversion. Differs: from the model's heel and ankle
points; only the excursion from contact, since the reference pose matters more than the runner.
"""

from __future__ import annotations

from analyzer.metrics.registry import BEHIND, Curve, Metric, Phase
from analyzer.motion.body import bend_deg, level_px
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=BEHIND, phase=Phase.CONTACT_TO_MID_STANCE, pose_error=19.5, event_error=20.0, of_leg=True)
def rearfoot_angle(motion: Motion, side: Side) -> Curve:
    """Angle of the line from ankle to heel against the shin carried on, (n,) deg; NaN where a point is unseen."""
    knee, ankle, heel = (level_px(motion, side, name) for name in ("knee", "ankle", "heel"))
    return motion.medial(side) * bend_deg(knee, ankle, heel)
