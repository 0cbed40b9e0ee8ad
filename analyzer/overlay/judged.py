"""The judged angles and distances, painted at the joint while they are being read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Picture
from analyzer.assessment import Assessment, EventInfo, MeasurementInfo, Verdict
from analyzer.motion.types import Motion
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.marking import Label as Label
from analyzer.overlay.marking import marks, placed
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.raster import RgbSheet, draw
from analyzer.overlay.shapes import Layer
from analyzer.overlay.sketch import Sketch
from analyzer.overlay.sketches import DRAWINGS, Drawing, Phase
from analyzer.overlay.stamps import label
from analyzer.overlay.standing import of_event
from analyzer.wording import amount

WINDOW_S: Final = {Phase.CONTACT: (0.02, 0.08), Phase.MID_STANCE: (0.10, 0.10)}
"""A running step's reading is drawn this long before and after it."""

REP_LABEL_S: Final = 0.4
"""A repetition is drawn as long as the leg is loaded, but its number only this long before and after the reading."""


def paint(scene: Picture, sketch: Sketch, verdict: Verdict, pen: Pen) -> None:
    """Draw the judged line in the verdict's style, with the line at which the metric reads zero."""
    draw(RgbSheet(scene), [marks(sketch, verdict, pen)])


def place_labels(scene: Picture, labels: Iterable[Label]) -> None:
    """Put each number beside its joint, inside the picture, none on top of another."""
    height, width = scene.shape[:2]
    draw(RgbSheet(scene), [placed(labels, width, height)])


@dataclass(frozen=True)
class Showing:
    """One event's reading and the time it is on the screen, in real seconds; the number only near the reading."""

    measurement: MeasurementInfo
    event: EventInfo
    verdict: Verdict
    from_s: float
    until_s: float
    label_within_s: float

    @property
    def drawing(self) -> Drawing:
        """How the metric is shown."""
        return DRAWINGS[self.measurement.metric]

    @property
    def tag(self) -> str:
        """The number, and the metric's name where there is something to look at."""
        unit = self.measurement.unit
        value = amount(self.event.value, unit, 1 if unit == "cm" else 0)
        return value if self.verdict is Verdict.PASS else f"{self.drawing.short} {value}"


def showings(assessment: Assessment, motion: Motion) -> list[Showing]:
    """Every reading that can be drawn, in order of time."""
    found = []
    for measurement in assessment.measurements:
        drawing = DRAWINGS.get(measurement.metric)
        if drawing is None or drawing.still or measurement.value is None:
            continue
        for event in measurement.per_event:
            verdict = of_event(assessment, measurement, event)
            if verdict is Verdict.PASS and drawing.quiet:
                continue
            found += _on_screen(motion, measurement, event, verdict)
    return sorted(found, key=lambda showing: showing.from_s)


def _on_screen(motion: Motion, measurement: MeasurementInfo, event: EventInfo, verdict: Verdict) -> list[Showing]:
    rep = next((rep for rep in motion.reps if rep.index == event.index), None)
    if rep is not None:
        return [Showing(measurement, event, verdict, start, end, REP_LABEL_S) for start, end in rep.loaded]
    before, after = WINDOW_S[DRAWINGS[measurement.metric].phase]
    return [Showing(measurement, event, verdict, event.t_s - before, event.t_s + after, before + after)]


class JudgedAnnotator(Annotator):
    """Draws the readings that are under way, each at its joint, with its number.

    Args:
        assessment: of the clip, with its movement.
        margins_px: heights along the top and the bottom of the picture that numbers keep clear of.
    """

    def __init__(self, assessment: Assessment, margins_px: tuple[float, float] = (0.0, 0.0)) -> None:
        self._margins = margins_px
        self._showings = showings(assessment, assessment.motion)
        timeline = Timeline(assessment.motion)
        self._offsets = [
            s.drawing.offset(timeline.at(s.event.t_s), s.measurement.side, s.event.value) for s in self._showings
        ]
        self._from = np.array([s.from_s for s in self._showings])
        self._until = np.array([s.until_s for s in self._showings])

    def under_way(self, time_s: float) -> list[int]:
        """Which showings are on the screen."""
        return [int(i) for i in np.flatnonzero((self._from <= time_s) & (time_s <= self._until))]

    def metrics(self, time_s: float) -> frozenset[str]:
        """The metrics that are on the screen."""
        return frozenset(self._showings[index].measurement.metric for index in self.under_way(time_s))

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        pen = Pen.of(size_px, moment.body_px)
        layer: Layer = []
        labels = []
        for index in self.under_way(moment.time_s):
            showing = self._showings[index]
            sketch = showing.drawing.shown(moment, showing.measurement.side, self._offsets[index])
            layer += marks(sketch, showing.verdict, pen)
            if abs(moment.time_s - showing.event.t_s) <= showing.label_within_s:
                stamp = label(showing.tag, pen.text, showing.verdict)
                labels.append(Label(stamp, sketch.label_at, sketch.label_towards, 3.0 * pen.bold))
        return layer + placed(labels, *size_px, *self._margins)
