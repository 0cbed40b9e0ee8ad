"""A stand-in for the forward tilt of the pelvis: how far the thigh gets behind the line of the trunk at push-off.

Positive with the thigh behind the trunk's line carried on below the hips. From the side. The pose model has one point
per hip, so the tilt itself is not seen by a phone; what the hip joint cannot give, pelvis and lower back add by tipping
forward (Schache et al. 2000 find more tilt with less hip extension). The value says nothing of one person's tilt: only
a change between two clips of the same set-up can show something. Source: the project's notes, PROPOSED. Differs:
nothing to differ from.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.hip_extension import hip_extension
from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.metrics.trunk_lean_forward import trunk_lean_forward
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=SAGITTAL, phase=Phase.PUSH_OFF, pose_error=3.0, event_error=3.5, per_yaw=0.1)
def pelvic_tilt_proxy(motion: Motion, side: Side) -> Curve:
    """Angle of the thigh against the trunk's line, (n,) deg, 0 when they are in line."""
    return np.asarray(hip_extension(motion, side) - trunk_lean_forward(motion, side))
