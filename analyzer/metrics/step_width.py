"""Step width: how far apart left and right foot come down, across the direction of travel.

Positive apart, negative where the feet cross over the line of travel. From the front or the back, between the ankles at
successive mid-stances; a slow drift of the runner is taken off by using the other foot's step before and the one after.
Source: Brindle et al. 2014, mean 6 cm. Differs: ankle joints instead of heels; that the pose model puts a carrying
ankle outside its joint is taken off.
"""

from __future__ import annotations

from analyzer.metrics.registry import StepMetric
from analyzer.motion.body import level_px
from analyzer.motion.calibrate import standing_ankle_out_cm
from analyzer.motion.types import FRONTAL, Motion, Step
from analyzer.motion.understand import HIP_SHARE


@StepMetric(unit="cm", views=FRONTAL, pose_error=1.1, event_error=1.5, scaled=True)
def step_width(motion: Motion, step: Step) -> float:
    """Distance in cm from this ankle to where the other one stood before and after; NaN at the clip's ends."""
    place = {s.index: _across_cm(motion, s) for s in motion.steps if abs(s.index - step.index) <= 1}
    around = [s for s in motion.steps if abs(s.index - step.index) == 1 and s.side is not step.side]
    if len(around) < 2 or motion.scale is None:
        return float("nan")
    other = 0.5 * (place[around[0].index] + place[around[1].index])
    outside = 2.0 * standing_ankle_out_cm(motion.camera, motion.scale.leg_length_cm / HIP_SHARE)
    return -motion.medial(step.side) * (place[step.index] - other) - outside


def _across_cm(motion: Motion, step: Step) -> float:
    """Where the ankle is at mid-stance, in cm to the right of the picture's middle."""
    off_px = level_px(motion, step.side, "ankle")[:, 0] - motion.track.size_px[0] / 2
    return motion.at(motion.in_cm(off_px), step.mid_stance_s)
