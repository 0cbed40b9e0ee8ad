"""Files that are no usable clips, or hardly: each is written into a folder of its own, and the one to give is returned.

Tests hold every one of them against the sentence that it should get; `benchmarks/robustness.py` runs them all too.
"""

from __future__ import annotations

import socket
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from tests.video.drawn import make_clip, make_sound, numbered

Write = Callable[[Path], Path]
"""Writes into an empty folder, and returns the file to give."""

TRUNCATED_AT = (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.999)
"""Shares of a file that are left of it."""

X264 = {"x264-params": "bframes=2:keyint=10"}
SORTS: dict[str, dict[str, Any]] = {
    "index first.mp4": {"options": X264, "faststart": True},
    "index last.mov": {"options": X264, "audio": True},
    "stream.ts": {"options": X264},
    "matroska.mkv": {"options": X264},
    "vp8.webm": {"codec": "libvpx", "options": {"deadline": "realtime", "cpu-used": "8", "b": "300k"}},
    "motion jpeg.avi": {"codec": "mjpeg", "pix_fmt": "yuvj420p"},
}
"""Small clips of every sort, by name."""


@dataclass(frozen=True)
class Case:
    """A file that is refused with a sentence holding ``said``; an empty one stands for a clip that is read."""

    write: Write
    said: str


def whole(name: str, folder: Path, count: int = 30) -> Path:
    """A sound small clip of one of the `SORTS`."""
    path = folder / name
    path.write_bytes(_content(name, count))
    return path


