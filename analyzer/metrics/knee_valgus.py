"""Frontal plane projection angle: the knee falls inside the line from hip to ankle.

Positive when the knee is inward. From the front or the back; running at mid-stance, repetitions at the largest value of
the single-leg phase. Source: Munro et al. 2012, doi:10.1123/jsr.21.1.7; Willson & Davis 2008,
doi:10.2519/jospt.2008.2706. Differs: hip joint centres instead of skin marks at mid-thigh or pelvis.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Phase, metric
from analyzer.motion.body import bend_deg
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=1.5, event_error=2.0, per_yaw=0.76,
)  # fmt: skip
def knee_valgus(motion: Motion, side: Side) -> Curve:
    """Angle hip-knee-ankle in the picture, (n,) deg, 0 when straight; NaN where a joint is unseen."""
    bend = bend_deg(motion.joint(side, "hip"), motion.joint(side, "knee"), motion.joint(side, "ankle"))
    return motion.medial(side) * bend
