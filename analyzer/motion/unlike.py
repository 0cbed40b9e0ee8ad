"""What is no step-up and no squat, however well the hips' height fits: jumps, and what is done lying down."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools
from analyzer.motion.body import height_px
from analyzer.motion.curves import percentile, runs
from analyzer.motion.feet import Heights
from analyzer.motion.types import Rep
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack

LEAPING: Final = 0.4
"""In body heights per second, 0.7 m/s: as fast a foot leaves the ground for a flight of 0.15 s; in a step one rests."""

LEAP_S: Final = 0.045
"""So long both feet rise together in most drawn jumps, 0.05 to 0.25 s; in rendered step-ups hardly ever."""

UPRIGHT: Final = 0.20
"""In body heights: the shoulders of somebody on their feet are mostly further above the hips, 0.29 when upright."""

OVER_KNEES: Final = 0.05
"""The same for the hips above the knees, 0.24 when upright and mostly more than 0.15 in sets of squats; with the
shoulders on a bench the knees are the higher ones."""


def leaps(high: Heights, reps: tuple[Rep, ...]) -> bool:
    """Whether in most repetitions both feet rise together, which no step does."""
    rising = [np.gradient(high.foot[side], high.times_s) > LEAPING for side in SIDES]
    both = np.asarray(rising[0] & rising[1])
    return sum(_together_s(both, high, rep) >= LEAP_S for rep in reps) > len(reps) / 2


def _together_s(both: Bools, high: Heights, rep: Rep) -> float:
    inside = both & (high.times_s >= rep.start_s) & (high.times_s <= rep.end_s)
    step_s = float(np.median(np.diff(high.times_s)))
    return max(((last - first + 1) * step_s for first, last in runs(inside)), default=0.0)


def lies(track: PoseTrack) -> bool:
    """Whether the trunk is mostly level, or the hips are mostly no higher than the knees: on a bench or the floor."""
    tall = height_px(track.points_px, track.times_s)
    shoulder, hip, knee = (
        -np.mean([track.points_px[:, point(side, name)][:, 1] for side in SIDES], axis=0) / tall
        for name in ("shoulder", "hip", "knee")
    )
    return percentile(shoulder - hip, 75) < UPRIGHT or percentile(hip - knee, 50) < OVER_KNEES
