from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from analyzer.errors import ClipError
from analyzer.video.probe import probe
from analyzer.video.reader import keyframes, read_frame, read_frames, read_stored
from tests.video.drawn import (
    SHARED_CLIPS,
    SIZE_PX,
    corners_are_right,
    cut_start,
    make_clip,
    make_streams,
    number_in,
    numbered,
    set_display_matrix,
    set_edits,
    without_start,
)

COUNT = 60
UNEVEN_S = np.cumsum(np.random.default_rng(5).choice([1 / 60, 1 / 30, 1 / 15, 0.2], COUNT)).tolist()
QUIET = "log-level=none"
SORTS = {
    "B-frames": ("b.mp4", {"options": {"x264-params": "keyint=20:bframes=4:b-adapt=0:b-pyramid=normal"}}),
    "open groups": ("open.mp4", {"options": {"x264-params": "keyint=20:open-gop=1:bframes=4:b-adapt=0:scenecut=0"}}),
    "rolling refresh": ("refresh.mp4", {"options": {"x264-params": "keyint=20:intra-refresh=1:bframes=2"}}),
    "one keyframe": ("long.mp4", {"options": {"x264-params": "keyint=1000"}}),
    "uneven times": ("uneven.mp4", {"times_s": UNEVEN_S, "options": {"x264-params": "keyint=20"}}),
    "late start": ("late.mp4", {"times_s": [3.0 + i / 30 for i in range(COUNT)]}),
    "with sound": ("sound.mp4", {"audio": True}),
    "HEVC": ("hevc.mov", {"codec": "libx265", "options": {"x265-params": f"keyint=20:open-gop=1:bframes=4:{QUIET}"}}),
    "HEVC 10 bit": (
        "hevc10.mp4",
        {"codec": "libx265", "pix_fmt": "yuv420p10le", "options": {"x265-params": f"keyint=20:{QUIET}"}},
    ),
    "VP9": (
        "vp9.webm",
        {"codec": "libvpx-vp9", "options": {"g": "20", "deadline": "realtime", "cpu-used": "8", "b": "500k"}},
    ),
    "VP8": (
        "vp8.webm",
        {
            "codec": "libvpx",
            "options": {"g": "20", "auto-alt-ref": "1", "lag-in-frames": "16", "cpu-used": "5", "b": "500k"},
        },
    ),
    "AV1": ("av1.mp4", {"codec": "libsvtav1", "options": {"g": "20", "preset": "10", "crf": "15"}}),
    "Matroska": ("b.mkv", {"options": {"x264-params": "keyint=20:open-gop=1:bframes=4:b-adapt=0"}}),
    "transport stream": ("b.ts", {"options": {"x264-params": "keyint=20:open-gop=1:bframes=3:b-adapt=0"}}),
    "AVI": ("m4.avi", {"codec": "mpeg4", "options": {"g": "20", "q:v": "3"}}),
    "Motion JPEG": ("mj.mov", {"codec": "mjpeg", "pix_fmt": "yuvj420p"}),
}


@pytest.fixture(params=SORTS, scope="module")
def clip(request, tmp_path_factory):
    name, how = SORTS[request.param]
    return probe(make_clip(tmp_path_factory.mktemp("clips") / name, COUNT, **how))


def numbers(frames):
    return [number_in(frame.rgb) for frame in frames]


def test_a_whole_pass_gives_every_frame_once_and_in_order(clip):
    frames = list(read_frames(clip))

    assert [frame.index for frame in frames] == list(range(COUNT))
    assert numbers(frames) == list(range(COUNT))
    np.testing.assert_array_equal([frame.time_s for frame in frames], clip.times_s)
    assert all(frame.rgb.flags.c_contiguous and frame.rgb.dtype == np.uint8 for frame in frames)


def test_every_start_gives_the_frames_that_the_whole_pass_gives(clip):
    whole = [frame.rgb for frame in read_frames(clip)]

    # every place in the first group of pictures, and some in all others
    for start in (*range(21), *range(21, COUNT, 3), COUNT - 1):
        stretch = list(read_frames(clip, start=start, stop=start + 2))
        assert [frame.index for frame in stretch] == [*range(start, min(start + 2, COUNT))]
        for frame in stretch:
            np.testing.assert_array_equal(frame.rgb, whole[frame.index])


