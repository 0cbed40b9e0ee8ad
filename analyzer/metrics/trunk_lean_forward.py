"""Forward lean of the trunk.

Positive forward. From the side; running at mid-stance, repetitions at the largest value of the single-leg phase.
Source: Teng & Powers 2014, doi:10.2519/jospt.2014.5575. Differs: read at mid-stance, mid-hip to mid-shoulder.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Metric, Phase
from analyzer.motion.body import lean_deg
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=SAGITTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=1.5, event_error=1.7, per_yaw=0.02, per_roll=1.0,
)  # fmt: skip
def trunk_lean_forward(motion: Motion, side: Side) -> Curve:
    """Angle of the line from mid-hip to mid-shoulder against the vertical, (n,) deg; the same for both sides."""
    return motion.camera.facing * lean_deg(motion.middle("shoulder"), motion.middle("hip"))
