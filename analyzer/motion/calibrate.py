"""Taking the pose model's known errors off its points.

The model sees hips too far forward from the side, ankles and shoulders too high, and so on, by much the same share of
body height in everybody (see `benchmarks/landmark_bias.py`); an independent model on a real runner shows the same.
The mean is taken off here; its spread between people is in each metric's ``pose_error``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import PARTS, height_px, nearness
from analyzer.motion.types import SAGITTAL, Camera, View
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack
from analyzer.tables import read_toml


def calibrate(track: PoseTrack, camera: Camera) -> PoseTrack:
    """The track with each leg and shoulder point moved by the model's mean error in that view.

    Oblique views are left as they are.
    """
    if camera.view is View.OBLIQUE:
        return track
    family = "side" if camera.view in SAGITTAL else camera.view.value
    tall = height_px(track.points_px, track.times_s)
    points = track.points_px.copy()
    for side in SIDES:
        place = nearness(camera, side)
        outward = 1.0 if (side is SIDES[0]) == (camera.view is View.FRONT) else -1.0
        along = float(camera.facing) if camera.view in SAGITTAL else outward
        for part in PARTS:
            sideways, up = _table()[family][place][part]["mean"]
            if not _steady(camera, part):
                sideways = 0.0
            points[:, point(side, part)] -= _shift(tall, along * sideways, -up)
    return replace(track, points_px=points)


def standing_ankle_out_cm(camera: Camera, height_cm: float) -> float:
    """How far outside the ankle's joint the model puts it while the foot carries, in views from front and back.

    It marks the outer malleolus, as the people did who labelled its pictures.
    """
    return float(_table()[camera.view.value]["stance"]["ankle"]["mean"][0]) / 100.0 * height_cm


def _steady(camera: Camera, part: str) -> bool:
    """Whether the point's error along the picture's x is the same all through the movement.

    A leg seen from the side errs one way as it swings forward and the other as it swings back; from the front only the
    toe keeps to one side.
    """
    return part in ("shoulder", "hip") if camera.view in SAGITTAL else part == "toe"


def _shift(tall_px: Floats, x_percent: float, y_percent: float) -> Floats:
    return np.asarray(tall_px[:, None] / 100.0 * np.array([x_percent, y_percent]))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_toml(files("analyzer.motion").joinpath("calibration.toml"))
