"""Lifting and hard runs keep their distance on any choice of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import ScheduleError
from analyzer.program.tables import load_program
from analyzer.program.week import EVERY_DAY, apart, lay_out, parse_days

RULES = load_program().calendar
MONDAY = date(2026, 3, 2)
day_sets = st.frozensets(st.integers(0, 6), min_size=1)
starts = st.integers(0, 6).map(lambda days: MONDAY + timedelta(days=days))


@given(days=day_sets, start=starts, drills=st.booleans())
def test_lifting_is_never_a_day_beside_a_hard_run(days: frozenset[int], start: date, drills: bool) -> None:
    week = lay_out(start, days, RULES, drills=drills)
    assert week.strength
    if week.hard is not None:
        assert all(apart(week.hard, day) >= 2 for day in (*week.strength, *week.drills))


@given(days=day_sets, start=starts, drills=st.booleans())
def test_only_the_days_given_are_used_and_one_stays_free(days: frozenset[int], start: date, drills: bool) -> None:
    week = lay_out(start, days, RULES, drills=drills)
    used = {*week.drills, *week.easy} | ({week.hard} if week.hard is not None else set())
    assert {(start + timedelta(days=day)).weekday() for day in used} <= days
    assert len(used) <= 6
    assert not set(week.easy) & set(week.drills)
    assert week.hard not in week.easy


def test_with_every_day_there_is_room_for_all() -> None:
    week = lay_out(MONDAY, EVERY_DAY, RULES, drills=True)
    assert week.hard is not None
    assert len(week.drills) >= 2
    assert len(week.easy) == 2


@pytest.mark.parametrize("days", [{0}, {0, 1}, {3, 4}, {6, 0}])
def test_days_that_touch_leave_no_room_for_a_hard_run(days: set[int]) -> None:
    assert lay_out(MONDAY, frozenset(days), RULES, drills=False).hard is None


@pytest.mark.parametrize(("day", "other", "gap"), [(0, 6, 1), (0, 0, 0), (1, 4, 3), (6, 2, 3), (0, 1, 1)])
def test_the_week_goes_round(day: int, other: int, gap: int) -> None:
    assert apart(day, other) == apart(other, day) == gap


@pytest.mark.parametrize(
    ("text", "days"), [("Mon,Wed,Fri", {0, 2, 4}), ("sunday", {6}), (" tue , THU ", {1, 3}), ("Sat,Sat", {5})]
)
def test_days_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "Mon,Never", "1", ","])
def test_what_is_no_day_is_refused_with_advice(text: str) -> None:
    with pytest.raises(ScheduleError, match="such as Mon,Wed,Sat"):
        parse_days(text)
