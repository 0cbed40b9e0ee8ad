"""Feet that cannot be where they are said to be.

From the front or the back a runner's swinging foot passes behind or before the standing leg, and the pose model puts it
there, on the other foot. Two feet are never in one place for long while one of them swings: the one that carries was
seen, and the other one was not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.types import Step
from analyzer.pose.clean import LONGEST_GAP_S, body_height_px
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack

FOOT: Final = ("ankle", "heel", "toe")

ONE_PLACE: Final = 0.07
"""Distance of the ankles in body heights, 12 cm, below which one foot hides the other."""

TOGETHER: Final = 0.6
"""Speed of one ankle against the other, in body heights per second, below which near feet move as one: in 18 rendered
runners feet that truly passed each other were slower in one frame of fifty."""

GLIMPSE_S: Final = 0.04
"""A foot that turns round beside the other one is as slow for two frames of 60 per second."""


def without_hidden_feet(track: PoseTrack, steps: tuple[Step, ...]) -> PoseTrack:
    """The track of a runner seen from the front or the back, NaN for a foot that the other one hides.

    Feet that truly pass each other are as near for a moment, but then one of them swings: nearness counts if it lasts
    longer than a gap could be, or if the feet move as one. In flight the higher one is the hidden one.

    Args:
        track: cleaned.
        steps: say which foot carries when.
    """
    points = track.points_px.copy()
    tall_px = body_height_px(points)
    left, right = (points[:, point(side, "ankle")] for side in (Side.LEFT, Side.RIGHT))
    apart = (left - right) / tall_px
    near = np.asarray(np.linalg.norm(apart, axis=1) < ONE_PLACE)
    speed = np.linalg.norm(np.gradient(apart, track.times_s, axis=0), axis=1)
    as_one = near & (np.nan_to_num(speed, nan=np.inf) < TOGETHER)
    hidden = _lasting(near, track.times_s, LONGEST_GAP_S[True]) | _lasting(as_one, track.times_s, GLIMPSE_S)
    carrying = _carrying(steps, track.times_s)
    swings = {Side.LEFT: left[:, 1] < right[:, 1], Side.RIGHT: left[:, 1] >= right[:, 1]}
    for side, higher in swings.items():
        unseen = hidden & ~carrying[side] & (higher | carrying[side.other])
        for part in FOOT:
            points[unseen, point(side, part)] = np.nan
    return replace(track, points_px=points)


def _carrying(steps: tuple[Step, ...], times_s: Floats) -> dict[Side, Bools]:
    """(n,) for each foot, True while it is on the ground."""
    out = {side: np.zeros(len(times_s), bool) for side in SIDES}
    for step in steps:
        out[step.side] |= (times_s >= step.contact_s) & (times_s <= step.toe_off_s)
    return out


def _lasting(state: Bools, times_s: Floats, least_s: float) -> Bools:
    """(n,) True where the state lasts longer than that."""
    lasting = np.zeros(len(state), bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], state, [False]]).astype(int)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        lasting[first:after] = times_s[after - 1] - times_s[first] > least_s
    return lasting
