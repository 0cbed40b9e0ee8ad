"""How the pelvis tilts to the side, seen from the front or the back.

The pose model's hip line follows a fifth of it. While the thighs pass each other, the edges of clothes at the hips
follow it by 0.8 to 0.9 of it in five rendered runners; at other times the thigh that is ahead lifts them. In the two
force-plate runners of Fukuchi et al. 2017 (doi:10.7717/peerj.3298) the thighs pass each other 5 ms before and 4 ms
after the pelvis is lowest, which is when runners are read from there. How clothes hang on somebody who stands level is
not known, so that only half of the difference between the legs is told, which both sides get.
"""

from __future__ import annotations

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.types import Activity, Motion
from analyzer.pose.landmarks import SIDES, Side


def by_clothes(motion: Motion) -> bool:
    """Whether a runner's pelvis is seen by the edges of their clothes."""
    return motion.activity is Activity.RUNNING and bool(np.isfinite(_level_deg(motion)))


def clothes_tilt_deg(motion: Motion) -> Floats:
    """(n,) tilt of a runner's clothes at the hips against their level, + lower at the right; NaN where unknown."""
    if motion.track.waist_deg is None or not by_clothes(motion):
        return np.full(len(motion.track), np.nan)
    return np.asarray(motion.track.waist_deg - _level_deg(motion))


def drop_deg(motion: Motion, side: Side) -> Floats:
    """(n,) by how much the other leg's hip is lower than the side's, NaN where unseen."""
    if by_clothes(motion):
        return motion.medial(side) * clothes_tilt_deg(motion)
    across = motion.joint(side.other, "hip") - motion.joint(side, "hip")
    return np.asarray(np.degrees(np.arctan2(across[:, 1], np.abs(across[:, 0]))))


def _level_deg(motion: Motion) -> float:
    """What the clothes' tilt is halfway between both legs' mid-stances; NaN where it was not seen in both."""
    tilt = motion.track.waist_deg
    if tilt is None:
        return float("nan")
    both = []
    for side in SIDES:
        seen = np.array([motion.at(tilt, step.mid_stance_s) for step in motion.steps if step.side is side])
        seen = seen[np.isfinite(seen)]
        both.append(float(np.median(seen)) if len(seen) else float("nan"))
    return 0.5 * (both[0] + both[1])