def test_threads_read_stretches_at_the_same_time(clip):
    with ThreadPoolExecutor(4) as pool:
        stretches = pool.map(lambda start: numbers(read_frames(clip, start=start, stop=start + 9)), range(0, COUNT, 9))

    assert [number for stretch in stretches for number in stretch] == list(range(COUNT))


def test_steps_are_those_of_a_slice(clip):
    assert numbers(read_frames(clip, start=7, stop=50, step=6)) == list(range(COUNT))[7:50:6]


def test_the_nearest_frame_to_a_time(clip):
    between_s = 0.4 * clip.times_s[30] + 0.6 * clip.times_s[31]

    assert number_in(read_frame(clip, between_s).rgb) == 31
    assert number_in(read_frame(clip, -5.0).rgb) == 0
    assert number_in(read_frame(clip, 1e6).rgb) == COUNT - 1


def test_keyframes_are_frames_of_the_clip(clip):
    marked = keyframes(clip).tolist()

    assert [number_in(read_frame(clip, clip.times_s[index]).rgb) for index in marked] == marked


@pytest.mark.parametrize("apart", [7, 20, 100])
def test_keyframes_are_where_the_encoder_put_them(apart, tmp_path):
    clip = probe(make_clip(tmp_path / "b.mp4", COUNT, options={"x264-params": f"keyint={apart}:bframes=3:scenecut=0"}))

    assert keyframes(clip).tolist() == list(range(0, COUNT, apart))


def test_frames_before_a_trimmed_start_are_not_shown(tmp_path):
    whole = make_clip(tmp_path / "whole.mp4", 90, options={"x264-params": "keyint=25:bframes=3:b-adapt=0"})
    clip = probe(cut_start(whole, tmp_path / "trimmed.mp4", 1))

    assert clip.frames == 60
    assert numbers(read_frames(clip)) == list(range(30, 90))
    assert numbers(read_frames(clip, start=33, stop=36)) == [63, 64, 65]
    assert "incomplete" not in {notice.code for notice in clip.notices}


@pytest.mark.parametrize(("first_s", "shown"), [(0.5, range(30)), (-0.1, range(3, 30))])
def test_a_late_start_is_kept_and_an_early_one_cut_off(first_s, shown, tmp_path):
    times_s = [first_s + index / 30 for index in range(30)]
    clip = probe(make_clip(tmp_path / "clip.mp4", times_s=times_s, audio=True))

    assert clip.start_s == pytest.approx(max(first_s, 0.0), abs=1e-3)
    assert numbers(read_frames(clip)) == list(shown)
    np.testing.assert_allclose(clip.times_s, np.arange(len(shown)) / 30, atol=1e-3)


def at_240(path):
    quick = [index / 240 for index in range(240)]
    return make_clip(path, times_s=quick, options={"x264-params": "keyint=30:bframes=0"})


def test_an_edit_list_may_leave_out_the_middle(tmp_path):
    clip = probe(set_edits(at_240(tmp_path / "clip.mp4"), [(0.25, 0.25, 1.0), (0.25, 0.75, 1.0)]))

    assert numbers(read_frames(clip)) == [*range(60, 120), *range(180, 240)]
    np.testing.assert_allclose(clip.times_s, np.arange(120) / 240, atol=1e-4)


def test_slow_motion_that_is_only_an_edit_is_read_as_it_was_recorded(tmp_path):
    """As if a phone played the middle of a clip of 240 frames a second eight times slower."""
    edits = [(0.25, 0.0, 1.0), (4.0, 0.25, 0.125), (0.25, 0.75, 1.0)]
    clip = probe(set_edits(at_240(tmp_path / "clip.mp4"), edits))

    assert numbers(read_frames(clip)) == list(range(240))
    assert numbers(read_frames(clip, start=100, stop=103)) == [100, 101, 102]
    np.testing.assert_allclose(clip.times_s, np.arange(240) / 240, atol=1e-4)
    assert clip.slow_motion_factor == 1.0


