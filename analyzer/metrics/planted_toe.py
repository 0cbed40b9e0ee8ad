"""Where the toes of a foot that carries are, told while its leg is straightest.

The pose model turns a foot inwards with a knee that bends and caves in, and outwards with one that moves out, though
the foot rests on the ground. In 24 rendered legs from the front it drew the toes 1.2 to 1.5 cm further in, and the heel
1 cm further out, for each 10 degrees that the knee caves in, in both halves of the people alike; the feet of a real
person who squats, flat on the floor, turned likewise.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.front_bend import bend_from_front_deg
from analyzer.motion.types import Activity, Motion
from analyzer.pose.landmarks import Side

PLANTED: Final = frozenset({Activity.STEP_UP, Activity.SINGLE_LEG_SQUAT, Activity.SPLIT_SQUAT})
"""In which a foot stays where it is all the while that its leg carries; in a lunge it steps, in a skip it leaves."""

STRAIGHTEST: Final = 100.0 / 3.0
"""Per cent of the frames of a single-leg phase; with a fifth or a half of them values change by less than 0.1 cm."""


def planted_toe_x_px(motion: Motion, side: Side) -> Floats:
    """Picture x (n,) of the toes, in each single-leg phase where they are while the leg is straightest; NaN if unseen.

    A foot that truly turns while it carries is taken to rest, so a knee that turns in with it still counts as inside.
    """
    toe_x_px = motion.joint(side, "toe")[:, 0].copy()
    if motion.activity not in PLANTED:
        return toe_x_px
    bend_deg, times_s = bend_from_front_deg(motion, side), motion.times_s
    for rep in (rep for rep in motion.reps if rep.side is side):
        for start_s, end_s in rep.loaded:
            inside = (times_s >= start_s) & (times_s <= end_s) & np.isfinite(toe_x_px) & np.isfinite(bend_deg)
            if inside.any():
                straight = inside & (bend_deg <= np.percentile(bend_deg[inside], STRAIGHTEST))
                toe_x_px[inside] = np.median(toe_x_px[straight])
    return toe_x_px
