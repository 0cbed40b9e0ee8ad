"""Knee over the foot: how far the knee lies inside the big toe.

Positive when the knee is medial to the toe. From the front or the back; running at mid-stance, repetitions at the
largest value of the single-leg phase. Source: the knee item of the lateral step-down scale, Piva et al. 2006,
doi:10.1186/1471-2474-7-33, and Rabin et al. 2010, doi:10.2519/jospt.2010.3424. Differs: the tip of the foot stands for
the second toe, the knee joint for the tibial tuberosity, and the distance is given in cm. In repetitions, what the
camera's yaw and nearness do to a toe that lies ahead of the knee is taken off, and the toe of a foot that carries is
taken to rest where it is while the leg is straightest (`planted_toe`).
"""

from __future__ import annotations

from typing import Final

from analyzer.arrays import Floats
from analyzer.metrics.planted_toe import planted_toe_x_px
from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Errors, Metric, Phase
from analyzer.motion.body import ahead_px, foot_px
from analyzer.motion.types import FRONTAL, Activity, Motion
from analyzer.pose.landmarks import Side

TOE_AHEAD: Final = 0.75
"""Of the foot's length, from below the ankle to the tip: 0.68 to 0.75 in twenty rendered people."""


@Metric(
    unit="cm", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=1.35, event_error=1.4, per_yaw=0.09, scaled=True, of_leg=True, repeated=Errors(1.35, 1.4, 0.14),
)  # fmt: skip
def knee_over_toe(motion: Motion, side: Side) -> Curve:
    """Horizontal distance from toe to knee, (n,) cm; NaN where a point is unseen or the size is unknown."""
    apart_px = motion.joint(side, "knee")[:, 0] - planted_toe_x_px(motion, side)
    if motion.activity is not Activity.RUNNING:
        apart_px = apart_px - _seen_aside_px(motion, side)
    return motion.in_cm(motion.medial(side) * apart_px)


def _seen_aside_px(motion: Motion, side: Side) -> Floats:
    """What a knee straight behind its toe seems to be beside it, (n,) px, + to the picture's right.

    A runner's knee stands about over the toe at mid-stance, so there is nothing to take off.
    """
    shank = motion.joint(side, "ankle") - motion.joint(side, "knee")
    knee_ahead_px = ahead_px(shank, motion.segment_px("shank"))
    return motion.ahead_x(side) * (knee_ahead_px - TOE_AHEAD * foot_px(motion))
