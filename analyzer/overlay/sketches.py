"""What is drawn for each metric: pure geometry by the metric's name, painted by `analyzer.overlay.judged`.

A metric is drawn either as an angle at a joint (between the line where it would read zero and the line that is
judged) or as a distance (between a plumb line and the point that is judged).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.overlay.moment import Moment
from analyzer.overlay.sketch import RIGHT, UP, AngleSketch, GapSketch, Sketch, rotated, unit
from analyzer.pose.landmarks import Side


class Phase(str, Enum):
    """While what is being judged the drawing is shown in the video."""

    CONTACT = "contact"
    MID_STANCE = "mid_stance"


class Focus(str, Enum):
    """The part of the body that fills a key frame."""

    BODY = "body"
    HIPS = "hips"
    LEGS = "legs"
    LEG = "leg"


@dataclass(frozen=True)
class Drawing:
    """How a metric is shown.

    Attributes:
        sketch: of a side at an instant.
        short: a name for the corner of a picture.
        phase: when a running step is judged; repetitions are shown while the leg is loaded.
        focus: what a key frame shows.
        quiet: left out of the video where it is on target, since others are drawn at the same joint.
        still: drawn on key frames only; the video would be crowded.
    """

    sketch: Callable[[Moment, Side], Sketch]
    short: str
    phase: Phase
    focus: Focus
    quiet: bool = False
    still: bool = False

    def offset(self, moment: Moment, side: Side, value: float) -> float:
        """By how much the bare picture reads more than the metric did, in the metric's unit; 0 where unknown.

        Metrics take off what the camera's angle adds, or the person's own flat foot; the drawing has to follow.
        """
        sketch = self.sketch(moment, side)
        if isinstance(sketch, AngleSketch):
            apart = (sketch.value_deg - value + 180.0) % 360.0 - 180.0
        else:
            apart = sketch.value_px * moment.cm_per_px - value
        return apart if math.isfinite(apart) else 0.0

    def shown(self, moment: Moment, side: Side, offset: float) -> Sketch:
        """What to draw when the bare picture reads that much too much."""
        sketch = self.sketch(moment, side)
        if isinstance(sketch, AngleSketch):
            return sketch.corrected(offset)
        return sketch.corrected(offset / moment.cm_per_px) if math.isfinite(moment.cm_per_px) else sketch

    def at(self, moment: Moment, side: Side, value: float) -> Sketch:
        """What to draw at the instant that the metric read as that value."""
        return self.shown(moment, side, self.offset(moment, side, value))


def _outwards(moment: Moment, side: Side) -> Floats:
    """Unit vector from the body towards that side's outside, in front and back views."""
    return -moment.motion.medial(side) * RIGHT


def _backwards(moment: Moment) -> Floats:
    """Unit vector towards the person's back, in side views."""
    return -float(moment.motion.camera.facing) * RIGHT


def _knee(moment: Moment, side: Side, turn: float, clear: Floats) -> AngleSketch:
    hip, knee, ankle = (moment.joint(side, name) for name in ("hip", "knee", "ankle"))
    return AngleSketch(
        vertex=knee,
        zero=unit(knee - hip),
        end=ankle,
        turn=turn,
        start=hip,
        reach_px=0.95 * float(np.linalg.norm(ankle - knee)),
        label_at=knee,
        label_towards=clear,
    )


def knee_valgus(moment: Moment, side: Side) -> Sketch:
    """The shank against the thigh's line carried on below the knee, in front and back views."""
    return _knee(moment, side, moment.motion.medial(side), _outwards(moment, side))


def knee_flexion(moment: Moment, side: Side) -> Sketch:
    """The shank against the thigh's line carried on below the knee, in side views."""
    return _knee(moment, side, float(moment.motion.camera.facing), -_backwards(moment))


def shank_angle(moment: Moment, side: Side) -> Sketch:
    """The shank against the plumb line through the knee."""
    knee, ankle = moment.joint(side, "knee"), moment.joint(side, "ankle")
    return AngleSketch(
        vertex=knee,
        zero=-UP,
        end=ankle,
        turn=-float(moment.motion.camera.facing),
        start=knee,
        reach_px=1.1 * float(np.linalg.norm(ankle - knee)),
        label_at=0.5 * (knee + ankle),
        label_towards=-_backwards(moment),
    )


def foot_strike_angle(moment: Moment, side: Side) -> Sketch:
    """The sole against the ground."""
    heel, toe = moment.joint(side, "heel"), moment.joint(side, "toe")
    along = toe - heel
    return AngleSketch(
        vertex=heel,
        zero=-_backwards(moment),
        end=heel + 1.25 * along,
        turn=-float(moment.motion.camera.facing),
        start=heel,
        reach_px=1.6 * float(np.linalg.norm(along)),
        label_at=heel + 1.25 * along,
        label_towards=-_backwards(moment),
    )


