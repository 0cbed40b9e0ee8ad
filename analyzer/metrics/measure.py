"""From curves to measurements: events, medians, uncertainty, view gates, cycles and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.measurement import Cycle, EventValue, Measurement
from analyzer.metrics.registry import Metric, Phase, all_metrics
from analyzer.motion.body import nearness
from analyzer.motion.types import FRONTAL, Activity, Motion, Rep, Step, View
from analyzer.pose.landmarks import SIDES, Side

FEWEST_STEPS: Final = 3
"""Per side. Dingenen et al. 2018 need about seven for a stable mean; fewer widen the interval by themselves."""

SUSTAINED_S: Final = 0.1
"""A largest value counts only if it lasts as long: three frames at 30 per second."""

STANDING_S: Final = 0.5
Z95: Final = 1.96
ROLL_ERROR_DEG: Final = 0.7
"""A phone held or propped upright by hand; the roll itself is not measured."""

HIDDEN: Final = 1.8
"""How much worse the leg on the far side is seen at contact: spread between people, far over near, in side views."""

CYCLE_POINTS: Final = 101


@dataclass(frozen=True)
class _Reading:
    """A value at one event, with the times between which the event lasted."""

    event: EventValue
    span_s: tuple[float, float]


def measure(motion: Motion) -> tuple[Measurement, ...]:
    """Every metric that the activity has, measured or with the reason why not."""
    out: list[Measurement] = []
    for each in all_metrics():
        if motion.activity not in each.activities:
            continue
        if isinstance(each, Metric):
            out.extend(_measure_side(each, motion, side) for side in SIDES)
        else:
            out.extend(each.measure(motion))
    return tuple(out)


def _measure_side(metric: Metric, motion: Motion, side: Side) -> Measurement:
    blank = Measurement(metric.name, side, metric.unit, reason="?")
    if motion.camera.view not in metric.views:
        return _because(blank, _view_reason(metric, motion))
    if metric.scaled and motion.scale is None:
        return _because(
            blank, "The legs were never seen whole, so lengths are unknown; keep the whole body in the picture."
        )
    curve = metric.curve(motion, side)
    if metric.zeroed:
        curve = curve - _standing_value(motion, curve)
    running = motion.activity is Activity.RUNNING
    readings = _at_steps(metric, motion, curve, side) if running else _at_reps(motion, curve, side)
    fewest = FEWEST_STEPS if running else 1
    if len(readings) < fewest:
        return _because(blank, _too_few(motion, side, len(readings)))
    values = np.array([reading.event.value for reading in readings])
    value = float(np.median(values))
    shown = readings[int(np.argmin(np.abs(values - value)) if running else np.argmax(values))].event
    common, single = _uncertainty(metric, motion, curve, side, values, readings)
    return Measurement(
        metric=metric.name,
        side=side,
        unit=metric.unit,
        value=value,
        uncertainty=common,
        n=len(values),
        per_event=tuple(reading.event for reading in readings),
        event_uncertainty=single,
        evidence_s=shown.time_s,
        cycle=_cycle(motion, curve, side, readings),
    )


def _because(blank: Measurement, reason: str) -> Measurement:
    return Measurement(blank.metric, blank.side, blank.unit, reason=reason)


def _view_reason(metric: Metric, motion: Motion) -> str:
    wanted = "the front or the back" if metric.views == FRONTAL else "the side"
    seen = {
        View.OBLIQUE: "at an angle",
        View.FRONT: "from the front",
        View.BACK: "from the back",
        View.LEFT: "from the left side",
        View.RIGHT: "from the right side",
    }[motion.camera.view]
    return f"The clip was filmed {seen}; film from {wanted} to see this."


def _too_few(motion: Motion, side: Side, seen: int) -> str:
    if motion.activity is Activity.RUNNING:
        return (
            f"Only {seen} clear {'step' if seen == 1 else 'steps'} of the {side.value} leg; film ten seconds or more "
            "with the whole body in the picture."
        )
    return f"No complete repetition with the {side.value} leg was seen."


def _standing_value(motion: Motion, curve: Floats) -> float:
    """Median of a curve while standing between repetitions; 0 where that was not seen for long enough."""
    quiet = curve[motion.standing()]
    quiet = quiet[np.isfinite(quiet)]
    return float(np.median(quiet)) if len(quiet) >= STANDING_S * motion.track.rate_hz else 0.0


def _at_steps(metric: Metric, motion: Motion, curve: Floats, side: Side) -> list[_Reading]:
    readings = []
    for step in motion.steps:
        if step.side is not side:
            continue
        time_s = step.contact_s if metric.phase is Phase.CONTACT else step.mid_stance_s
        value = motion.at(curve, time_s)
        if np.isfinite(value):
            readings.append(_Reading(EventValue(step.index, float(time_s), value), _step_span(motion, step)))
    return readings


def _step_span(motion: Motion, step: Step) -> tuple[float, float]:
    """From this contact to the other foot's next one."""
    later = [other.contact_s for other in motion.steps if other.contact_s > step.contact_s]
    return step.contact_s, min(later) if later else float("nan")


