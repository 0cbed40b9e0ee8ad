"""The curves of the report as inline SVG, coloured by the page's own style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from markupsafe import Markup

from analyzer.arrays import Floats
from analyzer.assessment import CycleInfo, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.report.svg import Chart, Size, Whose
from analyzer.report.ticks import text_width, ticks
from analyzer.report.words import load_words
from analyzer.wording import UNITS, reading_text

CURVE_SIZE: Final = Size(430.0, 200.0, 14.0)
DOTS_SIZE: Final = Size(250.0, 200.0, 12.0)

NAME_PX: Final = 42.0
"""Room for a side's name beside the end of its line."""

MOST_EVENTS_TOLD: Final = 6

AROUND_MARK: Final = 6.0
"""Where a metric is read at one place of the cycle, its target is drawn so many per cent to either side of it."""

Windows: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Charts:
    """Inline SVG of one measurement; None where there is nothing to draw."""

    curve: Markup | None
    dots: Markup | None


def charts(
    measurement: MeasurementInfo,
    other: MeasurementInfo | None,
    event_name: str,
    judged_percent: Windows = (),
    *,
    brief: bool = False,
) -> Charts:
    """The curve over the movement's cycle, and each event's value in order.

    Args:
        measurement: what is drawn.
        other: the same metric of the other side, drawn thin for comparison.
        event_name: ``step`` or ``repetition``.
        judged_percent: the parts of the cycle that are held against the target; all of it if there are none.
        brief: only one of the two, the curve where there is one.
    """
    curve = _curve(measurement, other, judged_percent)
    if brief and curve is not None:
        return Charts(curve, None)
    return Charts(curve, _dots([measurement, *([other] if other is not None else [])], event_name))


def _curve(measurement: MeasurementInfo, other: MeasurementInfo | None, judged_percent: Windows) -> Markup | None:
    cycle = measurement.cycle
    if cycle is None or len(cycle.percent) < 2:
        return None
    beside = other.cycle if other is not None and other.cycle is not None and len(other.cycle.percent) > 1 else None
    percent, mean, sd = _floats(cycle.percent), _floats(cycle.mean), _floats(cycle.sd)
    ends = _reach(measurement, [mean - sd, mean + sd] + ([_floats(beside.mean)] if beside is not None else [])
                  + ([_interval(measurement)] if cycle.mark_percent is not None else []))  # fmt: skip
    chart = Chart(CURVE_SIZE, (cycle.percent[0], cycle.percent[-1]), ends, _unit(measurement), right_px=NAME_PX)
    chart.level(0.0)
    chart.band(measurement.limits, _windows(cycle, judged_percent))
    chart.area(percent, mean - sd, mean + sd)
    if beside is not None:
        chart.line(beside.percent, _floats(beside.mean), "other")
    chart.line(percent, mean, "own")
    if cycle.mark_percent is not None:
        _draw_reading(chart, cycle.mark_percent, measurement, "own")
    if beside is not None and measurement.side is not Side.BOTH:
        chart.names(
            ((_last(cycle), _side_name(measurement), "own"), (_last(beside), _other_name(measurement), "other"))
        )
    apart = text_width("100 %", CURVE_SIZE.letter_px) / chart.x.px_each
    chart.below(ticks(chart.x.low, chart.x.high, apart, " %"), cycle.label)
    return chart.svg(_curve_label(measurement, cycle, beside))


