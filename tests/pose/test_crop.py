"""The square that the network sees, and the way back into the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.pose.crop import CROP_PX, MARGIN, Crop

CROPS = st.builds(
    Crop,
    st.tuples(st.floats(-200, 900), st.floats(-200, 900)).map(np.array),
    st.floats(20, 2000),
    st.floats(-3.1, 3.1),
    st.booleans(),
)
POINTS = st.tuples(st.floats(0, 256), st.floats(0, 256)).map(np.array)


@given(CROPS)
def test_the_middle_of_the_crop_is_its_centre(crop: Crop) -> None:
    np.testing.assert_allclose(crop.place(np.full(2, CROP_PX / 2)), crop.centre_px, atol=1e-6)


@given(CROPS, POINTS)
def test_lengths_scale_with_the_square(crop: Crop, point: np.ndarray) -> None:
    far = float(np.hypot(*(crop.place(point) - crop.centre_px)))
    assert far == pytest.approx(np.hypot(*(point - CROP_PX / 2)) * crop.side_px / CROP_PX, abs=1e-6)


@given(CROPS, POINTS)
def test_a_mirror_turns_left_into_right_about_the_middle(crop: Crop, point: np.ndarray) -> None:
    mirrored = np.array([CROP_PX - point[0], point[1]])
    np.testing.assert_allclose(crop.mirror().place(point), crop.place(mirrored), atol=1e-6)


@given(CROPS, POINTS, st.floats(0.1, 4.0))
def test_a_larger_picture_moves_everything_with_it(crop: Crop, point: np.ndarray, factor: float) -> None:
    np.testing.assert_allclose(crop.scaled(factor).place(point), factor * crop.place(point), rtol=1e-9, atol=1e-6)


def test_a_body_lying_to_the_right_is_turned_upright() -> None:
    crop = Crop.around(np.array([100.0, 100.0]), np.array([140.0, 100.0]))
    assert crop.side_px == pytest.approx(2 * MARGIN * 40)
    above = np.array([CROP_PX / 2, CROP_PX / 2 - 10])
    right_of_hips = crop.place(above)
    assert right_of_hips[0] > 100
    assert right_of_hips[1] == pytest.approx(100)


def test_the_picture_is_cut_where_the_crop_says_and_black_beyond() -> None:
    rgb = np.zeros((100, 100, 3), np.uint8)
    rgb[:50, 50:] = 200
    seen = Crop(np.array([50.0, 50.0]), 200.0).cut(rgb)
    assert seen.shape == (CROP_PX, CROP_PX, 3)
    assert seen[96, 160].tolist() == [200, 200, 200]
    assert seen[96, 96].tolist() == [0, 0, 0]
    assert seen[10, 250].tolist() == [0, 0, 0]
    flipped = Crop(np.array([50.0, 50.0]), 200.0, mirrored=True).cut(rgb)
    assert flipped[96, 96].tolist() == [200, 200, 200]


@given(CROPS, st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)).map(np.array))
def test_metric_points_turn_but_keep_their_length(crop: Crop, world: np.ndarray) -> None:
    turned = crop.turn_world(world[None])[0]
    assert np.linalg.norm(turned) == pytest.approx(np.linalg.norm(world), abs=1e-9)
    assert turned[2] == world[2]
