"""How far a track is from the truth, and how often it takes one leg for the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.landmarks import SIDES, point

LEGS = ("hip", "knee", "ankle", "heel", "toe")
FAR = 0.03
"""Two points nearer to each other than that, in body heights, may be called either way: no pose model parts them."""


@dataclass(frozen=True)
class TrueClip:
    """The truth of a rendered clip.

    Attributes:
        azimuth_deg: where the camera stood.
        times_s: (n,) real seconds since the first frame.
        px: (n, 2, 5, 2) of left and right `LEGS`.
        height_px: (n,) of the body, from its truest points.
    """

    azimuth_deg: float
    times_s: Floats
    px: Floats
    height_px: Floats


@dataclass(frozen=True)
class TrackErrors:
    """Errors of one track, in % of body height and per 1,000 frames.

    Attributes:
        typical: (5,) median over the frames of both sides, by `LEGS`.
        far: (5,) 95th percentile.
        exchanged: frames per 1,000 in which both ankles, heels or toes are together twice as near to the other leg's.
        seen: share of points that have a value.
    """

    typical: Floats
    far: Floats
    exchanged: float
    seen: float


def read_truth(clip: Path) -> TrueClip:
    """The truth beside a clip."""
    document = json.loads(clip.with_suffix(".truth.json").read_text(encoding="utf-8"))
    with np.load(clip.with_suffix(".truth.npz")) as data:
        joints = [str(name) for name in data["joints"]]
        pick = [[joints.index(f"{part}{letter}") for part in LEGS] for letter in "LR"]
        px = data["px"][:, pick]
        metres = np.linalg.norm(data["xyz"][:, joints.index("hipL")] - data["xyz"][:, joints.index("kneeL")], axis=1)
        away = np.linalg.norm(data["xyz"][:, joints.index("hipL")] - data["eye"], axis=-1)
        times_s = data["t"] - data["t"][0]
        height_px = float(document["body_height"]) * float(data["f"]) / away + 0.0 * metres
    return TrueClip(float(document["azimuth_deg"]), times_s, px, height_px)


def errors_of(points_px: Floats, times_s: Floats, truth: TrueClip) -> TrackErrors:
    """Hold points (n, 33, 2) at times (n,) against the truth of the nearest frames."""
    rows = np.abs(truth.times_s[None] - times_s[:, None]).argmin(axis=1)
    true = truth.px[rows]
    ours = np.stack([points_px[:, [point(side, part) for part in LEGS]] for side in SIDES], axis=1)
    tall = truth.height_px[rows, None, None]
    away = np.linalg.norm(ours - true, axis=-1) / tall
    crossed = np.linalg.norm(ours - true[:, ::-1], axis=-1) / tall
    apart = np.linalg.norm(true[:, 0] - true[:, 1], axis=-1) / tall[..., 0]
    wrong = (crossed.sum(axis=1) < 0.5 * away.sum(axis=1)) & (apart > FAR)
    return TrackErrors(
        typical=100.0 * np.nanmedian(away, axis=(0, 1)),
        far=100.0 * np.nanpercentile(away, 95, axis=(0, 1)),
        exchanged=1000.0 * float(wrong[:, 2:].any(axis=1).mean()),
        seen=float(np.isfinite(ours[..., 0]).mean()),
    )
