"""From curves to measurements: events, medians, uncertainty, view gates, cycles and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.cycle import fold
from analyzer.metrics.drift import drift_of, outliers_of
from analyzer.metrics.measurement import Cycle, EventValue, Measurement
from analyzer.metrics.readings import Reading, read, standing_value
from analyzer.metrics.registry import (
    BEHIND,
    TWO_LEGGED,
    AnyMetric,
    EventMetric,
    Metric,
    RepMetric,
    StepMetric,
    WholeMetric,
    all_metrics,
)
from analyzer.metrics.slow_motion import told_in_file_time
from analyzer.motion.body import nearness
from analyzer.motion.curves import slope_after
from analyzer.motion.running import NEIGHBOURS
from analyzer.motion.tempo import motion_at_pace
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, Motion, View
from analyzer.pose.landmarks import SIDES, Side

FEWEST_STEPS: Final = 3
"""Per side. Dingenen et al. 2018 need about seven for a stable mean; fewer widen the interval by themselves."""

Z95: Final = 1.96
WANTED: Final = {FRONTAL: "the front or the back", SAGITTAL: "the side", BEHIND: "the back"}
"""Where to film a metric from."""


def measure(motion: Motion) -> tuple[Measurement, ...]:
    """Every metric that the activity has, measured or with the reason why not."""
    if motion.tempo.unknown:
        lifelike = motion_at_pace(motion, 1.0 / motion.tempo.factor)
        return told_in_file_time(_measure_all(lifelike), motion.tempo)
    return _measure_all(motion)


def _measure_all(motion: Motion) -> tuple[Measurement, ...]:
    return tuple(found for each in all_metrics() for found in measure_one(each, motion))


def measure_one(metric: AnyMetric, motion: Motion) -> tuple[Measurement, ...]:
    """One metric, measured or with the reason why not; nothing if the activity does not have it."""
    if motion.activity not in metric.activities:
        return ()
    if isinstance(metric, WholeMetric):
        return tuple(_followed(each, motion) for each in metric.measure(motion))
    sides = (Side.BOTH,) if motion.activity in TWO_LEGGED and isinstance(metric, RepMetric) else SIDES
    return tuple(_measure_side(metric, motion, side) for side in sides)


def _measure_side(metric: EventMetric, motion: Motion, side: Side) -> Measurement:
    blank = Measurement(metric.name, side, metric.unit, reason="?")
    if motion.camera.view not in metric.views:
        return _because(blank, _view_reason(metric, motion))
    if metric.scaled and motion.scale is None:
        return _because(
            blank, "The legs were never seen whole, so lengths are unknown; keep the whole body in the picture."
        )
    curve = _curve(metric, motion, side)
    readings = read(metric, motion, curve, side)
    running = motion.activity is Activity.RUNNING
    if len(readings) < (FEWEST_STEPS if running else 1):
        return _because(blank, _too_few(motion, side, len(readings)))
    events = tuple(reading.event for reading in readings)
    values = np.array([event.value for event in events])
    value = float(np.median(values))
    shown = events[_shown(metric, values, running=running)]
    common, single = _uncertainty(metric, motion, side, events, _timing_error(metric, motion, curve, readings))
    return Measurement(
        metric=metric.name,
        side=side,
        unit=metric.unit,
        value=value,
        uncertainty=common,
        n=len(values),
        per_event=events,
        event_uncertainty=single,
        evidence_s=shown.time_s,
        cycle=_cycle(metric, motion, curve, side, readings),
        drift=drift_of(events, _shared(metric)) if running and _times_are_seen(metric, motion) else None,
        outliers=outliers_of(events) if running else (),
    )


def _shown(metric: EventMetric, values: Floats, *, running: bool) -> int:
    """Which event is shown: of steps the one in the middle, of repetitions the one with most to work on."""
    if running:
        return int(np.argmin(np.abs(values - np.median(values))))
    worst_is_low = isinstance(metric, RepMetric) and metric.lower_is_worse
    return int(np.argmin(values) if worst_is_low else np.argmax(values))


def _times_are_seen(metric: EventMetric, motion: Motion) -> bool:
    """Whether a change can be told: not in slow motion of unknown factor, nor from the front of contact and flight,
    which there follow from the body's bounce alone."""
    bounced = isinstance(metric, StepMetric) and metric.per_toe_off_s and motion.camera.view not in SAGITTAL
    return not (motion.tempo.unknown or bounced)


