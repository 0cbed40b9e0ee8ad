"""Contact time: how long a foot is on the ground.

Positive always. From any side, from initial contact to toe-off; surest from the side at 60 frames per second or more.
Source: Morin et al. 2005, who build leg stiffness on it.
"""

from __future__ import annotations

from analyzer.metrics.registry import ANY_VIEW, StepMetric
from analyzer.motion.types import Motion, Step

MS = 1000.0


@StepMetric(unit="ms", views=ANY_VIEW, pose_error=1.0, event_error=20.0, per_contact_s=MS, per_toe_off_s=MS)
def contact_time(motion: Motion, step: Step) -> float:
    """From contact to toe-off in ms, NaN where the foot was not seen to leave."""
    return MS * (step.toe_off_s - step.contact_s)
