"""A first look at a clip: how many people it shows, and in what light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.engine import load_mediapipe, naming_missing_libraries
from analyzer.pose.models import ModelFile
from analyzer.pose.quiet import engine_quiet
from analyzer.video.clip import Clip
from analyzer.video.reader import read_frame

LOOKS: Final = 7
MOST: Final = 4
SAME_PERSON: Final = 0.5
"""Two bodies whose boxes share that much of the smaller one are one person seen twice."""


@dataclass(frozen=True)
class Look:
    """What a few frames spread over the clip show.

    Attributes:
        people: seen in at least two of the frames; at least 1.
        brightness: mean of the picture, 0 black to 1 white.
    """

    people: int
    brightness: float


UNSEEN: Final = Look(people=1, brightness=float("nan"))
"""Where only a track is at hand."""


def first_look(clip: Clip, model: ModelFile) -> Look:
    """Look at a few frames with a landmarker that may find several people."""
    mediapipe = load_mediapipe()
    vision = mediapipe.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mediapipe.tasks.BaseOptions(model_asset_path=str(model.path)),
        running_mode=vision.RunningMode.IMAGE,
        num_poses=MOST,
    )
    counts, bright = [], []
    with engine_quiet(), naming_missing_libraries(), vision.PoseLandmarker.create_from_options(options) as landmarker:
        for time_s in np.linspace(clip.times_s[0], clip.times_s[-1], LOOKS + 2)[1:-1]:
            rgb = read_frame(clip, float(time_s)).rgb
            found = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb))
            boxes = [_box(np.array([(mark.x, mark.y) for mark in pose])) for pose in found.pose_landmarks]
            counts.append(len(_distinct(boxes)))
            bright.append(float(rgb.mean()) / 255.0)
    return Look(people=max(1, sorted(counts)[-2]), brightness=float(np.median(bright)))


def _box(points: Floats) -> Floats:
    """Left, top, right, bottom."""
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _distinct(boxes: list[Floats]) -> list[Floats]:
    kept: list[Floats] = []
    for box in boxes:
        if all(_shared(box, other) < SAME_PERSON for other in kept):
            kept.append(box)
    return kept


def _shared(a: Floats, b: Floats) -> float:
    """Area that two boxes share, as a share of the smaller one."""
    width, height = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    smaller = min(float(np.prod(box[2:] - box[:2])) for box in (a, b))
    return float(max(width, 0.0) * max(height, 0.0) / smaller) if smaller > 0 else 0.0
