"""A clip's sound for a video made of its pictures: as it is where MP4 players know it, else as AAC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from types import TracebackType
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from analyzer.video.clip import Clip
from analyzer.video.source import open_video

COPIED: Final = frozenset({"aac", "mp3"})
"""Codecs that every browser plays in an MP4."""

KEPT_IN: Final = "mov"
"""The family of containers whose packets fit into an MP4 unchanged."""

AAC_SAMPLES: Final = 1024
"""In a packet of AAC."""

SLACK_S: Final = 0.001
"""By which rounded times may overlap."""

RATE_HZ: Final = 48_000


class Sound:
    """A stretch of a clip's sound, to be put beside its pictures; use it as a context manager.

    Sound that cannot be read is left out: the pictures are what the video is for.

    Args:
        clip: with sound.
        from_s: time of the clip that becomes 0.
        until_s: time of the clip at which the sound ends; None: where the pictures end.
    """

    def __init__(self, clip: Clip, from_s: float = 0.0, until_s: float | None = None) -> None:
        self._clip = clip
        self._from_s = clip.start_s + from_s
        self._until_s = clip.start_s + (clip.duration_s if until_s is None else until_s)
        self._open = ExitStack()
        self._source: AudioStream | None = None
        self._packets: Iterator[Packet[AudioStream]] = iter(())
        self._waiting: Packet[AudioStream] | None = None

    def __enter__(self) -> Sound:
        container, _ = self._open.enter_context(open_video(self._clip.path))
        known = [stream for stream in container.streams.audio if stream.codec_context is not None]
        if known:
            self._source = known[0]
            self._stored = _readable(container.demux(known[0]))
            self._copied = container.format.name.startswith(KEPT_IN) and _is_whole(known[0])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()

    def join(self, target: OutputContainer) -> None:
        """Add the stream of sound to a container that nothing has been written to."""
        source = self._source
        if source is None:
            return
        if self._copied:
            stream = target.add_stream_from_template(source)
            stream.metadata.clear()
            self._packets = self._moved(stream)
            return
        stream = target.add_stream("aac", rate=RATE_HZ, layout="stereo" if source.channels > 1 else "mono")
        self._packets = self._encoded(stream)

    def until(self, time_s: float) -> Iterator[Packet[AudioStream]]:
        """The packets not yet given that begin before a time of the new video."""
        while True:
            packet = self._waiting or next(self._packets, None)
            self._waiting = packet
            if packet is None or (packet.pts is not None and packet.pts * packet.time_base >= time_s):
                return
            self._waiting = None
            yield packet

    def _moved(self, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
        last = -1
        for packet in self._stored:
            if packet.pts is None or packet.time_base is None or not packet.size:
                continue
            if float((packet.pts + (packet.duration or 0)) * packet.time_base) > self._until_s:
                return
            shift = round(self._from_s / packet.time_base)
            if packet.pts - shift <= last:  # before the stretch, or out of order in a damaged file
                continue
            last = packet.pts = packet.pts - shift
            packet.dts = packet.pts
            packet.stream = stream
            yield packet

    def _encoded(self, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
        resampler = av.AudioResampler("fltp", stream.layout, RATE_HZ, AAC_SAMPLES)
        for frame in self._heard():
            for piece in resampler.resample(frame):
                yield from stream.encode(piece)
        for piece in resampler.resample(None):
            yield from stream.encode(piece)
        yield from stream.encode(None)

    def _heard(self) -> Iterator[AudioFrame]:
        """Decoded sound of the stretch, on the new video's clock."""
        assert self._source is not None
        heard_s = self._from_s
        for packet in self._stored:
            for frame in _decoded(self._source, packet):
                if frame.pts is None or frame.time_base is None:
                    continue
                start_s = float(frame.pts * frame.time_base)
                if start_s + frame.samples / frame.sample_rate > self._until_s:
                    return
                if start_s >= heard_s - SLACK_S:
                    heard_s = start_s + frame.samples / frame.sample_rate
                    frame.pts = max(0, round((start_s - self._from_s) * frame.sample_rate))
                    frame.time_base = Fraction(1, frame.sample_rate)
                    yield frame


def _is_whole(stream: AudioStream) -> bool:
    """Whether packets mean the same in another file: of a known codec, with what its decoder has to be told."""
    codec = stream.codec_context.codec.canonical_name
    return codec in COPIED and (codec != "aac" or bool(stream.codec_context.extradata))


def _readable(packets: Iterator[Packet[AudioStream]]) -> Iterator[Packet[AudioStream]]:
    try:
        yield from packets
    except av.FFmpegError:
        return


def _decoded(source: AudioStream, packet: Packet[AudioStream]) -> list[AudioFrame]:
    try:
        return source.codec_context.decode(packet)
    except av.FFmpegError:
        return []
