"""The curves of the report as inline SVG: drawn by matplotlib, coloured by the page's own style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import matplotlib
import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyzer.arrays import Floats
from analyzer.assessment import CycleInfo, MeasurementInfo
from analyzer.report.svg import INK, LINE, MARK, MUTED, OTHER, TARGET, inline
from analyzer.wording import UNITS

POINTS_PER_INCH: Final = 72.0
CURVE_SIZE: Final = (380, 190)
DOTS_SIZE: Final = (220, 190)
"""Width and height in the page's px."""

_STYLE: Final[dict[Any, Any]] = {
    "font.size": 11.0,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "axes.titlelocation": "left",
    "axes.titlecolor": MUTED,
    "axes.titlesize": 11.0,
}


@dataclass(frozen=True)
class Charts:
    """Inline SVG of one measurement; None where there is nothing to draw."""

    curve: Markup | None
    dots: Markup | None


def charts(measurement: MeasurementInfo, other: MeasurementInfo | None, prefix: str, event_name: str) -> Charts:
    """The curve over the movement's cycle, and each event's value in order.

    Args:
        measurement: what is drawn.
        other: the same metric of the other side, drawn thin for comparison.
        prefix: begins every id within the SVG, so that several can stand in one page.
        event_name: ``step`` or ``repetition``.
    """
    curve = dots = None
    with matplotlib.rc_context(_STYLE):
        if measurement.cycle is not None and len(measurement.cycle.percent) > 1:
            other_cycle = other.cycle if other is not None else None
            figure, axes = _figure(CURVE_SIZE, measurement, _spans(measurement.cycle, other_cycle))
            _draw_cycle(axes, measurement.cycle, other_cycle)
            curve = inline(figure, f"{prefix}-curve", _curve_label(measurement, measurement.cycle))
        if measurement.per_event:
            values = np.array([event.value for event in measurement.per_event])
            figure, axes = _figure(DOTS_SIZE, measurement, values)
            _draw_dots(axes, values, measurement.value, event_name)
            dots = inline(figure, f"{prefix}-dots", f"{measurement.title}: each {event_name}'s value in order")
    return Charts(curve, dots)


def _spans(cycle: CycleInfo, other: CycleInfo | None) -> Floats:
    """Every value that a curve's chart must hold."""
    mean, sd = _floats(cycle.mean), _floats(cycle.sd)
    return np.concatenate([mean - sd, mean + sd, _floats(other.mean) if other is not None else mean])


def _figure(size: tuple[int, int], measurement: MeasurementInfo, values: Floats) -> tuple[Figure, Axes]:
    """An empty chart that holds the values, and the target's band."""
    limits = measurement.limits
    edges = [limits.pass_low, limits.pass_high] if limits is not None else []
    held = np.concatenate([values[np.isfinite(values)], [edge for edge in edges if edge is not None]])
    margin = 0.12 * max(float(np.ptp(held)), 1.0) if len(held) else 1.0
    low, high = (float(held.min()) - margin, float(held.max()) + margin) if len(held) else (0.0, 1.0)
    figure = Figure(figsize=(size[0] / POINTS_PER_INCH, size[1] / POINTS_PER_INCH), layout="constrained")
    figure.patch.set_alpha(0.0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0.0)
    axes.set_ylim(low, high)
    axes.locator_params(axis="y", nbins=5, steps=[1, 2, 5, 10])
    unit = UNITS.get(measurement.unit, measurement.unit)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}{unit}".replace("-", "\N{MINUS SIGN}"))
    if limits is not None and (limits.pass_low is not None or limits.pass_high is not None):
        bottom = limits.pass_low if limits.pass_low is not None else low
        top = limits.pass_high if limits.pass_high is not None else high
        axes.axhspan(bottom, top, color=TARGET, alpha=0.16, linewidth=0)
        for edge in (limits.pass_low, limits.pass_high):
            if edge is not None:
                axes.axhline(edge, color=TARGET, linewidth=1.0)
    return figure, axes


def _draw_cycle(axes: Axes, cycle: CycleInfo, other: CycleInfo | None) -> None:
    percent, mean, sd = _floats(cycle.percent), _floats(cycle.mean), _floats(cycle.sd)
    axes.fill_between(percent, mean - sd, mean + sd, color=MARK, alpha=0.22, linewidth=0)
    if other is not None and len(other.percent) > 1:
        axes.plot(_floats(other.percent), _floats(other.mean), color=OTHER, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.plot(percent, mean, color=MARK, linewidth=2.2)
    if cycle.mark_percent is not None:
        axes.axvline(cycle.mark_percent, color=MUTED, linewidth=1.0, linestyle=(0, (1, 2)))
        at = float(np.interp(cycle.mark_percent, percent, mean))
        axes.plot([cycle.mark_percent], [at], "o", color=MARK, markersize=7, markeredgecolor=INK, clip_on=False)
    axes.set_xlim(float(percent[0]), float(percent[-1]))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axes.set_xlabel(cycle.label, parse_math=False)


def _draw_dots(axes: Axes, values: Floats, median: float | None, event_name: str) -> None:
    order = range(1, len(values) + 1)
    if median is not None:
        axes.axhline(median, color=MUTED, linewidth=1.0, linestyle=(0, (1, 2)))
    axes.plot(order, values, "o", color=MARK, markersize=6, alpha=0.85, markeredgecolor=INK, markeredgewidth=0.6)
    axes.set_xlim(0.4, len(values) + 0.6)
    axes.locator_params(axis="x", integer=True, nbins=min(6, len(values) + 1))
    axes.set_xlabel(f"each {event_name}, in order")


def _curve_label(measurement: MeasurementInfo, cycle: CycleInfo) -> str:
    unit = UNITS.get(measurement.unit, measurement.unit)
    mean = _floats(cycle.mean)
    mean = mean[np.isfinite(mean)]
    ends = f", from {mean.min():.0f}{unit} to {mean.max():.0f}{unit}" if len(mean) else ""
    return f"{measurement.title}, mean curve with its spread{ends}. {cycle.label}."


def _floats(values: tuple[float | None, ...] | tuple[float, ...]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
