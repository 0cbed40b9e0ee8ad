"""Where a leg must be while the other one hides it."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.types import View
from analyzer.pose.clean import body_height_px
from analyzer.pose.passing import FEWEST, LONGEST_S, legs_pass, passing_places
from tests.motion import figures

TIMES_S = np.arange(120) / 60.0
PLACES_PX = np.stack(
    [300.0 + 100.0 * np.array([[sign, 0.3]]) * np.sin(2.0 * np.pi * 1.4 * TIMES_S)[:, None] for sign in (1.0, -1.0)],
    axis=1,
)


@pytest.mark.parametrize(
    ("view", "across"), [(View.LEFT, True), (View.RIGHT, True), (View.FRONT, False), (View.BACK, False)]
)
def test_legs_pass_each_other_where_they_are_seen_from_the_side(view: View, across: bool) -> None:
    track = figures.filmed(figures.run(figures.Runner(duration_s=3.0)), view)
    assert legs_pass(track, body_height_px(track.points_px)) is across


def test_legs_that_were_never_seen_do_not_pass() -> None:
    track = figures.filmed(figures.run(figures.Runner(duration_s=1.0)), View.LEFT)
    track.points_px[:] = np.nan
    assert not legs_pass(track, 600.0)


def test_a_short_absence_is_drawn_where_the_leg_passed() -> None:
    plain = np.ones((len(TIMES_S), 2), bool)
    plain[50:58, 1] = False
    drawn = passing_places(PLACES_PX, plain, TIMES_S)
    np.testing.assert_array_equal(np.isfinite(drawn).all(axis=2), ~plain)
    assert np.linalg.norm(drawn[50:58, 1] - PLACES_PX[50:58, 1], axis=1).max() < 5.0


def test_a_long_absence_and_the_ends_are_left_open() -> None:
    plain = np.ones((len(TIMES_S), 2), bool)
    plain[40 : 40 + round((LONGEST_S + 0.05) * 60)] = False
    plain[:5] = plain[-5:] = False
    assert np.isnan(passing_places(PLACES_PX, plain, TIMES_S)).all()


def test_what_was_hardly_seen_is_not_drawn() -> None:
    plain = np.zeros((len(TIMES_S), 2), bool)
    plain[: 2 * (FEWEST - 1) : 2] = True
    assert np.isnan(passing_places(PLACES_PX, plain, TIMES_S)).all()
