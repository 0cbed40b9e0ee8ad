"""What the form of an exercise is read from: one curve over the clip for each name, of a leg or of the body.

Angles are in degrees and lengths in % of body height. Positive is flexion, inward, forward, up or apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.exercises.tables import CurveName
from analyzer.metrics.knee_over_toe import knee_over_toe
from analyzer.metrics.pelvic_drop import pelvic_drop
from analyzer.motion.body import bend_deg, height_px, lean_deg, level_px, segment_fake_deg
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import INDEX, SIDES, Side

CurveFunction: TypeAlias = Callable[[Motion, Side], Floats]


def curve(name: CurveName, motion: Motion, leg: Side) -> Floats:
    """(n,) NaN where unseen; of that leg, or of whichever leg the camera is nearer to where both are meant."""
    return _CURVES[name](motion, leg)


def curve_words(name: CurveName) -> str:
    """What a curve is, from its own docstring; a metric's is told by the metric, and none where Python drops them."""
    function = _CURVES[name]
    if function.__module__ != __name__:
        return f"As `{name}`."
    return " ".join((function.__doc__ or "").split()).replace("``", "`")


def _percent(motion: Motion, lengths_px: Floats) -> Floats:
    return np.asarray(100.0 * lengths_px / height_px(motion.track.points_px, motion.times_s))


def _ear(motion: Motion, leg: Side) -> Floats:
    return motion.track.points_px[:, INDEX[f"{leg.value}_ear"]]


def _knee_bend(motion: Motion, leg: Side) -> Floats:
    """How far the shank turns away from the line of the thigh; 0 when straight."""
    return np.asarray(np.abs(bend_deg(*(motion.joint(leg, name) for name in ("hip", "knee", "ankle")))))


def _hip_bend(motion: Motion, leg: Side) -> Floats:
    """How far the thigh turns away from the line of the trunk, + forward."""
    turn = bend_deg(motion.middle("shoulder"), motion.middle("hip"), motion.joint(leg, "knee"))
    return np.asarray(-motion.camera.facing * turn)


def _trunk_forward(motion: Motion, _leg: Side) -> Floats:
    """Lean of the line from mid-hip to mid-shoulder from upright, + forward."""
    return np.asarray(motion.camera.facing * lean_deg(motion.middle("shoulder"), motion.middle("hip")))


def _head_line(motion: Motion, leg: Side) -> Floats:
    """How far the head turns away from the line of the trunk, either way."""
    ends = (motion.middle("hip"), motion.middle("shoulder"), _ear(motion, leg))
    return bend_deg(*ends)


def _hands_from_shins(motion: Motion, leg: Side) -> Floats:
    """How far the wrist is in front of the shin, or of its prolongation upwards."""
    knee, ankle, wrist = (motion.joint(leg, name) for name in ("knee", "ankle", "wrist"))
    rise = ankle[:, 1] - knee[:, 1]
    share = (ankle[:, 1] - wrist[:, 1]) / np.where(np.abs(rise) > 0, rise, np.nan)
    shin_x = ankle[:, 0] + np.minimum(share, 1.0) * (knee[:, 0] - ankle[:, 0])
    return _percent(motion, motion.camera.facing * (wrist[:, 0] - shin_x))


def _hands_height(motion: Motion, leg: Side) -> Floats:
    """Height of the wrist above the ankle."""
    return _percent(motion, motion.joint(leg, "ankle")[:, 1] - motion.joint(leg, "wrist")[:, 1])


def _hands_over_head(motion: Motion, _leg: Side) -> Floats:
    """Height of the lower wrist above the ears."""
    wrists = np.max([motion.joint(side, "wrist")[:, 1] for side in SIDES], axis=0)
    ears = 0.5 * (_ear(motion, Side.LEFT) + _ear(motion, Side.RIGHT))[:, 1]
    return _percent(motion, ears - wrists)


