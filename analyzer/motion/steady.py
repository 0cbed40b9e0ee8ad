"""Taking the phone's shaking off a track."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.track import PoseTrack
from analyzer.video.camerapath import CameraPath, Moves


def steadied(track: PoseTrack, path: CameraPath) -> PoseTrack:
    """The track as if the phone had been held still in its median pose; the same track if it was still or unknown.

    Of a pan only the tremor and the turning are taken off, for the person would leave the picture otherwise; angles
    and movements against the pelvis do not notice a pan. ``world_m`` does not hang on where the phone points.

    Args:
        track: raw.
        path: of the same frames, (n,) all.

    Raises:
        ValueError: track and path have different lengths.
    """
    if len(track) != len(path):
        raise ValueError(f"the track has {len(track)} frames, the camera's path {len(path)}.")
    if path.moves in (Moves.STEADY, Moves.UNKNOWN):
        return track
    x_px, y_px, zoom = path.x_px, path.y_px, path.zoom
    if path.moves is Moves.PANNING:
        slow_x, slow_y = path.slow(track.times_s)
        x_px, y_px, zoom = x_px - slow_x, y_px - slow_y, np.ones(len(path))
    middle = np.array(track.size_px) / 2
    from_middle = track.points_px - middle - np.stack([x_px, y_px], axis=1)[:, None]
    return replace(track, points_px=_turned(from_middle, -path.rotation_deg) / zoom[:, None, None] + middle)


def _turned(points: Floats, angle_deg: Floats) -> Floats:
    """Points (n, k, 2) turned about the origin by (n,) deg, + clockwise on the screen."""
    angle = np.radians(angle_deg)[:, None]
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = points[..., 0], points[..., 1]
    return np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=-1)
