"""The overlay video: the clip's own frames with the skeleton, the judged angles and the verdicts on them."""

from __future__ import annotations

import math
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Protocol

from analyzer.arrays import Picture
from analyzer.assessment import Assessment
from analyzer.overlay.hud import BannerAnnotator, FooterAnnotator
from analyzer.overlay.judged import JudgedAnnotator
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.skeleton import SkeletonAnnotator
from analyzer.progress import Progress, silent
from analyzer.video.clip import Clip
from analyzer.video.reader import read_frames
from analyzer.video.writer import VideoWriter

LONG_SIDE_PX: Final = 1920
SHORT_SIDE_PX: Final = 1080
MOST_FPS: Final = 60.0
STAGE: Final = "Drawing the overlay"


class Annotator(Protocol):
    """Draws one thing."""

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on the scene in place."""
        ...


def annotators(assessment: Assessment) -> tuple[Annotator, ...]:
    """All that is drawn on the clip, from the bottom layer to the top."""
    return (
        SkeletonAnnotator(),
        JudgedAnnotator(assessment),
        BannerAnnotator(assessment),
        FooterAnnotator(assessment),
    )


def frame_step(clip: Clip) -> int:
    """Every how many frames one is shown, so that at most about 60 are shown a second."""
    return max(1, math.ceil(clip.nominal_fps / MOST_FPS - 0.05))


def max_side_px(clip: Clip) -> int:
    """Length of the picture's longer side so that it is at most 1080p."""
    long, short = max(clip.width, clip.height), min(clip.width, clip.height)
    return round(long * min(1.0, LONG_SIDE_PX / long, SHORT_SIDE_PX / short))


def render_overlay(assessment: Assessment, clip: Clip, path: Path, progress: Progress = silent) -> None:
    """Write the overlay video, frame by frame, at the clip's own frame times.

    It begins where the clip does, even if the first frames there cannot be decoded.

    Raises:
        ClipError: the clip can no longer be read.
        OutputError: the video cannot be written.
    """
    timeline = Timeline(assessment.motion)
    layers = annotators(assessment)
    with ExitStack() as open_files:
        writer: VideoWriter | None = None
        for frame in read_frames(clip, step=frame_step(clip), max_side_px=max_side_px(clip)):
            height, width = frame.rgb.shape[:2]
            if writer is None:
                writer = open_files.enter_context(VideoWriter(path, (width, height), start_s=0.0))
            moment = timeline.at(frame.time_s / clip.slow_motion_factor).seen(width / clip.width)
            for layer in layers:
                layer.annotate(frame.rgb, moment)
            writer.write(frame.rgb, frame.time_s)
            progress(STAGE, (frame.index + 1) / clip.frames)
    progress(STAGE, 1.0)
