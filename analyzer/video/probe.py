"""What a clip is, read from its container and one decoded frame."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from analyzer.arrays import Floats
from analyzer.errors import ClipError
from analyzer.video.clip import Clip, Notice
from analyzer.video.source import MAX_PIXELS, decode, open_video, packets, shown_at_s

MIN_FRAMES: Final = 10
MIN_DURATION_S: Final = 0.5
MAX_DURATION_S: Final = 4 * 3600.0
"""A file that lasts longer has lost its clock, and curves over its whole time would fill the memory."""

MIN_SIDE_PX: Final = 64
MAX_SIDE_PX: Final = 8192
CAPTURED_FPS_RANGE: Final = (1.0, 2000.0)
SLOW_MOTION_FROM: Final = 1.1
"""Capture and nominal rate closer than this factor are the same rate, measured twice."""
LOW_RATE_FPS: Final = 24.0
LOW_SIDE_PX: Final = 360
UNEVEN_SHARE: Final = 0.02
"""Share of intervals off the usual one by a quarter from which a clip counts as of variable rate."""

_CAPTURE_TAGS: Final = ("com.android.capture.fps",)
_ONE_PACKET_ONE_FRAME: Final = ("mov", "matroska")
_HIDES_FRAMES: Final = "vp8"


def probe(path: str | Path, *, captured_fps: float | None = None) -> Clip:
    """Read what there is to know of a clip without decoding it, but for one frame.

    Args:
        path: a video file.
        captured_fps: frames per real second at recording, if the user says so; else the container's word is taken.

    Raises:
        ClipError: the file cannot be used as a clip, or ``captured_fps`` makes no sense.
    """
    path = Path(path)
    low, high = CAPTURED_FPS_RANGE
    if captured_fps is not None and not low <= captured_fps <= high:
        raise ClipError(
            f"A recording rate of {captured_fps:g} frames per second is not possible; give {low:g}-{high:g}."
        )
    with open_video(path) as (container, stream):
        _check_side(path, stream.codec_context.width, stream.codec_context.height)
        has_audio = bool(container.streams.audio)
        tagged_fps = _tagged_fps(container.metadata | stream.metadata)
        codec = stream.codec.canonical_name
        announced = len(stream.index_entries)
        start_s, times_s, found = _frame_times(path)
        frame = next(decode(container, stream), None)
        if frame is None or not len(times_s):
            raise ClipError(f"{path.name} has no picture that can be decoded; it may be damaged. Copy it again.")
        width, height, rotation_deg, mirrored = _upright(frame, stream)
    _check_side(path, width, height)
    if len(times_s) == 1:
        raise ClipError(f"{path.name} is a still picture; film a clip of at least a few seconds.")
    nominal_fps = usual_rate_hz(times_s)
    clip = Clip(
        path=path,
        sha256=sha256_of(path),
        width=width,
        height=height,
        times_s=times_s,
        nominal_fps=nominal_fps,
        capture_fps=_capture_fps(nominal_fps, captured_fps, tagged_fps),
        rotation_deg=rotation_deg,
        codec=codec,
        has_audio=has_audio,
        start_s=start_s,
        mirrored=mirrored,
    )
    _check_length(clip)
    return replace(clip, notices=tuple(_notices(clip, missing=announced - found)))


def _frame_times(path: Path) -> tuple[float, Floats, int]:
    """The container's time of the first shown frame, (n,) every frame's time after it, and the pictures stored.

    Where one packet is known to be one picture, reading the packets is enough; else the clip is decoded once.
    """
    with open_video(path) as (container, stream):
        direct = (
            container.format.name.startswith(_ONE_PACKET_ONE_FRAME) and stream.codec.canonical_name != _HIDES_FRAMES
        )
        stored = [(shown_at_s(packet, stream), packet.is_discard) for packet in packets(container, stream)]
    shown_s = [time_s for time_s, discarded in stored if not discarded]
    if not direct or None in shown_s:
        with open_video(path) as (container, stream):
            shown_s = [shown_at_s(frame, stream) for frame in decode(container, stream)]
        if any(later <= earlier for earlier, later in pairwise(t for t in shown_s if t is not None)):
            raise ClipError(f"{path.name} does not say when its frames are shown; export it as MP4.")
    container_s = np.unique(np.array([time_s for time_s in shown_s if time_s is not None], dtype=float))
    if not len(container_s):
        return 0.0, container_s, len(stored)
    return float(container_s[0]), container_s - container_s[0], len(stored)


def _upright(frame: VideoFrame, stream: VideoStream) -> tuple[int, int, int, bool]:
    """Width and height in px of the upright picture with square pixels, its clockwise turn, whether it is mirrored."""
    width, height = frame.width, frame.height
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if abs(aspect - 1) > Fraction(1, 100) and Fraction(1, 4) <= aspect <= 4:
        width, height = (round(width * aspect), height) if aspect > 1 else (width, round(height / aspect))
    rotation_deg, mirrored = _orientation(frame)
    return (height, width, rotation_deg, mirrored) if rotation_deg % 180 else (width, height, rotation_deg, mirrored)


def _orientation(frame: VideoFrame) -> tuple[int, bool]:
    """The clockwise turn in degrees that the display matrix asks for, and whether it mirrors left to right after it."""
    try:
        data = bytes(frame.side_data.get("DISPLAYMATRIX", b""))  # type: ignore[call-overload]
    except ValueError:  # PyAV does not know another side datum of this frame
        return round(-frame.rotation / 90) % 4 * 90, False
    if len(data) != 36:
        return 0, False
    a, b, _, c, d, *_ = struct.unpack("=9i", data)
    mirrored = a * d - b * c < 0
    turn_deg = math.degrees(math.atan2(b, -a if mirrored else a))
    return round(turn_deg / 90) % 4 * 90, mirrored


def usual_rate_hz(times_s: Floats) -> float:
    """Frames per second where most frames are; dropped and doubled frames do not count.

    The mean of the intervals near the median: the median alone is off by 1 % where times are kept in ms, and by 20 %
    where 240 frames a second are kept in 600ths, as some phones do.

    Args:
        times_s: (n,) rising, two at least.
    """
    intervals_s = np.diff(times_s)
    middle_s = np.sort(intervals_s)[len(intervals_s) // 2]
    usual = (intervals_s > 0.4 * middle_s) & (intervals_s < 1.6 * middle_s)
    return float(1.0 / intervals_s[usual].mean())


def _tagged_fps(tags: dict[str, str]) -> float | None:
    """The recording rate that the phone wrote into the file."""
    low, high = CAPTURED_FPS_RANGE
    for tag in _CAPTURE_TAGS:
        try:
            fps = float(tags.get(tag, ""))
        except ValueError:
            continue
        if low <= fps <= high:
            return fps
    return None


def _capture_fps(nominal_fps: float, said_fps: float | None, tagged_fps: float | None) -> float:
    fps = said_fps or tagged_fps or nominal_fps
    return fps if max(fps / nominal_fps, nominal_fps / fps) >= SLOW_MOTION_FROM else nominal_fps


def sha256_of(path: Path) -> str:
    """Digest of a file's bytes, hexadecimal."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise ClipError(f"{path.name} cannot be read to its end ({error.strerror}); copy it again.") from error
    return digest.hexdigest()


