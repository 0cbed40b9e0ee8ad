"""Taking the phone's shaking and turning off a track, and putting a track back onto the pictures as filmed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.arrays import AnyArray, Floats
from analyzer.pose.track import PoseTrack
from analyzer.video.camerapath import CameraPath, Moves


def held_still(path: CameraPath, times_s: Floats) -> CameraPath:
    """What of a phone's movement is worth taking off a track of (n,) times.

    Nothing if it was still or its movement is unknown. Of a pan only the tremor and the turning, for the person would
    leave the picture otherwise; angles, and movements against the pelvis, do not notice a pan.
    """
    if path.moves is Moves.SHAKING:
        return path
    still = np.zeros(len(path))
    if path.moves is not Moves.PANNING:
        return replace(path, x_px=still, y_px=still, rotation_deg=still, zoom=still + 1.0)
    slow_x, slow_y = path.slow(times_s)
    return replace(path, x_px=path.x_px - slow_x, y_px=path.y_px - slow_y, zoom=still + 1.0)


def steadied(track: PoseTrack, path: CameraPath) -> PoseTrack:
    """The track as if the phone had been held still; ``world_m`` does not hang on where it points.

    Args:
        track: in px of the pictures as filmed.
        path: from `held_still`, (n,) of the same frames.

    Raises:
        ValueError: track and path have different lengths.
    """
    frame = _Frame(path, track)
    if frame.is_still:
        return track
    places = track.places and replace(track.places, px=frame.upright(track.places.px))
    waist = None if track.waist_deg is None else track.waist_deg - path.rotation_deg
    return replace(track, points_px=frame.upright(track.points_px), places=places, waist_deg=waist)


def as_filmed(track: PoseTrack, path: CameraPath) -> PoseTrack:
    """The inverse of `steadied`: points for drawing on the clip's own pictures.

    Raises:
        ValueError: track and path have different lengths.
    """
    frame = _Frame(path, track)
    places = track.places and replace(track.places, px=frame.filmed(track.places.px))
    waist = None if track.waist_deg is None else track.waist_deg + path.rotation_deg
    return replace(track, points_px=frame.filmed(track.points_px), places=places, waist_deg=waist)


class _Frame:
    """Where the upright, still picture lies in each picture that was filmed; works on arrays (n, …, 2) of px."""

    def __init__(self, path: CameraPath, track: PoseTrack) -> None:
        if len(track) != len(path):
            raise ValueError(f"the track has {len(track)} frames, the camera's path {len(path)}.")
        self.is_still = not (path.x_px.any() or path.y_px.any() or path.rotation_deg.any() or (path.zoom - 1.0).any())
        self._middle = complex(*track.size_px) / 2
        self._shift = path.x_px + 1j * path.y_px
        self._turn = path.zoom * np.exp(1j * np.radians(path.rotation_deg))

    def upright(self, points_px: Floats) -> Floats:
        flat, shift, turn = self._alike(points_px)
        return _pairs((flat - self._middle - shift) / turn + self._middle)

    def filmed(self, points_px: Floats) -> Floats:
        flat, shift, turn = self._alike(points_px)
        return _pairs((flat - self._middle) * turn + shift + self._middle)

    def _alike(self, points_px: Floats) -> tuple[AnyArray, AnyArray, AnyArray]:
        """Complex numbers (n, …), and shift and turn that fit them."""
        flat = points_px[..., 0] + 1j * points_px[..., 1]
        across = (-1, *(1,) * (flat.ndim - 1))
        return flat, self._shift.reshape(across), self._turn.reshape(across)


def _pairs(flat: AnyArray) -> Floats:
    return np.stack([flat.real, flat.imag], axis=-1)
