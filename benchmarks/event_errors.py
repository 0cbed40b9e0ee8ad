"""Steps as they were seen against steps as they were."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from naive import lowest_ankle
from truth import Event

from analyzer.arrays import Floats
from analyzer.motion.running import cadence_steps_per_min
from analyzer.motion.types import Motion, Step
from analyzer.pose.landmarks import SIDES

SAME_S = 0.12
"""A contact seen within this of a true one is that one; the shortest step is twice as long."""

FEWEST_FOR_CADENCE = 8

EDGE_S = 0.25
"""Steps this near to the first or last frame in which the person is seen are cut off and do not count."""


@dataclass(frozen=True)
class EventErrors:
    """What came of one clip's steps; errors are positive where an event is seen late."""

    true_steps: int
    missed: int
    invented: int
    wrong_foot: int
    contact_ms: Floats
    toe_off_ms: Floats
    naive_contact_ms: Floats
    cadence_error: float


def compare_events(events: list[Event], motion: Motion) -> EventErrors:
    """Match every true step of the clip with the nearest one seen."""
    seen_s = motion.times_s[motion.raw.seen > 0]
    first_s, last_s = seen_s[0] + EDGE_S, seen_s[-1] - EDGE_S
    whole = [event for event in events if first_s < event.contact_s and event.toe_off_s < last_s]
    pairs = [(event, step) for event in whole if (step := _nearest(event, motion.steps)) is not None]
    matched = {step.index for _, step in pairs}
    every = np.array([event.contact_s for event in events])
    invented = [
        step for step in motion.steps
        if step.index not in matched and first_s < step.contact_s < last_s
        and np.abs(every - step.contact_s).min() > SAME_S
    ]  # fmt: skip
    return EventErrors(
        true_steps=len(whole),
        missed=len(whole) - len(pairs),
        invented=len(invented),
        wrong_foot=sum(event.side is not step.side for event, step in pairs),
        contact_ms=np.array([1e3 * (step.contact_s - event.contact_s) for event, step in pairs]),
        toe_off_ms=np.array([1e3 * (step.toe_off_s - event.toe_off_s) for event, step in pairs]),
        naive_contact_ms=_naive_contact_ms(whole, motion),
        cadence_error=_cadence_error(pairs),
    )


def _nearest(event: Event, steps: tuple[Step, ...]) -> Step | None:
    near = [step for step in steps if abs(step.contact_s - event.contact_s) < SAME_S]
    return min(near, key=lambda step: abs(step.contact_s - event.contact_s)) if near else None


def _cadence_error(pairs: list[tuple[Event, Step]]) -> float:
    """Steps per minute, over the steps that both have; NaN from fewer than `FEWEST_FOR_CADENCE`."""
    if len(pairs) < FEWEST_FOR_CADENCE:
        return float("nan")
    seen, _ = cadence_steps_per_min(np.array([step.contact_s for _, step in pairs]))
    true, _ = cadence_steps_per_min(np.array([event.contact_s for event, _ in pairs]))
    return float(seen - true)


def _naive_contact_ms(whole: list[Event], motion: Motion) -> Floats:
    """From each true contact to the frame in which that stance's ankle is lowest in the raw track."""
    raw, off = replace(motion, track=motion.raw), []
    for side in SIDES:
        lows = motion.raw.times_s[lowest_ankle(raw, side)]
        for event in (event for event in whole if event.side is side):
            during = lows[(lows > event.contact_s - SAME_S) & (lows < event.toe_off_s + SAME_S)]
            if len(during):
                off.append(1e3 * float(during[np.argmin(np.abs(during - event.contact_s))] - event.contact_s))
    return np.array(off)
