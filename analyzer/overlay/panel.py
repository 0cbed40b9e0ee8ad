"""A small curve of what matters most in the clip, running past a play head in a corner that the person leaves free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.metrics.registry import CurveFunction, Metric, all_metrics
from analyzer.motion.types import Motion
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import HARSHNESS, INK, PALE, WHITE, rgb
from analyzer.overlay.roll import Roll, Sign
from analyzer.overlay.shapes import Layer, Placed
from analyzer.overlay.sketches import DRAWINGS
from analyzer.overlay.stamps import bar, composed, fit, symbol, text_width, words
from analyzer.overlay.standing import of_clip, of_event
from analyzer.pose.landmarks import Side
from analyzer.wording import amount

WINDOW_S: Final = 2.0
REP_WINDOW_S: Final = 6.0
"""What the panel shows at once, in real seconds: of running about six steps, of repetitions one."""

HEAD: Final = 0.6
"""Where the play head stands, as a share of the panel's width."""

ROOM: Final = 0.15
"""Room above and below the values, as a share of their range."""

TINT: Final = 90
"""Opacity of the target's band, 0 to 255."""

LEAST_RANGE: Final = {"cm": 4.0}
LEAST_RANGE_DEG: Final = 10.0
"""The axis never shows less, lest noise look like movement."""


@dataclass(frozen=True, eq=False)
class Shown:
    """The curve that is shown.

    Attributes:
        measurement: what it is a curve of.
        times_s: (n,) real seconds.
        values: (n,) in the measurement's unit, through the values that were read; NaN where unseen.
        read: (n,) True where the metric is read: in stance, or while the leg is loaded.
        low: lower end of the axis.
        high: upper end.
    """

    measurement: MeasurementInfo
    times_s: Floats
    values: Floats
    read: Bools
    low: float
    high: float


def most_relevant(assessment: Assessment) -> MeasurementInfo | None:
    """What has most to work on, of what has a curve and is drawn; of equal verdicts in the order of the drawings."""
    curves = _curves()
    order = list(DRAWINGS)
    told = [m for m in assessment.measurements if m.metric in curves and m.metric in DRAWINGS and m.per_event]
    return min(
        told, key=lambda m: (-HARSHNESS.index(of_clip(assessment, m)), order.index(m.metric), _within(m)), default=None
    )


def shown_curve(assessment: Assessment) -> Shown | None:
    """The curve of what is most relevant; None where nothing was measured over time."""
    measurement = most_relevant(assessment)
    if measurement is None:
        return None
    motion = assessment.motion
    values = np.asarray(_curves()[measurement.metric](motion, measurement.side), dtype=float)
    events = measurement.per_event
    off = np.array([motion.at(values, event.t_s) - event.value for event in events])
    off = off[np.isfinite(off)]
    values = values - (float(np.median(off)) if len(off) else 0.0)
    read = _read(motion, measurement.side)
    seen = values[read & np.isfinite(values)]
    if len(seen) < 2:
        return None
    return Shown(measurement, motion.times_s, values, read, *_axis(seen, measurement))


class _Still(NamedTuple):
    """What is drawn only once: all that does not move, the curve, and the play head over it."""

    ground: Placed
    roll: Roll
    head: Placed


