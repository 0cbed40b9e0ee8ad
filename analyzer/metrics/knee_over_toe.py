"""Knee over the foot: how far the knee lies inside the big toe.

Positive when the knee is medial to the toe. From the front or the back; running at mid-stance, repetitions at the
largest value of the single-leg phase. Source: the knee item of the lateral step-down scale, Piva et al. 2006,
doi:10.1186/1471-2474-7-33, and Rabin et al. 2010, doi:10.2519/jospt.2010.3424. Differs: the tip of the foot stands for
the second toe, the knee joint for the tibial tuberosity, and the distance is given in cm.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Metric, Phase
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="cm", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=1.35, event_error=1.4, per_yaw=0.09, scaled=True, of_leg=True,
)  # fmt: skip
def knee_over_toe(motion: Motion, side: Side) -> Curve:
    """Horizontal distance from toe to knee, (n,) cm; NaN where a point is unseen or the size is unknown."""
    inside_px = motion.medial(side) * (motion.joint(side, "knee") - motion.joint(side, "toe"))[:, 0]
    return motion.in_cm(inside_px)
