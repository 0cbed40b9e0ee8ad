"""The judged angles and distances, painted at the joint while they are being read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.assessment import Assessment, EventInfo, Limits, MeasurementInfo, Verdict
from analyzer.motion.types import Motion
from analyzer.overlay import canvas
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.palette import PALE, STROKES, WHITE, rgb
from analyzer.overlay.sketch import AngleSketch, GapSketch, Sketch
from analyzer.overlay.sketches import DRAWINGS, Drawing, Phase
from analyzer.overlay.stamps import Stamp, label
from analyzer.overlay.standing import of_event
from analyzer.wording import amount

WINDOW_S: Final = {Phase.CONTACT: (0.02, 0.08), Phase.MID_STANCE: (0.10, 0.10)}
"""A running step's reading is drawn this long before and after it."""

REP_LABEL_S: Final = 0.4
"""A repetition is drawn as long as the leg is loaded, but its number only this long before and after the reading."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""

OPEN_DEG: Final = 15.0
"""How far a target with one limit is drawn on its open side."""


@dataclass(frozen=True)
class Label:
    """A number beside a joint, before it has found its place."""

    stamp: Stamp
    at: Floats
    towards: Floats
    gap_px: float


def paint(scene: Picture, sketch: Sketch, verdict: Verdict, pen: Pen) -> None:
    """Draw the judged line in the verdict's style, with the line at which the metric reads zero."""
    if isinstance(sketch, AngleSketch):
        _paint_angle(scene, sketch, verdict, pen)
    else:
        _paint_gap(scene, sketch, verdict, pen)


def paint_target(scene: Picture, sketch: Sketch, limits: Limits, cm_per_px: float) -> None:
    """Tint where the judged line or point would be on target."""
    low, high = limits.pass_low, limits.pass_high
    if low is None and high is None:
        return
    green = rgb(Verdict.PASS)
    if isinstance(sketch, AngleSketch):
        first = low if low is not None else min(-OPEN_DEG, (high or 0.0) - OPEN_DEG)
        last = high if high is not None else max(first + 2 * OPEN_DEG, OPEN_DEG)
        rays = [sketch.ray(a, sketch.reach_px) for a in np.linspace(first, last, 24)]
        canvas.fill(scene, np.vstack([sketch.vertex, *rays]), green, 0.38)
        for edge in (low, high):
            if edge is not None:
                canvas.polyline(scene, [sketch.vertex, sketch.ray(edge, sketch.reach_px)], green, 2, cased=False)
        return
    if not np.isfinite(cm_per_px):
        return
    depth = 0.5 * OPEN_DEG / cm_per_px
    first = (low / cm_per_px) if low is not None else min(0.0, (high or 0.0) / cm_per_px) - depth
    last = (high / cm_per_px) if high is not None else first + 2 * depth
    half = 0.25 * depth * canvas.upright(sketch.positive)
    a, b = sketch.base + first * sketch.positive, sketch.base + last * sketch.positive
    canvas.fill(scene, np.stack([a - half, b - half, b + half, a + half]), green, 0.38)


def place_labels(scene: Picture, labels: Iterable[Label]) -> None:
    """Put each number beside its joint, inside the picture, none on top of another."""
    height, width = scene.shape[:2]
    taken: list[Box] = []
    for item in labels:
        if not (np.isfinite(item.at).all() and np.isfinite(item.towards).all()):
            continue
        w, h = item.stamp.width, item.stamp.height
        ways = (item.towards, -item.towards, np.array([0.0, 1.0]), np.array([0.0, -1.0]))
        boxes = [_beside(item, way, w, h) for way in ways]
        cost = [_outside(box, width, height) + rank * 0.3 * w for rank, box in enumerate(boxes)]
        x, y, _, _ = boxes[int(np.argmin(cost))]
        x, y = float(np.clip(x, 2, max(2, width - w - 2))), float(np.clip(y, 2, max(2, height - h - 2)))
        for other in sorted(taken, key=lambda box: box[1]):
            if x < other[2] and x + w > other[0] and y < other[3] and y + h > other[1]:
                y = other[3] + 2
        taken.append((x, y, x + w, y + h))
        item.stamp.put(scene, x, y)


