"""Tempo: how long it takes to lower the body, since what is not controlled is dropped.

Positive always. From any view: in step-ups from when the hips begin to sink until the first foot is on the floor, in
squats from standing to the lowest point. Source: the project's notes on the step-up test, lowering in 1.0 s or more
(PROPOSED there). Differs: rise and hold are not judged.
"""

from __future__ import annotations

from analyzer.metrics.registry import ANY_VIEW, RepMetric
from analyzer.motion.types import Activity, Motion, Rep

LOWERED = frozenset(
    {
        Activity.STEP_UP, Activity.SQUAT, Activity.SINGLE_LEG_SQUAT, Activity.LUNGE, Activity.SPLIT_SQUAT,
        Activity.RDL, Activity.SINGLE_LEG_RDL,
    }
)  # fmt: skip
"""Where the way to the turn leads down."""


@RepMetric(
    unit="s", views=ANY_VIEW, activities=LOWERED, pose_error=0.10, event_error=0.12,
    lower_is_worse=True,
)  # fmt: skip
def rep_tempo(_motion: Motion, rep: Rep) -> float:
    """Seconds of the way down."""
    return rep.top_s - rep.start_s if rep.phases is None else rep.phases.floor_s - rep.phases.lowering_s
