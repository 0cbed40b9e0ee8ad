"""A curve of the carrying leg where its knee is bent by the same amount in every repetition.

The largest value hangs on how deep somebody bends and on the camera's turn, which fakes most where the knee is bent
most; at one bend repetitions, clips and people of different depth compare.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.readings import Found
from analyzer.motion.body import ahead_px
from analyzer.motion.types import Activity, Motion, Rep
from analyzer.pose.landmarks import Side

BEND_DEG: Final = 40.0
"""Of the 30 to 45 degrees that the project's notes on the step-up test propose."""

BENDING = frozenset({Activity.STEP_UP, Activity.SINGLE_LEG_SQUAT, Activity.LUNGE, Activity.SPLIT_SQUAT})
"""Where a knee bends that far and straightens again while it carries."""

ENDS: Final = {"thigh": ("hip", "knee"), "shank": ("knee", "ankle")}

FEWEST: Final = 5
"""Frames of a single-leg phase that tell a length."""


def bend_from_front_deg(motion: Motion, side: Side) -> Floats:
    """Bend (n,) of a knee as seen from the front or the back: how far thigh and shank point out of the picture.

    NaN where a joint is unseen. Over 101 rendered repetitions 3 degrees too much in the mean, with a spread of 9.
    """
    hip, knee, ankle = (motion.joint(side, name) for name in ("hip", "knee", "ankle"))
    bend = np.zeros(len(motion.track))
    for name, span in (("thigh", knee - hip), ("shank", ankle - knee)):
        whole_px = _full_px(motion, side, name)
        bend = bend + np.degrees(np.arcsin(ahead_px(span, whole_px) / whole_px))
    return np.asarray(bend)


def at_bend(motion: Motion, rep: Rep, curve: Floats) -> Found:
    """When the knee first has that bend in a single-leg phase, and the mean of the curve then and when it last has it.

    None where it was not seen to have it.

    Args:
        motion: has the leg.
        rep: says when one leg carries.
        curve: (n,) of the leg that carries.
    """
    bend, times = bend_from_front_deg(motion, rep.side) - BEND_DEG, motion.times_s
    found: list[float] = []
    for start_s, end_s in rep.loaded:
        inside = (times >= start_s) & (times <= end_s) & np.isfinite(bend) & np.isfinite(curve)
        then_s, off = times[inside], bend[inside]
        passed = np.flatnonzero(off[:-1] * off[1:] < 0.0)
        shares = off[passed] / (off[passed] - off[passed + 1])
        found += list(then_s[passed] + shares * (then_s[passed + 1] - then_s[passed]))
    if not found:
        return None
    return float(found[0]), float(np.mean(np.interp([found[0], found[-1]], times, curve)))


def _full_px(motion: Motion, side: Side, name: str) -> Floats:
    """Length (n,) in px that thigh or shank have when they lie in the picture's plane; NaN if size is unknown.

    Somebody who steps up comes nearer to the phone or goes away from it; on the box the leg that carries is straight at
    the top, so that each repetition tells for itself. Elsewhere it is the whole clip's.
    """
    length = motion.segment_px(name).copy()
    if motion.activity is not Activity.STEP_UP:
        return length
    first, second = (motion.joint(side, end) for end in ENDS[name])
    seen = np.linalg.norm(second - first, axis=1)
    for rep in (rep for rep in motion.reps if rep.side is side):
        for start_s, end_s in rep.loaded:
            inside = (motion.times_s >= start_s) & (motion.times_s <= end_s)
            known = seen[inside & np.isfinite(seen)]
            if len(known) >= FEWEST:
                length[inside] = np.percentile(known, 95)
    return length
