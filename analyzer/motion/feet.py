"""Hips and feet in body heights: who rests where, and when a foot is in the air.

All lengths are in body heights, so nothing hangs on distance, zoom or picture size, and all durations in seconds.
Feet tell little about height from the front, since a box nearer to the camera stands lower in the picture; but they
tell from anywhere when they rest and when they move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.body import height_px
from analyzer.motion.curves import runs
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack

REST_S: Final = 0.3
"""A foot that stays in one place as long rests; at the top of a swing it is slow for half that time."""

ONE_PLACE: Final = 0.016
"""In body heights, 3 cm: how far an ankle at rest seems to move."""

SWING: Final = 0.035
"""How far a foot gets from where it rested, in body heights, for that to be a step: 6 cm. A heel that is lifted while
the toes stay moves the ankle less than half of what the same foot does on its way to a box."""

TOE_OFF: Final = 0.02
"""How far the toe is from where it rested when it has left the ground, in body heights: 3.5 cm."""


@dataclass(frozen=True)
class Heights:
    """The picture's places in body heights.

    Attributes:
        times_s: (n,)
        hips: (n,) + higher; zero is arbitrary.
        thigh_to_shank: (n,) of the lower foot's leg, by their heights in the picture: about 1 when it stands straight,
            less the more the thigh points at the camera or lies level.
        foot: (n,) per side, the ankle's height; zero is arbitrary.
        ankle: (n, 2) per side, its place in the picture.
        toe: (n, 2) per side.
    """

    times_s: Floats
    hips: Floats
    thigh_to_shank: Floats
    foot: dict[Side, Floats]
    ankle: dict[Side, Floats]
    toe: dict[Side, Floats]


@dataclass(frozen=True)
class Swing:
    """One foot's way from one resting place to the next: the last frame of rest and the first of the next."""

    first: int
    last: int


def heights(track: PoseTrack) -> Heights:
    """Places of hips and feet; NaN where unseen."""
    tall = height_px(track.points_px, track.times_s)

    def place(side: Side, name: str) -> Floats:
        return np.asarray(track.points_px[:, point(side, name)] / tall[:, None])

    hips = -0.5 * (place(Side.LEFT, "hip") + place(Side.RIGHT, "hip"))[:, 1]
    knee, ankle = ({side: place(side, name) for side in SIDES} for name in ("knee", "ankle"))
    ratio = {s: (knee[s] - place(s, "hip"))[:, 1] / (ankle[s] - knee[s])[:, 1] for s in SIDES}
    standing = ankle[Side.LEFT][:, 1] > ankle[Side.RIGHT][:, 1]
    return Heights(
        times_s=track.times_s,
        hips=hips,
        thigh_to_shank=np.where(standing, ratio[Side.LEFT], ratio[Side.RIGHT]),
        foot={side: -ankle[side][:, 1] for side in SIDES},
        ankle=ankle,
        toe={side: place(side, "toe") for side in SIDES},
    )


def swings(high: Heights, side: Side) -> tuple[Swing, ...]:
    """Every step of a foot, in order; one that the clip cuts off begins or ends with the clip."""
    place = filled(high.ankle[side], high.times_s)
    found = []
    for first, last in runs(~_resting(place, high.times_s)):
        swing = Swing(max(first - 1, 0), min(last + 1, len(place) - 1))
        rest = place[swing.first] if first > 0 else place[swing.last]
        if np.nanmax(np.linalg.norm(place[swing.first : swing.last + 1] - rest, axis=1), initial=0.0) > SWING:
            found.append(swing)
    return tuple(found)


def _resting(place: Floats, times_s: Floats) -> Bools:
    """(n,) True where a point (n, 2) belongs to a stretch of `REST_S` within which it stays in one place."""
    rest = np.zeros(len(place), bool)
    width = max(2, round(REST_S / float(np.median(np.diff(times_s)))) + 1)
    if len(place) < width or not np.isfinite(place).all():
        return ~rest
    windows = np.lib.stride_tricks.sliding_window_view(place, width, axis=0)
    for first in np.flatnonzero(np.linalg.norm(np.ptp(windows, axis=2), axis=1) < ONE_PLACE):
        rest[first : first + width] = True
    return rest


def filled(place: Floats, times_s: Floats) -> Floats:
    """A (n, 2) path with straight lines across what was not seen; NaN throughout if it never was."""
    known = np.isfinite(place).all(axis=1)
    if not known.any():
        return place
    return np.stack([np.interp(times_s, times_s[known], place[known, axis]) for axis in (0, 1)], axis=1)


def travel(high: Heights, side: Side, span: tuple[int, int]) -> float:
    """Path of an ankle over a stretch of frames, in body heights."""
    steps = np.diff(filled(high.ankle[side], high.times_s)[span[0] : span[1] + 1], axis=0)
    return float(np.nansum(np.linalg.norm(steps, axis=1)))


def toe_off(high: Heights, side: Side, swing: Swing) -> int:
    """Frame in which the toe leaves the place where it rested before a swing; the heel may be long up by then."""
    before = high.times_s >= high.times_s[swing.first] - REST_S
    before[swing.first + 1 :] = False
    rest = np.nanmedian(high.toe[side][before], axis=0) if np.isfinite(high.toe[side][before]).any() else np.nan
    away = np.linalg.norm(high.toe[side][swing.first : swing.last + 1] - rest, axis=1) > TOE_OFF
    near = np.flatnonzero(~away)
    if not away.any() or not len(near):
        return swing.first
    furthest = int(np.nanargmax(np.linalg.norm(high.toe[side][swing.first : swing.last + 1] - rest, axis=1)))
    near = near[near < furthest]
    return swing.first + (int(near[-1]) if len(near) else 0)
