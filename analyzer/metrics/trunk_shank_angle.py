"""Trunk against shank at the lowest point of a squat: they lean about alike when hips and knees share the work.

Positive where the trunk leans further forward than the shank. From the side. Source: the project's notes on the squat,
alike within 15 degrees (PROPOSED there). Differs: mid-hip to mid-shoulder stands for the trunk, whose roundness no pose
model sees.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import RepMetric
from analyzer.motion.body import lean_deg
from analyzer.motion.types import SAGITTAL, Activity, Motion, Rep
from analyzer.pose.landmarks import Side


@RepMetric(
    unit="deg", views=SAGITTAL, activities=frozenset({Activity.SQUAT, Activity.SINGLE_LEG_SQUAT}),
    pose_error=3.0, event_error=4.0,
)  # fmt: skip
def trunk_shank_angle(motion: Motion, rep: Rep) -> float:
    """Forward lean of the trunk less that of the shank in degrees; the near shank in squats on two legs."""
    side = Side(motion.camera.view.value) if rep.side is Side.BOTH else rep.side
    trunk = lean_deg(motion.middle("shoulder"), motion.middle("hip"))
    shank = lean_deg(motion.joint(side, "knee"), motion.joint(side, "ankle"))
    return motion.at(np.asarray(motion.camera.facing * (trunk - shank)), rep.top_s)
