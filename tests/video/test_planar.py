from __future__ import annotations

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from analyzer.video.planar import Planar, UprightPlanar, tone
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames, read_stored
from tests.video.drawn import make_clip, set_display_matrix
from tests.video.test_picture import BT601, BT709, ORANGE, clip_of, flat_frame
from tests.video.test_planes import TURNS

SIZE_PX = (320, 240)


def smooth(size_px: tuple[int, int] = SIZE_PX) -> np.ndarray:
    """A picture whose colours tell the place, and change slowly enough for half-size planes."""
    x, y = np.meshgrid(np.linspace(0.0, 1.0, size_px[0]), np.linspace(0.0, 1.0, size_px[1]))
    return np.rint(255 * np.stack([0.2 + 0.6 * x, 0.2 + 0.6 * y, 0.5 + 0.2 * (x - y)], axis=-1)).astype(np.uint8)


def square(centre: tuple[float, float], side_px: float, turn_rad: float, edge_px: int, flip: float) -> np.ndarray:
    scale = side_px / edge_px
    cos, sin = scale * np.cos(turn_rad), scale * np.sin(turn_rad)
    turn = np.array([[flip * cos, -sin], [flip * sin, cos]])
    return np.column_stack([turn, np.array(centre) - turn @ np.full(2, edge_px / 2)])


@given(
    side_px=st.floats(40.0, 190.0), turn_rad=st.floats(-3.0, 3.0), edge_px=st.sampled_from([16, 64, 256]),
    x=st.floats(140.0, 180.0), y=st.floats(110.0, 130.0), flip=st.sampled_from([1.0, -1.0]),
)  # fmt: skip
def test_a_square_shows_what_lies_there_however_small_or_turned(
    side_px: float, turn_rad: float, edge_px: int, x: float, y: float, flip: float
) -> None:
    picture = smooth()
    to_picture = square((x, y), 0.75 * side_px, turn_rad, edge_px, flip)
    expected = cv2.warpAffine(
        picture, to_picture, (edge_px, edge_px), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    assert np.abs(Planar.of_rgb(picture).cut(to_picture, edge_px).astype(int) - expected).max() <= 4


@pytest.mark.parametrize("side_px", [100.0, 900.0])
def test_beyond_the_edges_it_is_black(side_px: float) -> None:
    white = Planar.of_rgb(np.full((240, 320, 3), 255, np.uint8))
    cut = white.cut(square((0.0, 0.0), side_px, 0.0, 64, 1.0), 64)
    assert cut[:20, :20].max() <= 1
    assert cut[40:44, 40:44].min() >= 250


def test_what_is_seen_much_smaller_is_averaged_rather_than_picked_from() -> None:
    speckled = np.repeat(np.random.default_rng(0).integers(0, 2, (240, 320, 1), dtype=np.uint8) * 255, 3, axis=2)
    cut = Planar.of_rgb(speckled).cut(square((160.0, 120.0), 200.0, 0.0, 25, 1.0), 25)
    assert cut.std() < 0.5 * speckled.std()


@pytest.mark.parametrize("matrix", list(TURNS.values()), ids=list(TURNS))
def test_pictures_are_turned_as_the_rgb_ones_are(matrix, tmp_path):
    clip = probe(set_display_matrix(make_clip(tmp_path / "clip.mp4", 20), matrix))
    upright = UprightPlanar(clip, 4096)
    for (_, stored), rgb in zip(read_stored(clip, stop=3), read_frames(clip, stop=3), strict=True):
        picture = upright.picture(stored)
        assert picture.size_px == (clip.width, clip.height)
        assert np.abs(picture.rgb(4096).astype(int) - rgb.rgb).mean() < 3.0


@pytest.mark.parametrize("bits", [8, 10])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", [BT601, BT709])
def test_whatever_a_clips_colours_mean_they_look_the_same(matrix, full, bits):
    frame = flat_frame(np.array(ORANGE) / 255, matrix, bits=bits, full=full)
    picture = UprightPlanar(clip_of(frame.width, frame.height), 4096).picture(frame)
    np.testing.assert_allclose(picture.rgb(4096)[10, 10].astype(int), ORANGE, atol=4)
    assert picture.tone.light[picture.y[10, 10]] == pytest.approx(np.dot((0.2126, 0.7152, 0.0722), ORANGE), abs=25)


@pytest.mark.parametrize("space", [1, 5, 9])
@pytest.mark.parametrize("full", [False, True])
def test_black_and_white_are_black_and_white(space: int, full: bool) -> None:
    meaning = tone(space, full=full)
    ends = (0, 255) if full else (16, 235)
    rgb = [meaning.to_rgb @ np.array([end, 128, 128, 1]) for end in ends]
    np.testing.assert_allclose(rgb, [[0, 0, 0], [255, 255, 255]], atol=1e-9)
    assert meaning.light[list(ends)].tolist() == [0, 255]


def test_what_has_to_be_converted_is_shrunk(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20, pix_fmt="yuv444p"))
    picture = UprightPlanar(clip, 100).picture(next(iter(read_stored(clip)))[1])
    assert max(picture.size_px) == 100


def test_a_frame_stored_upright_is_not_copied(tmp_path):
    clip = probe(make_clip(tmp_path / "clip.mp4", 20))
    stored: VideoFrame = next(iter(read_stored(clip)))[1]
    picture = UprightPlanar(clip, 100).picture(stored)
    assert picture.size_px == (clip.width, clip.height)
    assert np.shares_memory(picture.y, np.frombuffer(stored.planes[0], np.uint8))
