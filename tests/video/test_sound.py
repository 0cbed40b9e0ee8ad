from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from analyzer.errors import ClipError
from analyzer.video.probe import probe
from analyzer.video.sound import Sound
from analyzer.video.writer import VideoWriter
from tests.video.drawn import SIZE_PX, make_clip, numbered

RATE_HZ = 48_000
BEEP_S = 1.0
SECONDS = 2.0


def sounding(path, codec, video="libx264", rate_hz=RATE_HZ):
    """A clip of two seconds with a beep of 50 ms at one second."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream(video, rate=30)
        picture.width, picture.height, picture.pix_fmt = *SIZE_PX, "yuv420p"
        sound = container.add_stream(codec, rate=rate_hz)
        sound.layout = "mono"
        for index in range(round(30 * SECONDS)):
            container.mux(picture.encode(av.VideoFrame.from_ndarray(numbered(index), format="rgb24")))
        container.mux(picture.encode(None))
        resampler = av.AudioResampler(sound.format, "mono", rate_hz, sound.frame_size or 1024)
        times_s = np.arange(round(SECONDS * rate_hz)) / rate_hz
        wave = 0.5 * np.sin(2 * np.pi * 880 * times_s) * ((times_s >= BEEP_S) & (times_s < BEEP_S + 0.05))
        whole = av.AudioFrame.from_ndarray(wave.astype(np.float32)[None], format="fltp", layout="mono")
        whole.sample_rate, whole.pts, whole.time_base = rate_hz, 0, Fraction(1, rate_hz)
        for piece in [*resampler.resample(whole), *resampler.resample(None)]:
            container.mux(sound.encode(piece))
        container.mux(sound.encode(None))
    return path


def written(clip, path, **window):
    sound = Sound(clip, **window)
    with VideoWriter(path, SIZE_PX, start_s=0.0, sound=sound) as writer:
        for index in range(clip.frames):
            writer.write(numbered(index), index / 30, 1 / 30)
    return path


def beep_in(path):
    """When the file's sound begins to be loud, in s of the file's clock, and the codec."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        for frame in container.decode(stream):
            samples = np.abs(frame.to_ndarray().astype(float)).max(axis=0)
            loud = np.flatnonzero(samples > 0.2)
            if len(loud):
                return float(frame.pts * frame.time_base) + loud[0] / frame.sample_rate, stream.codec_context.name
    return None, ""


@pytest.mark.parametrize(
    ("name", "codec", "video"),
    [("clip.mp4", "aac", "libx264"), ("clip.mkv", "pcm_s16le", "libx264"), ("clip.mkv", "aac", "libx264")],
)
def test_sound_is_kept_in_time(name, codec, video, tmp_path):
    clip = probe(sounding(tmp_path / name, codec, video))
    assert clip.has_audio
    at_s, kept = beep_in(written(clip, tmp_path / "out.mp4"))
    assert kept == "aac"
    assert at_s == pytest.approx(BEEP_S, abs=0.025)


def test_sound_that_fits_is_copied_and_not_made_anew(tmp_path):
    clip = probe(sounding(tmp_path / "clip.mp4", "aac"))
    written(clip, tmp_path / "out.mp4")

    def packets(path):
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(audio=0) if packet.size]

    old, new = packets(clip.path), packets(tmp_path / "out.mp4")
    assert len(old) - 3 <= len(new) <= len(old)
    assert set(new) <= set(old)


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le"])
def test_a_part_of_the_clip_has_that_parts_sound(codec, tmp_path):
    clip = probe(sounding(tmp_path / ("clip.mp4" if codec == "aac" else "clip.mkv"), codec))
    at_s, _ = beep_in(written(clip, tmp_path / "out.mp4", from_s=0.5, until_s=1.5))
    assert at_s == pytest.approx(BEEP_S - 0.5, abs=0.03)
    with av.open(str(tmp_path / "out.mp4")) as container:
        sound = container.streams.audio[0]
        assert float(sound.duration * sound.time_base) == pytest.approx(1.0, abs=0.05)


def test_sound_does_not_outlast_the_pictures(tmp_path):
    clip = probe(sounding(tmp_path / "clip.mp4", "aac"))
    with av.open(str(written(clip, tmp_path / "out.mp4"))) as container:
        assert container.duration / av.time_base == pytest.approx(SECONDS, abs=1 / 30)
        assert all(float(stream.duration * stream.time_base) <= SECONDS + 1e-3 for stream in container.streams)


def test_a_clip_without_sound_makes_a_video_without(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    with av.open(str(written(clip, tmp_path / "out.mp4"))) as container:
        assert not container.streams.audio


def test_nothing_said_beside_the_sound_is_passed_on(tmp_path):
    clip = probe(sounding(tmp_path / "clip.mp4", "aac"))
    with av.open(str(written(clip, tmp_path / "out.mp4"))) as container:
        told = container.metadata | container.streams.audio[0].metadata
        assert set(told) <= {"major_brand", "minor_version", "compatible_brands", "encoder", "language",
                             "handler_name", "vendor_id"}  # fmt: skip


def test_a_file_that_is_gone_by_then_leaves_nothing_half_written(tmp_path):
    clip = probe(sounding(tmp_path / "clip.mp4", "aac"))
    clip.path.unlink()
    with pytest.raises(ClipError), VideoWriter(tmp_path / "out.mp4", SIZE_PX, sound=Sound(clip)):
        pass
    assert list(tmp_path.iterdir()) == []


def test_packets_out_of_order_are_left_out(tmp_path):
    clip = probe(sounding(tmp_path / "clip.mp4", "aac"))
    sound = Sound(clip)
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX, start_s=0.0, sound=sound) as writer:
        stored = list(sound._stored)
        sound._stored = iter([*stored[:30], *stored[10:20], *stored[30:]])
        for index in range(clip.frames):
            writer.write(numbered(index), index / 30, 1 / 30)
    at_s, _ = beep_in(tmp_path / "out.mp4")
    assert at_s == pytest.approx(BEEP_S, abs=0.025)
