"""Largest knee flexion of the stance: how far the leg gives as it takes the load.

Positive flexed; 0 is a straight leg. From the side, at mid-stance, which is the instant of the largest flexion. Source:
Souza 2016, doi:10.1016/j.pmr.2015.08.006. Differs: joint centres in the picture.
"""

from __future__ import annotations

from analyzer.metrics.knee_flexion_contact import knee_flexion_contact
from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=SAGITTAL, phase=Phase.MID_STANCE, pose_error=7.8, event_error=8.0, per_yaw=0.1, hidden=1.7)
def knee_flexion_midstance(motion: Motion, side: Side) -> Curve:
    """Angle between thigh and shank in the picture, (n,) deg."""
    return knee_flexion_contact(motion, side)
