"""What is drawn for each metric: pure geometry by the metric's name, painted by `analyzer.overlay.judged`.

A metric is drawn either as an angle at a joint (between the line where it would read zero and the line that is
judged) or as a distance (between a plumb line and the point that is judged). Turns are those seen on the screen:
+1 is clockwise, since x runs right and y down.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.overlay.moment import Moment
from analyzer.pose.landmarks import Side

UP: Final = np.array([0.0, -1.0])
RIGHT: Final = np.array([1.0, 0.0])
"""Metrics are read against the picture's own vertical and horizontal, and so they are drawn."""


@dataclass(frozen=True)
class AngleSketch:
    """An angle at a joint.

    Attributes:
        vertex: (2,) px.
        zero: (2,) unit vector of the line at which the metric reads 0.
        end: (2,) px, far end of the judged line.
        turn: +1 if positive values turn clockwise from zero, else -1.
        start: (2,) px where the judged line begins before it runs through the vertex; the vertex if it begins there.
        reach_px: length of the zero line.
        label_at: (2,) px beside which the number stands.
        label_towards: (2,) unit vector in which the number is pushed clear of the body.
    """

    vertex: Floats
    zero: Floats
    end: Floats
    turn: float
    start: Floats
    reach_px: float
    label_at: Floats
    label_towards: Floats

    @property
    def value_deg(self) -> float:
        """The angle as drawn, in the metric's sign."""
        ray = self.end - self.vertex
        cross = self.zero[0] * ray[1] - self.zero[1] * ray[0]
        return self.turn * math.degrees(math.atan2(float(cross), float(self.zero @ ray)))

    def corrected(self, offset_deg: float) -> AngleSketch:
        """The same judged line with the zero line turned, so that it reads that much less."""
        return replace(self, zero=rotated(self.zero, self.turn * offset_deg))

    def ray(self, value_deg: float, length_px: float) -> Floats:
        """(2,) px of the point at that value and distance from the vertex."""
        return self.vertex + length_px * rotated(self.zero, self.turn * value_deg)


@dataclass(frozen=True)
class GapSketch:
    """A distance from a plumb line.

    Attributes:
        top: (2,) px, upper end of the plumb line.
        foot: (2,) px, lower end.
        mark: (2,) px, the judged point.
        positive: (2,) unit vector in which the metric grows.
        com: whether the plumb line hangs from the centre of mass.
        label_at: (2,) px beside which the number stands.
        label_towards: (2,) unit vector in which the number is pushed clear of the body.
    """

    top: Floats
    foot: Floats
    mark: Floats
    positive: Floats
    com: bool
    label_at: Floats
    label_towards: Floats

    @property
    def base(self) -> Floats:
        """(2,) px of the point on the plumb line level with the mark."""
        return self.mark - float((self.mark - self.foot) @ self.positive) * self.positive

    @property
    def value_px(self) -> float:
        """The distance as drawn, in the metric's sign."""
        return float((self.mark - self.foot) @ self.positive)

    def corrected(self, offset_px: float) -> GapSketch:
        """The same judged point with the plumb line moved, so that it reads that much less."""
        shift = offset_px * self.positive
        return replace(self, top=self.top + shift, foot=self.foot + shift)


Sketch: TypeAlias = AngleSketch | GapSketch


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
    """

    sketch: Callable[[Moment, Side], Sketch]
    short: str
    phase: Phase
    focus: Focus
    quiet: bool = False

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


def rotated(vector: Floats, clockwise_deg: float) -> Floats:
    """The vector turned on the screen."""
    c, s = math.cos(math.radians(clockwise_deg)), math.sin(math.radians(clockwise_deg))
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]])


def unit(vector: Floats) -> Floats:
    """The vector at length 1, NaN where it has none."""
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else np.full(2, np.nan)


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


def knee_flexion_contact(moment: Moment, side: Side) -> Sketch:
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
    stance, swing = moment.joint(side, "hip"), moment.joint(side.other, "hip")
    inwards = -_outwards(moment, side)
    across = swing - stance
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
    "knee_flexion_contact": Drawing(knee_flexion_contact, "Knee bend", Phase.CONTACT, Focus.LEGS, quiet=True),
    "shank_angle": Drawing(shank_angle, "Shin angle", Phase.CONTACT, Focus.LEGS, quiet=True),
    "trunk_lean_forward": Drawing(trunk_lean_forward, "Forward lean", Phase.MID_STANCE, Focus.BODY),
}
"""By the metric's stable name."""

NOTHING_DRAWN: Final = frozenset({"cadence", "rep_count"})
"""Metrics that have no place on the body."""
