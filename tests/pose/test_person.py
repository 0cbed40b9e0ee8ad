from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.pose.person import Person
from tests.pose.passers import HEIGHT_PX, glimpse, person, standing, walking

WALKER = person(1, 4.0, walking(1.0, 0.5), start_s=1.0)


@given(st.floats(1.0, 4.8))
def test_between_looks_the_square_follows_the_person(time_s: float) -> None:
    crop = WALKER.crop(time_s)
    assert crop is not None
    assert crop.centre_px == pytest.approx([(1.0 + 0.5 * time_s) * HEIGHT_PX, HEIGHT_PX], abs=0.5)
    assert crop.side_px == pytest.approx(1.25 * HEIGHT_PX)
    assert crop.turn_rad == pytest.approx(0.0)


@pytest.mark.parametrize("time_s", [0.0, 0.8, 5.2, 100.0])
def test_before_they_came_and_after_they_left_there_is_no_square(time_s: float) -> None:
    assert WALKER.crop(time_s) is None


@pytest.mark.parametrize("time_s", [0.95, 4.95])
def test_the_frames_about_the_first_and_the_last_look_are_theirs(time_s: float) -> None:
    assert WALKER.crop(time_s) is not None


@pytest.mark.parametrize(("gap_s", "there"), [(0.6, True), (1.5, False)])
def test_a_short_gap_is_bridged_and_a_long_one_is_not(gap_s: float, there: bool) -> None:
    times = [0.0, 0.1, 0.2, 0.2 + gap_s, 0.3 + gap_s]
    someone = Person.of(1, [glimpse(time_s, (0.0, 1.0)) for time_s in times])
    assert (someone.crop(0.2 + gap_s / 2) is not None) is there
    assert someone.crop(0.2) is not None


def test_someone_seen_once_has_a_square_there_and_then() -> None:
    someone = Person.of(1, [glimpse(2.0, (0.0, 1.0))])
    assert someone.crop(2.0) is not None
    assert someone.crop(3.0) is None
    assert someone.activity == 0.0


def test_the_square_is_asked_for_by_the_times_of_the_file() -> None:
    slowed = replace(WALKER, slow_motion_factor=8.0)
    here, there = WALKER.crop(2.0), slowed.crop(16.0)
    assert here is not None
    assert there is not None
    assert there.centre_px == pytest.approx(here.centre_px)


def test_a_larger_person_is_looked_at_in_a_larger_square() -> None:
    assert person(1, 1.0, standing(0.0), height_px=800.0).crop_side_px == pytest.approx(1000.0)


def test_walking_through_counts_as_activity_and_so_do_legs_on_the_spot() -> None:
    assert person(1, 3.0, standing(0.0)).activity == pytest.approx(0.0)
    assert WALKER.activity == pytest.approx(0.5)
    on_the_spot = person(1, 20.0, standing(0.0), stride=0.2)
    # the mean speed of a sine of that amplitude, 4 x 0.2 x 1.4 Hz, less what straight lines between looks cut off
    assert on_the_spot.activity == pytest.approx(1.12, rel=0.1)


def test_activity_does_not_depend_on_how_near_somebody_is() -> None:
    near, far = (person(1, 3.0, standing(0.0), stride=0.2, height_px=size) for size in (800.0, 200.0))
    assert near.activity == pytest.approx(far.activity)


def test_a_wild_look_does_not_make_somebody_active() -> None:
    looks = [glimpse(float(t), (0.0, 1.0)) for t in np.arange(0.0, 5.0, 0.1)]
    looks[20] = glimpse(2.0, (9.0, 1.0))
    assert Person.of(1, looks).activity <= 2 * 3.0 / 49 + 1e-9