def pelvic_drop(moment: Moment, side: Side) -> Sketch:
    """The hip line against the horizontal through the stance hip."""
    stance = moment.joint(side, "hip")
    inwards = -_outwards(moment, side)
    across = _across_hips(moment, side)
    return AngleSketch(
        vertex=stance,
        zero=inwards,
        end=stance + 1.45 * across,
        turn=float(np.sign(inwards[0])),
        start=stance - 0.35 * across,
        reach_px=1.8 * float(np.linalg.norm(across)),
        label_at=stance + 1.8 * across,
        label_towards=inwards,
    )


def _across_hips(moment: Moment, side: Side) -> Floats:
    """(2,) from the side's hip to the other one, tilted as the pelvis was measured where clothes showed it."""
    across = moment.joint(side.other, "hip") - moment.joint(side, "hip")
    if not np.isfinite(moment.hips_tilt_deg):
        return across
    to_the_right = rotated(RIGHT, moment.hips_tilt_deg)
    return np.asarray(float(np.copysign(np.linalg.norm(across), across[0])) * to_the_right)


def hip_adduction(moment: Moment, side: Side) -> Sketch:
    """The thigh against the upright on the hip line."""
    hip, knee = moment.joint(side, "hip"), moment.joint(side, "knee")
    across = _across_hips(moment, side)
    turn = moment.motion.medial(side)
    return AngleSketch(
        vertex=hip,
        zero=rotated(unit(across), 90.0 * turn),
        end=knee,
        turn=-turn,
        start=hip + across,
        reach_px=float(np.linalg.norm(knee - hip)),
        label_at=0.5 * (hip + knee),
        label_towards=_outwards(moment, side),
    )


def _thigh(moment: Moment, side: Side, zero: Floats, start: Floats) -> AngleSketch:
    hip, knee = moment.joint(side, "hip"), moment.joint(side, "knee")
    return AngleSketch(
        vertex=hip,
        zero=zero,
        end=knee,
        turn=float(moment.motion.camera.facing),
        start=start,
        reach_px=1.1 * float(np.linalg.norm(knee - hip)),
        label_at=0.5 * (hip + knee),
        label_towards=_backwards(moment),
    )


def hip_extension(moment: Moment, side: Side) -> Sketch:
    """The thigh against the plumb line through the hip."""
    return _thigh(moment, side, -UP, moment.joint(side, "hip"))


def squat_depth(moment: Moment, side: Side) -> Sketch:
    """The thigh against the level through the knee; of both legs the one that is named, else the left."""
    side = Side.LEFT if side is Side.BOTH else side
    hip, knee = moment.joint(side, "hip"), moment.joint(side, "knee")
    back = RIGHT if hip[0] > knee[0] else -RIGHT
    return AngleSketch(
        vertex=knee,
        zero=back,
        end=hip,
        turn=-float(back[0]),
        start=knee,
        reach_px=1.1 * float(np.linalg.norm(hip - knee)),
        label_at=0.5 * (hip + knee),
        label_towards=UP,
    )


def trunk_shank_angle(moment: Moment, side: Side) -> Sketch:
    """The trunk against the line of the near shin, in side views."""
    side = Side(moment.motion.camera.view.value) if side is Side.BOTH else side
    shin = unit(moment.joint(side, "knee") - moment.joint(side, "ankle"))
    trunk = _trunk(moment, float(moment.motion.camera.facing), _backwards(moment))
    return replace(trunk, zero=shin)


def pelvic_tilt_proxy(moment: Moment, side: Side) -> Sketch:
    """The thigh against the trunk's line carried on below the hips."""
    trunk = moment.middle("shoulder") - moment.middle("hip")
    hip = moment.joint(side, "hip")
    return _thigh(moment, side, -unit(trunk), hip + trunk)


def rearfoot_angle(moment: Moment, side: Side) -> Sketch:
    """The heel against the shin carried on below the ankle."""
    knee, ankle, heel = (moment.joint(side, name) for name in ("knee", "ankle", "heel"))
    return AngleSketch(
        vertex=ankle,
        zero=unit(ankle - knee),
        end=ankle + 1.5 * (heel - ankle),
        turn=moment.motion.medial(side),
        start=knee,
        reach_px=2.0 * float(np.linalg.norm(heel - ankle)),
        label_at=ankle,
        label_towards=_outwards(moment, side),
    )


def leg_swing_out(moment: Moment, side: Side) -> Sketch:
    """The ankle outside the line from the hip to where that foot comes down."""
    hip, ankle = moment.joint(side, "hip"), moment.joint(side, "ankle")
    return _beside_plumb(moment, side, hip, ankle)


def step_width(moment: Moment, side: Side) -> Sketch:
    """The ankle beside the line on which the other foot comes down."""
    ankle, other = moment.joint(side, "ankle"), moment.joint(side.other, "ankle")
    return _beside_plumb(moment, side, np.array([other[0], moment.middle("hip")[1]]), ankle)


def _beside_plumb(moment: Moment, side: Side, top: Floats, mark: Floats) -> GapSketch:
    """A point outside the plumb line that hangs from another."""
    return GapSketch(
        top=top,
        foot=np.array([top[0], mark[1]]),
        mark=mark,
        positive=_outwards(moment, side),
        com=False,
        label_at=mark,
        label_towards=_outwards(moment, side),
    )


