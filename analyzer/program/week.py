"""Which day of the week is for what.

Lifting, and drills that load the legs, keep a whole day away from a hard run, before it and after it, across the end of
the week too; at least one day is free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from analyzer.errors import ScheduleError
from analyzer.program.tables import CalendarRules

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY: Final = frozenset(range(7))


@dataclass(frozen=True)
class Week:
    """Days as offsets from the first day of each week of the plan, 0 to 6.

    Attributes:
        strength: lifting.
        drills: drills; days of lifting are among them.
        easy: easy runs.
        hard: the day that is fit for a hard run, None where there is no room for one.
    """

    strength: tuple[int, ...]
    drills: tuple[int, ...]
    easy: tuple[int, ...]
    hard: int | None


def parse_days(text: str) -> frozenset[int]:
    """Days of the week, Monday 0, from a list such as ``Mon,Wed,Fri``.

    Raises:
        ScheduleError: something in it is no day.
    """
    short = {day.casefold(): index for index, day in enumerate(DAYS)}
    words = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in words if word[:3].casefold() not in short]
    if unknown or not words:
        what = f"{unknown[0]} is no day of the week" if unknown else "No day was given"
        raise ScheduleError(f"{what}; name the days for training, such as Mon,Wed,Sat.")
    return frozenset(short[word[:3].casefold()] for word in words)


def lay_out(start: date, days: frozenset[int], rules: CalendarRules, *, drills: bool) -> Week:
    """The best week for those days: as much strength work as wanted, then room for a hard run, then easy runs."""
    free = sorted((day - start.weekday()) % 7 for day in days)
    wanted = rules.drill_days_per_week if drills else rules.strength_days_per_week
    weeks = (_filled(free, work, hard, rules) for work, hard in _choices(free, wanted, rules.days_between))
    return max(weeks, key=lambda week: _merit(week, wanted))


def _choices(free: list[int], wanted: int, between: int) -> Iterable[tuple[tuple[int, ...], int | None]]:
    """Every set of days for work together with every day for a hard run that keeps its distance."""
    for count in range(1, min(wanted, len(free)) + 1):
        for work in combinations(free, count):
            yield work, None
            for hard in free:
                if all(apart(hard, day) > between for day in work):
                    yield work, hard


def _filled(free: list[int], work: tuple[int, ...], hard: int | None, rules: CalendarRules) -> Week:
    """With easy runs on days that are left, so that the week keeps its rest."""
    room = 7 - rules.rest_days_per_week - len(work) - (hard is not None)
    left = [day for day in free if day not in work and day != hard]
    # The day before a hard run is the better one for rest.
    left.sort(key=lambda day: (hard is not None and (hard - day) % 7 == 1, day))
    easy = tuple(sorted(left[: max(0, min(room, rules.easy_runs_per_week))]))
    return Week(strength=work[: rules.strength_days_per_week], drills=work, easy=easy, hard=hard)


def _merit(week: Week, wanted: int) -> tuple[int, int, int, int, int]:
    """A hard run finds room before the last wanted day of work does, since one day of lifting is all that is asked."""
    spread = min((apart(a, b) for a, b in combinations(week.drills, 2)), default=7)
    alone = min(wanted, 2)
    return (
        min(len(week.drills), alone),
        int(week.hard is not None),
        len(week.drills) if spread > 1 else 0,
        spread,
        len(week.easy),
    )


def apart(day: int, other: int) -> int:
    """Days between two days of a week that repeats; 1 for neighbours."""
    gap = abs(day - other) % 7
    return min(gap, 7 - gap)
