"""Step-ups: repetitions as a state machine on the hips' height and on which foot rests where.

The hips count the repetitions, the legs' length tells stepping up from squatting, and the feet tell who leads by moving
or resting. Lengths are in body heights and durations in seconds, see `analyzer.motion.feet`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.curves import first_below, hysteresis, last_below, percentile, runs, settled_s
from analyzer.motion.feet import Heights, Swing, heights, swings, toe_off, travel
from analyzer.motion.types import Phases, Rep, Unfinished, Why
from analyzer.pose.landmarks import SIDES, Side
from analyzer.pose.track import PoseTrack

LEAST_RISE: Final = 0.075
"""Of the hips, in body heights: 13 cm for a man of 1.75 m. A runner bounces less, the boxes of the tests are higher."""

MOST_RISE: Final = 0.40
STRAIGHT: Final = 0.8
"""Thigh against shank with the hips low over the same with the hips high: people who step up stand straight below the
box (0.95-1.2 over twelve rendered people), people who squat do not (0.25-0.7)."""

LEAST_TRAVEL: Final = 0.05
"""Path of the trailing ankle on the way up, in body heights."""

REACHED, ATTEMPTED, LEFT = 0.75, 0.45, 0.25
"""Shares of the rise: got up, tried to, and is down again."""

EDGES: Final = (0.15, 0.85)
OFF_GROUND: Final = 0.06
"""Of the rise: while the hips are lower than that, the other foot still helps, whatever its toe seems to do."""

RISING: Final = 0.2
"""Of the fastest rise: as long as the hips are slower, the body is still being shifted over the lead foot. Over sixteen
rendered people anything from 0.15 to 0.3 finds the same time, within 0.05 s in the mean."""

ARRIVE_S: Final = 0.6
"""Time in which the hips get from a little above the floor to where they stay while the other foot is still up."""

SLOW: Final = 0.1
"""Of the fastest rise: below it the body is said to hesitate; PROPOSED in the project's notes on the step-up test."""

REACT_S: Final = 0.1
SHORTEST_S: Final = 0.3
LONGEST_S: Final = 20.0


