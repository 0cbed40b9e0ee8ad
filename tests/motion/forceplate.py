"""Two real runners on a force-plate treadmill, as a phone and a pose model might have seen them.

Data: Fukuchi et al. 2017, doi:10.7717/peerj.3298, CC BY 4.0; see the README beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from analyzer.arrays import Floats
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES, Side
from analyzer.pose.track import PoseTrack
from tests.motion import figures, shared

RUNNERS = ("runner1_forefoot_2.5mps", "runner4_rearfoot_2.5mps")
WHITE_M, SLOW_M, SLOW_S = 0.006, 0.008, 0.05
SPEED_MPS = 2.5


@dataclass(frozen=True)
class Plate:
    """What the force plate says: (n,) times of contact and toe-off, and the foot."""

    contact_s: Floats
    toe_off_s: Floats
    sides: tuple[Side, ...]


def recorded(name: str, view: View, fps: float, *, seconds: float = 15.0, seed: int = 0) -> tuple[PoseTrack, Plate]:
    """A noisy pose track of a runner from one side, and its truth."""
    data = np.load(shared.MOCAP / f"{name}.npz")
    rng = np.random.default_rng(seed)
    marked_s = np.arange(len(data["left_hip"])) / float(data["rate_hz"])
    times = np.arange(rng.uniform(0.0, 1.0 / fps), seconds, 1.0 / fps)
    points: dict[str, Floats] = {}
    for side in SIDES:
        for part in ("hip", "knee", "ankle", "heel", "toe"):
            place = np.stack([np.interp(times, marked_s, axis) for axis in data[f"{side.value}_{part}"].T], axis=1)
            # theirs: forward, up, right
            points[f"{side.value}_{'foot_index' if part == 'toe' else part}"] = place[:, [0, 2, 1]] * [1, -1, 1]
    pelvis = 0.5 * (points["left_hip"] + points["right_hip"])
    joints = figures.stacked(points | figures.upper_body(pelvis, 6.0, 0.0), len(times))
    joints += rng.normal(0.0, WHITE_M, joints.shape) + _slow_noise(rng, joints.shape, 1.0 / fps)
    figure = figures.Figure(times, joints - pelvis.mean(axis=0) * [1, 1, 0], figures.Activity.RUNNING)
    kept = data["contact_s"] < seconds
    sides = tuple(shared.SIDE_OF[str(letter)[0].upper()] for letter in data["side"][kept])
    return figures.filmed(figure, view), Plate(data["contact_s"][kept], data["toe_off_s"][kept], sides)


def _slow_noise(rng: np.random.Generator, shape: tuple[int, ...], step_s: float) -> Floats:
    """First-order autoregressive noise."""
    keep = np.exp(-step_s / SLOW_S)
    fresh = rng.normal(0.0, SLOW_M * np.sqrt(1.0 - keep**2), shape)
    fresh[0] = rng.normal(0.0, SLOW_M, shape[1:])
    return np.asarray(lfilter([1.0], [1.0, -keep], fresh, axis=0))