@lru_cache(maxsize=16)
def _content(name: str, count: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return make_clip(Path(folder) / name, count, **SORTS[name]).read_bytes()


def containing(content: bytes, name: str = "clip.mp4") -> Write:
    """A file of those bytes."""

    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return write


def pointing(text: str, name: str) -> Write:
    """A text that names ``real.mp4``, which lies beside it."""

    def write(folder: Path) -> Path:
        make_clip(folder / "real.mp4", 30)
        return containing(text.encode(), name)(folder)

    return write


def of_size(width: int, height: int, count: int = 10) -> Write:
    """Many times the same black picture."""

    def write(folder: Path) -> Path:
        with av.open(str(folder / "clip.avi"), "w") as container:
            stream: Any = container.add_stream("mjpeg", rate=30)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
            (encoded,) = stream.encode(av.VideoFrame(width, height, "yuvj420p"))
            for index in range(count):
                packet = av.Packet(bytes(encoded))
                packet.stream, packet.time_base, packet.is_keyframe = stream, Fraction(1, 30), True
                packet.pts = packet.dts = 2 * index
                container.mux(packet)
        return folder / "clip.avi"

    return write


def at_times(times_s: list[float], name: str = "clip.mkv") -> Write:
    return lambda folder: make_clip(folder / name, times_s=times_s, options=X264)


def named(name: str) -> Write:
    return lambda folder: make_clip(folder / "plain.mp4", 30).rename(folder / name)


def linked(folder: Path) -> Path:
    make_clip(folder / "real.mp4", 30)
    (folder / "link.mp4").symlink_to("real.mp4")
    return folder / "link.mp4"


def linked_in_a_circle(folder: Path) -> Path:
    (folder / "a.mp4").symlink_to("b.mp4")
    (folder / "b.mp4").symlink_to("a.mp4")
    return folder / "a.mp4"


def linked_to_nothing(folder: Path) -> Path:
    (folder / "link.mp4").symlink_to("gone.mp4")
    return folder / "link.mp4"


def unreadable(folder: Path) -> Path:
    path = make_clip(folder / "clip.mp4", 30)
    path.chmod(0)
    return path


def listening(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(folder / "s.mp4"))
    return folder / "s.mp4"


def without_duration(folder: Path) -> Path:
    """As a browser records: no duration, no index, the length of the cluster unknown."""
    path = folder / "live.webm"
    how = {"live": "1"}
    with av.open(str(path), "w", options=how) as container:
        stream: Any = container.add_stream("libvpx", rate=30, options={"deadline": "realtime", "cpu-used": "8"})
        stream.width, stream.height, stream.pix_fmt = 192, 160, "yuv420p"
        for index in range(30):
            frame = av.VideoFrame.from_ndarray(numbered(index), format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def without_times(folder: Path) -> Path:
    """Every time in the file is the same."""
    path = whole("motion jpeg.avi", folder)
    data = bytearray(path.read_bytes())
    place = data.index(b"strh") + 8
    data[place + 20 : place + 28] = struct.pack("<II", 0, 0)  # scale and rate
    path.write_bytes(data)
    return path


def corrupt_in_the_middle(folder: Path) -> Path:
    path = whole("index first.mp4", folder, 60)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 8
    third = (len(data) - start) // 3
    data[start + third : start + 2 * third] = np.random.default_rng(2).bytes(third)
    path.write_bytes(data)
    return path


def with_other_file(folder: Path, target: str = "") -> Path:
    """A QuickTime movie without pictures, whose alias record names another file for them: that beside it by default.

    The record's layout is that of Apple's Alias Manager, with the absolute path as its only further entry (type 2).
    """
    data = make_clip(folder / "real.mov", 30).read_bytes()
    name = (target or str(folder / "real.mov")).encode()
    name += b"\0" * (len(name) % 2)
    record = bytes(10) + bytes(28) + bytes(12) + bytes(64) + bytes(16) + bytes(4) + bytes(16)
    record += struct.pack(">HH", 2, len(name)) + name + struct.pack(">HH", 0xFFFF, 0)
    alias = struct.pack(">I4sI", 12 + len(record), b"alis", 0) + record
    entry = data.index(b"dref") + 12
    was = struct.unpack_from(">I", data, entry)[0]
    grown = bytearray(data[:entry] + alias + data[entry + was :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        place = grown.index(kind) - 4
        struct.pack_into(">I", grown, place, struct.unpack_from(">I", grown, place)[0] + len(alias) - was)
    start, stop = grown.index(b"mdat") + 4, grown.index(b"moov") - 4
    path = folder / "pointing.mov"
    path.write_bytes(grown[:start] + bytes(stop - start) + grown[stop:])
    return path


def endless(kind: bytes, size: int) -> Write:
    """A file that begins as a clip does, and then goes on with one small box after the other."""
    return containing(struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 0, b"isom") + struct.pack(">I4s", 8, kind) * size)


def cases() -> Iterator[tuple[str, Case]]:
    """Everything in the corpus, by name."""
    for name in SORTS:
        for share in TRUNCATED_AT:
            yield f"{name} cut at {share:g}", Case(_cut(name, share), "?")
    yield from CASES.items()


def _cut(name: str, share: float) -> Write:
    def write(folder: Path) -> Path:
        path = whole(name, folder)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return write


def _picture(suffix: str) -> bytes:
    return bytes(cv2.imencode(suffix, numbered(1))[1])


NOT_READ = "not a video that can be read"
PNG_IN_ITS_NAME = "clip.png"
CASES: dict[str, Case] = {
    "nothing": Case(containing(b""), "is empty"),
    "one byte": Case(containing(b"\0"), NOT_READ),
    "noise": Case(containing(np.random.default_rng(1).bytes(200_000)), NOT_READ),
    "zeros": Case(containing(bytes(200_000)), NOT_READ),
    "text": Case(containing(b"Dear coach,\nthe clip is on my phone.\n" * 50), "is a text file"),
    "web page": Case(containing(b"<!DOCTYPE html><html><body>Sign in</body></html>"), "is a text file"),
    "PDF": Case(containing(b"%PDF-1.7\n\0\xe2\xe3\xcf\xd3" + bytes(2000)), NOT_READ),
    "zip": Case(containing(b"PK\3\4" + bytes(2000)), NOT_READ),
    "PNG": Case(containing(_picture(".png")), "is a still picture"),
    "JPEG": Case(containing(_picture(".jpg")), "is a still picture"),
    "WebP": Case(containing(_picture(".webp")), "is a still picture"),
    "picture in a picture's name": Case(containing(_picture(".png"), PNG_IN_ITS_NAME), "is a still picture"),
    "image sequence": Case(lambda folder: folder / "shot%03d.png", "does not exist"),
    "sound": Case(lambda folder: make_sound(folder / "song.mp4"), "is a sound recording"),
    "sound with a cover": Case(lambda folder: make_sound(folder / "song.mp4", numbered(1)), "is a sound recording"),
    "m3u8": Case(pointing("#EXTM3U\n#EXTINF:1,\nreal.mp4\n", "list.m3u8"), "is a playlist"),
    "m3u8 called mp4": Case(pointing("#EXTM3U\n#EXTINF:1,\nreal.mp4\n", "list.mp4"), "is a playlist"),
    "ffconcat": Case(pointing("ffconcat version 1.0\nfile real.mp4\n", "list.ffconcat"), "is a playlist"),
    "concat without a head": Case(pointing("file 'real.mp4'\n", "list.txt"), "is a text file"),
    "pls": Case(pointing("[playlist]\nFile1=real.mp4\n", "list.pls"), "is a playlist"),
    "xspf": Case(pointing('<?xml version="1.0"?><playlist><location>real.mp4</location>', "l.xspf"), "is a playlist"),
    "dash": Case(pointing("<MPD><BaseURL>real.mp4</BaseURL></MPD>", "list.mpd"), "is a playlist"),
    "sdp": Case(pointing("v=0\nm=video 5004 RTP/AVP 96\nc=IN IP4 127.0.0.1\n", "list.sdp"), "is a text file"),
    "asx": Case(pointing('<asx version="3.0"><ref href="real.mp4"/></asx>', "list.asx"), "is a text file"),
    "reference to another file": Case(with_other_file, "no picture that can be decoded"),
    "one frame": Case(lambda folder: make_clip(folder / "clip.mp4", 1), "is a still picture"),
    "two frames": Case(lambda folder: make_clip(folder / "clip.mp4", 2), "is too short"),
    "1x1": Case(of_size(1, 1), "is only 1x1"),
    "63 px high": Case(of_size(640, 63), "is only 640x63"),
    "8K": Case(of_size(7680, 4320), ""),
    "8K square": Case(of_size(8192, 8192), "no picture that can be decoded"),
    "wider than 8K": Case(of_size(16384, 64), "is 16384x64"),
    "before zero": Case(at_times([index / 30 - 5.0 for index in range(30)]), ""),
    "far in the future": Case(at_times([1e6 + index / 30 for index in range(30)]), ""),
    "a gap of eleven days": Case(at_times([index / 30 + 1e6 * (index > 15) for index in range(30)]), "lasts 278 hours"),
    "a gap at the end": Case(at_times([index / 30 + 1e6 * (index > 28) for index in range(30)]), "lasts 278 hours"),
    "a gap of a minute": Case(at_times([index / 30 + 60.0 * (index > 15) for index in range(30)]), ""),
    "no duration": Case(without_duration, ""),
    "no rate": Case(without_times, "?"),
    "corrupt in the middle": Case(corrupt_in_the_middle, ""),
    "endless head": Case(endless(b"free", 80_000), "is incomplete"),
    "endless moov": Case(endless(b"moov", 80_000), "no moving picture"),
    "link": Case(linked, ""),
    "link to nothing": Case(linked_to_nothing, "does not exist"),
    "link in a circle": Case(linked_in_a_circle, "cannot be reached"),
    "unreadable": Case(unreadable, "may not be read"),
    "folder": Case(lambda folder: folder, "is a folder"),
    "device": Case(lambda _: Path("/dev/zero"), "not an ordinary file"),
    "socket": Case(listening, "not an ordinary file"),
    "name with a line break": Case(named("first\nsecond.mp4"), ""),
    "text with a line break in its name": Case(containing(b"no clip", "first\nsecond.mp4"), "is a text file"),
    "text that would colour the terminal": Case(containing(b"no clip", "\x1b[31mred\x07.mp4"), "is a text file"),
    "name with quotes and marks": Case(named("[bold]'\"; rm -rf $HOME & %s.mp4"), ""),
    "name that is no text": Case(named("caf\udce9.mp4"), "rename it"),
    "long name": Case(named("x" * 240 + ".mp4"), ""),
    "name that nothing can have": Case(lambda folder: folder / ("x" * 300 + ".mp4"), "cannot be reached"),
    "name with a zero": Case(lambda folder: folder / "a\0b.mp4", "cannot be reached"),
}  # fmt: skip
