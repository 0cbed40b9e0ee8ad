"""Key frames: the instant that shows a measurement best, cut to the part of the body that matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.overlay import judged
from analyzer.overlay.canvas import Pen
from analyzer.overlay.faces import Cover
from analyzer.overlay.ghost import edge_beyond, ghost
from analyzer.overlay.judged import Label, place_labels
from analyzer.overlay.limbs import paint_ghost
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.pictured import can_be_shown, shown_event, shown_value
from analyzer.overlay.raster import RgbSheet
from analyzer.overlay.skeleton import SkeletonAnnotator
from analyzer.overlay.sketch import AngleSketch, Sketch
from analyzer.overlay.sketches import DRAWINGS, Focus
from analyzer.overlay.stamps import label
from analyzer.overlay.standing import of_clip
from analyzer.overlay.target import paint_target
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.video.clip import Clip
from analyzer.video.stills import Stills
from analyzer.wording import amount, reading_text, value_digits

HEIGHT_PX: Final = 800
BODY_HEIGHT_PX: Final = 360
ASPECT: Final = 0.75
"""Width over height, where the clip's picture is wide enough."""

_MOST_ENLARGED: Final = 4.0
_SMALLEST_CUT: Final = 0.1
_MARGIN: Final = 0.09
_LABEL_ROOM: Final = 0.36
"""Room for the number, as a share of the shown height."""


def key_frame(
    assessment: Assessment,
    measurement: MeasurementInfo,
    clip: Clip,
    cover: Cover | None = None,
    stills: Stills | None = None,
) -> Picture:
    """The picture that explains a measurement: the judged line, its target and its number, about 600 by 800 px.

    Args:
        assessment: with the movement behind it.
        measurement: to explain.
        clip: that was analysed.
        cover: hides faces.
        stills: of the clip, if some have been picked out already.

    Raises:
        ClipError: the clip can no longer be read.
        ValueError: `can_be_shown` says no.
    """
    if not can_be_shown(measurement) or measurement.evidence_s is None:
        raise ValueError(f"{measurement.metric} has nothing to show on a picture.")
    moment = Timeline(assessment.motion).at(measurement.evidence_s)
    rgb = _still(moment, clip, cover, stills)
    scene, seen = _cut_out(moment, _worth_seeing(moment, measurement), rgb, HEIGHT_PX)
    _explain(scene, seen, measurement, of_clip(assessment, measurement))
    return scene


