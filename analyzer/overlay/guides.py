"""Helping lines and marks: where the body's mass is over the landing foot, the horizon at the hips, feet that land."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.assessment import Assessment
from analyzer.motion.types import FRONTAL, Step
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.judged import WINDOW_S, JudgedAnnotator
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import PALE, WHITE
from analyzer.overlay.shapes import Layer, MassMark, Ring, dashed, line
from analyzer.overlay.sketch import RIGHT
from analyzer.overlay.sketches import Phase
from analyzer.pose.landmarks import SIDES, Side

RING_S: Final = 0.22
"""How long a landing shows, in real seconds."""

RING: Final = 0.05
"""Radius to which it grows, in body heights."""

SAYS_AS_MUCH: Final = frozenset({"foot_strike_position", "knee_over_toe"})
"""Metrics whose own plumb lines hang where the body's would."""

HORIZON: Final = 1.1
"""Half the length of the horizon's line, in distances between the hips."""


class GuideAnnotator(Annotator):
    """Draws the guides where no judged line says the same already."""

    def __init__(self, assessment: Assessment, judged: JudgedAnnotator) -> None:
        motion = assessment.motion
        landed = [step for step in motion.steps if np.isfinite(step.contact_s)]
        self._steps = sorted(landed, key=lambda step: step.contact_s)
        self._contacts = np.array([step.contact_s for step in self._steps])
        self._loaded = [span for rep in motion.reps for span in rep.loaded]
        self._frontal = motion.camera.view in FRONTAL
        self._stretch = motion.tempo.factor
        self._judged = judged

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        pen = Pen.of(size_px, moment.body_px)
        told = self._judged.metrics(moment.time_s)
        layer: Layer = []
        if self._frontal and "pelvic_drop" not in told and self._bears_weight(moment):
            layer += horizon(moment, pen)
        landed = self._landed(moment.time_s)
        if landed is not None:
            since_s = (moment.time_s - landed.contact_s) / self._stretch
            layer += landing(moment, landed.side, since_s / RING_S, pen)
            if not SAYS_AS_MUCH & told and since_s <= WINDOW_S[Phase.CONTACT][1]:
                layer += plumb(moment, landed.side, pen)
        return layer

    def _bears_weight(self, moment: Moment) -> bool:
        if moment.step is not None:
            return True
        return any(start <= moment.time_s <= end for start, end in self._loaded)

    def _landed(self, time_s: float) -> Step | None:
        """The step whose foot landed just now."""
        last = int(np.searchsorted(self._contacts, time_s, side="right")) - 1
        if last < 0 or not time_s - self._contacts[last] < RING_S * self._stretch:
            return None
        return self._steps[last]


def plumb(moment: Moment, side: Side, pen: Pen) -> Layer:
    """A plumb line from the centre of mass to the height of that side's foot."""
    top = moment.com_px
    ground = max(float(moment.joint(side, name)[1]) for name in ("heel", "toe"))
    foot = np.array([top[0], ground])
    tick = 3.0 * pen.bold * RIGHT
    return [
        dashed(top, foot, WHITE, pen.thin),
        line(foot - tick, foot + tick, colour=WHITE, width=pen.thin),
        MassMark(top, 2.2 * pen.bold, PALE),
    ]


def horizon(moment: Moment, pen: Pen) -> Layer:
    """The hip line, and the horizon through its middle."""
    left, right = (moment.joint(side, "hip") for side in SIDES)
    middle = 0.5 * (left + right)
    reach = HORIZON * abs(float(left[0] - right[0])) * RIGHT
    return [dashed(middle - reach, middle + reach, WHITE, pen.thin), line(left, right, colour=WHITE, width=pen.line)]


def landing(moment: Moment, side: Side, share: float, pen: Pen) -> Layer:
    """A ring that grows and fades round the foot that landed; share 0 to 1 of its time has passed."""
    at = 0.5 * (moment.joint(side, "heel") + moment.joint(side, "toe"))
    return [Ring(at, (0.3 + 0.7 * share) * RING * moment.body_px, WHITE, pen.line, alpha=0.9 * (1.0 - share))]
