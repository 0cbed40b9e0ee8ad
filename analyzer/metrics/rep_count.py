"""Repetitions counted, per leading or standing leg. From any view.

A repetition that the clip cuts off at its beginning or end is not counted. Source: the step-up test of the case study,
which asks for ten on each side. Uncertainty: none is given for a count.
"""

from __future__ import annotations

from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import REPETITIONS, TWO_LEGGED, WholeMetric
from analyzer.motion.types import Activity, Motion
from analyzer.pose.landmarks import SIDES, Side

COUNTED = (REPETITIONS | TWO_LEGGED | {
    Activity.SINGLE_LEG_RDL, Activity.CRAB_WALK, Activity.HOP, Activity.HIGH_KNEES, Activity.OVERHEAD_KNEES,
}) - {Activity.HAMSTRING_BRIDGE}  # fmt: skip
"""All that is repeated rather than held."""


@WholeMetric(unit="count", activities=COUNTED)
def rep_count(motion: Motion) -> list[Measurement]:
    """One measurement per side, or one for both where both legs work together."""
    together = motion.activity in TWO_LEGGED or any(rep.side is Side.BOTH for rep in motion.reps)
    sides = (Side.BOTH,) if together else SIDES
    counts = []
    for side in sides:
        reps = [rep for rep in motion.reps if rep.side is side]
        events = tuple(EventValue(rep.index, rep.top_s, 1.0) for rep in reps)
        counts.append(
            Measurement(
                metric="rep_count",
                side=side,
                unit="count",
                value=float(len(reps)),
                uncertainty=0.0,
                n=len(reps),
                per_event=events,
                event_uncertainty=0.0,
                evidence_s=events[0].time_s if events else None,
            )
        )
    return counts
