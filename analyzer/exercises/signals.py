"""Phase signals: physical quantities that rise and fall once in each repetition, whatever the picture's size or rate.

Lengths are in body heights and angles in degrees. Vertical extents are read where they can be, since they look the same
from the front, from the side and in a mirror.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.exercises.tables import SignalName
from analyzer.motion.body import height_px, lean_deg
from analyzer.motion.curves import percentile
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import SIDES, Side

Signals: TypeAlias = Mapping[Side, Floats]
"""One (n,) curve for the whole body under `Side.BOTH`, or one for each side; NaN where unseen."""

STILL_WINDOW_S: Final = 0.5
STILL: Final = 0.02
"""In body heights, 3.5 cm: how far the hips of somebody who holds a position get within half a second."""


def signal(name: SignalName, motion: Motion) -> Signals:
    """The quantity of that name over the motion's frames."""
    return _SIGNALS[name](motion)


def heights_of(motion: Motion, name: str) -> dict[Side, Floats]:
    """(n,) per side: a point's height in body heights; zero is arbitrary."""
    tall = height_px(motion.track.points_px, motion.times_s)
    return {side: np.asarray(-motion.joint(side, name)[:, 1] / tall) for side in SIDES}


def hips_height(motion: Motion) -> Floats:
    """(n,) height of the middle of the hips, in body heights; zero is arbitrary."""
    return 0.5 * sum(heights_of(motion, "hip").values(), np.zeros(len(motion.track)))


def _hips_down(motion: Motion) -> Signals:
    high = hips_height(motion)
    return {Side.BOTH: percentile(high, 90) - high}


def _hips_up(motion: Motion) -> Signals:
    high = hips_height(motion)
    return {Side.BOTH: high - percentile(high, 5)}


def _trunk_pitch(motion: Motion) -> Signals:
    """Lean of the trunk from upright: from the side as seen, from elsewhere by how much of its height is left."""
    top, bottom = motion.middle("shoulder"), motion.middle("hip")
    if motion.camera.view in SAGITTAL:
        return {Side.BOTH: np.asarray(motion.camera.facing * lean_deg(top, bottom))}
    upright = bottom[:, 1] - top[:, 1]
    return {Side.BOTH: np.asarray(np.degrees(np.arccos(np.clip(upright / percentile(upright, 95), -1.0, 1.0))))}


def _feet_apart(motion: Motion) -> Signals:
    tall = height_px(motion.track.points_px, motion.times_s)
    apart = np.abs(motion.joint(Side.LEFT, "ankle")[:, 0] - motion.joint(Side.RIGHT, "ankle")[:, 0]) / tall
    return {Side.BOTH: np.asarray(apart)}


def lower_foot(motion: Motion) -> Floats:
    """(n,) height of the lower foot over where it stands, in body heights, ankle and toe together."""
    return np.asarray(np.minimum(*_feet(motion, "ankle", "toe")))


def higher_foot(motion: Motion) -> Floats:
    """(n,) the same of the higher foot."""
    return np.asarray(np.maximum(*_feet(motion, "ankle", "toe")))


def lower_toe(motion: Motion) -> Floats:
    """(n,) the same of the lower toe alone: above zero both feet are in the air."""
    return np.asarray(np.minimum(*_feet(motion, "toe")))


def _feet(motion: Motion, *names: str) -> list[Floats]:
    feet = []
    for side in SIDES:
        high = np.mean([heights_of(motion, name)[side] for name in names], axis=0)
        feet.append(high - percentile(high, 5))
    return feet


def _thigh_raised(motion: Motion) -> Signals:
    """Angle of each thigh from hanging down, 90 when level; by its vertical extent."""
    thigh_px = motion.segment_px("thigh")
    drop = {side: (motion.joint(side, "knee") - motion.joint(side, "hip"))[:, 1] / thigh_px for side in SIDES}
    return {side: np.asarray(np.degrees(np.arccos(np.clip(drop[side], -1.0, 1.0)))) for side in SIDES}


def _stillness(motion: Motion) -> Signals:
    """1 where the hips have stayed in one place for a while and still do, else 0."""
    tall = height_px(motion.track.points_px, motion.times_s)
    place, times = motion.middle("hip") / tall[:, None], motion.times_s
    still = np.zeros(len(times))
    for row, time_s in enumerate(times):
        near = place[np.abs(times - time_s) <= STILL_WINDOW_S / 2]
        still[row] = float(len(near) > 1 and np.linalg.norm(np.ptp(near, axis=0)) < STILL)
    return {Side.BOTH: still}


_SIGNALS: Final[dict[SignalName, Callable[[Motion], Signals]]] = {
    "hips_down": _hips_down,
    "hips_up": _hips_up,
    "trunk_pitch": _trunk_pitch,
    "feet_apart": _feet_apart,
    "feet_clear": lambda motion: {Side.BOTH: lower_foot(motion)},
    "both_up": lambda motion: {Side.BOTH: lower_foot(motion)},
    "thigh_raised": _thigh_raised,
    "stillness": _stillness,
}
