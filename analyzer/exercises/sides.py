"""Whose repetition it is: by which knee is in front, which foot stands, or which way the body goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.exercises.signals import heights_of
from analyzer.exercises.tables import SideRule
from analyzer.motion.body import height_px
from analyzer.motion.squats import RAISED_FOOT
from analyzer.motion.types import FRONTAL, Motion, View
from analyzer.pose.landmarks import SIDES, Side

At = tuple[int, int, int]
"""First frame away from rest, the turn, and the last one."""

NEAR_S: Final = 0.25
ALIKE: Final = 0.05
"""In body heights, 9 cm: knees whose heights differ by less are those of a squat. In a lunge with the front thigh at 60
degrees the front knee is some 20 cm higher."""

TRAVELLED: Final = 0.02
"""In body heights, 3.5 cm: how far the hips have to move sideways in a step for its direction to be told by them."""


def side_of(rule: SideRule, motion: Motion, curve_of: Side, at: At) -> Side:
    """The side of the repetition around ``at``; ``curve_of`` is the side whose signal it was found in."""
    return _RULES[rule](motion, curve_of, at)


def _both(_motion: Motion, _curve_of: Side, _at: At) -> Side:
    return Side.BOTH


def _same(_motion: Motion, curve_of: Side, _at: At) -> Side:
    return curve_of


def _front_knee(motion: Motion, _curve_of: Side, at: At) -> Side:
    """At the bottom of a lunge the front thigh is about level and the rear one hangs: the higher knee is in front.

    Where both are alike it is a squat, on both legs.
    """
    knee = heights_of(motion, "knee")
    near = _near(motion, at)
    apart = float(np.nanmedian((knee[Side.LEFT] - knee[Side.RIGHT])[near]))
    return Side.BOTH if abs(apart) < ALIKE else _higher(knee, motion, at)


def _standing_foot(motion: Motion, _curve_of: Side, at: At) -> Side:
    """The lower of the two feet stands."""
    return _higher(heights_of(motion, "ankle"), motion, at).other


def _low_foot(motion: Motion, _curve_of: Side, at: At) -> Side:
    """On one leg the other foot is clear of it all through the jump."""
    ankle = heights_of(motion, "ankle")
    apart = float(np.nanmedian((ankle[Side.LEFT] - ankle[Side.RIGHT])[at[0] : at[2] + 1]))
    return Side.RIGHT if apart > RAISED_FOOT else Side.LEFT if apart < -RAISED_FOOT else Side.BOTH


def _travel(motion: Motion, _curve_of: Side, at: At) -> Side:
    """The leg on whose side the body goes leads; where it hardly goes anywhere, the foot that steps out."""
    tall = height_px(motion.track.points_px, motion.times_s)
    first, last = max(at[0] - 1, 0), min(at[2] + 1, len(tall) - 1)
    moved = float((motion.middle("hip")[last, 0] - motion.middle("hip")[first, 0]) / tall[at[1]])
    if motion.camera.view in FRONTAL and abs(moved) > TRAVELLED:
        left_is = -1.0 if motion.camera.view is View.BACK else 1.0
        return Side.LEFT if moved * left_is > 0 else Side.RIGHT
    path = {side: _path(motion.joint(side, "ankle")[first : at[1] + 1]) for side in SIDES}
    return max(SIDES, key=lambda side: path[side])


def _path(place: Floats) -> float:
    return float(np.nansum(np.linalg.norm(np.diff(place, axis=0), axis=1)))


def _near(motion: Motion, at: At) -> Bools:
    """(n,) True around the turn."""
    return np.asarray(np.abs(motion.times_s - motion.times_s[at[1]]) <= NEAR_S)


def _higher(height: dict[Side, Floats], motion: Motion, at: At) -> Side:
    """Whose point is higher around the turn."""
    near = _near(motion, at)
    return max(SIDES, key=lambda side: float(np.nanmedian(height[side][near])))


_RULES: Final[dict[SideRule, Callable[[Motion, Side, At], Side]]] = {
    "both": _both,
    "same": _same,
    "front_knee": _front_knee,
    "standing_foot": _standing_foot,
    "low_foot": _low_foot,
    "travel": _travel,
}
