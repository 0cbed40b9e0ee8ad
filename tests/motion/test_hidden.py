"""A foot that is said to be on the other one for long, in a runner seen from the front, was not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.motion.hidden import FOOT, without_hidden_feet
from analyzer.motion.types import FRONTAL, View
from analyzer.pose.clean import body_height_px, clean
from analyzer.pose.landmarks import Side, point
from tests.motion import figures

TRACKS = {view: clean(figures.filmed(figures.run(), view, noise_m=0.004)).track for view in sorted(FRONTAL)}
FEET = {side: [point(side, part) for part in FOOT] for side in (Side.LEFT, Side.RIGHT)}


@pytest.mark.parametrize("hidden", FEET)
@pytest.mark.parametrize("view", TRACKS)
def test_the_higher_of_two_feet_in_one_place_is_unknown(view: View, hidden: Side) -> None:
    track = TRACKS[view]
    points = track.points_px.copy()
    near_px = 0.02 * body_height_px(points)
    for part in FOOT:
        points[50:60, point(hidden, part)] = points[50:60, point(hidden.other, part)] - [0.0, near_px]
    left = without_hidden_feet(replace(track, points_px=points)).points_px
    assert np.isnan(left[50:60, FEET[hidden]]).all()
    np.testing.assert_array_equal(left[50:60, FEET[hidden.other]], points[50:60, FEET[hidden.other]])


@pytest.mark.parametrize("view", TRACKS)
def test_feet_that_pass_each_other_stay_known(view: View) -> None:
    track = TRACKS[view]
    np.testing.assert_array_equal(without_hidden_feet(track).points_px, track.points_px)
