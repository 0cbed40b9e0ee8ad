"""Contralateral pelvic drop: the swing-side hip sinks below the stance-side hip.

Positive when the swing hip is lower. From the front or the back; running at mid-stance, repetitions at the largest
value of the single-leg phase. Source: Bramah et al. 2018, doi:10.1177/0363546518793657. Differs: of runners, the tilt
of their clothes' edges at the hips, since the pose model keeps the hips nearly level whatever the pelvis does; both
sides get the same, as how the clothes hang is not known. Of repetitions, and where the pictures are not known, that of
the line between the hip joints, hence with a larger uncertainty.
"""

from __future__ import annotations

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Errors, Metric, Phase
from analyzer.motion.pelvis import drop_deg
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=4.5, event_error=4.5, per_roll=1.0, zeroed=True, clothed=Errors(3.0, 3.0),
)  # fmt: skip
def pelvic_drop(motion: Motion, side: Side) -> Curve:
    """Tilt of the pelvis to the side, (n,) deg, NaN where it is unseen."""
    return drop_deg(motion, side)
