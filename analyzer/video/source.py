"""Opening a clip with FFmpeg: local, self-contained video files only, and what to say about anything else.

PyAV keeps FFmpeg's log off the terminal unless an application asks for it; nothing here does.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from analyzer.cores import cores
from analyzer.errors import ClipError
from analyzer.video.edits import plays_at_other_speeds

# Playlists and image sequences are left out: they make FFmpeg open other files and remote addresses.
CONTAINERS: Final = "mov,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg"
MOST_DECODER_THREADS: Final = 4
"""Half the cores decode at most: what is done with the frames takes longer, and several threads cost a quarter more of
all cores' time than one."""
MAX_PIXELS: Final = 8192 * 4352
"""Of one picture, and so of each of the dozen that a decoder keeps: 8K film, rounded up to whole blocks."""

PATIENCE_S: Final = 15.0
"""How long one look into the file may take; disks that have to wake up answer within it."""

_PICTURE_STARTS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_HEIF_BRANDS: Final = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_PLAYLIST_STARTS: Final = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"<?xml", b"<MPD")
_MP4_BOXES: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_TELLS_WHAT_IS_LEANT_ON: Final = ("h264",)
"""Codecs whose frames say truly that no other leans on them; in HEVC others of a higher layer may."""
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # two letters at least: C:/ is a drive
_STILL_CODECS: Final = ("mjpeg", "png", "bmp", "webp")
_STILL: Final = Disposition.attached_pic | Disposition.timed_thumbnails


