"""Shank angle as the foot lands.

Positive when the ankle is ahead of the knee. From the side, at initial contact. Source: Souza 2016,
doi:10.1016/j.pmr.2015.08.006. Differs: read at initial contact; at loading response it is some 10 degrees lower.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=SAGITTAL, phase=Phase.CONTACT, pose_error=2.6, event_error=2.7, per_yaw=0.02, per_roll=1.0,
    timed=True,
)  # fmt: skip
def shank_angle(motion: Motion, side: Side) -> Curve:
    """Angle of the line from knee to ankle against the vertical, (n,) deg."""
    shank = motion.joint(side, "ankle") - motion.joint(side, "knee")
    return np.asarray(np.degrees(np.arctan2(motion.camera.facing * shank[:, 0], shank[:, 1])))
