"""What most open tools do: every frame through MediaPipe's landmarker in VIDEO mode, one after the other."""

from __future__ import annotations

from pathlib import Path

import av
import mediapipe as mp
import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.landmarks import COUNT
from analyzer.pose.models import ModelFile


def plain_points(path: Path, model: ModelFile) -> tuple[Floats, Floats]:
    """Times (n,) in the file's seconds and points (n, 33, 2) in px, NaN where nobody was found."""
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_path=str(model.path)), running_mode=vision.RunningMode.VIDEO
    )
    times_s: list[float] = []
    points: list[Floats] = []
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            rgb = frame.to_ndarray(format="rgb24")
            stamp_ms = max(round(1000.0 * float(frame.time or 0.0)), len(times_s))
            found = landmarker.detect_for_video(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb), stamp_ms)
            times_s.append(float(frame.time or 0.0))
            points.append(_px(found, rgb.shape[1], rgb.shape[0]))
    return np.array(times_s) - times_s[0], np.array(points)


def _px(found: object, width: int, height: int) -> Floats:
    poses = getattr(found, "pose_landmarks", [])
    if not poses:
        return np.full((COUNT, 2), np.nan)
    return np.array([(mark.x * width, mark.y * height) for mark in poses[0]])
