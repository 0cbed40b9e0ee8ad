"""Hip extension: how far the thigh gets behind the body as the foot pushes off.

Positive with the knee behind the hip. From the side, at its largest around toe-off. Source: Souza 2016,
doi:10.1016/j.pmr.2015.08.006, who gives no norm. Differs: the thigh against the vertical, since the pelvis is not seen.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(
    unit="deg", views=SAGITTAL, phase=Phase.PUSH_OFF, pose_error=1.5, event_error=2.0, per_yaw=0.1, per_roll=1.0,
    hidden=2.1,
)  # fmt: skip
def hip_extension(motion: Motion, side: Side) -> Curve:
    """Angle of the line from hip to knee against the vertical, (n,) deg, 0 when upright."""
    thigh = motion.joint(side, "knee") - motion.joint(side, "hip")
    return np.asarray(np.degrees(np.arctan2(-motion.camera.facing * thigh[:, 0], thigh[:, 1])))
