"""Small clips whose every picture says which one it is."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

SHARED_CLIPS = Path(__file__).parents[2].parent / "shared" / "clips"
SIZE_PX = (192, 160)
BITS = 10
BLOCK_PX = 16
CORNERS = {(0, 0): (220, 40, 40), (0, -1): (40, 220, 40), (-1, 0): (40, 40, 220)}
TICKS_PER_S = 90000


def numbered(index: int, size_px: tuple[int, int] = SIZE_PX) -> np.ndarray:
    """(h, w, 3): the index as white and black blocks, and a colour in three corners; the fourth stays grey."""
    width, height = size_px
    rgb = np.full((height, width, 3), 100, np.uint8)
    for bit in range(BITS):
        x, y = 2 * BLOCK_PX * (bit % 5) + BLOCK_PX, 2 * BLOCK_PX * (bit // 5) + 2 * BLOCK_PX
        rgb[y : y + BLOCK_PX, x : x + BLOCK_PX] = 235 if index >> bit & 1 else 20
    for (row, column), colour in CORNERS.items():
        rows = slice(0, BLOCK_PX) if row == 0 else slice(-BLOCK_PX, None)
        columns = slice(0, BLOCK_PX) if column == 0 else slice(-BLOCK_PX, None)
        rgb[rows, columns] = colour
    return rgb


def number_in(rgb: np.ndarray) -> int:
    """The index that `numbered` drew."""
    number = 0
    for bit in range(BITS):
        x, y = 2 * BLOCK_PX * (bit % 5) + BLOCK_PX, 2 * BLOCK_PX * (bit // 5) + 2 * BLOCK_PX
        number |= int(rgb[y + 4 : y + BLOCK_PX - 4, x + 4 : x + BLOCK_PX - 4].mean() > 128) << bit
    return number


def corners_are_right(rgb: np.ndarray) -> bool:
    """Whether each corner has the colour that `numbered` gave it."""
    inset = {0: 6, -1: -7}
    return all(
        np.abs(rgb[inset[row], inset[column]].astype(int) - colour).max() < 60
        for (row, column), colour in CORNERS.items()
    )


def make_clip(
    path: Path,
    count: int = 60,
    *,
    times_s: Sequence[float] | None = None,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    pix_fmt: str = "yuv420p",
    tags: dict[str, str] | None = None,
    faststart: bool = False,
    sample_aspect: Fraction | None = None,
    audio: bool = False,
    draw: Callable[[int], np.ndarray] = numbered,
) -> Path:
    """Write a clip of numbered pictures with PyAV alone, 30 a second unless their times are given."""
    if codec not in av.codecs_available:
        pytest.skip(f"this PyAV has no encoder {codec}")
    times_s = [index / 30 for index in range(count)] if times_s is None else times_s
    movflags = "+use_metadata_tags" + ("+faststart" if faststart else "")
    mp4 = path.suffix in (".mp4", ".mov", ".m4a")
    with av.open(str(path), "w", options={"movflags": movflags} if mp4 else {}) as container:
        container.metadata.update(tags or {})
        stream: Any = container.add_stream(codec, rate=30, options=options or {})
        first = draw(0)
        stream.height, stream.width, stream.pix_fmt = first.shape[0], first.shape[1], pix_fmt
        if sample_aspect is not None:
            stream.codec_context.sample_aspect_ratio = sample_aspect
        base = (
            Fraction(1, 1000) if path.suffix == ".webm" else Fraction(1, 30 if path.suffix == ".avi" else TICKS_PER_S)
        )
        stream.codec_context.time_base = base
        sound: Any = container.add_stream("aac", rate=16000) if audio else None
        if sound is not None:
            add_sound(container, sound)
        for index, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(draw(index), format="rgb24")
            frame.pts, frame.time_base = round(Fraction(time_s) / base), base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def make_sound(path: Path, cover: np.ndarray | None = None) -> Path:
    """Write a file that holds sound, and at most a cover picture."""
    with av.open(str(path), "w") as container:
        sound: Any = container.add_stream("aac", rate=16000)
        if cover is not None:
            picture: Any = container.add_stream("mjpeg", rate=1)
            picture.height, picture.width, picture.pix_fmt = cover.shape[0], cover.shape[1], "yuvj420p"
            picture.disposition = av.stream.Disposition.attached_pic
            container.mux(picture.encode(av.VideoFrame.from_ndarray(cover, format="rgb24")))
            container.mux(picture.encode(None))
        add_sound(container, sound)
    return path


def add_sound(container: Any, stream: Any) -> None:
    """Two seconds of silence."""
    for index in range(32):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 16000, 1024 * index, Fraction(1, 16000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def set_display_matrix(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """Write a, b, c, d of x' = a x + c y, y' = b x + d y into an MP4's track header (ISO/IEC 14496-12, 8.3.2)."""
    data = bytearray(path.read_bytes())
    box = data.index(b"tkhd")
    assert data[box + 4] == 0, "only version 0 of the box is known here"
    place = box + 44
    a, b, c, d = (value << 16 for value in matrix)
    for offset, value in zip(range(0, 20, 4), (a, b, 0, c, d), strict=True):
        data[place + offset : place + offset + 4] = (value & 0xFFFFFFFF).to_bytes(4, "big")
    path.write_bytes(data)
    return path


