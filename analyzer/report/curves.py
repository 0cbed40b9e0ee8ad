"""The curves of the report as inline SVG: drawn by matplotlib, coloured by the page's own style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes

from analyzer.arrays import Floats
from analyzer.assessment import CycleInfo, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.report.svg import CARD, INK, LINE, MARK, MUTED, OTHER, band, blank, inline, styled
from analyzer.report.words import load_words
from analyzer.wording import UNITS, reading_text

CURVE_SIZE: Final = (430, 200)
DOTS_SIZE: Final = (250, 200)
"""Width and height in the page's px."""

TICK_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_TICKS: Final = 6

NAME_PX: Final = 38.0
"""Room for a side's name beside the end of its line."""

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
    prefix: str,
    event_name: str,
    judged_percent: Windows = (),
    *,
    brief: bool = False,
) -> Charts:
    """The curve over the movement's cycle, and each event's value in order.

    Args:
        measurement: what is drawn.
        other: the same metric of the other side, drawn thin for comparison.
        prefix: begins every id within the SVG, so that several can stand in one page.
        event_name: ``step`` or ``repetition``.
        judged_percent: the parts of the cycle that are held against the target; all of it if there are none.
        brief: only one of the two, the curve where there is one.
    """
    with styled():
        curve = _curve(measurement, other, prefix, judged_percent)
        if brief and curve is not None:
            return Charts(curve, None)
        return Charts(curve, _dots([measurement, *([other] if other is not None else [])], prefix, event_name))


def _curve(
    measurement: MeasurementInfo, other: MeasurementInfo | None, prefix: str, judged_percent: Windows
) -> Markup | None:
    cycle = measurement.cycle
    if cycle is None or len(cycle.percent) < 2:
        return None
    beside = other.cycle if other is not None and other.cycle is not None and len(other.cycle.percent) > 1 else None
    low, high = _reach(measurement, [_floats(cycle.mean) + sign * _floats(cycle.sd) for sign in (-1, 1)]
                       + ([_floats(beside.mean)] if beside is not None else [])
                       + ([_interval(measurement)] if cycle.mark_percent is not None else []))  # fmt: skip
    figure, axes = blank(CURVE_SIZE, low, high, _unit(measurement), right_px=NAME_PX)
    axes.set_xlim(cycle.percent[0], cycle.percent[-1])
    axes.axhline(0.0, color=LINE, linewidth=0.8, zorder=0.4)
    band(axes, measurement.limits, _windows(cycle, judged_percent))
    _draw_cycle(axes, cycle, beside)
    if cycle.mark_percent is not None:
        _draw_reading(axes, cycle.mark_percent, measurement, MARK)
    _name_lines(axes, measurement, cycle, beside)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.set_xlabel(cycle.label, parse_math=False)
    return inline(figure, f"{prefix}-curve", _curve_label(measurement, cycle, beside))


def _dots(measurements: Sequence[MeasurementInfo], prefix: str, event_name: str) -> Markup | None:
    """Every event of both sides in the order of time, and at the right the clip's values with their intervals."""
    shown = [m for m in measurements if m.per_event]
    if not shown or not measurements[0].per_event:
        return None
    main, say = shown[0], load_words().chart
    order = sorted({(event.t_s, event.index) for m in shown for event in m.per_event})
    place = {key: number for number, key in enumerate(order, 1)}
    low, high = _reach(main, [np.concatenate([[e.value for e in m.per_event], _interval(m)]) for m in shown])
    figure, axes = blank(DOTS_SIZE, low, high, _unit(main))
    wide = max(1.0, 0.12 * len(order))
    axes.set_xlim(0.5 - 0.04 * len(order), len(order) + 0.5 + wide * (len(shown) + 0.5))
    band(axes, main.limits)
    for number, m in enumerate(shown):
        colour = MARK if m is main else OTHER
        at = [place[event.t_s, event.index] for event in m.per_event]
        face = colour if m is main else CARD
        axes.plot(
            at, [e.value for e in m.per_event], "o", color=face, markersize=5.5, markeredgecolor=colour,
            markeredgewidth=1.4,
        )  # fmt: skip
        _draw_reading(axes, len(order) + 0.5 + wide * (number + 0.75), m, colour)
    axes.axvline(len(order) + 0.5 + 0.15 * wide, color=LINE, linewidth=0.9)
    axes.set_xticks(_ticks(len(order)))
    words = say.sides if len(shown) > 1 else say.event
    axes.set_xlabel(words.format(event=event_name), parse_math=False)
    readings = "; ".join(" ".join(filter(None, (_side_name(m), reading_text(m)))) for m in shown)
    label = say.dots_label.format(what=main.title, event=event_name, readings=readings)
    return inline(figure, f"{prefix}-dots", label)


def _ticks(count: int) -> list[int]:
    step = next((step for step in TICK_STEPS if count <= MOST_TICKS * step), count)
    return list(range(step, count + 1, step))


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


def _draw_cycle(axes: Axes, cycle: CycleInfo, other: CycleInfo | None) -> None:
    percent, mean, sd = _floats(cycle.percent), _floats(cycle.mean), _floats(cycle.sd)
    axes.fill_between(percent, mean - sd, mean + sd, color=MARK, alpha=0.2, linewidth=0)
    if other is not None:
        axes.plot(_floats(other.percent), _floats(other.mean), color=OTHER, linewidth=1.5, linestyle=(0, (4, 2.5)))
    axes.plot(percent, mean, color=MARK)


def _draw_reading(axes: Axes, at: float, measurement: MeasurementInfo, colour: str) -> None:
    """The clip's value as a dot, with its interval."""
    interval = _interval(measurement)
    if not len(interval):
        return
    axes.plot([at, at], [interval[0], interval[2]], color=colour, linewidth=1.6, clip_on=False, zorder=3)
    axes.plot(
        [at], [interval[1]], "o", color=colour, markersize=7.5, markeredgecolor=INK, markeredgewidth=0.8,
        clip_on=False, zorder=4,
    )  # fmt: skip


def _name_lines(axes: Axes, measurement: MeasurementInfo, cycle: CycleInfo, other: CycleInfo | None) -> None:
    """The sides' names where their lines end, pushed apart where these are close; alone, a line needs no name."""
    if other is None or measurement.side is Side.BOTH:
        return
    low, high = axes.get_ylim()
    named = [(_last(cycle), _side_name(measurement), INK), (_last(other), _other_name(measurement), MUTED)]
    named = sorted((entry for entry in named if np.isfinite(entry[0])), key=lambda entry: entry[0])
    apart = 0.1 * (high - low)
    if len(named) == 2 and named[1][0] - named[0][0] < apart:
        middle = 0.5 * (named[0][0] + named[1][0])
        named = [(middle + sign * apart / 2, *entry[1:]) for sign, entry in zip((-1, 1), named, strict=True)]
    for y, name, colour in named:
        axes.annotate(
            name, (cycle.percent[-1], y), xytext=(5, 0), textcoords="offset points", va="center", color=colour,
            annotation_clip=False,
        )  # fmt: skip


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
