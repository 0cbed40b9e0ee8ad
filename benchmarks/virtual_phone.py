"""Force-plate runners as a phone's pose model might see them: projected, resampled, with noise.

A runner's file holds joint centres at ``rate_hz`` (x forward, y up, z right, metres) and the force plate's contacts and
toe-offs, as rebuilt from the public data of Fukuchi et al. 2017, doi:10.7717/peerj.3298.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from truth import Event

from analyzer.arrays import Floats
from analyzer.motion.types import View
from analyzer.pose.landmarks import COUNT, INDEX, SIDES, Side
from analyzer.pose.track import PoseTrack

SIZE_PX = (1280, 720)
PX_PER_M = 280.0
WHITE_M, SLOW_M, SLOW_S = 0.006, 0.008, 0.05
"""Noise of a good pose model: from frame to frame, and drifting with that time constant."""

ABOVE_HIPS_M = {"elbow": 0.27, "wrist": 0.05, "pinky": 0.0, "index": 0.0, "thumb": 0.0}


def film(path: Path, view: View, fps: float, seed: int = 0) -> tuple[PoseTrack, list[Event]]:
    """A track of the runner seen from that side, and the true steps."""
    noise = np.random.default_rng(seed)
    with np.load(path) as data:
        times = np.arange(len(data["right_hip"])) / float(data["rate_hz"])
        wanted = np.arange(noise.uniform(0, 1 / fps), times[-1], 1 / fps)
        joints = {
            f"{side.value}_{part}": _resampled(data[f"{side.value}_{part}"], times, wanted)
            for side in SIDES
            for part in ("hip", "knee", "ankle", "heel", "toe")
        }
        sides = {"L": Side.LEFT, "R": Side.RIGHT}
        events = [
            Event(float(on), float(off), sides[str(side)[0].upper()])
            for on, off, side in zip(data["contact_s"], data["toe_off_s"], data["side"], strict=True)
        ]
    across, depth = _seen(_body(joints), view)
    up = _body(joints)[..., 1]
    picture = np.stack([across, -up], axis=-1)
    picture += _noise(noise, picture.shape, 1 / fps)
    picture[..., 0] -= picture[:, [INDEX["left_hip"], INDEX["right_hip"]], 0].mean()
    points = picture * PX_PER_M + np.array([SIZE_PX[0] / 2, 0.9 * SIZE_PX[1]])
    world = np.stack([across, -up, -depth], axis=-1)
    return PoseTrack(wanted, points, np.ones(points.shape[:2]), world, SIZE_PX, "force plate"), events


def _resampled(joint_m: Floats, times_s: Floats, wanted_s: Floats) -> Floats:
    return np.stack([np.interp(wanted_s, times_s, joint_m[:, axis]) for axis in range(3)], axis=1)


def _body(joints: dict[str, Floats]) -> Floats:
    """All 33 points, (n, 33, 3) m; what the markers do not show rides on the hips."""
    middle = 0.5 * (joints["left_hip"] + joints["right_hip"])
    body = np.repeat(_off(middle, 0.1, 0.75, 0.0)[:, None], COUNT, axis=1)
    for side, outward in ((Side.LEFT, -1.0), (Side.RIGHT, 1.0)):
        body[:, INDEX[f"{side.value}_shoulder"]] = _off(middle, 0.05, 0.5, 0.18 * outward)
        for part, above in ABOVE_HIPS_M.items():
            body[:, INDEX[f"{side.value}_{part}"]] = _off(middle, 0.05, above, 0.2 * outward)
        for part in ("hip", "knee", "ankle", "heel", "toe"):
            name = "foot_index" if part == "toe" else part
            body[:, INDEX[f"{side.value}_{name}"]] = joints[f"{side.value}_{part}"]
    return body


def _off(point_m: Floats, forward: float, up: float, right: float) -> Floats:
    return np.asarray(point_m + np.array([forward, up, right]))


def _seen(body: Floats, view: View) -> tuple[Floats, Floats]:
    """To the right in the picture, and towards the camera."""
    forward, right = body[..., 0], body[..., 2]
    return {
        View.LEFT: (-forward, -right),
        View.RIGHT: (forward, right),
        View.FRONT: (-right, forward),
        View.BACK: (right, -forward),
    }[view]


def _noise(noise: np.random.Generator, shape: tuple[int, ...], frame_s: float) -> Floats:
    keep = np.exp(-frame_s / SLOW_S)
    drift = noise.normal(0.0, SLOW_M, shape)
    for i in range(1, shape[0]):
        drift[i] = keep * drift[i - 1] + np.sqrt(1 - keep**2) * drift[i]
    return drift + noise.normal(0.0, WHITE_M, shape)