# What a cut between two keyframes leaves at the start cannot be decoded.
CUT = {
    "H.264": ("mp4", {"options": {"x264-params": "keyint=30:bframes=0:scenecut=0"}}),
    "open groups": ("ts", {"options": {"x264-params": "keyint=30:bframes=3:b-adapt=0:scenecut=0:open-gop=1"}}),
    "HEVC": ("mov", {"codec": "libx265", "options": {"x265-params": f"keyint=30:scenecut=0:open-gop=0:{QUIET}"}}),
    "VP9": (
        "webm",
        {"codec": "libvpx-vp9", "options": {"g": "30", "deadline": "realtime", "cpu-used": "8", "b": "500k"}},
    ),
}


@pytest.mark.parametrize("sort", CUT)
def test_a_clip_that_begins_between_keyframes_is_read_from_the_first_one_on(sort, tmp_path):
    suffix, how = CUT[sort]
    whole = make_clip(tmp_path / f"whole.{suffix}", COUNT, **how)
    clip = probe(without_start(whole, tmp_path / f"cut.{suffix}", 20))
    frames = list(read_frames(clip))

    assert numbers(frames) == list(range(30, COUNT))
    np.testing.assert_allclose([f.time_s - frames[0].time_s for f in frames], np.arange(30) / 30, atol=2e-3)
    assert numbers(read_frames(clip, start=frames[7].index, stop=frames[9].index)) == [37, 38]


@pytest.mark.parametrize(
    ("name", "sizes_px", "extra"),
    [
        ("cover.mp4", [SIZE_PX], {"cover": True}),
        ("cover.mkv", [SIZE_PX], {"cover": True}),
        ("preview_first.mp4", [(96, 80), SIZE_PX], {}),
        ("depth_map_last.mp4", [SIZE_PX, (96, 80)], {}),
        ("data.ts", [SIZE_PX], {"data": True}),
    ],
)
def test_other_streams_are_not_the_clip(name, sizes_px, extra, tmp_path):
    clip = probe(make_streams(tmp_path / name, sizes_px, **extra))

    assert (clip.width, clip.height, clip.codec) == (*SIZE_PX, "h264")
    assert numbers(read_frames(clip)) == list(range(30))


# The display matrix (a, b, c, d), the clockwise turn it means, and how a phone stores the picture it belongs to.
HELD = {
    "as stored": ((1, 0, 0, 1), 0, False, lambda upright: upright),
    "quarter turn": ((0, 1, -1, 0), 90, False, lambda upright: np.rot90(upright, 1)),
    "half turn": ((-1, 0, 0, -1), 180, False, lambda upright: np.rot90(upright, 2)),
    "three quarters": ((0, -1, 1, 0), 270, False, lambda upright: np.rot90(upright, -1)),
    "mirrored": ((-1, 0, 0, 1), 0, True, lambda upright: upright[:, ::-1]),
    "upside down in a mirror": ((1, 0, 0, -1), 180, True, lambda upright: upright[::-1]),
    "transposed": ((0, 1, 1, 0), None, True, lambda upright: upright.swapaxes(0, 1)),
    "transposed the other way": ((0, -1, -1, 0), None, True, lambda upright: upright[::-1, ::-1].swapaxes(0, 1)),
}


@pytest.mark.parametrize("how", HELD)
def test_however_the_phone_was_held_the_picture_is_upright(how, tmp_path):
    matrix, turn_deg, mirrored, store = HELD[how]
    path = make_clip(tmp_path / "clip.mp4", 20, draw=lambda index: np.ascontiguousarray(store(numbered(index))))
    clip = probe(set_display_matrix(path, matrix))

    assert (clip.width, clip.height) == SIZE_PX
    assert clip.mirrored == mirrored
    assert turn_deg is None or clip.rotation_deg == turn_deg
    for frame in read_frames(clip, start=3):
        assert frame.rgb.shape == (SIZE_PX[1], SIZE_PX[0], 3)
        assert number_in(frame.rgb) == frame.index
        assert corners_are_right(frame.rgb)