def small_key_frame(
    assessment: Assessment,
    measurement: MeasurementInfo,
    clip: Clip,
    cover: Cover | None = None,
    stills: Stills | None = None,
) -> Picture:
    """The same, about 300 by 400 px: for many of them side by side.

    Raises:
        ClipError: the clip can no longer be read.
        ValueError: `can_be_shown` says no.
    """
    whole = key_frame(assessment, measurement, clip, cover, stills)
    height, width = (length // 2 for length in whole.shape[:2])
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def body_frame(
    assessment: Assessment, time_s: float, clip: Clip, cover: Cover | None = None, stills: Stills | None = None
) -> Picture:
    """The whole body at an instant with its skeleton, for something that no metric draws; about 270 by 360 px.

    Raises:
        ClipError: the clip can no longer be read.
    """
    moment = Timeline(assessment.motion).at(time_s)
    scene, seen = _cut_out(moment, moment.points_px, _still(moment, clip, cover, stills), BODY_HEIGHT_PX)
    SkeletonAnnotator().annotate(scene, seen)
    return scene


def _still(moment: Moment, clip: Clip, cover: Cover | None, stills: Stills | None) -> Picture:
    """The clip's picture at a moment, faces covered if they are to be."""
    frame = (stills or Stills(clip, ())).at(moment.time_s * clip.slow_motion_factor)
    if cover is not None:
        cover(RgbSheet(frame.rgb), frame.time_s, 1.0)
    return frame.rgb


def _cut_out(moment: Moment, places: Floats, rgb: Picture, tall_px: int) -> tuple[Picture, Moment]:
    """The part of a picture that holds the places (k, 2), no taller than that, and the moment in it."""
    left, top, width, height = crop_box(places, rgb.shape[1], rgb.shape[0])
    scale = min(tall_px / height, _MOST_ENLARGED)
    size = (round(width * scale), round(height * scale))
    kind = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    cut = np.ascontiguousarray(rgb[top : top + height, left : left + width])
    scene: Picture = np.asarray(cv2.resize(cut, size, interpolation=kind), dtype=np.uint8)
    return scene, moment.seen(scale, (left, top))


def crop_box(places: Floats, width_px: int, height_px: int) -> tuple[int, int, int, int]:
    """Left, top, width and height in whole px of the part of a picture that holds the places (k, 2)."""
    places = places[np.isfinite(places).all(axis=1)]
    if len(places) < 2:
        return 0, 0, width_px, height_px
    low, high = places.min(axis=0), places.max(axis=0)
    margin = _MARGIN * float(max(high - low))
    low, high = low - margin, high + margin
    height = min(max(high[1] - low[1], (high[0] - low[0]) / ASPECT, _SMALLEST_CUT * height_px), height_px)
    width = min(ASPECT * height, width_px)
    centre = 0.5 * (low + high)
    left = round(float(np.clip(centre[0] - width / 2, 0, width_px - width)))
    top = round(float(np.clip(centre[1] - height / 2, 0, height_px - height)))
    return left, top, min(round(width), width_px - left), min(round(height), height_px - top)


def _worth_seeing(moment: Moment, measurement: MeasurementInfo) -> Floats:
    """Places (k, 2) that the picture must hold: the body part, and room for the number beside it."""
    sketch = _sketch(moment, measurement)
    places = _focus_points(moment, DRAWINGS[measurement.metric].focus, measurement.side)
    seen = places[np.isfinite(places).all(axis=1)]
    room = _LABEL_ROOM * float(np.ptp(seen[:, 1])) if len(seen) else 0.0
    ends = [sketch.start, sketch.end] if isinstance(sketch, AngleSketch) else [sketch.top, sketch.foot]
    return np.vstack([places, *ends, sketch.label_at + room * sketch.label_towards])


def _focus_points(moment: Moment, focus: Focus, side: Side) -> Floats:
    if focus is Focus.BODY:
        return moment.points_px
    if focus is Focus.LEG:
        return np.stack([moment.joint(side, name) for name in ("knee", "ankle", "heel", "toe")])
    hips, shoulders = moment.middle("hip"), moment.middle("shoulder")
    if focus is Focus.HIPS:
        return np.stack([shoulders, *(moment.joint(s, name) for s in SIDES for name in ("hip", "knee"))])
    legs = [point(s, name) for s in SIDES for name in ("hip", "knee", "ankle", "heel", "toe")]
    return np.vstack([moment.points_px[legs], hips + 0.3 * (shoulders - hips)])


def _sketch(moment: Moment, measurement: MeasurementInfo) -> Sketch:
    event = shown_event(measurement)
    value = event.value if event is not None else float("nan")
    return DRAWINGS[measurement.metric].at(moment, measurement.side, value)


def _explain(scene: Picture, moment: Moment, measurement: MeasurementInfo, verdict: Verdict) -> None:
    """Target, skeleton, judged line and numbers."""
    pen = Pen.fitting(scene, moment.body_px)
    pen = replace(pen, bold=max(5, pen.bold), text=round(0.046 * scene.shape[0] * ASPECT))
    sketch = _sketch(moment, measurement)
    if measurement.limits is not None and verdict is not Verdict.INFO:
        paint_target(scene, sketch, measurement.limits, moment.cm_per_px)
        _paint_ghost(scene, moment, measurement, pen)
    SkeletonAnnotator().annotate(scene, moment)
    judged.paint(scene, sketch, verdict, pen)
    text = label(reading_text(measurement), pen.text, verdict)
    place_labels(scene, [Label(text, sketch.label_at, sketch.label_towards, 4.0 * pen.bold)])
    event = shown_event(measurement)
    if event is None:
        return
    digits = value_digits(measurement)
    if round(event.value, digits) != round(measurement.value or 0.0, digits):
        here = label(f"in this picture {amount(event.value, measurement.unit, digits)}", round(0.75 * pen.text))
        here.put(scene, pen.text / 2, scene.shape[0] - here.height - pen.text / 2)


def _paint_ghost(scene: Picture, moment: Moment, measurement: MeasurementInfo, pen: Pen) -> None:
    """The body as it would be just on target, where it is not."""
    metric, side, value = measurement.metric, measurement.side, shown_value(measurement)
    edge = edge_beyond(measurement.limits, value)
    if edge is None:
        return
    moved = ghost(moment, metric, DRAWINGS[metric], side, value, edge)
    if moved is not None:
        paint_ghost(scene, moved, metric, side, pen)
