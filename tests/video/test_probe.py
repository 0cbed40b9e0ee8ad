from __future__ import annotations

import hashlib
import json
import os
import sys

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import ClipError
from analyzer.video.probe import probe, usual_rate_hz
from tests.video.drawn import SHARED_CLIPS, decoded_times_s, make_clip, make_sound, numbered

ANDROID_TAG = "com.android.capture.fps"


def codes(clip):
    return {notice.code for notice in clip.notices}


def test_what_a_plain_clip_is(tmp_path):
    path = make_clip(tmp_path / "clip.mp4", 45, draw=lambda index: numbered(index, (384, 400)))
    clip = probe(path)

    assert (clip.width, clip.height, clip.rotation_deg, clip.mirrored) == (384, 400, 0, False)
    assert clip.codec == "h264"
    assert clip.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    np.testing.assert_allclose(clip.times_s, np.arange(45) / 30, atol=1e-9)
    assert clip.nominal_fps == pytest.approx(30.0)
    assert clip.slow_motion_factor == 1.0
    assert clip.duration_s == pytest.approx(1.5)
    assert not clip.has_audio
    assert clip.notices == ()


def test_sound_is_noticed(tmp_path):
    assert probe(make_clip(tmp_path / "clip.mp4", 20, audio=True)).has_audio


def test_times_are_those_written_not_index_over_rate(tmp_path):
    times_s = np.cumsum(np.random.default_rng(3).choice([1 / 60, 1 / 30, 0.1], 50))
    clip = probe(make_clip(tmp_path / "clip.mp4", times_s=times_s.tolist(), options={"x264-params": "bframes=3"}))

    np.testing.assert_allclose(clip.times_s, times_s - times_s[0], atol=1e-4)
    assert "variable_rate" in codes(clip)


@given(
    fps=st.sampled_from([23.976, 25.0, 29.97, 30.0, 59.94, 60.0, 119.88, 120.0, 240.0]),
    kept=st.lists(st.integers(3, 8), min_size=20, max_size=80),
    ticks_per_s=st.sampled_from([600, 1000, 90000]),
)
def test_the_rate_is_found_through_dropped_frames_and_coarse_clocks(fps, kept, ticks_per_s):
    """Every so often a frame is missing. The clock puts each run of three intervals or more off by a tick at most."""
    index = np.cumsum(np.concatenate([[1] * length + [2] for length in kept]))
    times_s = np.round(index / fps * ticks_per_s) / ticks_per_s

    assert usual_rate_hz(times_s) == pytest.approx(fps, rel=0.5 * fps / ticks_per_s)


@pytest.mark.parametrize(
    ("tag", "said", "capture_fps", "factor"),
    [
        (None, None, 30.0, 1.0),
        ("240", None, 240.0, 8.0),
        ("240.000000", None, 240.0, 8.0),
        ("29.97", None, 30.0, 1.0),
        ("nonsense", None, 30.0, 1.0),
        ("-5", None, 30.0, 1.0),
        ("nan", None, 30.0, 1.0),
        ("240", 120.0, 120.0, 4.0),
        (None, 31.0, 30.0, 1.0),
        ("240", 30.0, 30.0, 1.0),
        (None, 15.0, 15.0, 0.5),
    ],
)
def test_the_recording_rate_is_the_users_else_the_phones_else_the_clips(tag, said, capture_fps, factor, tmp_path):
    path = make_clip(tmp_path / "clip.mp4", 150, tags={ANDROID_TAG: tag} if tag else None)
    clip = probe(path, captured_fps=said)

    assert clip.nominal_fps == pytest.approx(30.0)
    assert clip.capture_fps == pytest.approx(capture_fps)
    assert clip.slow_motion_factor == pytest.approx(factor)
    assert ("slow_motion" in codes(clip)) == (factor > 1.0)
    assert ("time_lapse" in codes(clip)) == (factor < 1.0)


@pytest.mark.parametrize("said", [0.0, 0.5, -30.0, 2001.0, float("nan"), float("inf")])
def test_impossible_recording_rates_are_refused(said, tmp_path):
    with pytest.raises(ClipError, match="give 1-2000"):
        probe(make_clip(tmp_path / "clip.mp4", 20), captured_fps=said)


