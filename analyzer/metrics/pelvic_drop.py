"""Contralateral pelvic drop: the swing-side hip sinks below the stance-side hip.

Positive when the swing hip is lower. From the front or the back; running at mid-stance, repetitions at the largest
value of the single-leg phase. Source: Bramah et al. 2018, doi:10.1177/0363546518793657. Differs: hip joint centres, not
iliac spines. The pose model keeps the hips nearly level whatever the pelvis does, hence the large uncertainty.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Metric, Phase
from analyzer.motion.types import FRONTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=4.5, event_error=4.5, per_roll=1.0, zeroed=True,
)  # fmt: skip
def pelvic_drop(motion: Motion, side: Side) -> Curve:
    """Angle of the hip line to the horizontal, (n,) deg, NaN where either hip is unseen."""
    across = motion.joint(side.other, "hip") - motion.joint(side, "hip")
    return np.asarray(np.degrees(np.arctan2(across[:, 1], np.abs(across[:, 0]))))
