"""Vertical oscillation: how far the body's centre of mass goes up and down in a step.

Positive always. From any side, from the lowest to the highest point between this contact and the other foot's next one.
Source: Folland et al. 2017. Differs: the whole body's centre of mass instead of the pelvis; a slow drift of runner or
camera across the step is taken off.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.readings import next_contact_s
from analyzer.metrics.registry import ANY_VIEW, StepMetric
from analyzer.motion.types import Motion, Step
from analyzer.pose.spline import natural_spline

FINE = 60
FEWEST = 6
SEEN_SHARE = 0.8
"""Of the frames of a step; the spline carries the rest across."""


@StepMetric(unit="cm", views=ANY_VIEW, pose_error=0.9, event_error=0.9, scaled=True)
def vertical_oscillation(motion: Motion, step: Step) -> float:
    """Lowest to highest centre of mass within the step in cm, NaN where it was not seen throughout."""
    end_s = next_contact_s(motion, step)
    height_cm = -motion.in_cm(motion.com_px[:, 1])
    inside = (motion.times_s > step.contact_s - 0.1) & (motion.times_s < end_s + 0.1)
    known = inside & np.isfinite(height_cm)
    if not np.isfinite(end_s) or known.sum() < max(FEWEST, SEEN_SHARE * inside.sum()):
        return float("nan")
    times = np.linspace(step.contact_s, end_s, FINE)
    height = natural_spline(motion.times_s[known], height_cm[known])(times)
    return float(np.ptp(height - np.linspace(height[0], height[-1], FINE)))
