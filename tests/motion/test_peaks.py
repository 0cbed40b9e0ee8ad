"""Maxima are those that scipy finds, flat tops and equal heights included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import find_peaks

from analyzer.motion.peaks import maxima, maxima_apart

LEVELS = st.lists(st.integers(0, 4), min_size=1, max_size=40)
"""Few of them, so that many neighbours are equal."""

SHAPES = st.lists(st.floats(-1.0, 1.0), min_size=1, max_size=40, unique=True)


@given(LEVELS)
def test_tops_flat_or_not_are_found_as_by_scipy(levels: list[int]) -> None:
    values = np.array(levels, float)
    np.testing.assert_array_equal(maxima(values), find_peaks(values)[0])


@given(SHAPES, st.integers(1, 20))
def test_of_near_ones_the_highest_stays_as_by_scipy(shape: list[float], apart: int) -> None:
    values = np.array(shape)
    np.testing.assert_array_equal(maxima_apart(values, apart), find_peaks(values, distance=apart)[0])


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1.0, 1.0], [2.0, 1.0, 2.0], [1.0, np.nan, 0.0]])
def test_where_there_is_no_top_none_is_found(values: list[float]) -> None:
    assert len(maxima_apart(np.array(values), 3)) == 0
