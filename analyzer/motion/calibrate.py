"""Taking the pose model's known errors off its points.

The model sees hips too far forward from the side, ankles and shoulders too high, and so on, by much the same share of
body height in everybody (see `benchmarks/landmark_bias.py`); an independent model on a real runner shows the same.
The mean is taken off here; its spread between people is in each metric's ``pose_error``.

Ankles and heels lie too far up the shank. From the front and the back they do by the whole of it while the shank hangs,
by less the more it points away from the camera, as it does in a foot that is lifted behind the body. From the side the
ankle's error goes along with the shank: too far back as the leg reaches forward to land, too far forward as it pushes
off, and hardly any across the shank.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import PARTS, height_px, nearness
from analyzer.motion.types import FRONTAL, SAGITTAL, Camera, View
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack
from analyzer.tables import read_toml

LIFTED: Final = ("ankle", "heel")
"""Points whose error from the front and the back hangs on how the shank does."""

SHANK_SHARE: Final = 0.246
"""Knee to ankle as a share of standing height (Drillis & Contini 1966)."""


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
        hangs = hanging(track.points_px, side, tall)
        for part in PARTS:
            sideways, up = _offset(camera, family, place, part)
            if not _steady(camera, part):
                sideways = 0.0
            upward = up * hangs if camera.view in FRONTAL and part in LIFTED else np.full(len(tall), up)
            out_axis, up_axis = axes(track.points_px, camera, side, part)
            points[:, point(side, part)] -= (tall / 100.0)[:, None] * (sideways * out_axis + upward[:, None] * up_axis)
    return replace(track, points_px=points)


def axes(points_px: Floats, camera: Camera, side: Side, part: str) -> tuple[Floats, Floats]:
    """Unit vectors (n, 2) in the picture, in which a point's error is told: outward or forward, and up.

    Those of the picture, but for an ankle from the side those of its shank, up to the knee, where both are seen.

    Args:
        points_px: (n, 33, 2).
        camera: its view.
        side: of the body.
        part: name of the point.
    """
    outward = 1.0 if (side is SIDES[0]) == (camera.view is View.FRONT) else -1.0
    along = float(camera.facing) if camera.view in SAGITTAL else outward
    up_axis = np.tile([0.0, -1.0], (len(points_px), 1))
    if camera.view in SAGITTAL and part == "ankle":
        shank_px = points_px[:, point(side, "knee")] - points_px[:, point(side, "ankle")]
        length_px = np.linalg.norm(shank_px, axis=1)
        seen = length_px > 0.0
        up_axis[seen] = shank_px[seen] / length_px[seen, None]
    return along * np.stack([-up_axis[:, 1], up_axis[:, 0]], axis=1), up_axis


def _offset(camera: Camera, family: str, place: str, part: str) -> tuple[float, float]:
    """What is taken off a point, outward or forward and up, in % of body height.

    Heights of ankles and heels seen from the front and the back enter hardly any measurement: there it is what five
    people of six have at least, so that the place drawn gets worse in hardly anybody.
    """
    entry = _table()[family][place][part]
    sideways, up = entry["mean"]
    if camera.view in FRONTAL and part in LIFTED:
        up = np.sign(up) * max(abs(up) - entry["sd"][1], 0.0)
    return float(sideways), float(up)


def hanging(points_px: Floats, side: Side, tall_px: Floats) -> Floats:
    """How upright a shank appears, (n,): 1 hanging in the picture's plane, 0 level or pointing at the camera.

    1 as well where it is not seen.

    Args:
        points_px: (n, 33, 2).
        side: of the leg.
        tall_px: (n,) how tall the person appears.
    """
    drop_px = points_px[:, point(side, "ankle"), 1] - points_px[:, point(side, "knee"), 1]
    return np.asarray(np.nan_to_num(np.clip(drop_px / (SHANK_SHARE * tall_px), 0.0, 1.0), nan=1.0))


def standing_ankle_out_cm(camera: Camera, height_cm: float) -> float:
    """How far outside the ankle's joint the model puts it while the foot carries, in views from front and back.

    It marks the outer malleolus, as the people did who labelled its pictures.
    """
    return float(_table()[camera.view.value]["stance"]["ankle"]["mean"][0]) / 100.0 * height_cm


def _steady(camera: Camera, part: str) -> bool:
    """Whether the point's error outward or forward is the same all through the movement.

    A knee, heel or toe seen from the side errs one way as it swings forward and the other as it swings back; from the
    front only the toe keeps to one side.
    """
    return part in ("shoulder", "hip", "ankle") if camera.view in SAGITTAL else part == "toe"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_toml(files("analyzer.motion").joinpath("calibration.toml"))
