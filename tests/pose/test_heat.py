"""Heat maps drawn by hand: points move to the middle of a blob, and every blob is named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.pose.heat import FAINT, PEAKS, peaks, sharpened, sigmoid

CELLS, CELL_PX = 64, 4.0
INSIDE = st.floats(6.0, 57.0)


def heat(*maps: list[tuple[float, float, float]]) -> Floats:
    """(64, 64, k) logits; each map a list of blobs by x and y in cells and height."""
    ys, xs = np.mgrid[:CELLS, :CELLS]
    layers = []
    for blobs in maps:
        layer = np.full((CELLS, CELLS), 1e-4)
        for x, y, height in blobs:
            layer = np.maximum(layer, height * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / 2.0))
        layers.append(np.log(layer / (1.0 - layer)))
    return np.stack(layers, axis=-1).astype(np.float32)


@given(x=INSIDE, y=INSIDE, off_x=st.floats(-1.5, 1.5), off_y=st.floats(-1.5, 1.5))
def test_a_point_moves_to_the_blob_beside_it(x: float, y: float, off_x: float, off_y: float) -> None:
    point = CELL_PX * np.array([[x + off_x, y + off_y]])
    moved = sharpened(point, heat([(x, y, 0.9)]))[0]
    assert np.hypot(*(moved / CELL_PX - [x, y])) < 0.6


def test_a_point_stays_where_its_map_is_faint_or_ends() -> None:
    points = np.array([[100.0, 80.0], [-9.0, 300.0]])
    np.testing.assert_array_equal(sharpened(points, heat([(25, 20, 0.3)], [(0, 63, 0.9)])), points)


@given(x=INSIDE, y=INSIDE)
def test_both_blobs_of_a_map_are_named_the_stronger_first(x: float, y: float) -> None:
    far = (x + 25.0) % 50.0 + 6.0
    places, belief = peaks(heat([(x, y, 0.5), (far, y, 0.8)], [(far, y, 0.3)]))
    assert places.shape == belief.shape == (2, PEAKS, 2)
    np.testing.assert_allclose(places[0, :2] / CELL_PX, [[far, y], [x, y]], atol=0.6)
    assert np.isnan(places[0, 2]).all()
    assert belief[0, 0, 0] > belief[0, 1, 0] > FAINT


def test_the_partner_is_asked_about_every_place() -> None:
    _, belief = peaks(heat([(10, 10, 0.6)], [(40, 40, 0.7), (10, 10, 0.2)]))
    assert belief[0, 0] == pytest.approx([0.6, 0.2], abs=0.01)
    assert belief[1, 0] == pytest.approx([0.7, 1e-4], abs=0.01)
    assert belief[1, 1] == pytest.approx([0.2, 0.6], abs=0.01)


def test_a_map_without_belief_names_no_place() -> None:
    places, belief = peaks(heat([], [(30, 30, FAINT / 2)]))
    assert np.isnan(places).all()
    assert (belief == 0).all()


@given(st.floats(-1e4, 1e4))
def test_the_sigmoid_stays_within_bounds_and_is_odd_about_a_half(x: float) -> None:
    assert 0.0 <= sigmoid(np.array(x)) <= 1.0
    assert sigmoid(np.array(x)) + sigmoid(np.array(-x)) == pytest.approx(1.0)
