"""MediaPipe's pose landmarker over a clip, without its causal smoothing.

VIDEO mode tracks from frame to frame but smooths with a lag that depends on the time step; steps of ten seconds keep
the tracking and switch the smoothing off. Each thread has a landmarker of its own on its own stretch of the clip, since
the calls release the interpreter lock; stretches begin a little early so that tracking has settled.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.engine import load_mediapipe, naming_missing_libraries
from analyzer.pose.landmarks import COUNT
from analyzer.pose.models import ModelFile
from analyzer.pose.quiet import engine_quiet
from analyzer.pose.track import PoseTrack
from analyzer.video.clip import Clip
from analyzer.video.reader import read_frames

HIGHEST_RATE_HZ: Final = 75.0
"""Frames are left out while the rest come at least half as often: between 38 and 75 per second. Events do not get
better above 30 (see `benchmarks/`), a fast clip only costs more."""

LONGEST_SIDE_PX: Final = 1280
"""The landmark network looks at 256 x 256 px around the person; a larger picture adds nothing but time."""

FEWEST_PER_THREAD: Final = 60
WARM_UP: Final = 5
STEP_MS: Final = 10_000


def estimate_pose(clip: Clip, model: ModelFile, told: Callable[[float], None], *, people: int = 1) -> PoseTrack:
    """The pose of the most prominent person in every frame that matters.

    With several people about, one thread looks at the whole clip, since two might each follow somebody else.

    Args:
        clip: what to look at.
        model: the landmarker's bundle.
        told: is told the share of the clip that is done, 0 to 1.
        people: how many the clip shows.

    Returns:
        A raw track at the analysis rate; NaN where nobody was found.
    """
    every = analysis_step(clip.capture_fps)
    wanted = np.arange(0, clip.frames, every)
    rows = Rows(len(wanted), told)
    workers = min(os.cpu_count() or 1, max(1, len(wanted) // FEWEST_PER_THREAD)) if people == 1 else 1
    stretches = [part for part in np.array_split(wanted, workers) if len(part)]
    with engine_quiet(), ThreadPoolExecutor(len(stretches)) as pool:
        jobs = [pool.submit(_estimate_stretch, clip, model.path, part, every, rows) for part in stretches]
        for job in jobs:
            job.result()
    return rows.track(clip, wanted, f"mediapipe {model.name}")


def analysis_step(capture_fps: float) -> int:
    """Every how many frames the pose is estimated."""
    return max(1, int(np.ceil(capture_fps / HIGHEST_RATE_HZ)))


class Rows:
    """Where the threads put what they find, each in its own rows."""

    def __init__(self, count: int, told: Callable[[float], None]) -> None:
        self.points = np.full((count, COUNT, 2), np.nan)
        self.visibility = np.zeros((count, COUNT))
        self.world = np.full((count, COUNT, 3), np.nan)
        self.decoded = np.zeros(count, bool)
        self._told = told

    def put(self, row: int, found: Any, size_px: tuple[int, int]) -> None:
        """Store one frame's result; picture coordinates come as shares of width and height."""
        self.decoded[row] = True
        if found.pose_landmarks:
            marks = found.pose_landmarks[0]
            self.points[row] = [(mark.x * size_px[0], mark.y * size_px[1]) for mark in marks]
            self.visibility[row] = [mark.visibility for mark in marks]
            self.world[row] = [(mark.x, mark.y, mark.z) for mark in found.pose_world_landmarks[0]]
        self._told(float(self.decoded.mean()))

    def track(self, clip: Clip, wanted: Floats | Any, source: str) -> PoseTrack:
        """All rows whose frame could be decoded, as a track in real seconds."""
        kept = self.decoded
        return PoseTrack(
            times_s=(clip.times_s[wanted] - clip.times_s[0])[kept] / clip.slow_motion_factor,
            points_px=self.points[kept],
            visibility=self.visibility[kept],
            world_m=self.world[kept],
            size_px=(clip.width, clip.height),
            source=source,
        )


def _estimate_stretch(clip: Clip, model: Path, wanted: Any, every: int, rows: Rows) -> None:
    mediapipe = load_mediapipe()
    vision = mediapipe.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mediapipe.tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=vision.RunningMode.VIDEO,
    )
    first = max(0, int(wanted[0]) - WARM_UP * every)
    with naming_missing_libraries(), vision.PoseLandmarker.create_from_options(options) as landmarker:
        frames = read_frames(clip, start=first, stop=int(wanted[-1]) + 1, step=every, max_side_px=LONGEST_SIDE_PX)
        for count, frame in enumerate(frames):
            picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=frame.rgb)
            found = landmarker.detect_for_video(picture, count * STEP_MS)
            if frame.index >= wanted[0]:
                rows.put(frame.index // every, found, (clip.width, clip.height))