def _at_reps(motion: Motion, curve: Floats, side: Side) -> list[_Reading]:
    readings = []
    for rep in motion.reps:
        if rep.side is not side:
            continue
        found = _largest(motion, curve, rep)
        if found is not None:
            readings.append(_Reading(EventValue(rep.index, *found), (rep.start_s, rep.end_s)))
    return readings


def _largest(motion: Motion, curve: Floats, rep: Rep) -> tuple[float, float] | None:
    """Time and size of the largest value that lasts `SUSTAINED_S` within the single-leg phase; None if unseen."""
    times = motion.times_s
    best: tuple[float, float] | None = None
    for start_s, end_s in rep.loaded:
        grid = np.arange(start_s, end_s, SUSTAINED_S / 4)
        if len(grid) < 5 or not np.isfinite(curve[(times >= start_s) & (times <= end_s)]).any():
            continue
        windows = np.lib.stride_tricks.sliding_window_view(np.interp(grid, times, curve), 5)
        lasting = np.where(np.isfinite(windows).all(axis=1), windows.min(axis=1), -np.inf)
        at = int(np.argmax(lasting))
        if np.isfinite(lasting[at]) and (best is None or lasting[at] > best[1]):
            best = (float(grid[at + 2]), float(lasting[at]))
    return best


def _uncertainty(
    metric: Metric, motion: Motion, curve: Floats, side: Side, values: Floats, readings: list[_Reading]
) -> tuple[float, float]:
    """Half widths of the 95 % intervals of the clip's value and of a single event's.

    ``1.96 sqrt(b_view^2 + b_pose^2 + b_scale^2 + b_time^2 + s^2 / n)``: view, pose and scale errors are alike in every
    event and do not average out; the spread between events does.
    """
    view = np.hypot(metric.per_yaw * motion.camera.yaw_error_deg, metric.per_roll * ROLL_ERROR_DEG)
    scale = motion.scale.relative_error * float(np.median(np.abs(values))) if metric.scaled and motion.scale else 0.0
    timing = _timing_error(motion, curve, readings) if metric.timed else 0.0
    hidden = HIDDEN if nearness(motion.camera, side) == "far" and metric.phase is Phase.CONTACT else 1.0
    common = np.sqrt(view**2 + (hidden * metric.pose_error) ** 2 + scale**2 + timing**2)
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else metric.event_error
    single = np.sqrt(view**2 + (hidden * metric.event_error) ** 2 + scale**2 + timing**2)
    return float(Z95 * np.sqrt(common**2 + spread**2 / len(values))), float(Z95 * single)


def _timing_error(motion: Motion, curve: Floats, readings: list[_Reading]) -> float:
    """What the standard error of the contact times does to the value."""
    error_s = max((step.contact_error_s for step in motion.steps), default=0.0)
    slope = np.gradient(curve, motion.times_s)
    slopes = [motion.at(slope, reading.event.time_s) for reading in readings]
    known = np.abs([s for s in slopes if np.isfinite(s)])
    return float(np.median(known) * error_s) if len(known) else 0.0


def _mean_and_spread(stack: Floats) -> tuple[Floats, Floats]:
    """Over the events (k, m) in which a point was seen, NaN where that is less than half of them."""
    seen = np.isfinite(stack)
    count = np.maximum(seen.sum(axis=0), 1)
    mean = np.where(seen, stack, 0.0).sum(axis=0) / count
    sd = np.sqrt(np.where(seen, (stack - mean) ** 2, 0.0).sum(axis=0) / count)
    enough = seen.mean(axis=0) >= 0.5
    return np.where(enough, mean, np.nan), np.where(enough, sd, np.nan)


def _cycle(motion: Motion, curve: Floats, side: Side, readings: list[_Reading]) -> Cycle | None:
    """The curve folded over one step or repetition, mean and spread between events."""
    percent = np.linspace(0.0, 100.0, CYCLE_POINTS)
    folded, marks = [], []
    for reading in readings:
        start_s, end_s = reading.span_s
        if not np.isfinite(end_s) or end_s <= start_s:
            continue
        folded.append(np.interp(start_s + percent / 100.0 * (end_s - start_s), motion.times_s, curve))
        marks.append(100.0 * (reading.event.time_s - start_s) / (end_s - start_s))
    if not folded:
        return None
    stack = np.array(folded)
    mean, sd = _mean_and_spread(stack)
    running = motion.activity is Activity.RUNNING
    return Cycle(
        label=f"step of the {side.value} leg, from its contact to the other foot's" if running else "repetition",
        percent=percent,
        mean=mean,
        sd=sd,
        mark_percent=float(np.median(marks)) if running else None,
    )
