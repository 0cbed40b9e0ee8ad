"""Upright RGB frames with their true times, from any stretch of a clip."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from analyzer.arrays import Ints, Picture
from analyzer.errors import ClipError
from analyzer.video.clip import Clip
from analyzer.video.picture import Upright
from analyzer.video.source import decode, open_video, packets, shown_at_s

SAME_TIME_S: Final = 1e-6
SEARCH_BACK_S: Final = (0.0, 2.0, 10.0)
"""How far before a stretch to look for a keyframe to start from, before giving up and decoding from the beginning."""
NEARBY_FRAMES: Final = 5


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a clip.

    Attributes:
        index: its place in `Clip.times_s`.
        time_s: when the file shows it.
        rgb: (h, w, 3) upright.
    """

    index: int
    time_s: float
    rgb: Picture


def read_frames(
    clip: Clip, *, start: int = 0, stop: int | None = None, step: int = 1, max_side_px: int | None = None
) -> Iterator[Frame]:
    """Frames ``start``, ``start + step``, … before ``stop``, as in a slice.

    Every call opens the file for itself, so threads may read stretches of one clip at the same time; stretches put
    together give exactly the frames of one whole pass. Frames that cannot be decoded are left out.

    Args:
        clip: from `probe`.
        start: first index.
        stop: index after the last one; None reads to the end.
        step: 1 or more.
        max_side_px: shrink larger pictures so that their longer side has this many px.

    Raises:
        ClipError: the file cannot be read any more, or nothing in it can be decoded.
    """
    if start < 0 or step < 1 or (max_side_px is not None and max_side_px < 1):
        raise ValueError("start must be 0 or more, step and max_side_px 1 or more.")
    stop = clip.frames if stop is None else min(stop, clip.frames)
    return _stretch(clip, range(start, stop, step), Upright(clip, max_side_px))


def read_stored(
    clip: Clip, *, start: int = 0, stop: int | None = None, step: int = 1, only: frozenset[int] | None = None
) -> Iterator[tuple[int, VideoFrame]]:
    """Frames as `read_frames`, with their index and as the decoder gives them, neither turned nor scaled.

    ``only`` names those of them that are wanted.

    Raises:
        ClipError: as `read_frames`.
    """
    stop = clip.frames if stop is None else min(stop, clip.frames)
    within = range(start, stop, step)
    wanted = within if only is None else only.intersection(within)
    if not wanted:
        return
    first, last = min(wanted), max(wanted)
    for index, frame in _decode_from(clip, first, wanted):
        if index > last:
            return
        if index in wanted:
            yield index, frame


def read_frame(clip: Clip, time_s: float) -> Frame:
    """The frame shown nearest to a time of the file; a neighbour where that one cannot be decoded.

    Raises:
        ClipError: the file cannot be read any more, or nothing near can be decoded.
    """
    nearest = int(np.argmin(np.abs(clip.times_s - time_s)))
    for frame in read_frames(clip, start=nearest, stop=nearest + 1):
        return frame
    around = list(read_frames(clip, start=max(nearest - NEARBY_FRAMES, 0), stop=nearest + NEARBY_FRAMES + 1))
    if not around:
        raise ClipError(f"{clip.path.name} has no picture that can be decoded near {time_s:.2f} s.")
    return min(around, key=lambda frame: abs(frame.index - nearest))


def keyframes(clip: Clip) -> Ints:
    """Indices, rising, of the frames that lean on no other, as the file marks them; to reach any other takes longer.

    Raises:
        ClipError: the file cannot be read any more.
    """
    with open_video(clip.path) as (container, stream):
        marked = [_index(clip, packet, stream) for packet in packets(container, stream) if packet.is_keyframe]
    return np.array(sorted(index for index in marked if index is not None), dtype=int)


def _stretch(clip: Clip, wanted: range, upright: Upright) -> Iterator[Frame]:
    stored = read_stored(clip, start=wanted.start, stop=wanted.stop, step=wanted.step)
    for index, frame in stored:
        yield Frame(index, float(clip.times_s[index]), upright.picture(frame))


def _decode_from(clip: Clip, start: int, wanted: Container[int]) -> Iterator[tuple[int, VideoFrame]]:
    """Index and frame, from the last keyframe at or before ``start`` on; those not wanted may be missing.

    A seek may land too late, or on frames that lean on others before them. So the first keyframe that comes out must
    not lie after ``start``; else look further back, and at last decode from the beginning.
    """
    starts_s = [float(clip.times_s[start]) - back_s for back_s in SEARCH_BACK_S]
    for from_s in (*(from_s for from_s in starts_s if from_s > 0.0), None):
        with open_video(clip.path) as (container, stream):
            if from_s is not None and not _seek(container, stream, clip.start_s + from_s):
                continue
            found = False
            for index, frame in _numbered(clip, container, stream, wanted):
                if not found and from_s is not None:
                    if frame.key_frame and index > start:
                        break
                    if not frame.key_frame:
                        continue
                found = True
                yield index, frame
            if found:
                return
    raise ClipError(f"{clip.path.name} has no picture that can be decoded; it may be damaged. Copy it again.")


def _seek(container: InputContainer, stream: VideoStream, container_s: float) -> bool:
    if stream.time_base is None:
        return False
    try:
        container.seek(round(container_s / stream.time_base), stream=stream)
    except av.FFmpegError:
        return False
    return True


def _numbered(
    clip: Clip, container: InputContainer, stream: VideoStream, wanted: Container[int]
) -> Iterator[tuple[int, VideoFrame]]:
    """Decoded frames with their index in the clip, rising; a damaged file's frames out of place are left out."""
    last = -1

    def is_needed(packet: Packet[VideoStream]) -> bool:
        index = _index(clip, packet, stream)
        return index is None or index in wanted

    for frame in decode(container, stream, is_needed):
        index = _index(clip, frame, stream)
        if index is not None and index > last:
            last = index
            yield index, frame


def _index(clip: Clip, timed: VideoFrame | Packet[VideoStream], stream: VideoStream) -> int | None:
    """Which frame of the clip it is; None if none has its time."""
    container_s = shown_at_s(timed, stream)
    if container_s is None:
        return None
    time_s = container_s - clip.start_s
    index = int(np.searchsorted(clip.times_s, time_s - SAME_TIME_S))
    return index if index < clip.frames and abs(clip.times_s[index] - time_s) < SAME_TIME_S else None
