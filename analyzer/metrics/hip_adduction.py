"""Hip adduction of the stance leg: the angle between the hip line and the thigh.

Positive adducted (the thigh towards the other leg). From the front or the back, at mid-stance. It is the thigh's own
inward lean plus the drop of the hip line, and so no surer than `pelvic_drop`. Source: Dingenen et al. 2018, hip
adduction in two dimensions. Differs: hip joint centres, not iliac spines, and what the camera's yaw does to a thigh
that points forward is taken off.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.pelvic_drop import pelvic_drop
from analyzer.metrics.registry import Curve, Errors, Metric, Phase
from analyzer.motion.body import segment_fake_deg
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, pose_error=5.6, event_error=6.0, per_yaw=0.5, of_leg=True,
    clothed=Errors(4.4, 4.8, 0.5),
)  # fmt: skip
def hip_adduction(motion: Motion, side: Side) -> Curve:
    """Inward lean of the thigh in the picture plus hip drop, (n,) deg; NaN where hip or knee is unseen."""
    thigh = motion.joint(side, "knee") - motion.joint(side, "hip")
    fake = segment_fake_deg(thigh, motion.segment_px("thigh"), motion.ahead_x(side))
    inward = motion.medial(side) * (np.degrees(np.arctan2(thigh[:, 0], thigh[:, 1])) - fake)
    return np.asarray(inward + pelvic_drop(motion, side))