def _shin_inward(motion: Motion, leg: Side) -> Floats:
    """Lean of the shin from upright in a view from the front or the back, + with the knee towards the other leg.

    What the camera's yaw and nearness do to a shin that points ahead is taken off, as for `knee_valgus`.
    """
    knee, ankle = motion.joint(leg, "knee"), motion.joint(leg, "ankle")
    fake = segment_fake_deg(ankle - knee, motion.segment_px("shank"), motion.ahead_x(leg))
    return np.asarray(motion.medial(leg) * (lean_deg(knee, ankle) - fake))


def _shin_forward(motion: Motion, leg: Side) -> Floats:
    """Lean of the shin from upright seen from the side, + with the knee ahead of the ankle."""
    return np.asarray(motion.camera.facing * lean_deg(motion.joint(leg, "knee"), motion.joint(leg, "ankle")))


def _apart(motion: Motion, name: str) -> Floats:
    return np.asarray(np.abs(level_px(motion, Side.LEFT, name)[:, 0] - level_px(motion, Side.RIGHT, name)[:, 0]))


def _stance_over_hips(motion: Motion, _leg: Side) -> Floats:
    """Distance of the ankles over that of the hip joints."""
    return np.asarray(_apart(motion, "ankle") / _apart(motion, "hip"))


def _knees_over_ankles(motion: Motion, _leg: Side) -> Floats:
    """Distance of the knees over that of the ankles, as in squats."""
    return np.asarray(_apart(motion, "knee") / _apart(motion, "ankle"))


def _hips_beside_feet(motion: Motion, _leg: Side) -> Floats:
    """How far the middle of the hips is from above the middle of the feet, + towards the picture's right."""
    feet = 0.5 * (level_px(motion, Side.LEFT, "ankle") + level_px(motion, Side.RIGHT, "ankle"))
    return _percent(motion, (motion.middle("hip") - feet)[:, 0])


def _hips_over_foot(motion: Motion, leg: Side) -> Floats:
    """How far the middle of the hips is beside the ankle of the leg that stands, along the picture."""
    return _percent(motion, (motion.middle("hip") - motion.joint(leg, "ankle"))[:, 0])


def _hips_line(motion: Motion, _leg: Side) -> Floats:
    """Tilt of the line through the hips, either way."""
    span = motion.joint(Side.RIGHT, "hip") - motion.joint(Side.LEFT, "hip")
    return np.asarray(np.degrees(np.arctan(span[:, 1] / span[:, 0])))


def _heel_height(motion: Motion, leg: Side) -> Floats:
    """Height of the heel above the toe."""
    return _percent(motion, motion.joint(leg, "toe")[:, 1] - motion.joint(leg, "heel")[:, 1])


def _thigh_level(motion: Motion, leg: Side) -> Floats:
    """Angle of the thigh to the level, + with the knee above the hip; by its vertical extent."""
    rise = (motion.joint(leg, "hip") - motion.joint(leg, "knee"))[:, 1] / motion.segment_px("thigh")
    return np.asarray(np.degrees(np.arcsin(np.clip(rise, -1.0, 1.0))))


_CURVES: Final[dict[CurveName, CurveFunction]] = {
    "knee_bend": _knee_bend,
    "hip_bend": _hip_bend,
    "trunk_forward": _trunk_forward,
    "head_line": _head_line,
    "hands_from_shins": _hands_from_shins,
    "hands_height": _hands_height,
    "hands_over_head": _hands_over_head,
    "shin_inward": _shin_inward,
    "shin_forward": _shin_forward,
    "stance_over_hips": _stance_over_hips,
    "hips_beside_feet": _hips_beside_feet,
    "hips_line": _hips_line,
    "hips_over_foot": _hips_over_foot,
    "knees_over_ankles": _knees_over_ankles,
    "knee_over_toe": knee_over_toe,
    "pelvic_drop": pelvic_drop,
    "heel_height": _heel_height,
    "thigh_level": _thigh_level,
}
