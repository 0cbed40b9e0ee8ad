"""The overlay video: the clip's own frames with the skeleton, the judged angles and the verdicts on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from av.video.frame import VideoFrame

from analyzer.assessment import Assessment
from analyzer.cores import has_core_to_spare
from analyzer.overlay.faces import Cover
from analyzer.overlay.film import Film
from analyzer.overlay.pace import Pace, pace_of, shown
from analyzer.overlay.raster import PlaneSheet, draw
from analyzer.progress import Progress, silent
from analyzer.video.clip import Clip
from analyzer.video.planes import UprightPlanes
from analyzer.video.reader import read_stored
from analyzer.video.sound import Sound
from analyzer.video.stills import Stills
from analyzer.video.writer import VideoWriter

LONG_SIDE_PX: Final = 1920
SHORT_SIDE_PX: Final = 1080
STAGE: Final = "Drawing the overlay"
AHEAD: Final = 4
"""Frames that are decoded, and their scenes made, while others are drawn on."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class OverlayWishes:
    """How the overlay is to be made.

    Attributes:
        slow: how many times slower than the clip what decides is shown; 1 keeps the clip's pace.
        cover: hides what must not be shown, such as faces, before anything is drawn.
        stills: is shown every decoded frame.
    """

    slow: float = 1.0
    cover: Cover | None = None
    stills: Stills | None = None


def max_side_px(clip: Clip) -> int:
    """Length of the picture's longer side so that it is at most 1080p."""
    long, short = max(clip.width, clip.height), min(clip.width, clip.height)
    return round(long * min(1.0, LONG_SIDE_PX / long, SHORT_SIDE_PX / short))


def render_overlay(
    assessment: Assessment,
    clip: Clip,
    path: Path,
    progress: Progress = silent,
    wishes: OverlayWishes | None = None,
) -> Pace:
    """Write the overlay video, frame by frame, at the clip's own frame times, with its sound; returns its pace.

    It begins where the clip does, even if the first frames there cannot be decoded. Where parts are shown slowly there
    is no sound.

    Raises:
        ClipError: the clip can no longer be read.
        OutputError: the video cannot be written.
    """
    wishes = wishes or OverlayWishes()
    pace = pace_of(assessment, wishes.slow)
    upright = UprightPlanes(clip, max_side_px(clip))
    film = Film(assessment, upright.size_px, upright.scale, pace)
    ends_s = _ends(clip, pace)
    sound = Sound(clip) if clip.has_audio and pace.is_the_clips else None
    with VideoWriter(path, upright.size_px, start_s=0.0, sound=sound) as writer:
        frames = _upright_frames(clip, upright, frozenset(ends_s), wishes.stills)
        to_draw = ((index, frame, film.at(float(clip.times_s[index]))) for index, frame in frames)
        for index, frame, scene in ahead(to_draw, AHEAD):
            time_s = float(clip.times_s[index])
            sheet = PlaneSheet(frame)
            if wishes.cover is not None:
                wishes.cover(sheet, time_s, upright.scale)
            draw(sheet, scene.layers)
            at_s = pace.overlay_s(time_s)
            writer.write_frame(frame, at_s, ends_s[index] - at_s)
            progress(STAGE, (index + 1) / clip.frames)
    progress(STAGE, 1.0)
    return pace


def ahead(items: Iterator[_T], depth: int) -> Iterator[_T]:
    """The same items, worked out in a thread of their own before they are asked for, if there is a core for it."""
    if not has_core_to_spare():
        yield from items
        return
    end = object()
    waiting: deque[Future[object]] = deque()
    with ThreadPoolExecutor(1, "decoder") as pool:
        try:
            while True:
                while len(waiting) < depth:
                    waiting.append(pool.submit(next, items, end))
                item = waiting.popleft().result()
                if item is end:
                    return
                yield item  # type: ignore[misc]
        finally:
            pool.shutdown(cancel_futures=True)
            if hasattr(items, "close"):
                items.close()


def _ends(clip: Clip, pace: Pace) -> dict[int, float]:
    """The frames that are shown, and until when in the overlay, by index."""
    indices = shown(clip.times_s, clip.nominal_fps, pace)
    edges = [pace.overlay_s(float(clip.times_s[index])) for index in indices]
    edges.append(pace.overlay_s(clip.duration_s))
    return dict(zip(indices, edges[1:], strict=True))


def _upright_frames(
    clip: Clip, upright: UprightPlanes, wanted: frozenset[int], stills: Stills | None
) -> Iterator[tuple[int, VideoFrame]]:
    for index, frame in read_stored(clip, only=wanted if stills is None else wanted | stills.wanted):
        if stills is not None:
            stills.see(index, frame)
        if index in wanted:
            yield index, upright.frame(frame)
