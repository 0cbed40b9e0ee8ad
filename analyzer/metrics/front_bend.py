"""How far a knee is bent as seen from the front or the back, by how short thigh and shank appear."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import ahead_px
from analyzer.motion.types import SEGMENT_ENDS, Activity, Motion
from analyzer.pose.landmarks import Side

FEWEST: Final = 5
"""Frames of a single-leg phase that tell a length."""


def bend_from_front_deg(motion: Motion, side: Side) -> Floats:
    """Bend (n,) of a knee as seen from the front or the back: how far thigh and shank point out of the picture.

    NaN where a joint is unseen. Over 101 rendered repetitions 3 degrees too much in the mean, with a spread of 9.
    """
    return np.asarray(sum((_tilt_deg(motion, side, name) for name in SEGMENT_ENDS), np.zeros(len(motion.track))))


def _tilt_deg(motion: Motion, side: Side, name: str) -> Floats:
    """Angle (n,) under which thigh or shank point out of the picture."""
    whole_px = _full_px(motion, side, name)
    return np.asarray(np.degrees(np.arcsin(ahead_px(_span(motion, side, name), whole_px) / whole_px)))


def _span(motion: Motion, side: Side, name: str) -> Floats:
    first, second = (motion.joint(side, end) for end in SEGMENT_ENDS[name])
    return np.asarray(second - first)


def _full_px(motion: Motion, side: Side, name: str) -> Floats:
    """Length (n,) in px that thigh or shank have when they lie in the picture's plane; NaN if size is unknown.

    Somebody who steps up comes nearer to the phone or goes away from it; on the box the leg that carries is straight at
    the top, so that each repetition tells for itself. Elsewhere it is the whole clip's.
    """
    length = motion.segment_px(name).copy()
    if motion.activity is not Activity.STEP_UP:
        return length
    seen = np.linalg.norm(_span(motion, side, name), axis=1)
    for rep in (rep for rep in motion.reps if rep.side is side):
        for start_s, end_s in rep.loaded:
            inside = (motion.times_s >= start_s) & (motion.times_s <= end_s)
            known = seen[inside & np.isfinite(seen)]
            if len(known) >= FEWEST:
                length[inside] = np.percentile(known, 95)
    return length