def _check_side(path: Path, width: int, height: int) -> None:
    if not (width and height):
        return
    if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise ClipError(
            f"{path.name} is {width}x{height}; export it with at most {MAX_SIDE_PX} px a side and "
            f"{MAX_PIXELS // 1_000_000} million in all."
        )
    if min(width, height) < MIN_SIDE_PX:
        raise ClipError(f"{path.name} is only {width}x{height}; film with at least 720 px a side.")


def _check_length(clip: Clip) -> None:
    real_s = clip.duration_s / clip.slow_motion_factor
    if clip.frames < MIN_FRAMES or real_s < MIN_DURATION_S:
        raise ClipError(
            f"{clip.path.name} is too short to measure anything ({clip.frames} frames, {real_s:.2f} s); "
            "film at least five steps or one whole repetition."
        )
    if clip.duration_s > MAX_DURATION_S:
        raise ClipError(
            f"{clip.path.name} lasts {clip.duration_s / 3600:.0f} hours by its own clock; cut it to the part that "
            "matters, or export it as MP4."
        )


def _notices(clip: Clip, *, missing: int) -> Iterator[Notice]:
    """What is odd about the file; ``missing`` counts the pictures that its index announces but that are not there."""
    if missing > 0:
        yield Notice(
            "incomplete",
            f"The file breaks off: {missing} of {clip.frames + missing} frames are missing.",
            "Copy the clip from the phone again.",
        )
    uneven = float(np.mean(np.abs(np.diff(clip.times_s) * clip.nominal_fps - 1.0) > 0.25))
    if uneven > UNEVEN_SHARE:
        yield Notice(
            "variable_rate",
            f"The frame rate varies: {uneven:.0%} of the frames come early or late.",
            "Nothing is lost, the true frame times are used. Good light keeps a phone's frame rate steady.",
        )
    if min(clip.width, clip.height) < LOW_SIDE_PX:
        yield Notice(
            "low_resolution",
            f"The picture is only {clip.width}x{clip.height} px.",
            "Film with 1080p, and send the original file rather than one shrunk by a messenger.",
        )
    yield from _speed_notices(clip)


def _speed_notices(clip: Clip) -> Iterator[Notice]:
    factor = clip.slow_motion_factor
    recorded = f"it was recorded with {clip.capture_fps:.4g} frames per second"
    if factor > 1.0:
        yield Notice(
            "slow_motion",
            f"The clip plays {factor:.3g} times slower than life: {recorded}.",
            "All times are taken back to life. If the recording rate is wrong, state it (--captured-fps).",
        )
    if factor < 1.0:
        yield Notice(
            "time_lapse",
            f"The clip plays {1.0 / factor:.3g} times faster than life: {recorded}.",
            "If the recording rate is wrong, state it (--captured-fps); else film without time lapse.",
        )
    if clip.capture_fps < LOW_RATE_FPS:
        yield Notice(
            "low_rate",
            f"The clip has only {clip.capture_fps:.3g} frames per second, too few to time steps.",
            "Film with at least 60. If this is slow motion, state the recording rate (--captured-fps).",
        )
