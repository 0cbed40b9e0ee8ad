"""Squat depth: how far the thigh is from level at the lowest point.

Positive above level, negative where the hips get below the knees. From any view, by how much of the thigh's length
still stands upright. Source: the project's notes on the squat, hips as low as the knees (PROPOSED there). Differs: the
hip joint stands for the crease of the hip.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import ANY_VIEW, RepMetric
from analyzer.motion.body import level_px
from analyzer.motion.types import Activity, Motion, Rep
from analyzer.pose.landmarks import SIDES, Side

BENT = frozenset({Activity.SQUAT, Activity.SINGLE_LEG_SQUAT, Activity.LUNGE, Activity.SPLIT_SQUAT})


@RepMetric(
    unit="deg", views=ANY_VIEW, activities=BENT,
    pose_error=7.5, event_error=7.5,
)  # fmt: skip
def squat_depth(motion: Motion, rep: Rep) -> float:
    """Angle of the thigh to the level at the lowest point, in degrees; the mean of both in squats on two legs."""
    upright = [_upright(motion, side, rep.top_s) for side in (SIDES if rep.side is Side.BOTH else (rep.side,))]
    return float(np.degrees(np.arcsin(np.clip(np.mean(upright), -1.0, 1.0))))


def _upright(motion: Motion, side: Side, time_s: float) -> float:
    """The thigh's height in the picture over its length."""
    height_px = (level_px(motion, side, "knee") - level_px(motion, side, "hip"))[:, 1]
    return motion.at(height_px / motion.segment_px("thigh"), time_s)
