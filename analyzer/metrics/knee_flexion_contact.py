"""Knee flexion as the foot lands.

Positive flexed; 0 is a straight leg. From the side, at initial contact. Source: Bramah et al. 2018,
doi:10.1177/0363546518793657. Differs: joint centres in the picture instead of marker-based segments.
"""

from __future__ import annotations

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.body import bend_deg
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=SAGITTAL, phase=Phase.CONTACT, pose_error=3.5, event_error=4.5, per_yaw=0.02, timed=True)
def knee_flexion_contact(motion: Motion, side: Side) -> Curve:
    """Angle between thigh and shank in the picture, (n,) deg."""
    bend = bend_deg(motion.joint(side, "hip"), motion.joint(side, "knee"), motion.joint(side, "ankle"))
    return motion.camera.facing * bend
