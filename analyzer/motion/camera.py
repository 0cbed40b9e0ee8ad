"""Where the phone stood: view, yaw, roll and the way the person faces.

The yaw comes from the pose model's metric landmarks: shoulders and hips span a line whose depth against its width is
the turn of the trunk. Over forty rendered people of known azimuth its error is about 3 degrees once averaged over a
clip (see `benchmarks/`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import trunk_px
from analyzer.motion.types import Camera, View
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack

FRONTAL_WITHIN_DEG: Final = 18.0
"""Frontal angles beyond 15 degrees of yaw are refused (section 3f); the margin is the error of the estimate."""

SAGITTAL_WITHIN_DEG: Final = 30.0
"""Sagittal angles suffer little below 20 degrees out of plane (Stevens 2006); the estimate is worse from the side."""

YAW_ERROR_DEG: Final = 2.0
MODEL_YAW_DEG: Final = {View.FRONT: -2.6, View.BACK: -0.3, View.LEFT: -5.4, View.RIGHT: 8.4}
"""What the model's trunk is turned by on the average over sixty rendered clips of known azimuth, whose spread is the
error above. From the front its sign stayed in three clips that were flipped, so there it is the model's; from the
sides it mirrors, as if the model turned everybody a little towards the camera."""

AZIMUTH_DEG: Final = {View.FRONT: 0.0, View.LEFT: 90.0, View.BACK: 180.0, View.RIGHT: -90.0}
"""Direction from the person to the camera: 0 in front, + towards the person's left."""


def see_camera(track: PoseTrack, view: View | None = None) -> Camera:
    """Judge the camera from a cleaned track; a view that the user states is believed."""
    azimuth, spread = trunk_azimuth_deg(track)
    nearest = min(AZIMUTH_DEG, key=lambda v: abs(_turn(azimuth - AZIMUTH_DEG[v])))
    azimuth -= MODEL_YAW_DEG[nearest]
    off = abs(_turn(azimuth - AZIMUTH_DEG[nearest]))
    frontal = nearest in (View.FRONT, View.BACK)
    limit = FRONTAL_WITHIN_DEG if frontal else SAGITTAL_WITHIN_DEG
    found = nearest if off <= limit else View.OBLIQUE
    chosen = view or found
    yaw = _turn(azimuth - AZIMUTH_DEG[nearest if chosen is View.OBLIQUE else chosen])
    facing = {View.LEFT: -1, View.RIGHT: 1}.get(chosen, 0)
    margin = abs(off - limit) / limit
    return Camera(
        view=chosen,
        yaw_deg=float(yaw),
        yaw_error_deg=float(np.hypot(YAW_ERROR_DEG, spread)),
        roll_deg=float("nan"),
        facing=facing,
        confidence=float(np.clip(0.5 + 0.5 * margin, 0.0, 1.0)) if view is None else 1.0,
    )


def trunk_azimuth_deg(track: PoseTrack) -> tuple[float, float]:
    """Direction from the person to the camera, and its standard error between thirds of the clip.

    From in front or behind, the feet's mean direction in the picture sharpens it: toes that point to one side of the
    picture tell a turn to that side, whatever the trunk does.
    """
    lines = []
    for name in ("shoulder", "hip"):
        left, right = (track.world_m[:, point(side, name)] for side in SIDES)
        lines.append((left - right)[:, [0, 2]])
    line = lines[0] / np.nanmean(np.linalg.norm(lines[0], axis=1)) + lines[1] / np.nanmean(
        np.linalg.norm(lines[1], axis=1)
    )
    line = line[np.isfinite(line).all(axis=1)]
    if len(line) < 3:
        return float("nan"), float("nan")
    whole = _azimuth(line)
    parts = [_turn(_azimuth(part) - whole) for part in np.array_split(line, 3)]
    spread = float(np.std(parts) / np.sqrt(3))
    if abs(_turn(whole)) < 45 or abs(_turn(whole - 180)) < 45:
        feet = feet_turn_deg(track)
        front = abs(_turn(whole)) < 45
        seen = feet if front else 180.0 - feet
        if np.isfinite(feet) and abs(_turn(seen - whole)) < 15.0:
            whole = _turn(whole + 0.5 * _turn(seen - whole))
    return float(whole), spread


def feet_turn_deg(track: PoseTrack) -> float:
    """Turn of the mean foot direction away from the line of sight, + when the toes point to the picture's left.

    A foot is about as long as 0.5 of the trunk from mid-hip to mid-shoulder (foot 0.152 and trunk 0.288 of the
    height, Drillis & Contini 1966).
    """
    span = np.concatenate([track.points_px[:, point(s, "toe")] - track.points_px[:, point(s, "heel")] for s in SIDES])
    sideways = span[:, 0][np.isfinite(span[:, 0])]
    if len(sideways) < 6:
        return float("nan")
    foot = 0.152 / 0.288 * trunk_px(track.points_px)
    return float(-np.degrees(np.arcsin(np.clip(np.mean(sideways) / foot, -1.0, 1.0))))


def _azimuth(line: Floats) -> float:
    x, z = line.mean(axis=0)
    return float(-np.degrees(np.arctan2(z, x)))


def _turn(angle_deg: float) -> float:
    """The same angle between -180 and 180."""
    return float((angle_deg + 180.0) % 360.0 - 180.0)
