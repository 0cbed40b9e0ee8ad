"""Joint angles over the clip by the names and signs of OpenSim's coordinates, as far as one view shows them.

Names and signs are those of the full-body models of Rajagopal et al. 2016 (knee flexion positive; gait2392 has it
negative). x points ahead, y up, z to the person's right. Differs: angles between points in the picture, not of a model
fitted to them. From the side trunk and pelvis are taken for one piece, since the pelvis is not seen there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.errors import TrackError
from analyzer.exports.tracked import Tracked
from analyzer.motion.body import bend_deg, lean_deg
from analyzer.motion.camera import see_camera
from analyzer.motion.types import FRONTAL, SAGITTAL, View
from analyzer.pose.landmarks import SIDES, Side, point

SHORT: Final = {Side.LEFT: "l", Side.RIGHT: "r"}


@dataclass(frozen=True)
class JointAngle:
    """One coordinate: its name, and (n,) degrees, NaN where it was not seen."""

    name: str
    deg: Floats


def joint_angles(tracked: Tracked) -> tuple[JointAngle, ...]:
    """Every joint angle that the view shows.

    From the side: ``pelvis_tilt`` + backwards, ``hip_flexion`` + thigh ahead of the trunk's line, ``knee_angle`` +
    bent, ``ankle_angle`` + toes up, 0 where the sole is at right angles to the shin. From the front or the back:
    ``pelvis_list`` + right hip lower, ``lumbar_bending`` + trunk to the right of the hips' own upright,
    ``hip_adduction`` + thigh towards the other leg.

    Raises:
        TrackError: the person was filmed at an angle, where no joint angle shows.
    """
    view = tracked.view or see_camera(tracked.cleaned).view
    if view in SAGITTAL:
        return _from_the_side(tracked, facing=1.0 if view is View.RIGHT else -1.0)
    if view in FRONTAL:
        return _from_the_front(tracked, to_the_right=1.0 if view is View.BACK else -1.0)
    raise TrackError(
        "The person was filmed at an angle, where joint angles do not show; film from the side, the front or the back."
    )


def _from_the_side(tracked: Tracked, facing: float) -> tuple[JointAngle, ...]:
    lean = facing * lean_deg(_middle(tracked, "shoulder"), _middle(tracked, "hip"))
    found = [JointAngle("pelvis_tilt", -lean)]
    for side in SIDES:
        hip, knee, ankle = (_joint(tracked, side, name) for name in ("hip", "knee", "ankle"))
        sole = _joint(tracked, side, "toe") - _joint(tracked, side, "heel")
        found += [
            JointAngle(f"hip_flexion_{SHORT[side]}", _swung_deg(hip, knee, facing) + lean),
            JointAngle(f"knee_angle_{SHORT[side]}", facing * bend_deg(hip, knee, ankle)),
            JointAngle(f"ankle_angle_{SHORT[side]}", -facing * bend_deg(knee, ankle, ankle + sole) - 90.0),
        ]
    return tuple(found)


def _from_the_front(tracked: Tracked, to_the_right: float) -> tuple[JointAngle, ...]:
    across = _joint(tracked, Side.RIGHT, "hip") - _joint(tracked, Side.LEFT, "hip")
    lowered = np.degrees(np.arctan2(across[:, 1], to_the_right * across[:, 0]))
    lean = to_the_right * lean_deg(_middle(tracked, "shoulder"), _middle(tracked, "hip"))
    found = [JointAngle("pelvis_list", lowered), JointAngle("lumbar_bending", lean - lowered)]
    for side in SIDES:
        inwards = to_the_right if side is Side.LEFT else -to_the_right
        thigh = _swung_deg(_joint(tracked, side, "hip"), _joint(tracked, side, "knee"), inwards)
        own = lowered if side is Side.LEFT else -lowered
        found.append(JointAngle(f"hip_adduction_{SHORT[side]}", thigh + own))
    return tuple(found)


def _swung_deg(upper: Floats, lower: Floats, towards: float) -> Floats:
    """Angle (n,) of a segment against straight down, + with its lower end to the right times ``towards``."""
    span = lower - upper
    return np.asarray(np.degrees(np.arctan2(towards * span[:, 0], span[:, 1])))


def _joint(tracked: Tracked, side: Side, name: str) -> Floats:
    return tracked.cleaned.points_px[:, point(side, name)]


def _middle(tracked: Tracked, name: str) -> Floats:
    return 0.5 * (_joint(tracked, Side.LEFT, name) + _joint(tracked, Side.RIGHT, name))
