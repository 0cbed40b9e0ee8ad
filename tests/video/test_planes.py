from __future__ import annotations

import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from analyzer.video.planes import UprightPlanes, as_planes, planes
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames, read_stored
from tests.video.drawn import SIZE_PX, corners_are_right, make_clip, number_in, numbered, set_display_matrix
from tests.video.test_picture import BT601, BT709, ORANGE, clip_of, flat_frame

TURNS = {
    "upright": (1, 0, 0, 1),
    "90": (0, 1, -1, 0),
    "180": (-1, 0, 0, -1),
    "270": (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
}


def as_rgb(frame):
    """Through FFmpeg's own conversion, as a player would show it."""
    return frame.to_ndarray(format="rgb24", src_colorspace="itu709")


@pytest.mark.parametrize("matrix", list(TURNS.values()), ids=list(TURNS))
def test_frames_are_turned_as_the_pictures_are(matrix, tmp_path):
    clip = probe(set_display_matrix(make_clip(tmp_path / "clip.mp4", 20), matrix))
    upright = UprightPlanes(clip)
    for (_, stored), picture in zip(read_stored(clip, stop=3), read_frames(clip, stop=3), strict=True):
        frame = upright.frame(stored)
        assert (frame.width, frame.height) == upright.size_px == (clip.width, clip.height)
        assert np.abs(as_rgb(frame).astype(int) - picture.rgb).mean() < 3.0


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuvj420p", "yuv444p"])
def test_colours_and_shapes_survive_whatever_the_clip_is_made_of(pix_fmt, tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20, pix_fmt=pix_fmt))
    (index, stored), *_ = list(read_stored(clip, start=5, stop=6))
    rgb = as_rgb(UprightPlanes(clip).frame(stored))
    assert index == number_in(rgb) == 5
    assert corners_are_right(rgb)


@pytest.mark.parametrize("bits", [8, 10])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", [BT601, BT709])
def test_whatever_a_clips_colours_mean_they_look_the_same(matrix, full, bits):
    frame = flat_frame(np.array(ORANGE) / 255, matrix, bits=bits, full=full)
    shown = as_rgb(UprightPlanes(clip_of(frame.width, frame.height)).frame(frame))
    np.testing.assert_allclose(shown[10, 10].astype(int), ORANGE, atol=4)


def test_odd_and_too_large_sizes_come_out_even_and_small(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    upright = UprightPlanes(clip, max_side_px=171)
    frame = upright.frame(next(iter(read_stored(clip)))[1])
    assert upright.size_px == (frame.width, frame.height) == (170, 142)
    assert upright.scale == pytest.approx(171 / SIZE_PX[0])


def test_the_decoders_own_frame_is_left_alone(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    stored = next(iter(read_stored(clip)))[1]
    before = stored.to_ndarray()
    for plane in planes(UprightPlanes(clip).frame(stored)):
        plane[:] = 0
    assert (stored.to_ndarray() == before).all()


def test_planes_are_views():
    frame = as_planes(numbered(3), VideoReformatter())
    y, u, v = planes(frame)
    assert y.shape == (SIZE_PX[1], SIZE_PX[0])
    assert u.shape == v.shape == (SIZE_PX[1] // 2, SIZE_PX[0] // 2)
    y[:], u[:], v[:] = 235, 128, 128
    assert np.abs(as_rgb(frame).astype(int) - 255).max() <= 1


@pytest.mark.parametrize(("start", "stop", "found"), [(0, None, range(20)), (4, 9, range(4, 9)), (9, 9, range(0))])
def test_stored_frames_keep_their_index(start, stop, found, tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    assert [index for index, _ in read_stored(clip, start=start, stop=stop)] == list(found)