def _shared(metric: EventMetric) -> int:
    """Over how many steps a value's times are steadied."""
    return 2 * NEIGHBOURS + 1 if isinstance(metric, StepMetric) and metric.per_toe_off_s else 1


def _followed(measured: Measurement, motion: Motion) -> Measurement:
    """The same with its change over the clip."""
    if motion.activity is not Activity.RUNNING or motion.tempo.unknown or measured.value is None:
        return measured
    return replace(measured, drift=drift_of(measured.per_event), outliers=outliers_of(measured.per_event))


def _curve(metric: EventMetric, motion: Motion, side: Side) -> Floats | None:
    """The metric over the clip, None for one that each step or repetition has only one value of."""
    if not isinstance(metric, Metric):
        return None
    curve = metric.curve(motion, side)
    return np.asarray(curve - standing_value(motion, curve)) if metric.zeroed else curve


def _cycle(
    metric: EventMetric, motion: Motion, curve: Floats | None, side: Side, readings: list[Reading]
) -> Cycle | None:
    if not isinstance(metric, Metric) or curve is None:
        return None
    if motion.activity is not Activity.RUNNING:
        return fold(motion, curve, readings, "repetition", marked=False)
    end = "its next one" if metric.phase.in_swing else "the other foot's"
    name = "stride" if metric.phase.in_swing else "step"
    return fold(motion, curve, readings, f"{name} of the {side.value} leg, from its contact to {end}", marked=True)


def _because(blank: Measurement, reason: str) -> Measurement:
    return Measurement(blank.metric, blank.side, blank.unit, reason=reason)


def _view_reason(metric: EventMetric, motion: Motion) -> str:
    wanted = WANTED.get(metric.views, "the front, the back or the side")
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
    whose = "" if side is Side.BOTH else f" with the {side.value} leg"
    return f"No complete repetition{whose} was seen in which this shows."


def _uncertainty(
    metric: EventMetric, motion: Motion, side: Side, events: tuple[EventValue, ...], timing: float
) -> tuple[float, float]:
    """Half widths of the 95 % intervals of the clip's value and of a single event's.

    ``1.96 sqrt(b_view^2 + b_pose^2 + b_scale^2 + b_time^2 + s^2 / n)``: view, pose and scale errors are alike in every
    event and do not average out; the spread between events does.
    """
    values, times_s = np.array([event.value for event in events]), np.array([event.time_s for event in events])
    view, hidden, errors = 0.0, 1.0, metric.errors(motion)
    if isinstance(metric, Metric):
        view = float(
            np.hypot(errors.per_yaw * motion.camera.yaw_error_deg, metric.per_roll * motion.camera.roll_left_deg)
        )
    if not isinstance(metric, StepMetric):
        hidden = metric.hidden if nearness(motion.camera, side) == "far" else 1.0
        if isinstance(metric, Metric) and metric.of_leg:
            hidden = max(hidden, motion.doubt(side, times_s))
    scale = motion.scale.relative_error * float(np.median(np.abs(values))) if metric.scaled and motion.scale else 0.0
    common = np.sqrt(view**2 + (hidden * errors.pose_error) ** 2 + scale**2 + timing**2)
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else errors.event_error
    single = np.sqrt(view**2 + (hidden * errors.event_error) ** 2 + scale**2 + timing**2)
    return float(Z95 * np.sqrt(common**2 + spread**2 / len(values))), float(Z95 * single)


def _timing_error(metric: EventMetric, motion: Motion, curve: Floats | None, readings: list[Reading]) -> float:
    """What the standard errors of the events' times do to the value."""
    contact_s = max((step.contact_error_s for step in motion.steps), default=0.0)
    if isinstance(metric, StepMetric):
        toe_off_s = max((step.toe_off_error_s for step in motion.steps), default=0.0)
        return float(np.hypot(metric.per_contact_s * contact_s, metric.per_toe_off_s * toe_off_s))
    if isinstance(metric, RepMetric) or not metric.timed or curve is None:
        return 0.0
    slopes = np.array([slope_after(motion.times_s, curve, reading.event.time_s) for reading in readings])
    known = slopes[np.isfinite(slopes)]
    return float(abs(np.median(known)) * contact_s) if len(known) else 0.0