@dataclass(frozen=True)
class Found:
    """Whole repetitions and those that were not.

    Attributes:
        reps: in order.
        unfinished: begun and not finished, or cut off by the clip.
    """

    reps: tuple[Rep, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()


@dataclass(frozen=True)
class _Scene:
    """What all repetitions of a clip share: heights, the hips from 0 (floor) to 1 (top), and the steps of the feet."""

    high: Heights
    above: Floats
    steps: dict[Side, tuple[Swing, ...]]

    def s(self, frame: int) -> float:
        return float(self.high.times_s[frame])


@dataclass(frozen=True)
class _Stay:
    """Frames around one stay on the box: last low before, first high, last high, first low after."""

    low_before: int
    high_first: int
    high_last: int
    low_after: int


def find_step_ups(track: PoseTrack) -> tuple[Rep, ...]:
    """The whole repetitions of `look_for_step_ups`."""
    return look_for_step_ups(track).reps


def look_for_step_ups(track: PoseTrack, *, stated: bool = False) -> Found:
    """Step-ups: the body gets up onto something and down again with long legs below and above.

    The foot that stays on the box while the hips rise leads, whether it is put there anew each time or stays. The
    loaded interval runs from the trailing foot's leaving the floor to its return to it; if the lead foot steps down
    first it ends at the top, since then the other leg lowers the body. Unless the user stated them, they are believed
    only if the lead foot is seen to step up at least once; a foot that stays might as well stand on the floor.
    """
    high = heights(track)
    floor, top = percentile(high.hips, 5), percentile(high.hips, 95)
    rise = top - floor
    if not LEAST_RISE < rise < MOST_RISE:
        return Found()
    above = (high.hips - floor) / rise
    if _bent_when_low(high, above):
        return Found()
    scene = _Scene(high, above, {side: swings(high, side) for side in SIDES})
    reps: list[Rep] = []
    unfinished = _broken_off(scene)
    for first, last in hysteresis(above, REACHED, LEFT):
        made = _step_up(scene, first, last, reps[-1].end_s if reps else 0.0)
        if isinstance(made, Rep):
            reps.append(replace(made, index=len(reps)))
        elif made is not None:
            unfinished.append(made)
    if not stated and not any(rep.phases and np.isfinite(rep.phases.placed_s) for rep in reps):
        return Found()
    return Found(tuple(reps), tuple(sorted(unfinished, key=lambda each: each.time_s)))


def _bent_when_low(high: Heights, above: Floats) -> bool:
    """Whether the standing leg is bent with the hips low (``above`` runs from 0, lowest, to 1) and straight above."""
    low, up = (high.thigh_to_shank[part] for part in (above < EDGES[0], above > EDGES[1]))
    return bool(np.nanmedian(low) < STRAIGHT * np.nanmedian(up))


def _broken_off(scene: _Scene) -> list[Unfinished]:
    """Rises that did not get to the top, because they were given up or the clip cuts them off."""
    found = []
    for first, last in runs(np.nan_to_num(scene.above) > LEFT):
        top = first + int(np.nanargmax(scene.above[first : last + 1]))
        cut = first == 0 or last == len(scene.above) - 1
        if scene.above[top] <= REACHED and (cut or scene.above[top] > ATTEMPTED):
            found.append(Unfinished(scene.s(top), Why.CUT_OFF if cut else Why.NOT_TO_THE_TOP))
    return found


def _step_up(scene: _Scene, first: int, last: int, since_s: float) -> Rep | Unfinished | None:
    """The repetition around one stay on the box; None if nobody steps up in it."""
    stay = _stay(scene.above, first, last)
    cut = Unfinished(scene.s(first), Why.CUT_OFF)
    if stay is None:
        return cut
    up, down = (stay.low_before, stay.high_first), (stay.high_last, stay.low_after)
    lead, goes_first = _leader(scene, stay, since_s), _moves_most(scene, down)
    trail = lead.other
    way_up = _overlapping(scene.steps[trail], up)
    if way_up is None or travel(scene.high, trail, up) < LEAST_TRAVEL:
        return None
    if way_up.first == 0:
        return cut
    trail_off = toe_off(scene.high, trail, way_up)
    put_up = _put_up(scene, lead, trail_off, way_up, since_s)
    if put_up is not None and put_up.first == 0:
        return cut
    end = _end(scene, goes_first.other, stay, stepped_up=put_up is not None)
    if end is None:
        return cut
    start_s, end_s = scene.s(put_up.first if put_up else trail_off), scene.s(end)
    if not SHORTEST_S <= end_s - start_s <= LONGEST_S:
        return None
    return _rep(scene, stay, lead, (put_up, trail_off, way_up), goes_first, (start_s, end_s))


def _leader(scene: _Scene, stay: _Stay, since_s: float) -> Side:
    """Who leads, by two of three: who moves before the hips rise, who rests while they do, who is last to go down.

    The last is not always so, but the pose model now and then takes one foot for the other.
    """
    since = int(np.searchsorted(scene.high.times_s, since_s))
    votes = (
        _moves_most(scene, (since, stay.low_before)),
        _moves_most(scene, (stay.low_before, stay.high_first)).other,
        _moves_most(scene, (stay.high_last, stay.low_after)).other,
    )
    return max(SIDES, key=votes.count)


def _moves_most(scene: _Scene, span: tuple[int, int]) -> Side:
    return max(SIDES, key=lambda side: travel(scene.high, side, span))


def _stay(above: Floats, first: int, last: int) -> _Stay | None:
    """The frames around a stay, None if the clip begins or ends within the way up or down."""
    low_before, low_after = last_below(above, EDGES[0], first), first_below(above, EDGES[0], last)
    if low_before is None or low_after is None:
        return None
    high = np.flatnonzero(above[first : last + 1] > EDGES[1])
    if not len(high):
        high = np.array([int(np.nanargmax(above[first : last + 1]))])
    return _Stay(low_before, first + int(high[0]), first + int(high[-1]), low_after)


def _overlapping(steps: tuple[Swing, ...], span: tuple[int, int]) -> Swing | None:
    """The step that goes on for most of a stretch."""
    shared = [min(step.last, span[1]) - max(step.first, span[0]) for step in steps]
    return steps[int(np.argmax(shared))] if shared and max(shared) > 0 else None


def _put_up(scene: _Scene, lead: Side, trail_off: int, way_up: Swing, since_s: float) -> Swing | None:
    """The lead foot's step onto the box: the last before the other foot leaves the floor, since then it carries.

    Where none begins before that, the other foot's leaving was seen too early.
    """
    middle_s = 0.5 * (scene.s(way_up.first) + scene.s(way_up.last))
    return _last_before(scene, lead, scene.s(trail_off), since_s) or _last_before(scene, lead, middle_s, since_s)


def _last_before(scene: _Scene, side: Side, time_s: float, since_s: float) -> Swing | None:
    """A foot's last step that begins before a time and after another one."""
    early = [step for step in scene.steps[side] if since_s - REACT_S < scene.s(step.first) < time_s]
    return early[-1] if early else None


def _end(scene: _Scene, side: Side, stay: _Stay, *, stepped_up: bool) -> int | None:
    """Frame in which the second foot is down, the hips' being low where it stays up; None if the clip ends before."""
    again = np.flatnonzero(scene.above[stay.low_after :] > 0.5)
    until = stay.low_after + int(again[0]) if len(again) else len(scene.above)
    low_s = scene.s(stay.low_after)
    steps = [step for step in scene.steps[side] if scene.s(step.last) > low_s + REACT_S and step.first < until]
    if steps and steps[0].last == len(scene.above) - 1:
        return None
    if steps and (stepped_up or steps[0].last < until):
        return steps[0].last
    return stay.low_after if len(again) or not stepped_up else None


def _rep(
    scene: _Scene,
    stay: _Stay,
    lead: Side,
    way_up: tuple[Swing | None, int, Swing],
    goes_first: Side,
    span_s: tuple[float, float],
) -> Rep:
    put_up, trail_off, trail_up = way_up
    top_s, lowering_s = _at_rest_above(scene, stay)
    raised = _rising(scene, stay)
    soon = (scene.high.times_s >= scene.s(stay.low_after)) & (scene.high.times_s <= scene.s(stay.low_after) + ARRIVE_S)
    still_up = max(float(np.nanmin(scene.above[soon])), 0.0)
    sunk = first_below(scene.above, still_up + OFF_GROUND, stay.high_last) or stay.low_after
    alone_s = max(scene.s(trail_off), scene.s(raised))
    until_s = scene.s(sunk) if goes_first is lead.other else top_s
    at_rest_s = settled_s(scene.high.times_s, scene.above - still_up, stay.high_last, +1)
    return Rep(
        index=0,
        side=lead,
        start_s=span_s[0],
        top_s=top_s,
        end_s=span_s[1],
        loaded=((alone_s, max(until_s, alone_s + REACT_S)),),
        phases=Phases(
            placed_s=min(scene.s(put_up.last), alone_s) if put_up else float("nan"),
            trail_off_s=alone_s,
            joined_s=scene.s(trail_up.last) if trail_up.last < stay.high_last else float("nan"),
            lowering_s=lowering_s,
            hesitation_s=_hesitation_s(scene, stay),
            floor_s=0.5 * (scene.s(sunk) + max(at_rest_s, scene.s(sunk))),
        ),
    )


def _rising(scene: _Scene, stay: _Stay) -> int:
    """Frame from which on one leg lifts the body; before it, the weight's shift raises the hips a little and slowly."""
    risen = last_below(scene.above, LEFT, stay.high_first) or stay.low_before
    speed = np.nan_to_num(np.gradient(scene.above, scene.high.times_s))
    fastest = float(speed[risen : stay.high_first + 1].max())
    still = last_below(speed, RISING * fastest, risen + 1)
    low = last_below(scene.above, OFF_GROUND, stay.high_first)
    return max(each for each in (still, low, 0) if each is not None)


def _at_rest_above(scene: _Scene, stay: _Stay) -> tuple[float, float]:
    """When the hips come to rest at the top and when they begin to sink."""
    top = float(np.nanpercentile(scene.above[stay.high_first : stay.high_last + 1], 75))
    times, below = scene.high.times_s, top - scene.above
    middle_s = scene.s((stay.high_first + stay.high_last) // 2)
    up_s, down_s = settled_s(times, below, stay.low_before, +1), settled_s(times, below, stay.low_after, -1)
    return min(up_s, max(middle_s, scene.s(stay.high_first))), max(down_s, middle_s)


def _hesitation_s(scene: _Scene, stay: _Stay) -> float:
    """The longest time for which the hips hardly rise between the edges of the rise."""
    times, above = (each[stay.low_before : stay.high_first + 1] for each in (scene.high.times_s, scene.above))
    if len(times) < 3:
        return 0.0
    speed = np.gradient(above, times)
    slow = np.asarray((speed < SLOW * np.nanmax(speed)) & (above > EDGES[0]) & (above < EDGES[1]))
    return max((float(times[last] - times[first]) for first, last in runs(slow)), default=0.0)