def _beside(item: Label, way: Floats, w: int, h: int) -> Box:
    """Where a plate lies that is pushed off its joint in that direction."""
    centre = item.at + way * (item.gap_px + 0.5 * float(np.abs(way) @ [w, h]))
    return float(centre[0] - w / 2), float(centre[1] - h / 2), float(centre[0] + w / 2), float(centre[1] + h / 2)


def _outside(box: Box, width: int, height: int) -> float:
    """By how many px a box sticks out of the picture."""
    return max(0.0, 2.0 - box[0]) + max(0.0, 2.0 - box[1]) + max(0.0, box[2] - width) + max(0.0, box[3] - height)


def _paint_angle(scene: Picture, sketch: AngleSketch, verdict: Verdict, pen: Pen) -> None:
    colour = rgb(verdict)
    value = sketch.value_deg
    if not np.isfinite(value):
        return
    radius = 0.45 * sketch.reach_px
    sweep = np.stack([sketch.ray(a, radius) for a in np.linspace(0.0, value, 16)])
    canvas.fill(scene, np.vstack([sketch.vertex, sweep]), colour, 0.45)
    canvas.dashed(scene, sketch.vertex, sketch.ray(0.0, sketch.reach_px), WHITE, pen.thin)
    canvas.polyline(scene, sweep, colour, pen.line)
    for a, b in ((sketch.start, sketch.vertex), (sketch.vertex, sketch.end)):
        canvas.stroke(scene, a, b, colour, pen.bold, STROKES[verdict])
    canvas.dot(scene, sketch.vertex, 0.9 * pen.bold, colour)


def _paint_gap(scene: Picture, sketch: GapSketch, verdict: Verdict, pen: Pen) -> None:
    colour = rgb(verdict)
    if not np.isfinite(sketch.value_px):
        return
    canvas.dashed(scene, sketch.top, sketch.foot, WHITE, pen.thin)
    canvas.stroke(scene, sketch.base, sketch.mark, colour, pen.bold, STROKES[verdict])
    tick = 2.0 * pen.bold * canvas.upright(sketch.positive)
    canvas.polyline(scene, [sketch.base - tick, sketch.base + tick], colour, pen.line)
    canvas.dot(scene, sketch.mark, 1.2 * pen.bold, colour)
    if sketch.com:
        canvas.centre_of_mass_mark(scene, sketch.top, 2.2 * pen.bold, PALE)
    else:
        canvas.dot(scene, sketch.foot, 0.9 * pen.bold, WHITE, hollow=True)


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


class JudgedAnnotator:
    """Draws the readings that are under way, each at its joint, with its number."""

    def __init__(self, assessment: Assessment) -> None:
        self._showings = showings(assessment, assessment.motion)
        timeline = Timeline(assessment.motion)
        self._offsets = [
            s.drawing.offset(timeline.at(s.event.t_s), s.measurement.side, s.event.value) for s in self._showings
        ]
        self._from = np.array([s.from_s for s in self._showings])
        self._until = np.array([s.until_s for s in self._showings])

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on the scene in place."""
        active = np.flatnonzero((self._from <= moment.time_s) & (moment.time_s <= self._until))
        pen = Pen.fitting(scene, moment.body_px)
        labels = []
        for index in active:
            showing = self._showings[index]
            sketch = showing.drawing.shown(moment, showing.measurement.side, self._offsets[index])
            paint(scene, sketch, showing.verdict, pen)
            if abs(moment.time_s - showing.event.t_s) <= showing.label_within_s:
                stamp = label(showing.tag, pen.text, showing.verdict)
                labels.append(Label(stamp, sketch.label_at, sketch.label_towards, 3.0 * pen.bold))
        place_labels(scene, labels)
