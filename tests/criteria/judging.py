"""Measurements and verdicts made by hand."""

from __future__ import annotations

from dataclasses import replace

from analyzer.criteria.tables import load_criteria
from analyzer.criteria.verdict import Judged, judge
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import Activity, Motion, Rep, View
from analyzer.pose.landmarks import SIDES, Side
from tests.motion import figures

CRITERIA = load_criteria()
UNITS = {each.name: each.unit for each in all_metrics()}
RUN = figures.run(figures.Runner(duration_s=2.0))
STEP_UP = figures.step_up(figures.Stepper(leads=(Side.LEFT,)))


def running(view: View = View.LEFT) -> Motion:
    return figures.shown(RUN, view)


def stepping(left: int, right: int, view: View = View.FRONT) -> Motion:
    """Somebody with so many repetitions of each side, of which only the count matters."""
    sides = [Side.LEFT] * left + [Side.RIGHT] * right
    reps = tuple(Rep(i, side, i, i + 0.5, i + 0.9, ((i + 0.2, i + 0.8),)) for i, side in enumerate(sides))
    return replace(figures.shown(STEP_UP, view), reps=reps, activity=Activity.STEP_UP)


def measured(
    metric: str, side: Side, value: float, *, uncertainty: float = 1.0, events: dict[int, float] | None = None
) -> Measurement:
    each = tuple(EventValue(index, float(index), v) for index, v in (events or {}).items())
    return Measurement(
        metric, side, UNITS[metric], value, uncertainty, n=max(len(each), 1), per_event=each,
        event_uncertainty=uncertainty, evidence_s=0.0,
    )  # fmt: skip


def judged(motion: Motion, *measurements: Measurement) -> tuple[Judged, ...]:
    return tuple(judge(each, motion, CRITERIA) for each in measurements)


def step_up_values(motion: Motion, missed: dict[int, float] | None = None) -> tuple[Measurement, ...]:
    """Knee caving in of each repetition, 2 degrees unless told otherwise, and the knee over the foot; nothing else."""
    out = []
    for side in SIDES:
        events = {rep.index: (missed or {}).get(rep.index, 2.0) for rep in motion.reps if rep.side is side}
        if events:
            out.append(measured("knee_valgus", side, sorted(events.values())[len(events) // 2], events=events))
            out.append(measured("knee_over_toe", side, 0.0, events=dict.fromkeys(events, 0.0)))
    return tuple(out)
