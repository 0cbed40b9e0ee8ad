"""Duty factor: the share of a stride for which one foot is on the ground.

Positive always; below a half there is flight. From any side. Source: contact time over twice the step time, 0.32-0.39
in the force-plate runners of Fukuchi et al. 2017, doi:10.7717/peerj.3298. Differs: over the foot's own stride.
"""

from __future__ import annotations

from analyzer.metrics.readings import next_contact_s
from analyzer.metrics.registry import ANY_VIEW, StepMetric
from analyzer.motion.types import Motion, Step

PER_S = 1.5
"""One over the time of a usual stride of 0.68 s: what a second of mistiming would do."""


@StepMetric(
    unit="fraction", views=ANY_VIEW, pose_error=0.001, event_error=0.03, per_contact_s=PER_S, per_toe_off_s=PER_S
)
def duty_factor(motion: Motion, step: Step) -> float:
    """Contact time over the time to the same foot's next contact, NaN where either was not seen."""
    return (step.toe_off_s - step.contact_s) / (next_contact_s(motion, step, same_foot=True) - step.contact_s)
