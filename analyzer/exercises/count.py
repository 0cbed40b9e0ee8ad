"""Repetitions and holds of any exercise: one state machine on its phase signal."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.exercises.landings import landed_s
from analyzer.exercises.sides import side_of
from analyzer.exercises.signals import higher_foot, lower_toe, signal
from analyzer.exercises.tables import Phase
from analyzer.motion.curves import SETTLE_MORE, SETTLING, first_below, hysteresis, last_below, percentile, settled_s
from analyzer.motion.reps import LONGEST_S, Found
from analyzer.motion.types import Motion, Rep, Unfinished, Why
from analyzer.pose.landmarks import Side

ENTER, LEAVE = 0.5, 0.3
"""Shares of how far the signal goes in the clip, as for squats."""

RESTING: Final = 0.1
"""Of the same: no further from rest is rest."""

NATURAL_LEAVE: Final = 0.5
"""Of the threshold itself, where the signal is zero at rest."""

PITCH_LEVELS, PITCH_MORE = (0.15, 0.50), 1.15
"""The first degrees of a trunk that tips towards the camera do not show, so its beginning is taken from further up:
1.0 (raised cosine) to 1.3 (minimum jerk) times what it takes from 50 % to 15 %; computed, and the mean is meant."""

LONGEST_HOLD_S: Final = 600.0
LONGEST_FLIGHT_S: Final = 1.0
"""Nobody jumps 1.2 m high (g t^2 / 8)."""

FLIGHT: Final = 0.008
"""In body heights, 1.4 cm: how far off the floor the lower toe is in the middle jump; rising on the toes is none."""

LANDING_S: Final = 0.6
"""How long after a landing the legs still give."""


def look_for_reps(motion: Motion, phase: Phase) -> Found:
    """Every whole repetition by an exercise's own rule, and what was begun and does not count."""
    reps: list[Rep] = []
    unfinished: list[Unfinished] = []
    for side, curve in signal(phase.signal, motion).items():
        for made in _of_curve(motion, phase, side, curve):
            if isinstance(made, Rep):
                reps.append(made)
            else:
                unfinished.append(made)
    reps = _wanted(phase, sorted(reps, key=lambda rep: rep.start_s))
    if phase.signal == "feet_clear":
        reps = _flying(motion, reps)
    unfinished.sort(key=lambda each: each.time_s)
    return Found(tuple(replace(rep, index=index) for index, rep in enumerate(reps)), tuple(unfinished))


def _of_curve(motion: Motion, phase: Phase, side: Side, curve: Floats) -> list[Rep | Unfinished]:
    scaled = _scaled(phase, curve)
    if scaled is None:
        return []
    enter, leave = (1.0, NATURAL_LEAVE) if phase.natural_zero else (ENTER, LEAVE)
    stretches = hysteresis(scaled, enter, leave)
    made = (_made(motion, phase, side, scaled, span) for span in stretches)
    return [each for each in made if each is not None]


def _scaled(phase: Phase, curve: Floats) -> Floats | None:
    """The signal over its threshold, or from 0 to 1 over the clip; None if it goes nowhere."""
    if phase.natural_zero:
        return np.asarray(curve / phase.least)
    low, high = percentile(curve, 3), percentile(curve, 97)
    return np.asarray((curve - low) / (high - low)) if high - low > phase.least else None


def _made(
    motion: Motion, phase: Phase, side: Side, scaled: Floats, stretch: tuple[int, int]
) -> Rep | Unfinished | None:
    """The repetition around one stretch away from rest; None if it took no time that one takes."""
    first, last = stretch
    turn = first + int(np.nanargmax(scaled[first : last + 1]))
    rest = NATURAL_LEAVE if phase.natural_zero else RESTING
    whole = last_below(scaled, rest, first + 1) is not None and first_below(scaled, rest, last) is not None
    if not (whole or phase.hold):
        return Unfinished(float(motion.times_s[turn]), Why.CUT_OFF)
    span = _bounds(motion, phase, scaled, (first, turn, last))
    longest_s = LONGEST_HOLD_S if phase.hold else LONGEST_FLIGHT_S if phase.signal == "feet_clear" else LONGEST_S
    if not phase.shortest_s <= span[1] - span[0] <= longest_s:
        return None
    top_s = 0.5 * sum(span) if phase.hold else float(motion.times_s[turn])
    loaded = span
    if phase.signal == "both_up":
        top_s = landed_s(motion, scaled, first, last)
        loaded = (top_s, min(top_s + LANDING_S, span[1]))
    whose = side_of(phase.side, motion, side, (first, turn, last))
    return Rep(0, whose, span[0], top_s, span[1], (loaded,))


def _bounds(motion: Motion, phase: Phase, scaled: Floats, at: tuple[int, int, int]) -> tuple[float, float]:
    first, turn, last = at
    times = motion.times_s
    if phase.bounds == "settled":
        away = scaled / max(float(scaled[turn]), 1e-9)
        rest = _rest_level(away, first, last)
        away = np.asarray((away - rest) / (1.0 - rest))
        levels, more = (PITCH_LEVELS, PITCH_MORE) if phase.signal == "trunk_pitch" else (SETTLING, SETTLE_MORE)
        begin, end = (settled_s(times, away, turn, step, levels=levels, more=more) for step in (-1, 1))
        return begin, end
    level = NATURAL_LEAVE if phase.natural_zero else LEAVE
    begin = _crossed_s(times, scaled, first, -1, level)
    if phase.signal == "both_up":
        scaled = np.asarray(higher_foot(motion) / phase.least)
        last = next((row for row in range(last, len(scaled)) if scaled[row] < level), len(scaled)) - 1
    return begin, _crossed_s(times, scaled, last, +1, level)


def _rest_level(away: Floats, first: int, last: int) -> float:
    """Where the signal rests beside a stretch, so that 5 % of the movement means the movement from there."""
    beside = np.concatenate([away[:first], away[last + 1 :]])
    return float(np.clip(percentile(beside, 10), 0.0, 0.9)) if np.isfinite(beside).any() else 0.0


def _crossed_s(times_s: Floats, curve: Floats, inside: int, step: int, level: float) -> float:
    """When a curve crosses a level between a frame inside a stretch and the next one outside."""
    outside = inside + step
    if not 0 <= outside < len(curve) or not np.isfinite(curve[outside]):
        return float(times_s[inside])
    share = (curve[inside] - level) / max(float(curve[inside] - curve[outside]), 1e-9)
    return float(times_s[inside] + np.clip(share, 0.0, 1.0) * (times_s[outside] - times_s[inside]))


def _wanted(phase: Phase, reps: list[Rep]) -> list[Rep]:
    """Those on one leg, or on both, where only one kind counts."""
    if phase.alone is None:
        return reps
    return [rep for rep in reps if (rep.side is Side.BOTH) == (phase.alone == "both_legs")]


def _flying(motion: Motion, reps: list[Rep]) -> list[Rep]:
    """The jumps with the time on the ground after each as loaded; none if the toes do not leave the floor."""
    toe = lower_toe(motion)
    tops = [motion.at(toe, rep.top_s) for rep in reps]
    if not tops or not np.nanmedian(tops) > FLIGHT:
        return []
    until = [later.start_s for _, later in pairwise(reps)] + [min(reps[-1].end_s + LANDING_S, motion.times_s[-1])]
    return [
        replace(rep, loaded=((rep.end_s, min(next_s, rep.end_s + LANDING_S)),))
        for rep, next_s in zip(reps, until, strict=True)
    ]
