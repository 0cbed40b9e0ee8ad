"""A foot that is said to be on the other one for long, in a runner seen from the front, was not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.motion.hidden import FOOT, without_hidden_feet
from analyzer.motion.types import FRONTAL, View
from analyzer.pose.clean import body_height_px, clean
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack
from tests.motion import figures

RUN = figures.run()
TRACKS = {view: clean(figures.filmed(RUN, view, noise_m=0.004)).track for view in sorted(FRONTAL)}
FEET = {side: [point(side, part) for part in FOOT] for side in SIDES}


def put_on_the_other(track: PoseTrack, hidden: Side, rows: slice, above_px: float) -> PoseTrack:
    """The track with a foot put on the other one, as the pose model does, so far above it."""
    points = track.points_px.copy()
    for part in FOOT:
        points[rows, point(hidden, part)] = points[rows, point(hidden.other, part)] - [0.0, above_px]
    return replace(track, points_px=points)


def stance(side: Side) -> slice:
    """Frames of a stance in the middle of the run."""
    step = next(step for step in RUN.steps if step.side is side and step.contact_s > 2.0)
    first, last = np.searchsorted(RUN.times_s, [step.contact_s, step.toe_off_s])
    return slice(int(first) + 1, int(last) - 1)


@pytest.mark.parametrize("above", [0.02, 0.0, -0.02])
@pytest.mark.parametrize("carrying", SIDES)
@pytest.mark.parametrize("view", TRACKS)
def test_beside_a_foot_that_carries_the_other_one_is_unknown(view: View, carrying: Side, above: float) -> None:
    """However the pose model's two guesses at one foot differ in height."""
    rows = stance(carrying)
    track = put_on_the_other(TRACKS[view], carrying.other, rows, above * body_height_px(TRACKS[view].points_px))
    left = without_hidden_feet(track, RUN.steps).points_px
    assert np.isnan(left[rows, FEET[carrying.other]]).all()
    np.testing.assert_array_equal(left[rows, FEET[carrying]], track.points_px[rows, FEET[carrying]])


@pytest.mark.parametrize("hidden", SIDES)
@pytest.mark.parametrize("view", TRACKS)
def test_where_no_step_is_known_the_higher_of_two_feet_in_one_place_is_unknown(view: View, hidden: Side) -> None:
    rows = slice(50, 60)
    track = put_on_the_other(TRACKS[view], hidden, rows, 0.02 * body_height_px(TRACKS[view].points_px))
    left = without_hidden_feet(track, ()).points_px
    assert np.isnan(left[rows, FEET[hidden]]).all()
    np.testing.assert_array_equal(left[rows, FEET[hidden.other]], track.points_px[rows, FEET[hidden.other]])


@pytest.mark.parametrize("view", TRACKS)
def test_feet_that_pass_each_other_stay_known(view: View) -> None:
    track = TRACKS[view]
    np.testing.assert_array_equal(without_hidden_feet(track, RUN.steps).points_px, track.points_px)
