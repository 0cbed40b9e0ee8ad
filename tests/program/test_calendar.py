"""The plan on days: rest, order, gates; and as files that others can read."""

from __future__ import annotations

import csv
import io
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import ScheduleError
from analyzer.planned import Kind, Plan
from analyzer.program.calendar import dated
from analyzer.program.files import COLUMNS, plan_csv, plan_ics
from analyzer.program.week import parse_days
from tests.program.test_plan import MISSED, WELL, climbing, every_plan, plan

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

START = date(2026, 3, 4)
LADDER = climbing()
ALL = [found for found in {each.model_dump_json(): each for each in every_plan()}.values() if not found.withheld]
day_sets = st.frozensets(st.integers(0, 6), min_size=1)


def on(found: Plan, kind: Kind) -> list[date]:
    return [session.day for session in found.sessions if session.kind is kind]


@given(found=st.sampled_from(ALL), days=day_sets, shift=st.integers(0, 6))
def test_no_lifting_on_the_day_before_or_after_a_hard_run(found: Plan, days: frozenset[int], shift: int) -> None:
    made = dated(found, START + timedelta(days=shift), days)
    loading = {*on(made, Kind.LIFT), *on(made, Kind.DRILLS)}
    for day in on(made, Kind.HARD_RUN):
        assert not loading & {day + timedelta(days=gap) for gap in (-1, 0, 1)}


@given(found=st.sampled_from(ALL), days=day_sets)
def test_every_week_lifts_rests_and_uses_only_the_days_given(found: Plan, days: frozenset[int]) -> None:
    made = dated(found, START, days)
    trained = {session.day for session in made.sessions if session.kind is not Kind.DAILY}
    assert {day.weekday() for day in trained} <= days
    for week in made.weeks:
        span = {START + timedelta(days=7 * (week.week - 1) + offset) for offset in range(7)}
        assert span & set(on(made, Kind.LIFT))
        assert span - trained, "a day of rest"
    assert min(trained) >= START
    assert all(session.exercises or session.note or session.kind is Kind.EASY_RUN for session in made.sessions)


def test_a_plan_that_is_withheld_gets_no_days() -> None:
    withheld = plan({})
    assert dated(withheld, START) == withheld


def test_every_phase_with_weeks_ends_in_a_retest_and_later_phases_are_conditional() -> None:
    made = dated(LADDER, START)
    ends = [p.first_week + p.weeks_low - 1 for p in LADDER.phases if p.weeks_low and p.first_week]
    retests = [session for session in made.sessions if session.kind is Kind.RETEST]
    assert [session.week for session in retests] == ends
    assert all(session.conditional == (session.phase != 1) for session in made.sessions)
    assert LADDER.phases[0].film in retests[0].note


@pytest.mark.parametrize("phase", [2, 3, 4, 5])
def test_a_later_phase_begins_the_calendar_once_the_gates_before_are_passed(phase: int) -> None:
    made = dated(LADDER, START, phase=phase)
    assert made.phases[0].number == phase
    assert made.weeks[0].week == made.phases[0].first_week == 1
    assert {session.phase for session in made.sessions if not session.conditional} == {phase}
    assert not {name for p in LADDER.phases[: phase - 1] for name in p.exercises} & {i.exercise for i in made.items}
    assert len(made.weeks) == sum(p.weeks_low or 0 for p in LADDER.phases[phase - 1 :])
    assert ("split_squat" in made.weeks[0].exercises) == (phase == 5)


@pytest.mark.parametrize("phase", [0, 6, 7])
def test_a_phase_without_weeks_is_refused(phase: int) -> None:
    with pytest.raises(ScheduleError, match="give 1 to 5"):
        dated(LADDER, START, phase=phase)


def test_what_the_articles_do_not_number_is_said_to_be_our_proposal() -> None:
    for found in (plan(MISSED), plan(WELL)):
        told = " ".join(dated(found, START).notes)
        assert "days of drills, easy runs and rest a week holds is Stridecheck's own proposal" in told
        assert "after four weeks is Stridecheck's own proposal" in told
    assert "four weeks" not in " ".join(dated(LADDER, START).notes), "the ladder's weeks are the article's"


def test_a_plan_without_phases_takes_any() -> None:
    assert dated(plan(WELL), START, phase=3) == dated(plan(WELL), START)


def test_a_running_plan_ends_in_one_retest() -> None:
    made = dated(plan(MISSED), START)
    assert [session.week for session in made.sessions if session.kind is Kind.RETEST] == [len(made.weeks)]
    assert not any(session.conditional for session in made.sessions)


def test_a_retest_is_filmed_before_the_days_training() -> None:
    made = dated(LADDER, START)
    for before, after in zip(made.sessions, made.sessions[1:], strict=False):
        assert before.day <= after.day
        if after.kind is Kind.RETEST:
            assert before.day < after.day


def test_one_cue_a_run_and_each_in_turn() -> None:
    made = dated(plan(MISSED), START)
    cues = [session.exercises for session in made.sessions if session.kind is Kind.EASY_RUN]
    assert all(len(cue) == 1 for cue in cues)
    assert {cue[0] for cue in cues} == {"glute_core_cue", "toe_curl_cue"}


def test_no_room_for_a_hard_run_is_said_once() -> None:
    made = dated(plan(WELL), START, parse_days("Mon,Tue"))
    again = dated(made, START, parse_days("Mon,Tue"))
    assert not on(made, Kind.HARD_RUN)
    assert sum("no room for a hard run" in note for note in again.notes) == 1


@pytest.mark.parametrize("found", [LADDER, plan(MISSED), plan(WELL)], ids=["ladder", "both", "maintenance"])
def test_an_independent_reader_finds_every_session_in_the_calendar_file(found: Plan) -> None:
    made = dated(found, START)
    calendar = vobject.readOne(plan_ics(made).decode("utf-8"))
    events = calendar.vevent_list
    assert len(events) == len(made.sessions)
    assert len({event.uid.value for event in events}) == len(events)
    for event, session in zip(events, made.sessions, strict=True):
        assert event.dtstart.value == session.day
        assert event.summary.value == session.title
        assert event.status.value == ("TENTATIVE" if session.conditional else "CONFIRMED")
        for name in session.exercises:
            assert found.item(name).title in event.description.value


def test_the_same_plan_gives_the_same_file() -> None:
    assert plan_ics(dated(LADDER, START)) == plan_ics(dated(LADDER, START))


def test_the_table_has_a_row_for_every_exercise_of_every_day() -> None:
    made = dated(plan(MISSED), START)
    rows = list(csv.DictReader(io.StringIO(plan_csv(made))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(max(1, len(session.exercises)) for session in made.sessions)
    assert {row["day"] for row in rows} == {session.day.isoformat() for session in made.sessions}
    assert all(row["dose"] for row in rows if row["exercise"])