def _trunk(moment: Moment, turn: float, clear: Floats) -> AngleSketch:
    hips, shoulders = moment.middle("hip"), moment.middle("shoulder")
    return AngleSketch(
        vertex=hips,
        zero=UP,
        end=hips + 1.1 * (shoulders - hips),
        turn=turn,
        start=hips,
        reach_px=1.2 * float(np.linalg.norm(shoulders - hips)),
        label_at=hips + 0.8 * (shoulders - hips),
        label_towards=clear,
    )


def trunk_lean_lateral(moment: Moment, side: Side) -> Sketch:
    """Mid-hip to mid-shoulder against the vertical, in front and back views."""
    return _trunk(moment, -moment.motion.medial(side), _outwards(moment, side))


def trunk_lean_forward(moment: Moment, _side: Side) -> Sketch:
    """Mid-hip to mid-shoulder against the vertical, in side views."""
    return _trunk(moment, float(moment.motion.camera.facing), _backwards(moment))


def knee_over_toe(moment: Moment, side: Side) -> Sketch:
    """The knee beside the plumb line that stands on the toes."""
    knee, toe = moment.joint(side, "knee"), moment.joint(side, "toe")
    rise = float((knee - toe) @ UP)
    return GapSketch(
        top=toe + 1.35 * rise * UP,
        foot=toe,
        mark=knee,
        positive=-_outwards(moment, side),
        com=False,
        label_at=knee,
        label_towards=_outwards(moment, side),
    )


def foot_strike_position(moment: Moment, side: Side) -> Sketch:
    """The ankle ahead of the plumb line that hangs from the centre of mass."""
    ankle, toe = moment.joint(side, "ankle"), moment.joint(side, "toe")
    drop = max(float((moment.com_px - place) @ UP) for place in (ankle, toe))
    forwards = -_backwards(moment)
    return GapSketch(
        top=moment.com_px,
        foot=moment.com_px - drop * UP,
        mark=ankle,
        positive=forwards,
        com=True,
        label_at=0.5 * (ankle + toe),
        label_towards=-UP,
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "knee_over_toe": Drawing(knee_over_toe, "Inside toes", Phase.MID_STANCE, Focus.LEGS),
    "knee_valgus": Drawing(knee_valgus, "Knee in", Phase.MID_STANCE, Focus.LEGS),
    "pelvic_drop": Drawing(pelvic_drop, "Hip drop", Phase.MID_STANCE, Focus.HIPS),
    "trunk_lean_lateral": Drawing(trunk_lean_lateral, "Sideways lean", Phase.MID_STANCE, Focus.BODY),
    "foot_strike_position": Drawing(foot_strike_position, "Foot ahead", Phase.CONTACT, Focus.BODY),
    "foot_strike_angle": Drawing(foot_strike_angle, "Foot angle", Phase.CONTACT, Focus.LEG),
    "knee_flexion_contact": Drawing(knee_flexion, "Knee bend", Phase.CONTACT, Focus.LEGS, quiet=True),
    "shank_angle": Drawing(shank_angle, "Shin angle", Phase.CONTACT, Focus.LEGS, quiet=True),
    "trunk_lean_forward": Drawing(trunk_lean_forward, "Forward lean", Phase.MID_STANCE, Focus.BODY),
    "knee_flexion_midstance": Drawing(knee_flexion, "Knee bend", Phase.MID_STANCE, Focus.LEGS, still=True),
    "hip_extension": Drawing(hip_extension, "Hip extension", Phase.MID_STANCE, Focus.BODY, still=True),
    "pelvic_tilt_proxy": Drawing(pelvic_tilt_proxy, "Thigh to trunk", Phase.MID_STANCE, Focus.BODY, still=True),
    "hip_adduction": Drawing(hip_adduction, "Thigh in", Phase.MID_STANCE, Focus.LEGS, still=True),
    "step_width": Drawing(step_width, "Step width", Phase.MID_STANCE, Focus.LEGS, still=True),
    "leg_swing_out": Drawing(leg_swing_out, "Swing out", Phase.MID_STANCE, Focus.LEGS, still=True),
    "full_extension": Drawing(knee_flexion, "Knee bend", Phase.MID_STANCE, Focus.LEGS, still=True),
    "squat_depth": Drawing(squat_depth, "Thigh to level", Phase.MID_STANCE, Focus.LEGS, still=True),
    "trunk_shank_angle": Drawing(trunk_shank_angle, "Trunk to shin", Phase.MID_STANCE, Focus.BODY, still=True),
    "rearfoot_angle": Drawing(rearfoot_angle, "Heel tip", Phase.MID_STANCE, Focus.LEG, still=True),
}
"""By the metric's stable name."""

NOTHING_DRAWN: Final = frozenset(
    {
        "balance_sway", "box_height", "cadence", "contact_time", "duty_factor", "flight_time", "heel_whip", "hold_time",
        "impacts_per_km", "knee_over_toe_at_bend", "knee_separation", "knee_valgus_at_bend", "leg_stiffness",
        "rep_count", "rep_tempo", "step_time_symmetry", "trailing_push_off", "vertical_oscillation",
    }
)  # fmt: skip
"""Metrics that have no place on the body, or turn out of the picture."""
