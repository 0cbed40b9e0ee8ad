"""When a metric is read: one value at each running step or repetition, and how long that event lasted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.measurement import EventValue
from analyzer.metrics.registry import EventMetric, Metric, Phase, RepMetric, StepMetric
from analyzer.motion.curves import between
from analyzer.motion.types import Activity, Motion, Rep, Step
from analyzer.pose.landmarks import Side

SUSTAINED_S: Final = 0.1
"""A largest value counts only if it lasts as long: three frames at 30 per second."""

STANDING_S: Final = 0.5

AFTER_TOE_OFF_S: Final = 0.08
"""The thigh is furthest back about as the foot leaves, and toe-off is the less sure event."""

EARLY_SWING: Final = (0.10, 0.25)
"""Share of the swing in which a heel whip shows, PROPOSED in the project's notes after Souza et al. 2015."""

GRID: Final = 25
"""Instants between two events at which a largest or mean value is looked for."""

FEWEST_SEEN: Final = 0.6
"""Share of those instants in which the curve must be known."""

Found: TypeAlias = "tuple[float, float] | None"
"""Time and value, None where it was not seen."""

ReadSteps: TypeAlias = Callable[[Motion, Floats, Sequence[Step]], list[Found]]
"""Reads a curve at the steps of one foot."""


@dataclass(frozen=True)
class Reading:
    """A value at one event, with the times between which the event's cycle lasted (NaN if outside the clip)."""

    event: EventValue
    span_s: tuple[float, float]


def read(metric: EventMetric, motion: Motion, curve: Floats | None, side: Side) -> list[Reading]:
    """The metric at every step or repetition of a side.

    Args:
        metric: says when.
        motion: has the events.
        curve: of the metric, (n,); None for a metric of whole steps or repetitions.
        side: whose events.
    """
    if isinstance(metric, StepMetric):
        return _of_steps(metric, motion, side)
    if isinstance(metric, RepMetric):
        return _of_reps(metric, motion, side)
    if curve is None:
        return []
    if motion.activity is Activity.RUNNING:
        return _at_steps(metric, motion, curve, side)
    return _at_reps(motion, curve, side)


def standing_value(motion: Motion, curve: Floats) -> float:
    """Median of a curve while standing between repetitions; 0 where that was not seen for long enough."""
    quiet = curve[motion.standing()]
    quiet = quiet[np.isfinite(quiet)]
    return float(np.median(quiet)) if len(quiet) >= STANDING_S * motion.track.rate_hz else 0.0


def next_contact_s(motion: Motion, step: Step, *, same_foot: bool = False) -> float:
    """When the other foot, or the same one, lands next; NaN if that is outside the clip or a step is missing."""
    later = [s for s in motion.steps if s.contact_s > step.contact_s][: 2 if same_foot else 1]
    wanted = step.side if same_foot else step.side.other
    if len(later) < (2 if same_foot else 1) or later[-1].side is not wanted:
        return float("nan")
    return later[-1].contact_s


def _of_steps(metric: StepMetric, motion: Motion, side: Side) -> list[Reading]:
    readings = []
    for step in (step for step in motion.steps if step.side is side):
        value = metric.value(motion, step)
        if np.isfinite(value):
            span = (step.contact_s, next_contact_s(motion, step))
            readings.append(Reading(EventValue(step.index, float(step.mid_stance_s), float(value)), span))
    return readings


def _of_reps(metric: RepMetric, motion: Motion, side: Side) -> list[Reading]:
    readings = []
    for rep in (rep for rep in motion.reps if rep.side is side):
        value = metric.value(motion, rep)
        if np.isfinite(value):
            event = EventValue(rep.index, float(rep.top_s), float(value))
            readings.append(Reading(event, (rep.start_s, rep.end_s)))
    return readings