@pytest.mark.parametrize(("aspect", "stored_px"), [(Fraction(4, 3), (144, 160)), (Fraction(5, 8), (192, 100))])
def test_pixels_that_are_not_square_are_made_square(aspect, stored_px, tmp_path):
    def squeezed(index):
        return cv2.resize(numbered(index), stored_px, interpolation=cv2.INTER_AREA)

    clip = probe(make_clip(tmp_path / "clip.mp4", 20, sample_aspect=aspect, draw=squeezed))

    assert (clip.width, clip.height) == SIZE_PX
    assert numbers(read_frames(clip)) == list(range(20))


@pytest.mark.parametrize("size_px", [(193, 160), (192, 161), (193, 161)])
def test_odd_sizes_are_kept(size_px, tmp_path):
    path = make_clip(
        tmp_path / "odd.mp4", 20, codec="mjpeg", pix_fmt="yuvj444p", draw=lambda index: numbered(index, size_px)
    )
    clip = probe(path)

    assert (clip.width, clip.height) == size_px
    frames = list(read_frames(clip))
    assert numbers(frames) == list(range(20))
    assert corners_are_right(frames[-1].rgb)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("odd.webm", {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}),
        ("odd.mp4", {"codec": "libx265", "pix_fmt": "yuv444p", "options": {"x265-params": QUIET}}),
    ],
)
def test_odd_sizes_of_other_codecs_are_kept(name, how, tmp_path):
    clip = probe(make_clip(tmp_path / name, 20, draw=lambda index: numbered(index, (321, 239)), **how))

    assert (clip.width, clip.height) == (321, 239)
    assert numbers(read_frames(clip)) == list(range(20))


def test_4k_is_decoded_into_the_side_asked_for(tmp_path):
    def large(index):
        return cv2.resize(numbered(index), (3840, 2160), interpolation=cv2.INTER_NEAREST)

    clip = probe(make_clip(tmp_path / "4k.mp4", 16, draw=large, options={"preset": "ultrafast", "crf": "30"}))
    frames = list(read_frames(clip, max_side_px=640))

    assert (clip.width, clip.height) == (3840, 2160)
    assert {frame.rgb.shape for frame in frames} == {(360, 640, 3)}
    assert [number_in(cv2.resize(frame.rgb, SIZE_PX)) for frame in frames] == list(range(16))


def test_large_pictures_shrink_to_the_side_asked_for(tmp_path):
    def large(index):
        return cv2.resize(numbered(index), (768, 640), interpolation=cv2.INTER_NEAREST)

    path = make_clip(tmp_path / "large.mp4", 20, draw=lambda index: np.ascontiguousarray(np.rot90(large(index))))
    clip = probe(set_display_matrix(path, (0, 1, -1, 0)))

    assert (clip.width, clip.height) == (768, 640)
    assert numbers(read_frames(clip, max_side_px=192)) == list(range(20))
    assert next(read_frames(clip, max_side_px=192)).rgb.shape == (160, 192, 3)
    assert next(read_frames(clip, max_side_px=4000)).rgb.shape == (640, 768, 3)


def spoil(path, indices):
    """Overwrite the stored pictures, so that they cannot be decoded."""
    with av.open(str(path)) as container:
        places = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    data = bytearray(path.read_bytes())
    for index in indices:
        position, size = places[index]
        data[position : position + size] = bytes(size)
    path.write_bytes(data)


