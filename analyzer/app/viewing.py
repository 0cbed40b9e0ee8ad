"""What the viewer draws: the pose of every frame, events to jump to, stretches to loop, and curves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

import numpy as np

from analyzer.app.recall import recall
from analyzer.arrays import Floats
from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.folder import PACE
from analyzer.motion.types import Motion
from analyzer.overlay.judged import showings
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.palette import WORDS
from analyzer.overlay.skeleton import far_side
from analyzer.overlay.sketch import AngleSketch, Sketch
from analyzer.overlay.sketches import DRAWINGS, Drawing
from analyzer.pose.landmarks import BONES, INDEX, NAMES, Side
from analyzer.report.order import by_weight
from analyzer.schema import Model, Number
from analyzer.wording import UNITS, limits_text, reading_text

TRAILS: Final = ("knee", "ankle", "foot_index")

MOST_POINTS: Final = 4000
"""Frames of a track beyond which only every second, third … goes to the viewer."""


class Bone(Model):
    """Two landmarks that are joined, and whose side they belong to."""

    ends: tuple[int, int]
    side: Side


class Happening(Model):
    """Something to jump to; times are those of the file as it plays, in s."""

    t_s: Number
    kind: Literal["contact", "toe_off", "start", "top", "end"]
    side: Side
    label: str


class Stretch(Model):
    """One step or repetition, to be looped."""

    from_s: Number
    until_s: Number
    side: Side
    label: str


class Mark(Model):
    """The value that was read at one event."""

    t_s: Number
    value: Number
    from_s: Number
    until_s: Number
    verdict: Verdict


class Curve(Model):
    """One metric of one side over the whole clip, as the drawing on the picture reads.

    ``drawing`` holds four places in px for each frame: of an angle the judged line's beginning, the joint, its end and
    the end of the line that reads zero; of a gap the plumb line's top and foot, and the gap's two ends.
    """

    metric: str
    title: str
    side: Side
    unit: str
    reading: str
    target: str
    verdict: Verdict
    word: str
    pass_low: Number | None
    pass_high: Number | None
    kind: Literal["angle", "gap"]
    values: tuple[Number | None, ...]
    drawing: tuple[tuple[int, ...] | None, ...]
    marks: tuple[Mark, ...]


class View(Model):
    """Everything the viewer needs besides the video; ``points`` holds x and y in px in turn, by landmark.

    ``overlay_s`` is when the overlay video shows each frame, which may be slower than the clip.
    """

    title: str
    headline: str
    width: int
    height: int
    body_px: Number
    times_s: tuple[Number, ...]
    overlay_s: tuple[Number, ...]
    points: tuple[tuple[int | None, ...] | None, ...]
    com: tuple[tuple[int, int] | None, ...]
    bones: tuple[Bone, ...]
    far: Side | None
    trails: dict[Side, tuple[int, ...]]
    hips: tuple[int, int]
    happenings: tuple[Happening, ...]
    stretches: tuple[Stretch, ...]
    curves: tuple[Curve, ...]


def view_of(folder: Path, assessment: Assessment, title: str) -> View:
    """What the viewer shows of a result folder.

    Raises:
        TrackError: the folder has no track that can be read.
    """
    motion = recall(folder, assessment)
    factor = assessment.clip.slow_motion_factor
    timeline = Timeline(motion)
    times = motion.times_s[:: -(-len(motion.track) // MOST_POINTS)]
    moments = [timeline.at(float(time)) for time in times]
    played = [round(float(time) * factor, 5) for time in times]
    sizes = np.array([moment.body_px for moment in moments])
    return View(
        title=title,
        headline=assessment.headline,
        width=assessment.clip.width,
        height=assessment.clip.height,
        body_px=float(np.nanmedian(sizes)) if np.isfinite(sizes).any() else 0.5 * assessment.clip.height,
        times_s=tuple(played),
        overlay_s=tuple(_overlay_times(folder / PACE, played)),
        points=tuple(_places(moment.points_px) for moment in moments),
        com=tuple(_place(moment.com_px) for moment in moments),
        bones=tuple(_bones()),
        far=far_side(assessment.camera.view),
        trails={side: tuple(INDEX[f"{side.value}_{name}"] for name in TRAILS) for side in (Side.LEFT, Side.RIGHT)},
        hips=(INDEX["left_hip"], INDEX["right_hip"]),
        happenings=tuple(sorted(_happenings(assessment, factor), key=lambda each: each.t_s)),
        stretches=tuple(_stretches(assessment, factor)),
        curves=tuple(_curves(assessment, motion, timeline, moments)),
    )


def _overlay_times(path: Path, times_s: Sequence[float]) -> Sequence[float]:
    """When the overlay shows what the clip shows at some times; the same where nobody says otherwise."""
    try:
        knots = [(float(knot["clip_s"]), float(knot["overlay_s"])) for knot in json.loads(path.read_bytes())["knots"]]
    except (OSError, ValueError, KeyError, TypeError):
        return times_s
    if not knots:
        return times_s
    clip_s, overlay_s = zip(*knots, strict=True)
    return [round(float(time), 5) for time in np.interp(times_s, clip_s, overlay_s)]


def _places(points_px: Floats) -> tuple[int | None, ...] | None:
    seen = np.isfinite(points_px)
    if not seen.any():
        return None
    return tuple(round(float(v)) if ok else None for v, ok in zip(points_px.ravel(), seen.ravel(), strict=True))


def _place(point_px: Floats) -> tuple[int, int] | None:
    return (round(float(point_px[0])), round(float(point_px[1]))) if np.isfinite(point_px).all() else None


def _bones() -> Iterable[Bone]:
    for a, b in BONES:
        sides = {NAMES[end].split("_")[0] for end in (a, b)}
        yield Bone(ends=(a, b), side=Side(sides.pop()) if len(sides) == 1 else Side.BOTH)


def _happenings(assessment: Assessment, factor: float) -> Iterable[Happening]:
    for step in assessment.steps:
        name = f"step {step.index + 1}, {step.side.value}"
        if step.contact_s is not None:
            yield Happening(t_s=step.contact_s * factor, kind="contact", side=step.side, label=f"Contact, {name}")
        if step.toe_off_s is not None:
            yield Happening(t_s=step.toe_off_s * factor, kind="toe_off", side=step.side, label=f"Toe-off, {name}")
    for rep in assessment.reps:
        name = _rep_name(rep.index, rep.side)
        yield Happening(t_s=rep.start_s * factor, kind="start", side=rep.side, label=f"Begin, {name}")
        yield Happening(t_s=rep.top_s * factor, kind="top", side=rep.side, label=f"Turning point, {name}")
        yield Happening(t_s=rep.end_s * factor, kind="end", side=rep.side, label=f"End, {name}")


def _stretches(assessment: Assessment, factor: float) -> Iterable[Stretch]:
    for rep in assessment.reps:
        name = _rep_name(rep.index, rep.side)
        yield Stretch(from_s=rep.start_s * factor, until_s=rep.end_s * factor, side=rep.side, label=name.capitalize())
    # A step lasts until the next one begins: the flight belongs to it.
    begun = [(step, step.contact_s) for step in assessment.steps if step.contact_s is not None]
    for (step, contact), (_, following) in pairwise(begun):
        if following > contact:
            label = f"Step {step.index + 1}, {step.side.value}"
            yield Stretch(from_s=contact * factor, until_s=following * factor, side=step.side, label=label)


def _rep_name(index: int, side: Side) -> str:
    return f"repetition {index + 1}" + (f", {side.value}" if side is not Side.BOTH else "")


def _curves(assessment: Assessment, motion: Motion, timeline: Timeline, moments: Sequence[Moment]) -> Iterable[Curve]:
    factor = assessment.clip.slow_motion_factor
    shown = {(s.measurement.metric, s.measurement.side, s.event.index): s for s in showings(assessment, motion)}
    for measurement in by_weight(assessment, assessment.measurements):
        drawing = DRAWINGS.get(measurement.metric)
        if drawing is None or measurement.value is None:
            continue
        offset = _offset(drawing, measurement, timeline)
        sketches = [drawing.shown(moment, measurement.side, offset) for moment in moments]
        values = [_value(sketch, moment) for sketch, moment in zip(sketches, moments, strict=True)]
        marks = []
        for event in measurement.per_event:
            showing = shown.get((measurement.metric, measurement.side, event.index))
            first, last = (event.t_s, event.t_s) if showing is None else (showing.from_s, showing.until_s)
            verdict = measurement.verdict if showing is None else showing.verdict
            marks.append(
                Mark(t_s=event.t_s * factor, value=event.value, from_s=first * factor, until_s=last * factor,
                     verdict=verdict)
            )  # fmt: skip
        yield _curve(measurement, sketches, values, marks)


def _curve(
    measurement: MeasurementInfo, sketches: Sequence[Sketch], values: Sequence[float], marks: Sequence[Mark]
) -> Curve:
    limits = measurement.limits
    return Curve(
        metric=measurement.metric,
        title=measurement.title,
        side=measurement.side,
        unit=UNITS.get(measurement.unit, f" {measurement.unit}"),
        reading=reading_text(measurement),
        target=limits_text(limits, measurement.unit) if limits is not None else "",
        verdict=measurement.verdict,
        word=WORDS[measurement.verdict],
        pass_low=limits.pass_low if limits is not None else None,
        pass_high=limits.pass_high if limits is not None else None,
        kind="angle" if isinstance(sketches[0], AngleSketch) else "gap",
        values=tuple(round(value, 2) if np.isfinite(value) else None for value in values),
        drawing=tuple(map(_lines, sketches)),
        marks=tuple(marks),
    )


def _offset(drawing: Drawing, measurement: MeasurementInfo, timeline: Timeline) -> float:
    """By how much the bare picture reads more than the metric does, in the middle over its events."""
    apart = [drawing.offset(timeline.at(e.t_s), measurement.side, e.value) for e in measurement.per_event]
    return float(np.median(apart)) if apart else 0.0


def _value(sketch: Sketch, moment: Moment) -> float:
    return sketch.value_deg if isinstance(sketch, AngleSketch) else sketch.value_px * moment.cm_per_px


def _lines(sketch: Sketch) -> tuple[int, ...] | None:
    places: tuple[Floats, ...]
    if isinstance(sketch, AngleSketch):
        places = (sketch.start, sketch.vertex, sketch.end, sketch.ray(0.0, sketch.reach_px))
    else:
        places = (sketch.top, sketch.foot, sketch.base, sketch.mark)
    flat = np.concatenate(places)
    return tuple(round(float(v)) for v in flat) if np.isfinite(flat).all() else None
