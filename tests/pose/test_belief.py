"""A point is believed in as far as its own heat map has a place near it."""

from __future__ import annotations

import numpy as np

from analyzer.pose.belief import belief_in
from analyzer.pose.landmarks import COUNT, LEG_POINTS
from analyzer.pose.track import Places

HEIGHT_PX = 500.0


def test_the_nearest_place_tells_and_none_is_no_belief() -> None:
    points = np.full((2, COUNT, 2), 100.0)
    px = np.full((2, len(LEG_POINTS), 2, 2), np.nan)
    belief = np.zeros((2, len(LEG_POINTS), 2, 2))
    px[:, :, 0], belief[:, :, 0] = (105.0, 100.0), (0.7, 0.1)
    px[:, :, 1], belief[:, :, 1] = (300.0, 100.0), (0.9, 0.9)
    points[1, LEG_POINTS[2]] = (200.0, 100.0)
    points[1, LEG_POINTS[3]] = np.nan
    found = belief_in(points, Places(px, belief), HEIGHT_PX)
    assert found.shape == (2, len(LEG_POINTS))
    np.testing.assert_allclose(found[0], 0.7)
    assert found[1, 2] == found[1, 3] == 0.0
    np.testing.assert_allclose(np.delete(found[1], [2, 3]), 0.7)