def test_low_rate_and_low_resolution_come_with_advice(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", times_s=[index / 10 for index in range(20)]))

    assert codes(clip) == {"low_rate", "low_resolution"}
    assert all(notice.message.endswith(".") and notice.advice.endswith(".") for notice in clip.notices)


def text(path):
    path.write_text("Dear coach, the clip is on my phone.\n" * 100, encoding="utf-8")


def playlist_of(first_line):
    def write(path):
        make_clip(path.parent / "real.mp4", 30)
        path.write_text(f"{first_line}\n", encoding="utf-8")

    return write


def still(suffix):
    return lambda path: path.write_bytes(cv2.imencode(suffix, numbered(1))[1].tobytes())


def broken_off_at(find):
    def write(path):
        whole = make_clip(path.parent / "whole.mp4", 40).read_bytes()
        path.write_bytes(whole[: find(whole)])

    return write


def short(count, fps):
    return lambda path: make_clip(path, times_s=[index / fps for index in range(count)])


def flat(width, height):
    return lambda path: make_clip(
        path, 12, codec="mjpeg", pix_fmt="yuvj420p", draw=lambda index: np.zeros((height, width, 3), np.uint8)
    )


UNUSABLE = {
    "missing": (lambda path: None, "does not exist"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "empty": (lambda path: path.touch(), "is empty"),
    "text": (text, "is a text file"),
    "noise": (lambda path: path.write_bytes(np.random.default_rng(1).bytes(20000)), "not a video that can be read"),
    "png": (still(".png"), "is a still picture"),
    "jpeg": (still(".jpg"), "is a still picture"),
    "one picture": (short(1, 30), "is a still picture"),
    "HLS playlist": (playlist_of("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nreal.mp4"), "is a playlist"),
    "concat script": (playlist_of("ffconcat version 1.0\nfile real.mp4"), "is a playlist"),
    "sound": (make_sound, "is a sound recording"),
    "cut after the first box": (broken_off_at(lambda whole: 40), "is incomplete"),
    "cut before the index": (broken_off_at(lambda whole: len(whole) // 2), "is incomplete"),
    "cut within the index": (broken_off_at(lambda whole: whole.index(b"stbl")), "is damaged"),
    "nine frames": (short(9, 10), "is too short"),
    "a third of a second": (short(20, 60), "is too short"),
    "narrow": (flat(200, 32), "is only 200x32"),
    "huge": (flat(8320, 64), "is 8320x64"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_said_in_one_quiet_sentence(name, tmp_path, capfd):
    write, expected = UNUSABLE[name]
    path = tmp_path / "clip.mp4"
    write(path)
    capfd.readouterr()

    with pytest.raises(ClipError, match=expected) as raised:
        probe(path)

    assert "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", "")


def test_a_cover_picture_is_not_a_clip(tmp_path):
    with pytest.raises(ClipError, match="is a sound recording"):
        probe(make_sound(tmp_path / "song.mp4", cover=numbered(1)))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/clip.mp4", "remote address"),
        ("rtsp://camera/1", "remote address"),
        ("concat:a.mp4|b.mp4", "does not exist"),
    ],
)
def test_addresses_are_not_followed(address, expected):
    with pytest.raises(ClipError, match=expected):
        probe(address)


def test_names_that_look_like_protocols_are_files(tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("such names are not possible here")
    make_clip(tmp_path / "clip.mp4", 20).rename(tmp_path / "concat:%03d é.mp4")
    monkeypatch.chdir(tmp_path)

    assert probe("concat:%03d é.mp4").frames == 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path / "pipe.mp4", "/dev/null"):
        with pytest.raises(ClipError, match="not an ordinary file"):
            probe(path)


def test_a_clip_that_breaks_off_is_used_up_to_there(tmp_path):
    whole = make_clip(tmp_path / "whole.mp4", 80, faststart=True, options={"x264-params": "bframes=3:keyint=20"})
    data = whole.read_bytes()
    found = []
    for share in (0.55, 0.7, 0.85, 0.999):
        path = tmp_path / "cut.mp4"
        path.write_bytes(data[: int(len(data) * share)])
        clip = probe(path)
        assert "incomplete" in codes(clip)
        assert clip.frames < 80
        found.append(clip.frames)
    assert found == sorted(found)
    assert "incomplete" not in codes(probe(whole))


def test_a_clip_that_mixes_up_its_times_is_refused(tmp_path):
    path = make_clip(tmp_path / "clip.avi", 40, options={"x264-params": "bframes=3:b-adapt=0"})
    times_s = decoded_times_s(path)
    if times_s == sorted(times_s):
        pytest.skip("this FFmpeg sorts the times of AVI files")

    with pytest.raises(ClipError, match="export it as MP4"):
        probe(path)


def shared(folder, *but):
    found = sorted(path for path in (SHARED_CLIPS / folder).glob("*.*") if path.suffix in (".mp4", ".mov", ".webm"))
    found = [path for path in found if not path.stem.endswith(but)]
    reason = pytest.mark.skip(reason="the shared clips are not here")
    return [pytest.param(path, id=path.name) for path in found] or [pytest.param(None, marks=reason)]


# Those left out have the times of the clip that they were made from, in the same container and codec.
@pytest.mark.parametrize("path", shared("real", "_mirrored", "_rot90", "_rot180"))
def test_real_clips_have_a_time_for_every_frame_that_the_decoder_gives(path):
    clip = probe(path)
    times_s = decoded_times_s(path)

    np.testing.assert_allclose(clip.times_s, np.array(times_s) - times_s[0], atol=1e-9)


@pytest.mark.parametrize("path", shared("rendered"))
def test_rendered_clips_agree_with_their_truth(path):
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text(encoding="utf-8"))
    with np.load(path.with_name(f"{path.stem}.truth.npz")) as data:
        real_s, file_s = data["t"], data["t_file"]
    clip = probe(path)

    assert [clip.width, clip.height] == truth["size"]
    assert clip.frames == truth["frames"]
    assert clip.capture_fps == pytest.approx(truth["fps"])
    np.testing.assert_allclose(clip.times_s, file_s - file_s[0], atol=1e-4)
    np.testing.assert_allclose(clip.times_s / clip.slow_motion_factor, real_s - real_s[0], atol=1e-4)


REFUSED = {
    "audio_only.mp4": "sound",
    "empty.mp4": "empty",
    "truncated_moov_missing.mp4": "incomplete",
    "too_short_12frames.mp4": "too short",
}


@pytest.mark.parametrize("path", shared("bad"))
def test_bad_clips_are_refused_in_a_sentence_or_read(path):
    if path.name in REFUSED:
        with pytest.raises(ClipError, match=REFUSED[path.name]):
            probe(path)
    else:
        with av.open(str(path)) as container:
            announced = container.streams.video[0].frames
        assert probe(path).frames == announced
