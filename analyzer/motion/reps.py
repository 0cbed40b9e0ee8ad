"""Repetitions of slow exercises: step-ups, squats and single-leg squats.

All lengths are in body heights, so nothing hangs on distance, zoom or picture size, and all durations in seconds.
Feet tell little about height from the front, since a box nearer to the camera stands lower in the picture. So the hips
count the repetitions, the legs' length tells stepping up from squatting, and the feet tell who leads by moving or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.body import height_px
from analyzer.motion.types import Activity, Rep
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack

LEAST_RISE: Final = 0.075
"""Of the hips, in body heights: 13 cm for a man of 1.75 m. A runner bounces less, the boxes of the tests are higher."""

MOST_RISE: Final = 0.40
STRAIGHT: Final = 0.8
"""Thigh against shank with the hips low over the same with the hips high: people who step up stand straight below the
box (0.95-1.2 over twelve rendered people), people who squat do not (0.25-0.7)."""

SWING: Final = 0.05
"""Path of a foot, in body heights, that makes a step: both feet make one up and one down in a step-up."""

RAISED_FOOT: Final = 0.035
MOVING_H_PER_S: Final = 0.12
"""Speed of a foot that is in the air, in body heights per second, 0.2 m/s: jitter stays below, a swing is three times
as fast."""

PACE_S: Final = 0.25
"""Window over which a foot's pace is taken: at the top of a swing seen from the front it hardly moves for a moment."""

ENTER, LEAVE = 0.5, 0.3
EDGES: Final = (0.15, 0.85)
OFF_GROUND: Final = 0.06
"""Of the rise: while the hips are lower than that, the other foot still helps, whatever its toe seems to do."""

SHORTEST_S: Final = 0.3
LONGEST_S: Final = 20.0


@dataclass(frozen=True)
class Heights:
    """The picture's heights and speeds in body heights.

    Attributes:
        times_s: (n,)
        hips: (n,) + higher; zero is arbitrary.
        thigh_to_shank: (n,) of the lower foot's leg, by their heights in the picture: about 1 when it stands straight,
            less the more the thigh points at the camera or lies level.
        foot: (n,) per side, the ankle's height; zero is arbitrary.
        speed: (n,) per side, of the toe's movement in the picture, per second, above that of a resting foot.
    """

    times_s: Floats
    hips: Floats
    thigh_to_shank: Floats
    foot: dict[Side, Floats]
    speed: dict[Side, Floats]


def heights(track: PoseTrack) -> Heights:
    """Heights and speeds of hips and feet; NaN where unseen."""
    tall = height_px(track.points_px, track.times_s)

    def place(side: Side, name: str) -> Floats:
        return np.asarray(track.points_px[:, point(side, name)] / tall[:, None])

    hips = -0.5 * (place(Side.LEFT, "hip") + place(Side.RIGHT, "hip"))[:, 1]
    knee, ankle = ({side: place(side, name)[:, 1] for side in SIDES} for name in ("knee", "ankle"))
    ratio = {side: (knee[side] - place(side, "hip")[:, 1]) / (ankle[side] - knee[side]) for side in SIDES}
    standing = ankle[Side.LEFT] > ankle[Side.RIGHT]
    speed = {side: _pace(place(side, "toe"), track.times_s) for side in SIDES}
    return Heights(
        times_s=track.times_s,
        hips=hips,
        thigh_to_shank=np.where(standing, ratio[Side.LEFT], ratio[Side.RIGHT]),
        foot={side: -ankle[side] for side in SIDES},
        speed=speed,
    )


def _pace(place: Floats, times_s: Floats) -> Floats:
    """Path length (n,) per second over a short window, less what a resting foot seems to move."""
    moved = np.nan_to_num(np.linalg.norm(np.diff(place, axis=0), axis=1))
    path = np.concatenate([[0.0], np.cumsum(moved)])
    ahead, behind = (np.interp(times_s + sign * PACE_S / 2, times_s, path) for sign in (1.0, -1.0))
    pace = (ahead - behind) / PACE_S
    return np.asarray(pace - np.percentile(pace, 20))


