"""The plan's calendar and doses as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.planned import Kind, Plan, PlanItem, PlanSession
from analyzer.report.words import load_words


@dataclass(frozen=True)
class Entry:
    """One thing to do on a day."""

    kind: str
    title: str
    conditional: bool


@dataclass(frozen=True)
class Day:
    """One day of the calendar; without entries it is a day of rest."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class WeekRow:
    """Seven days."""

    number: int
    phase: str
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Group:
    """Exercises that belong to the same kind of day."""

    title: str
    items: tuple[PlanItem, ...]


@dataclass(frozen=True)
class PlanPage:
    """What the plan's section needs besides the plan."""

    head: tuple[str, ...]
    rows: tuple[WeekRow, ...]
    groups: tuple[Group, ...]
    start: str
    tentative: bool


def plan_page(plan: Plan) -> PlanPage:
    """The calendar by weeks from the plan's first day, and the exercises by kind of day."""
    groups = tuple(
        Group(title, items)
        for kind, title in load_words().plan_groups.items()
        if (items := tuple(i for i in plan.items if i.kind is kind))
    )
    if plan.start is None:
        return PlanPage((), (), groups, "", False)
    head = tuple(f"{plan.start + timedelta(days=offset):%a}" for offset in range(7))
    rows = tuple(_rows(plan, plan.start))
    return PlanPage(head, rows, groups, day_text(plan.start), any(session.conditional for session in plan.sessions))


def day_text(day: date) -> str:
    """A date in words, such as ``4 March 2026``."""
    return f"{day.day} {day:%B %Y}"


def _rows(plan: Plan, start: date) -> Iterable[WeekRow]:
    titles = {phase.number: phase.title for phase in plan.phases}
    by_day: dict[date, list[PlanSession]] = {}
    for session in plan.sessions:
        if session.kind is not Kind.DAILY:
            by_day.setdefault(session.day, []).append(session)
    for week in plan.weeks:
        first = start + timedelta(weeks=week.week - 1)
        days = tuple(_day(first + timedelta(days=offset), by_day) for offset in range(7))
        phases = {session.phase for session in plan.sessions if session.week == week.week and session.phase}
        yield WeekRow(week.week, ", ".join(titles[number] for number in sorted(phases)), days)


def _day(day: date, by_day: dict[date, list[PlanSession]]) -> Day:
    entries = tuple(
        Entry(session.kind.value, session.title.split(",")[0], session.conditional) for session in by_day.get(day, [])
    )
    return Day(f"{day.day} {day:%b}", entries)
