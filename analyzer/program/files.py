"""The calendar as files: ``plan.csv`` for a table, ``plan.ics`` for a calendar program."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from analyzer.planned import Kind, Plan, PlanSession

if TYPE_CHECKING:
    from icalendar import Event

COLUMNS: Final = ("day", "weekday", "week", "phase", "what", "exercise", "dose", "note", "source")
PRODUCT: Final = "-//Stridecheck//plan//EN"


def plan_csv(plan: Plan) -> str:
    """A row for each exercise of each day; a day without named exercises has one row."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for session in plan.sessions:
        head = (session.day.isoformat(), f"{session.day:%a}", session.week, session.phase or "", session.title)
        for name in session.exercises:
            item = plan.item(name)
            writer.writerow([*head, item.title, item.dose, session.note, item.source])
        if not session.exercises:
            writer.writerow([*head, "", "", session.note, ""])
    return file.getvalue()


def plan_ics(plan: Plan) -> bytes:
    """The calendar by RFC 5545: all-day entries that keep nobody from being booked; conditional ones are tentative."""
    from icalendar import Calendar  # a plan that has not changed is kept as it is, without it

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Stridecheck plan")
    stamp = datetime.combine(plan.start, time(), timezone.utc) if plan.start is not None else None
    for session in plan.sessions:
        calendar.add_component(_event(plan, session, stamp))
    return bytes(calendar.to_ical())


def _event(plan: Plan, session: PlanSession, stamp: datetime | None) -> Event:
    from icalendar import Event

    days = 7 if session.kind is Kind.DAILY else 1
    event = Event()
    event.add("summary", session.title)
    event.add("dtstart", session.day)
    event.add("dtend", session.day + timedelta(days=days))
    event.add("dtstamp", stamp)
    # The same day of the same plan keeps its name, so that a plan taken in again replaces itself.
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{plan.start}/{session.day}/{session.kind.value}')}@stridecheck")
    event.add("status", "TENTATIVE" if session.conditional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(_lines(plan, session)))
    return event


def _lines(plan: Plan, session: PlanSession) -> list[str]:
    lines = []
    for name in session.exercises:
        item = plan.item(name)
        lines.append(f"{item.title}: {item.dose}. {item.how}")
    return [*lines, session.note] if session.note else lines