def find_step_ups(track: PoseTrack) -> tuple[Rep, ...]:
    """Step-ups: the body gets up onto something and down again with long legs below and above.

    The foot that stays on the box while the hips rise leads. The loaded interval runs from the trailing foot's leaving
    the floor to its return to it; if the lead foot steps down first it ends at the top, since then the other leg
    lowers the body.
    """
    high = heights(track)
    floor, top = _percentile(high.hips, 5), _percentile(high.hips, 95)
    rise = top - floor
    if not LEAST_RISE < rise < MOST_RISE:
        return ()
    above = (high.hips - floor) / rise
    if _bent_when_low(high, above):
        return ()
    reps: list[Rep] = []
    for first, last in hysteresis(above, ENTER, LEAVE):
        rep = _step_up(high, above, len(reps), first, last)
        if rep is not None and (not reps or rep.start_s >= reps[-1].top_s):
            reps.append(rep)
    return tuple(reps)


def _bent_when_low(high: Heights, above: Floats) -> bool:
    """Whether the standing leg is bent with the hips low (``above`` runs from 0, lowest, to 1) and straight above."""
    low, up = (high.thigh_to_shank[part] for part in (above < EDGES[0], above > EDGES[1]))
    return bool(np.nanmedian(low) < STRAIGHT * np.nanmedian(up))


def _step_up(high: Heights, above: Floats, index: int, first: int, last: int) -> Rep | None:
    """The repetition around one stay on the box, None if the clip cuts it off."""
    low_before, low_after = _last_below(above, EDGES[0], first), _first_below(above, EDGES[0], last)
    if low_before is None or low_after is None:
        return None
    up = (low_before, _first_above(above, EDGES[1], low_before) or first)
    down = (_last_above(above, EDGES[1], low_after) or last, low_after)
    trail = max(SIDES, key=lambda side: _travel(high, side, up))
    lead = trail.other
    steps_down_first = max(SIDES, key=lambda side: _travel(high, side, down))
    trail_off = _swing_start(high, trail, up)
    stepped_up = _swing_before(high, lead, trail_off)
    if min(_travel(high, lead, stepped_up), _travel(high, trail, up)) < SWING:
        return None
    start = _swing_start(high, lead, stepped_up)
    landed = _swing_end(high, steps_down_first, down)
    end = _swing_end(high, steps_down_first.other, _swing_after(high, steps_down_first.other, landed))
    times = high.times_s
    if not SHORTEST_S <= times[end] - times[start] <= LONGEST_S or (start == 0 and above[0] > EDGES[0]):
        return None
    top = _plateau_start(high.hips, first, last)
    raised = np.flatnonzero(above[low_before : low_after + 1] > OFF_GROUND) + low_before
    alone = (max(trail_off, int(raised[0])), min(landed, int(raised[-1])) if steps_down_first is trail else top)
    return Rep(
        index=index,
        side=lead,
        start_s=float(times[start]),
        top_s=float(times[top]),
        end_s=float(times[end]),
        loaded=((float(times[alone[0]]), float(times[alone[1]])),),
    )


def _travel(high: Heights, side: Side, span: tuple[int, int]) -> float:
    """Path of a foot over a stretch, in body heights."""
    return float(np.nansum((high.speed[side] * np.gradient(high.times_s))[span[0] : span[1] + 1]))


def _moving(high: Heights, side: Side) -> Bools:
    return np.asarray(np.nan_to_num(high.speed[side]) > MOVING_H_PER_S)


def _swing_start(high: Heights, side: Side, span: tuple[int, int]) -> int:
    """First frame of the swing that is fastest within a stretch."""
    still = ~_moving(high, side)[: _fastest(high, side, span) + 1]
    return int(np.flatnonzero(still)[-1]) if still.any() else 0


def _swing_end(high: Heights, side: Side, span: tuple[int, int]) -> int:
    """Last frame of the swing that is fastest within a stretch."""
    fastest = _fastest(high, side, span)
    still = ~_moving(high, side)[fastest:]
    return fastest + int(np.flatnonzero(still)[0]) if still.any() else len(high.times_s) - 1


def _fastest(high: Heights, side: Side, span: tuple[int, int]) -> int:
    return span[0] + int(np.argmax(np.nan_to_num(high.speed[side][span[0] : span[1] + 1])))