class PanelAnnotator(Annotator):
    """Draws the curve; nothing where there is none.

    Args:
        assessment: of the clip.
        shown: as from `shown_curve`.
        corner_px: top left corner of the panel.
        size_px: of the panel.
    """

    def __init__(self, assessment: Assessment, shown: Shown, corner_px: tuple[float, float], size_px: Size) -> None:
        self._shown = shown
        self._corner, self._size = (round(corner_px[0]), round(corner_px[1])), size_px
        motion = assessment.motion
        self._window_s = (REP_WINDOW_S if motion.reps else WINDOW_S) * motion.tempo.factor
        measurement = shown.measurement
        self._still: tuple[int, _Still] | None = None
        self._verdict = of_clip(assessment, measurement)
        self._events = [(e.t_s, e.value, of_event(assessment, measurement, e)) for e in measurement.per_event]

    def is_at_right(self, size_px: Size) -> bool:
        """Whether the panel stands in the right half of the picture."""
        return self._corner[0] > 0.3 * size_px[0]

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        text = Pen.of(size_px, float("nan")).small
        if self._still is None or self._still[0] != text:
            self._still = text, self._drawn(text)
        still = self._still[1]
        curve = still.roll.seen(moment.time_s - HEAD * self._window_s, *self._plot(text)[:2])
        return [still.ground, *curve, still.head]

    def _drawn(self, text: int) -> _Still:
        parts = [(bar(*self._size), 0.0, 0.0)]
        for each in (*self._target(text), *self._title(text)):
            parts.append((each.stamp, each.at[0] - self._corner[0], each.at[1] - self._corner[1]))
        left, top, width, height = self._plot(text)
        thin = max(2, round(text / 9))
        cased = [(bar(thin + 2, height, INK, 255), 0.0, 0.0), (bar(thin, height, WHITE, 255), 1.0, 0.0)]
        head = composed(thin + 2, height, cased)
        return _Still(
            Placed(composed(*self._size, parts), self._corner),
            self._roll(text),
            Placed(head, (left + HEAD * width - 0.5 * head.width, top)),
        )

    def _plot(self, text: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of the plot in px."""
        width, height = self._size
        pad, top = round(0.5 * text), round(1.9 * text)
        return self._corner[0] + pad, self._corner[1] + top, width - 2 * pad, height - top - pad

    def _y(self, values: Floats, text: int) -> Floats:
        """Px below the plot's upper edge."""
        share = (values - self._shown.low) / (self._shown.high - self._shown.low)
        return np.asarray((1.0 - np.clip(share, 0.0, 1.0)) * self._plot(text)[3])

    def _roll(self, text: int) -> Roll:
        size = round(0.85 * text)
        signs = [
            Sign(symbol(verdict, size), time_s, float(self._y(np.array(value), text)))
            for time_s, value, verdict in self._events
        ]
        heights, window = self._y(self._shown.values, text), self._plot(text)[2:]
        thin = max(1, text // 14)
        return Roll(self._shown.times_s, heights, self._shown.read, signs, self._window_s, window, thin)

    def _target(self, text: int) -> list[Placed]:
        limits = self._shown.measurement.limits
        if limits is None or self._verdict is Verdict.INFO:
            return []
        low = self._shown.low if limits.pass_low is None else limits.pass_low
        high = self._shown.high if limits.pass_high is None else limits.pass_high
        left, above, width, _ = self._plot(text)
        top, bottom = self._y(np.array([high, low]), text)
        band = bar(width, max(1, round(bottom - top)), rgb(Verdict.PASS), TINT)
        return [Placed(band, (left, above + float(top)))]

    def _title(self, text: int) -> list[Placed]:
        measurement = self._shown.measurement
        side = "" if measurement.side is Side.BOTH else f", {measurement.side.value}"
        x, y = (edge + 0.5 * text for edge in self._corner)
        mark = symbol(self._verdict, round(0.9 * text))
        value = words(amount(measurement.value or 0.0, measurement.unit, _digits(measurement)), text, bold=True)
        room = self._size[0] - 2.5 * text - mark.width - value.width
        name = words(fit(DRAWINGS[measurement.metric].short + side, text, room), text, PALE)
        right = self._corner[0] + self._size[0] - 0.5 * text - value.width
        return [
            Placed(mark, (x, y + 0.2 * text)),
            Placed(name, (x + mark.width + 0.4 * text, y)),
            Placed(value, (right, y)),
        ]


def panel_size(size_px: Size) -> Size:
    """Width and height in px of the panel in a picture."""
    width, height = size_px
    text = Pen.of(size_px, float("nan")).small
    least = text_width("M" * 18, text)
    return round(min(max(0.3 * width, least), 0.62 * width)), round(max(0.16 * min(width, height), 6.5 * text))


def free_corner(places: Floats, size_px: Size, panel_px: Size, top_px: float, bottom_px: float) -> tuple[float, float]:
    """The corner for a panel that the person covers least.

    Args:
        places: (n, 33, 2) of the person in the picture.
        size_px: of the picture.
        panel_px: of the panel.
        top_px: height of what stands along the top.
        bottom_px: height of what stands along the bottom.
    """
    gap = 0.5 * Pen.of(size_px, float("nan")).small
    xs = gap, size_px[0] - panel_px[0] - gap
    ys = top_px + gap, size_px[1] - bottom_px - panel_px[1] - gap
    corners = [(x, y) for y in ys for x in (xs[1], xs[0])]

    def covered(corner: tuple[float, float]) -> float:
        inside = (places >= np.array(corner)) & (places <= np.array(corner) + np.array(panel_px))
        return float(inside.all(axis=-1).mean())

    return min(corners, key=covered)


def _curves() -> dict[str, CurveFunction]:
    return {metric.name: metric.curve for metric in all_metrics() if isinstance(metric, Metric)}


def _within(measurement: MeasurementInfo) -> float:
    """How far a value lies inside its limits; the smaller, the more relevant."""
    limits, value = measurement.limits, measurement.value
    if limits is None or value is None:
        return float("inf")
    edges = [edge for edge in (limits.pass_low, limits.pass_high) if edge is not None]
    signs = [value - limits.pass_low] if limits.pass_low is not None else []
    signs += [limits.pass_high - value] if limits.pass_high is not None else []
    return min(signs) if edges else float("inf")


def _read(motion: Motion, side: Side) -> Bools:
    spans = [(step.contact_s, step.toe_off_s) for step in motion.steps if side in (step.side, Side.BOTH)]
    spans += [span for rep in motion.reps if side in (rep.side, Side.BOTH) for span in rep.loaded]
    read = np.zeros(len(motion.track), bool)
    for start, end in spans:
        read |= (motion.times_s >= start) & (motion.times_s <= end)
    return read


def _axis(seen: Floats, measurement: MeasurementInfo) -> tuple[float, float]:
    limits = measurement.limits
    edges = [] if limits is None else [v for v in (limits.pass_low, limits.pass_high) if v is not None]
    events = [event.value for event in measurement.per_event]
    low, high = np.percentile(seen, [2.0, 98.0])
    low, high = min(low, *events, *edges), max(high, *events, *edges)
    short = LEAST_RANGE.get(measurement.unit, LEAST_RANGE_DEG) - (high - low)
    room = ROOM * (high - low) + max(0.0, short / 2)
    return float(low - room), float(high + room)


def _digits(measurement: MeasurementInfo) -> int:
    return 1 if measurement.unit == "cm" else 0