def test_frames_that_cannot_be_decoded_are_left_out(tmp_path):
    path = make_clip(tmp_path / "clip.mov", 40, codec="mjpeg", pix_fmt="yuvj420p")
    spoil(path, [0, 12, 13, 39])
    clip = probe(path)
    left = [index for index in range(40) if index not in (0, 12, 13, 39)]

    assert clip.frames == 40
    assert numbers(read_frames(clip)) == left
    assert [frame.index for frame in read_frames(clip, start=12, stop=16)] == [14, 15]
    assert list(read_frames(clip, start=12, stop=14)) == []
    assert number_in(read_frame(clip, float(clip.times_s[12])).rgb) == 11


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_damage_in_the_middle_costs_at_most_the_frames_that_lean_on_it(codec, tmp_path):
    options = {f"{codec.removeprefix('lib')}-params": f"keyint=20:scenecut=0:{QUIET}"}
    path = make_clip(tmp_path / "clip.mp4", COUNT, codec=codec, options=options)
    spoil(path, [25, 26])
    clip = probe(path)
    frames = list(read_frames(clip))
    whole = [frame for frame in frames if not 20 <= frame.index < 40]

    assert clip.frames == COUNT
    assert numbers(whole) == [*range(20), *range(40, COUNT)]
    np.testing.assert_array_equal([frame.time_s for frame in frames], clip.times_s[[frame.index for frame in frames]])


def test_nothing_to_decode_is_said_in_a_sentence(tmp_path):
    path = make_clip(tmp_path / "clip.mov", 40, codec="mjpeg", pix_fmt="yuvj420p")
    clip = probe(path)
    spoil(path, range(40))

    with pytest.raises(ClipError, match=r"^clip\.mov has no picture that can be decoded"):
        list(read_frames(clip, start=20))
    with pytest.raises(ClipError, match=r"^clip\.mov has no picture that can be decoded"):
        probe(path)


def test_a_clip_that_is_gone_is_said_in_a_sentence(tmp_path):
    path = make_clip(tmp_path / "clip.mp4", 20)
    clip = probe(path)
    path.unlink()

    with pytest.raises(ClipError, match="does not exist"):
        next(read_frames(clip))


def test_an_empty_stretch_opens_nothing(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    gone = replace(clip, path=Path("gone.mp4"))

    assert list(read_frames(gone, start=20)) == list(read_frames(gone, start=5, stop=5)) == []


@pytest.mark.parametrize("wrong", [{"start": -1}, {"step": 0}, {"max_side_px": 0}])
def test_stretches_that_make_no_sense_are_refused(wrong, tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))

    with pytest.raises(ValueError, match="or more"):
        read_frames(clip, **wrong)


REAL = SHARED_CLIPS / "real"
SAME_RUN = {
    "treadmill_side_rot90.mp4": lambda rgb: rgb,
    "treadmill_side_rot180.mp4": lambda rgb: rgb,
    "treadmill_side_mirrored.mp4": lambda rgb: rgb[:, ::-1],
    "treadmill_side_hevc.mov": lambda rgb: rgb,
    "treadmill_side_vp9.webm": lambda rgb: rgb,
    "treadmill_side_vfr.mp4": lambda rgb: rgb,
}


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared clips are not here")
@pytest.mark.parametrize("name", SAME_RUN)
def test_one_run_kept_in_many_ways_shows_the_same_at_the_same_time(name):
    source = probe(REAL / "treadmill_side.mp4")
    clip = probe(REAL / name)

    for time_s in (0.0, 1.5):
        frame = read_frame(clip, time_s)
        expected = read_frame(source, frame.time_s).rgb.astype(int)
        earlier = read_frame(source, frame.time_s - 2 / source.nominal_fps).rgb.astype(int)
        shown = SAME_RUN[name](frame.rgb)
        assert np.abs(shown - expected).mean() < 4.0
        assert time_s == 0.0 or np.abs(shown - earlier).mean() > 1.5 * np.abs(shown - expected).mean()


def test_frames_left_out_leave_the_others_as_they_are(tmp_path):
    """Others lean on some of those left out."""
    path = make_clip(tmp_path / "clip.mp4", 40)
    clip = probe(path)
    every = {index: frame.to_ndarray() for index, frame in read_stored(clip)}
    for start, step in ((0, 4), (7, 3), (13, 2)):
        some = {index: frame.to_ndarray() for index, frame in read_stored(clip, start=start, step=step)}
        assert list(some) == list(range(start, 40, step))
        assert all((picture == every[index]).all() for index, picture in some.items())