def check_file(path: Path) -> None:
    """Make sure that the path is a regular file with something in it, without opening it.

    Raises:
        ClipError: it is missing, a folder, a device, empty, or may not be looked at.
    """
    if not _is_text(str(path)):
        raise ClipError(f"{_printable(path)} has a name that is no text on this system; rename it, and its folder too.")
    if _ADDRESS.match(str(path)):
        raise ClipError(f"{path} is a remote address; download the clip and give the file.")
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise ClipError(f"{path} does not exist; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        raise ClipError(f"{path} cannot be reached ({_why(error)}).") from error
    if stat.S_ISDIR(status.st_mode):
        raise ClipError(f"{path} is a folder; name a video file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise ClipError(f"{path} is not an ordinary file; save the clip as a file first.")
    if status.st_size == 0:
        raise ClipError(f"{path.name} is empty; copy the clip from the phone again.")


@contextmanager
def open_video(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a clip and choose its moving picture, ready to be decoded with threads.

    Each caller gets a container of its own, so several threads may read one clip.

    Raises:
        ClipError: the file is not a clip, or has no moving picture that can be decoded.
    """
    check_file(path)
    limits = {"max_pixels": str(MAX_PIXELS)}
    options = {"protocol_whitelist": "file", "format_whitelist": CONTAINERS, **limits}
    if plays_at_other_speeds(path):
        options["ignore_editlist"] = "1"
    try:
        # An absolute path, lest FFmpeg take a name such as "concat:b.mp4" for a protocol.
        container = av.open(
            str(path.absolute()), mode="r", options=options, metadata_errors="replace", timeout=PATIENCE_S
        )
    except PermissionError:
        raise ClipError(f"{path.name} may not be read; allow reading it, or copy it to a folder of yours.") from None
    except (av.FFmpegError, OSError) as error:
        raise ClipError(_what_it_is_instead(path)) from error
    with container:
        stream = _moving_picture(container, path)
        stream.codec_context.options = limits
        yield container, stream


def packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """The stream's packets, up to where the file ends or breaks off.

    A packet that the file cuts short is left out: frame threads would lose whole frames over it.
    """
    try:
        for packet in container.demux(stream):
            if packet.size and not packet.is_corrupt:
                yield packet
    except (av.FFmpegError, IndexError):  # PyAV's word for a stream that a damaged file adds on the way
        return


def decode(
    container: InputContainer, stream: VideoStream, is_needed: Callable[[Packet[VideoStream]], bool] | None = None
) -> Iterator[VideoFrame]:
    """Decoded frames as they are shown; what cannot be decoded is left out.

    Args:
        container: open.
        stream: of it.
        is_needed: tells of a packet whether its frame matters. The rest may be left out where no other frame leans on
            them, which spares much of a fast clip's decoding.
    """
    context = stream.codec_context
    may_skip = stream.codec.canonical_name in _TELLS_WHAT_IS_LEANT_ON
    for packet in chain(_from_keyframe(packets(container, stream)), [None]):
        if may_skip and is_needed is not None and packet is not None:
            context.skip_frame = "DEFAULT" if is_needed(packet) else "NONREF"
        try:
            yield from context.decode(packet)
        except av.BlockingIOError:  # after a fault some decoders wait for ever for a frame to be taken that never comes
            context.flush_buffers()
            with suppress(av.FFmpegError):
                yield from context.decode(packet)
        except av.FFmpegError:
            continue


def _from_keyframe(stored: Iterator[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
    """Packets from the first keyframe on, since what comes before leans on frames that are not there.

    A stream without any keyframe marked comes whole: its decoder may know better.
    """
    early = []
    for packet in stored:
        if packet.is_keyframe:
            yield packet
            yield from stored
            return
        early.append(packet)
    yield from early


def shown_at_s(timed: VideoFrame | Packet[VideoStream], stream: VideoStream) -> float | None:
    """When a frame is shown, in s of the container's own clock; None if the file does not say."""
    if timed.pts is None or stream.time_base is None:
        return None
    return timed.pts * stream.time_base.numerator / stream.time_base.denominator


def _moving_picture(container: InputContainer, path: Path) -> VideoStream:
    moving = [stream for stream in container.streams.video if not stream.disposition & _STILL]
    if not moving:
        sort = "a sound recording" if container.streams.audio else "no video"
        raise ClipError(f"{path.name} is {sort}: it holds no moving picture; choose the video file.")
    known = [stream for stream in moving if stream.codec_context is not None]
    if not known:
        raise ClipError(
            f"{path.name} is damaged, or in a codec that is not known here; copy it again, or export it as MP4."
        )
    stream = _main(known)
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = min(MOST_DECODER_THREADS, max(1, cores() // 2))
    return stream


def _main(streams: list[VideoStream]) -> VideoStream:
    """The largest picture among the streams that last; previews, depth maps and thumbnails are smaller or shorter.

    Codecs of still pictures count only where there is no other: containers without a mark for covers keep them so.
    """
    streams = [stream for stream in streams if stream.codec.canonical_name not in _STILL_CODECS] or streams
    longest = max(len(stream.index_entries) for stream in streams)
    lasting = [stream for stream in streams if 2 * len(stream.index_entries) >= longest]
    return max(lasting, key=lambda stream: stream.codec_context.width * stream.codec_context.height)


def _what_it_is_instead(path: Path) -> str:
    """A sentence about a file that FFmpeg does not open as a video."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        return f"{path.name} cannot be read ({_why(error)})."
    if start.startswith(_PICTURE_STARTS) or start[4:12] in _HEIF_BRANDS or start[8:12] == b"WEBP":
        return f"{path.name} is a still picture; film a clip of at least a few seconds."
    if start.lstrip().startswith(_PLAYLIST_STARTS):
        return f"{path.name} is a playlist, not a video; give the video file itself."
    if start[4:8] in _MP4_BOXES:
        return f"{path.name} is incomplete: the recording or the copy broke off; copy it from the phone again."
    if b"\0" not in start:
        return f"{path.name} is a text file, not a video; give the video file itself."
    return f"{path.name} is not a video that can be read; it may be damaged. Copy it again, or export it as MP4."


def _is_text(name: str) -> bool:
    """Whether a name can be kept in files; bytes that no letter stands for come from Python as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _printable(path: Path) -> str:
    return path.name.encode(errors="replace").decode()


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
