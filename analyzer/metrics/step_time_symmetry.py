"""Symmetry of step times: whether left and right steps take equally long.

Positive when the steps that begin with the left foot's contact take longer. From any side; in a side view the far leg's
contacts are less sure. Source: Robinson 1987, symmetry index ``200 (L - R) / (L + R)``. Differs: signed, because the
size alone of a noisy number is never zero. Runners differ by about 1 % between their own sides.
Uncertainty: the spread of the step times of each side, and contacts that are timed unlike on both feet.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.drift import MEDIAN_SPREAD
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.readings import next_contact_s
from analyzer.metrics.registry import RUNNING, WholeMetric
from analyzer.motion.types import SAGITTAL, Motion, Step
from analyzer.pose.landmarks import SIDES, Side

FEWEST = 3
"""Steps of each side."""

UNALIKE = {True: 1.5, False: 1.0}
"""By how much a stride is split unevenly through contacts that are timed unlike on both feet, over a contact's own
standard error; from the side, where the far foot is partly hidden, or not. Set on half of the rendered clips."""


@WholeMetric(unit="%", activities=RUNNING)
def step_time_symmetry(motion: Motion) -> list[Measurement]:
    """One measurement for both sides; per event the index of a step against the one after it."""
    times = {side: _step_times(motion, side) for side in SIDES}
    if min(len(each) for each in times.values()) < FEWEST:
        reason = "Too few steps of each leg were seen; film ten seconds or more with the whole body in the picture."
        return [Measurement("step_time_symmetry", Side.BOTH, "%", reason=reason)]
    left, right = (np.array([seconds for _, seconds in times[side]]) for side in SIDES)
    mean_s = 0.5 * (np.median(left) + np.median(right))
    value = 100.0 * (np.median(left) - np.median(right)) / mean_s
    spread_s = MEDIAN_SPREAD * np.sqrt(left.var(ddof=1) / len(left) + right.var(ddof=1) / len(right))
    # a foot whose contacts are seen late makes the other side's steps longer and its own shorter
    common_s = UNALIKE[motion.camera.view in SAGITTAL] * max(step.contact_error_s for step in motion.steps)
    events = _per_stride(times, mean_s)
    return [
        Measurement(
            metric="step_time_symmetry", side=Side.BOTH, unit="%", value=float(value),
            uncertainty=float(1.96 * 100.0 * np.hypot(spread_s, common_s) / mean_s), n=len(events), per_event=events,
            event_uncertainty=float(1.96 * 100.0 * np.hypot(common_s, 2.0 * spread_s) / mean_s),
            evidence_s=events[len(events) // 2].time_s,
        )
    ]  # fmt: skip


def _step_times(motion: Motion, side: Side) -> list[tuple[Step, float]]:
    found = [(step, next_contact_s(motion, step) - step.contact_s) for step in motion.steps if step.side is side]
    return [(step, seconds) for step, seconds in found if np.isfinite(seconds)]


def _per_stride(times: dict[Side, list[tuple[Step, float]]], mean_s: float) -> tuple[EventValue, ...]:
    """Each left step against the right step that follows it."""
    right = {step.index: seconds for step, seconds in times[Side.RIGHT]}
    return tuple(
        EventValue(step.index, step.contact_s, float(100.0 * (seconds - right[step.index + 1]) / mean_s))
        for step, seconds in times[Side.LEFT]
        if step.index + 1 in right
    )