def _swing_before(high: Heights, side: Side, index: int) -> tuple[int, int]:
    """Stretch of the last movement of a foot before a frame."""
    moved = [run for run in runs(_moving(high, side)[: index + 1]) if _travel(high, side, run) > SWING]
    return moved[-1] if moved else (index, index)


def _swing_after(high: Heights, side: Side, index: int) -> tuple[int, int]:
    """Stretch of the first movement of a foot after a frame."""
    moved = [(index + a, index + b) for a, b in runs(_moving(high, side)[index:])]
    moved = [run for run in moved if _travel(high, side, run) > SWING]
    return moved[0] if moved else (index, index)


def find_squats(track: PoseTrack) -> tuple[Activity, tuple[Rep, ...]]:
    """Squats on two legs or one: the hips sink below standing, the legs shorten, and both come back.

    Returns:
        Which of the two it is, and the repetitions; `Activity.UNKNOWN` and none if the hips do not sink so.
    """
    high = heights(track)
    top, bottom = _percentile(high.hips, 90), _percentile(high.hips, 3)
    depth, deepest = top - high.hips, top - bottom
    if not deepest > LEAST_RISE:
        return Activity.UNKNOWN, ()
    difference = high.foot[Side.LEFT] - high.foot[Side.RIGHT]
    reps: list[Rep] = []
    for first, last in hysteresis(depth, ENTER * deepest, LEAVE * deepest):
        lean = float(np.nanmedian(difference[first : last + 1]))
        side = Side.RIGHT if lean > RAISED_FOOT else Side.LEFT if lean < -RAISED_FOOT else Side.BOTH
        start = _last_below(depth, 0.08 * deepest, first)
        end = _first_below(depth, 0.08 * deepest, last)
        if start is None or end is None or not SHORTEST_S < high.times_s[end] - high.times_s[start] < LONGEST_S:
            continue
        lowest = first + int(np.nanargmax(depth[first : last + 1]))
        span = (float(high.times_s[start]), float(high.times_s[end]))
        reps.append(Rep(len(reps), side, span[0], float(high.times_s[lowest]), span[1], (span,)))
    single = sum(rep.side is not Side.BOTH for rep in reps)
    if not reps:
        return Activity.UNKNOWN, ()
    return (Activity.SINGLE_LEG_SQUAT if single > len(reps) / 2 else Activity.SQUAT), tuple(reps)


def standing_on(track: PoseTrack) -> tuple[Side, float]:
    """The leg stood on for longest without the other foot touching the floor, and for how many seconds."""
    high = heights(track)
    best = (Side.BOTH, 0.0)
    for side in SIDES:
        for first, last in runs((high.foot[side.other] - high.foot[side]) > RAISED_FOOT):
            held = float(high.times_s[last] - high.times_s[first])
            if held > best[1]:
                best = (side, held)
    return best


def hysteresis(curve: Floats, enter: float, leave: float) -> list[tuple[int, int]]:
    """First and last index of every stretch that rises above ``enter``, until it falls below ``leave``."""
    known = np.nan_to_num(curve, nan=-np.inf)
    return [(first, last) for first, last in runs(known > leave) if known[first : last + 1].max() > enter]


def runs(good: Bools) -> list[tuple[int, int]]:
    """First and last index of every unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], good.astype(int), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _last_below(curve: Floats, level: float, before: int) -> int | None:
    found = np.flatnonzero(curve[:before] < level)
    return int(found[-1]) if len(found) else None


def _first_below(curve: Floats, level: float, after: int) -> int | None:
    found = np.flatnonzero(curve[after:] < level)
    return after + int(found[0]) if len(found) else None


def _first_above(curve: Floats, level: float, after: int) -> int | None:
    return _first_below(-curve, -level, after)


def _last_above(curve: Floats, level: float, before: int) -> int | None:
    return _last_below(-curve, -level, before)


def _plateau_start(hips: Floats, first: int, last: int) -> int:
    """Where the hips first come within a hundredth of a body height of their highest."""
    stretch = hips[first : last + 1]
    return first + int(np.flatnonzero(stretch >= np.nanmax(stretch) - 0.01)[0])


def _percentile(values: Floats, q: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.percentile(known, q)) if len(known) else float("nan")
