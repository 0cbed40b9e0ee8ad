"""Feet that cannot be where they are said to be.

From the front or the back a runner's swinging foot passes behind or before the standing leg, and the pose model puts it
there, on the other foot. Two feet are never in one place for long while one of them swings: the lower one is on the
ground, and the other one was not seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.clean import LONGEST_GAP_S, body_height_px
from analyzer.pose.landmarks import Side, point
from analyzer.pose.track import PoseTrack

FOOT: Final = ("ankle", "heel", "toe")

ONE_PLACE: Final = 0.07
"""Distance of the ankles in body heights, 12 cm, below which one foot hides the other."""


def without_hidden_feet(track: PoseTrack) -> PoseTrack:
    """The track of a runner or walker seen from the front or the back, NaN for a foot that the other one hides.

    Feet that truly pass each other are as near for a frame or two; so short a time is let pass.
    """
    points = track.points_px.copy()
    left, right = (points[:, point(side, "ankle")] for side in (Side.LEFT, Side.RIGHT))
    together = np.linalg.norm(left - right, axis=1) < ONE_PLACE * body_height_px(points)
    together = _lasting(np.asarray(together), track.times_s, LONGEST_GAP_S[True])
    left_higher = left[:, 1] < right[:, 1]
    for side, higher in ((Side.LEFT, left_higher), (Side.RIGHT, ~left_higher)):
        for part in FOOT:
            points[together & higher, point(side, part)] = np.nan
    return replace(track, points_px=points)


def _lasting(state: Bools, times_s: Floats, least_s: float) -> Bools:
    """(n,) True where the state lasts longer than that."""
    lasting = np.zeros(len(state), bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], state, [False]]).astype(int)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        lasting[first:after] = times_s[after - 1] - times_s[first] > least_s
    return lasting
