"""What is no step-up and no squat, however well the hips' height fits: jumps, lunges, and what is done lying down."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.body import height_px
from analyzer.motion.curves import hysteresis, percentile, runs
from analyzer.motion.feet import Heights, filled, heights
from analyzer.motion.types import Rep
from analyzer.pose.landmarks import SIDES, Side, point
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

HALF_WAY: Final = 0.5
DOWN: Final = 0.25
"""Of how far the hips go in the clip: lower than that somebody is sinking or rising, and is down."""

SUNK: Final = 0.05
"""In body heights, 9 cm: so far below the other the rear knee gets at least when somebody kneels on it, 0.07 to 0.2 in
drawn lunges and split squats from any side."""

LAID: Final = 0.12
"""In body heights, half a shank: a knee that is no higher above its ankle is knelt on; a shank that carries stands."""

FOLLOWS: Final = 0.15
"""Of what the hips sink: a foot in the air follows them, by 0.2 to 1.2 in rendered squats on one leg, projected to all
sides; toes on the floor or on a bench do not, and in drawn lunges and split squats stay below 0.07."""

FEWEST: Final = 5
"""Frames by which it is told whether a foot follows."""

STEPPED: Final = 0.1
"""In body heights, 18 cm: a foot that gets further in the picture has stepped, as in a lunge, and not only rolled."""

STEP_S: Final = 2.0
"""Time before and after which a foot steps that belongs to a lunge."""


def kneels(track: PoseTrack) -> bool:
    """Whether somebody mostly kneels down on one knee while the hips are low: in lunges and split squats.

    That knee is far below the other one, its shank laid back and its toes at rest. Who squats on one leg may hold the
    other one alike, but in the air, so that it sinks with the hips; who stands before a box with a foot on it stands on
    an upright shank, and who holds a leg out has its shank laid ahead.
    """
    above = _share_of_way(track)
    found = [_knelt(track, above, first, last) for first, last in hysteresis(-above, -DOWN, -HALF_WAY)]
    return sum(found) > len(found) / 2


def steps_around(track: PoseTrack) -> bool:
    """Whether a foot steps before, between or after the times when the hips are low: in lunges, not in split squats."""
    times_s = track.times_s[_share_of_way(track) < DOWN]
    around = (track.times_s >= times_s[0] - STEP_S) & (track.times_s <= times_s[-1] + STEP_S)
    high = heights(track)
    places = [filled(high.ankle[side], high.times_s)[around] for side in SIDES]
    return max(float(np.linalg.norm(np.ptp(place, axis=0))) for place in places) > STEPPED


def _share_of_way(track: PoseTrack) -> Floats:
    """(n,) height of the hips, from 0 where they are lowest to 1 where they are highest."""
    hips = heights(track).hips
    low, top = percentile(hips, 5), percentile(hips, 95)
    return np.asarray((hips - low) / (top - low))


def _knelt(track: PoseTrack, above: Floats, first: int, last: int) -> bool:
    """Whether one knee is knelt down on between two frames, in all of which the hips are lower than half-way."""
    inside = np.zeros(len(track), bool)
    inside[first : last + 1] = True
    down = inside & (above < DOWN)
    return any(
        percentile((_height(track, side.other, "knee") - _height(track, side, "knee"))[down], 50) > SUNK
        and percentile((_height(track, side, "knee") - _height(track, side, "ankle"))[down], 50) < LAID
        and percentile(_laid_back_m(track, side)[down], 50) > 0.0
        and abs(_following(track, side, inside)) < FOLLOWS
        for side in SIDES
    )


def _following(track: PoseTrack, side: Side, inside: Bools) -> float:
    """How far a foot's toes sink or rise for each unit that the hips do; NaN where too little was seen."""
    high = heights(track)
    toe, hips = -high.toe[side][:, 1], high.hips
    known = inside & np.isfinite(toe) & np.isfinite(hips)
    if known.sum() < FEWEST or not np.ptp(hips[known]) > 0.0:
        return float("nan")
    return float(np.polyfit(hips[known], toe[known], 1)[0])


def _height(track: PoseTrack, side: Side, name: str) -> Floats:
    """(n,) height of a point in body heights; zero is arbitrary."""
    return np.asarray(-track.points_px[:, point(side, name), 1] / height_px(track.points_px, track.times_s))


def _laid_back_m(track: PoseTrack, side: Side) -> Floats:
    """(n,) how far the ankle is behind its knee, by the pose model's own depth and the line through the shoulders."""
    left, right = (track.world_m[:, point(each, "shoulder")] for each in SIDES)
    across = (left - right)[:, [0, 2]]
    shank = (track.world_m[:, point(side, "knee")] - track.world_m[:, point(side, "ankle")])[:, [0, 2]]
    return np.asarray((shank[:, 0] * across[:, 1] - shank[:, 1] * across[:, 0]) / np.linalg.norm(across, axis=1))


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
