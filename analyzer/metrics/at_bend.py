"""A curve of the carrying leg where its knee is bent by the same amount in every repetition.

The largest value hangs on how deep somebody bends and on the camera's turn, which fakes most where the knee is bent
most; at one bend repetitions, clips and people of different depth compare.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.front_bend import bend_from_front_deg
from analyzer.metrics.readings import Found
from analyzer.motion.types import Activity, Motion, Rep

BEND_DEG: Final = 40.0
"""Of the 30 to 45 degrees that the project's notes on the step-up test propose."""

BENDING = frozenset({Activity.STEP_UP, Activity.SINGLE_LEG_SQUAT, Activity.LUNGE, Activity.SPLIT_SQUAT})
"""Where a knee bends that far and straightens again while it carries."""


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
