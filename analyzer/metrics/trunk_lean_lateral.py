"""Sideways lean of the trunk over the standing leg.

Positive towards the stance leg. From the front or the back; running at mid-stance, repetitions at the largest value of
the single-leg phase. Source: Dingenen et al. 2014, doi:10.1016/j.clinbiomech.2013.06.009. Differs: mid-hip to
mid-shoulder instead of pelvis marks to the sternum.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Errors, Metric, Phase
from analyzer.motion.body import lean_deg
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=1.15, event_error=1.2, per_roll=1.0, repeated=Errors(1.0, 1.05),
)  # fmt: skip
def trunk_lean_lateral(motion: Motion, side: Side) -> Curve:
    """Angle of the line from mid-hip to mid-shoulder against the vertical, (n,) deg."""
    return -motion.medial(side) * lean_deg(motion.middle("shoulder"), motion.middle("hip"))