def cut_start(source: Path, target: Path, seconds: int) -> Path:
    """Copy a clip with an edit list that hides its start, as a phone's trimming does."""
    with (
        av.open(str(source)) as old,
        av.open(str(target), "w", container_options={"avoid_negative_ts": "disabled"}) as new,
    ):
        stream: Any = old.streams.video[0]
        copy: Any = new.add_stream_from_template(stream)
        shift = round(seconds / stream.time_base)
        for packet in old.demux(stream):
            if packet.dts is not None and packet.pts is not None:
                packet.pts, packet.dts, packet.stream = packet.pts - shift, packet.dts - shift, copy
                new.mux(packet)
    return target


def decoded_times_s(path: Path) -> list[float]:
    """Every decoded frame's time in the container's own clock, in the order the decoder gives them."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        return [float(frame.pts * stream.time_base) for frame in container.decode(stream)]


def set_edits(path: Path, edits: Sequence[tuple[float, float, float]]) -> Path:
    """Give an MP4's only track a list of edits: seconds shown, media second at which they begin, rate of play.

    The boxes are those of ISO/IEC 14496-12, 8.6.5 and 8.6.6; the index must lie behind the pictures.
    """
    data = path.read_bytes()
    track, movie = data.index(b"trak") - 4, data.index(b"moov") - 4
    assert data.index(b"mdat") < movie, "the chunk offsets would move"
    per_movie_s, per_media_s = (int.from_bytes(data[data.index(box) + 16 :][:4], "big") for box in (b"mvhd", b"mdhd"))
    rows = b"".join(
        struct.pack(">Iii", round(shown_s * per_movie_s), round(media_s * per_media_s), round(rate * 65536))
        for shown_s, media_s, rate in edits
    )
    table = struct.pack(">I4sII", 16 + len(rows), b"elst", 0, len(edits)) + rows
    box = struct.pack(">I4s", 8 + len(table), b"edts") + table
    old = data.index(b"edts") - 4
    old_size = int.from_bytes(data[old : old + 4], "big")
    grown = bytearray(data[:old] + box + data[old + old_size :])
    for place in (track, movie):
        size = int.from_bytes(grown[place : place + 4], "big") + len(box) - old_size
        grown[place : place + 4] = size.to_bytes(4, "big")
    path.write_bytes(grown)
    return path


def without_start(source: Path, target: Path, packets: int) -> Path:
    """Copy a clip but for its first packets, as a recording does that was cut between keyframes."""
    with av.open(str(source)) as old, av.open(str(target), "w") as new:
        stream: Any = old.streams.video[0]
        copy: Any = new.add_stream_from_template(stream)
        for packet in [packet for packet in old.demux(stream) if packet.dts is not None][packets:]:
            packet.stream = copy
            new.mux(packet)
    return target


def make_streams(path: Path, sizes_px: Sequence[tuple[int, int]], *, cover: bool = False, data: bool = False) -> Path:
    """Write several moving pictures side by side: numbered where they are of the usual size, else grey.

    At most a cover picture comes before them, and a stream of data after them.
    """
    with av.open(str(path), "w") as container:
        art: Any = container.add_stream("mjpeg", rate=1) if cover else None
        if art is not None:
            art.height, art.width, art.pix_fmt = SIZE_PX[1] * 2, SIZE_PX[0] * 2, "yuvj420p"
            art.disposition = av.stream.Disposition.attached_pic
        streams: list[Any] = [container.add_stream("libx264", rate=30) for _ in sizes_px]
        for stream, (width, height) in zip(streams, sizes_px, strict=True):
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        notes: Any = container.add_data_stream("bin_data") if data else None
        if art is not None:
            grey = np.full((art.height, art.width, 3), 128, np.uint8)
            container.mux(art.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
            container.mux(art.encode(None))
        for index in range(30):
            for stream in streams:
                usual = (stream.width, stream.height) == SIZE_PX
                rgb = numbered(index) if usual else np.full((stream.height, stream.width, 3), 90, np.uint8)
                frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
                frame.pts, frame.time_base = index, Fraction(1, 30)
                container.mux(stream.encode(frame))
            if notes is not None:
                packet = av.Packet(b"rep one")
                packet.stream, packet.time_base, packet.pts, packet.dts = notes, Fraction(1, 30), index, index
                container.mux(packet)
        for stream in streams:
            container.mux(stream.encode(None))
    return path
