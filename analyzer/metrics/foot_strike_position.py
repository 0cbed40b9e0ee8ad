"""Where the foot lands: the ankle ahead of the centre of mass at initial contact.

Positive ahead. From the side. Source: Wille et al. 2014, doi:10.2519/jospt.2014.5185. Differs: the ankle joint instead
of the heel. In steady running the foot has to land some way ahead; the targets grow with leg length.
"""

from __future__ import annotations

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="cm", views=SAGITTAL, phase=Phase.CONTACT, pose_error=0.9, event_error=1.9, per_yaw=0.02, timed=True,
    scaled=True,
)  # fmt: skip
def foot_strike_position(motion: Motion, side: Side) -> Curve:
    """Horizontal distance from the centre of mass to the ankle, (n,) cm, along the direction of travel."""
    ahead_px = motion.camera.facing * (motion.joint(side, "ankle") - motion.com_px)[:, 0]
    return motion.in_cm(ahead_px)