def _at_steps(metric: Metric, motion: Motion, curve: Floats, side: Side) -> list[Reading]:
    readings = []
    steps = [step for step in motion.steps if step.side is side]
    for step, found in zip(steps, _AT_STEP[metric.phase](motion, curve, steps), strict=True):
        if found is not None and np.isfinite(found[1]):
            span = (step.contact_s, next_contact_s(motion, step, same_foot=metric.phase.in_swing))
            readings.append(Reading(EventValue(step.index, *found), span))
    return readings


def _at_contact(motion: Motion, curve: Floats, steps: Sequence[Step]) -> list[Found]:
    contacts_s = np.array([step.contact_s for step in steps], dtype=float)
    values = between(motion.times_s, curve, contacts_s)
    return [(float(contact_s), float(value)) for contact_s, value in zip(contacts_s, values, strict=True)]


def _at_mid_stance(motion: Motion, curve: Floats, step: Step) -> Found:
    return float(step.mid_stance_s), motion.at(curve, step.mid_stance_s)


def _change_in_stance(motion: Motion, curve: Floats, steps: Sequence[Step]) -> list[Found]:
    landings, lasts = _at_contact(motion, curve, steps), [_at_mid_stance(motion, curve, step) for step in steps]
    return [
        (last[0], last[1] - first[1]) if first and last else None for first, last in zip(landings, lasts, strict=True)
    ]


def _at_push_off(motion: Motion, curve: Floats, step: Step) -> Found:
    """The largest value from mid-stance to shortly after toe-off, which must not be the window's end."""
    times, values = _between(motion, curve, step.mid_stance_s, step.toe_off_s + AFTER_TOE_OFF_S)
    return _top(times, values) if len(values) else None


def _in_early_swing(motion: Motion, curve: Floats, step: Step) -> Found:
    swing_s = next_contact_s(motion, step, same_foot=True) - step.toe_off_s
    start, end = (step.toe_off_s + share * swing_s for share in EARLY_SWING)
    times, values = _between(motion, curve, start, end)
    return (float(times.mean()), float(values.mean())) if len(values) else None


def _in_swing(motion: Motion, curve: Floats, step: Step) -> Found:
    times, values = _between(motion, curve, step.toe_off_s, next_contact_s(motion, step, same_foot=True))
    return _top(times, values) if len(values) else None


def _each(read_one: Callable[[Motion, Floats, Step], Found]) -> ReadSteps:
    """Read step by step."""
    return lambda motion, curve, steps: [read_one(motion, curve, step) for step in steps]


_AT_STEP: Final[dict[Phase, ReadSteps]] = {
    Phase.CONTACT: _at_contact,
    Phase.MID_STANCE: _each(_at_mid_stance),
    Phase.CONTACT_TO_MID_STANCE: _change_in_stance,
    Phase.PUSH_OFF: _each(_at_push_off),
    Phase.EARLY_SWING: _each(_in_early_swing),
    Phase.SWING: _each(_in_swing),
}


def _between(motion: Motion, curve: Floats, start_s: float, end_s: float) -> tuple[Floats, Floats]:
    """Known times and values of a curve between two times; empty where too little of it was seen."""
    nothing = np.empty(0)
    if not np.isfinite([start_s, end_s]).all() or end_s > motion.times_s[-1]:
        return nothing, nothing
    grid = np.linspace(start_s, end_s, GRID)
    values = np.interp(grid, motion.times_s, curve)
    known = np.isfinite(values)
    return (grid[known], values[known]) if known.mean() >= FEWEST_SEEN else (nothing, nothing)


def _top(times_s: Floats, values: Floats) -> tuple[float, float]:
    best = int(np.argmax(values))
    return float(times_s[best]), float(values[best])


def _at_reps(motion: Motion, curve: Floats, side: Side) -> list[Reading]:
    readings = []
    for rep in motion.reps:
        if rep.side is not side:
            continue
        found = _largest(motion, curve, rep)
        if found is not None:
            readings.append(Reading(EventValue(rep.index, *found), (rep.start_s, rep.end_s)))
    return readings


def _largest(motion: Motion, curve: Floats, rep: Rep) -> Found:
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
