"""Flight time: how long no foot is on the ground after this one has left.

Positive in the air; negative would mean both feet down, as in walking. From any side, from toe-off to the other foot's
contact; surest from the side at 60 frames per second or more. Source: Morin et al. 2005.
"""

from __future__ import annotations

from analyzer.metrics.readings import next_contact_s
from analyzer.metrics.registry import ANY_VIEW, StepMetric
from analyzer.motion.types import Motion, Step

MS = 1000.0


@StepMetric(unit="ms", views=ANY_VIEW, pose_error=1.0, event_error=20.0, per_contact_s=MS, per_toe_off_s=MS)
def flight_time(motion: Motion, step: Step) -> float:
    """From this foot's toe-off to the other's contact in ms, NaN where either was not seen."""
    return MS * (next_contact_s(motion, step) - step.toe_off_s)
