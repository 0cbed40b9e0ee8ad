"""Squats on two legs or one, and standing on one leg. Lengths are in body heights and durations in seconds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.curves import first_below, hysteresis, last_below, percentile, settled_s
from analyzer.motion.feet import Heights, heights
from analyzer.motion.reps import LEAST_RISE, LONGEST_S, SHORTEST_S, Found
from analyzer.motion.types import Activity, Rep, Unfinished, Why
from analyzer.pose.landmarks import SIDES, Side
from analyzer.pose.track import PoseTrack

RAISED_FOOT: Final = 0.035
STILL_RAISED: Final = 0.5
"""Of that: a foot that was clear of the floor is taken to be so until it is that low, lest a wobble end a hold."""

ENTER, LEAVE = 0.5, 0.3
HELD_S: Final = 2.0
"""A foot off the floor for as long is a hold; a step takes less."""

UPRIGHT: Final = 0.08
"""Of the depth: no more than so far below standing is standing."""

SEEN_APART: Final = 0.06
"""In body heights: how far apart two feet on the floor may seem to be in height, since the far one stands higher in the
picture: by 0.9 m * 0.35 m / (3 m * 1.75 m) before a phone at hip height 3 m away, with 0.35 m between the feet."""

NEAREST: Final = 10.0
"""Percentile of the difference in standing, where both feet are down at least for a while."""


def find_squats(track: PoseTrack) -> tuple[Activity, tuple[Rep, ...]]:
    """The whole repetitions of `look_for_squats`, and which kind they are."""
    kind, found = look_for_squats(track)
    return kind, found.reps


def look_for_squats(track: PoseTrack) -> tuple[Activity, Found]:
    """Squats on two legs or one: the hips sink below standing, the legs shorten, and both come back.

    Returns:
        Which of the two it is, and the repetitions; `Activity.UNKNOWN` and none if the hips do not sink so.
    """
    high = heights(track)
    top, bottom = percentile(high.hips, 90), percentile(high.hips, 3)
    deepest = top - bottom
    if not deepest > LEAST_RISE:
        return Activity.UNKNOWN, Found()
    depth = (top - high.hips) / deepest
    high = replace(high, foot=_level(high.foot, depth < UPRIGHT))
    reps: list[Rep] = []
    unfinished = []
    for first, last in hysteresis(depth, ENTER, LEAVE):
        made = _squat(high, depth, len(reps), first, last)
        if isinstance(made, Rep):
            reps.append(made)
        elif made is not None:
            unfinished.append(made)
    if not reps:
        return Activity.UNKNOWN, Found()
    single = sum(rep.side is not Side.BOTH for rep in reps)
    kind = Activity.SINGLE_LEG_SQUAT if single > len(reps) / 2 else Activity.SQUAT
    return kind, Found(tuple(reps), tuple(unfinished))


def _level(foot: dict[Side, Floats], upright: Bools) -> dict[Side, Floats]:
    """Heights of the feet with what the camera's nearness makes of two feet on the floor taken off."""
    apart = (foot[Side.LEFT] - foot[Side.RIGHT])[upright]
    nearest = apart[np.abs(apart) <= percentile(np.abs(apart), NEAREST)]
    both_down = float(np.clip(percentile(nearest, 50), -SEEN_APART, SEEN_APART)) if len(nearest) else 0.0
    return {Side.LEFT: foot[Side.LEFT] - both_down, Side.RIGHT: foot[Side.RIGHT]}


def _squat(high: Heights, depth: Floats, index: int, first: int, last: int) -> Rep | Unfinished | None:
    """The repetition around one time below; None if it took no time that a squat takes."""
    lowest = first + int(np.nanargmax(depth[first : last + 1]))
    if last_below(depth, UPRIGHT, first) is None or first_below(depth, UPRIGHT, last) is None:
        return Unfinished(float(high.times_s[lowest]), Why.CUT_OFF)
    span = (settled_s(high.times_s, depth, lowest, -1), settled_s(high.times_s, depth, lowest, +1))
    if not SHORTEST_S < span[1] - span[0] < LONGEST_S:
        return None
    lean = float(np.nanmedian((high.foot[Side.LEFT] - high.foot[Side.RIGHT])[first : last + 1]))
    side = Side.RIGHT if lean > RAISED_FOOT else Side.LEFT if lean < -RAISED_FOOT else Side.BOTH
    return Rep(index, side, span[0], float(high.times_s[lowest]), span[1], (span,))


def look_for_holds(track: PoseTrack, least_s: float = HELD_S) -> Found:
    """Holds on one leg, the other foot clear of the floor; one that the clip cuts off lasts as long as it is seen."""
    high = heights(track)
    reps = []
    for side in SIDES:
        raised = high.foot[side.other] - high.foot[side]
        for first, last in hysteresis(raised, RAISED_FOOT, STILL_RAISED * RAISED_FOOT):
            span = (float(high.times_s[first]), float(high.times_s[last]))
            clear = float(np.nanmedian(raised[first : last + 1])) > RAISED_FOOT
            if clear and span[1] - span[0] >= least_s:
                reps.append(Rep(0, side, span[0], 0.5 * (span[0] + span[1]), span[1], (span,)))
    reps.sort(key=lambda rep: rep.start_s)
    return Found(tuple(replace(rep, index=index) for index, rep in enumerate(reps)))
