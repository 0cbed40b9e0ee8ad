"""Frontal plane projection angle: the knee falls inside the line from hip to ankle.

Positive when the knee is inward. From the front or the back; running at mid-stance, repetitions at the largest value of
the single-leg phase. Source: Munro et al. 2012, doi:10.1123/jsr.21.1.7; Willson & Davis 2008,
doi:10.2519/jospt.2008.2706. Differs: hip joint centres instead of skin marks at mid-thigh or pelvis, and what the
camera's yaw and nearness do to a bent knee is taken off.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Metric, Phase
from analyzer.motion.body import bend_deg, yaw_fake_deg
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=2.9, event_error=3.0, per_yaw=1.0, of_leg=True,
)  # fmt: skip
def knee_valgus(motion: Motion, side: Side) -> Curve:
    """Angle hip-knee-ankle in the picture, (n,) deg, 0 when straight; NaN where a joint is unseen."""
    hip, knee, ankle = (motion.joint(side, name) for name in ("hip", "knee", "ankle"))
    thigh_px, shank_px = motion.segment_px("thigh"), motion.segment_px("shank")
    fake = yaw_fake_deg(knee - hip, ankle - knee, thigh_px, shank_px, motion.ahead_x(side))
    return motion.medial(side) * (bend_deg(hip, knee, ankle) - fake)