def _dots(measurements: Sequence[MeasurementInfo], event_name: str) -> Markup | None:
    """Every event of both sides in the order of time, and at the right the clip's values with their intervals."""
    shown = [m for m in measurements if m.per_event]
    if not shown or not measurements[0].per_event:
        return None
    main, say = shown[0], load_words().chart
    order = sorted({(event.t_s, event.index) for m in shown for event in m.per_event})
    place, count = {key: number for number, key in enumerate(order, 1)}, len(order)
    ends = _reach(main, [np.concatenate([[e.value for e in m.per_event], _interval(m)]) for m in shown])
    wide = max(1.0, 0.12 * count)
    across = 0.5 - 0.04 * count, count + 0.5 + wide * (len(shown) + 0.5)
    chart = Chart(DOTS_SIZE, across, ends, _unit(main))
    chart.band(main.limits)
    chart.upright(count + 0.5 + 0.15 * wide)
    for number, m in enumerate(shown):
        whose: Whose = "own" if m is main else "other"
        chart.dots([place[e.t_s, e.index] for e in m.per_event], [e.value for e in m.per_event], whose)
        _draw_reading(chart, count + 0.5 + wide * (number + 0.75), m, whose)
    words = say.sides if len(shown) > 1 else say.event
    chart.below(ticks(1.0, count, max(1.0, count / MOST_EVENTS_TOLD)), words.format(event=event_name))
    readings = "; ".join(" ".join(filter(None, (_side_name(m), reading_text(m)))) for m in shown)
    return chart.svg(say.dots_label.format(what=main.title, event=event_name, readings=readings))


def _reach(measurement: MeasurementInfo, drawn: Sequence[Floats]) -> tuple[float, float]:
    """Lowest and highest place of an axis that holds what is drawn and the target's edges, with a little air."""
    limits = measurement.limits
    edges = [] if limits is None else [edge for edge in (limits.pass_low, limits.pass_high) if edge is not None]
    held = np.concatenate([*(values[np.isfinite(values)] for values in drawn), np.array(edges, dtype=float)])
    if not len(held):
        return 0.0, 1.0
    air = 0.1 * max(float(np.ptp(held)), 0.5)
    return float(held.min()) - air, float(held.max()) + air


def _interval(measurement: MeasurementInfo) -> Floats:
    """Lower end, value and upper end; empty without a value."""
    if measurement.value is None:
        return np.empty(0)
    half = measurement.uncertainty or 0.0
    return measurement.value + half * np.array([-1.0, 0.0, 1.0])


def _windows(cycle: CycleInfo, judged_percent: Windows) -> Windows:
    if cycle.mark_percent is None:
        return judged_percent
    low, high = cycle.mark_percent - AROUND_MARK, cycle.mark_percent + AROUND_MARK
    return ((max(low, cycle.percent[0]), min(high, cycle.percent[-1])),)


def _draw_reading(chart: Chart, place: float, measurement: MeasurementInfo, whose: Whose) -> None:
    """The clip's value as a dot, with its interval."""
    if measurement.value is not None:
        chart.reading(place, measurement.value, measurement.uncertainty or 0.0, whose)


def _last(cycle: CycleInfo) -> float:
    mean = _floats(cycle.mean)
    known = mean[np.isfinite(mean)]
    return float(known[-1]) if len(known) else float("nan")


def _side_name(measurement: MeasurementInfo) -> str:
    say = load_words().chart
    return {Side.LEFT: say.left, Side.RIGHT: say.right, Side.BOTH: ""}[measurement.side]


def _other_name(measurement: MeasurementInfo) -> str:
    say = load_words().chart
    return {Side.LEFT: say.right, Side.RIGHT: say.left, Side.BOTH: ""}[measurement.side]


def _unit(measurement: MeasurementInfo) -> str:
    return UNITS.get(measurement.unit, f" {measurement.unit}")


def _curve_label(measurement: MeasurementInfo, cycle: CycleInfo, other: CycleInfo | None) -> str:
    say, unit = load_words().chart, _unit(measurement)
    mean = _floats(cycle.mean)
    mean = mean[np.isfinite(mean)]
    low, high = (f"{end:.0f}{unit}" for end in (mean.min(), mean.max())) if len(mean) else ("", "")
    ends = say.curve_ends.format(low=low, high=high) if len(mean) else ""
    sides = say.curve_sides if other is not None else ""
    return say.curve_label.format(what=measurement.title, sides=sides, ends=ends, cycle=cycle.label)


def _floats(values: tuple[float | None, ...] | tuple[float, ...]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
