"""The plan as the assessment keeps it: what to train, in which order, and on which days."""

from __future__ import annotations

from datetime import date
from enum import Enum

from analyzer.schema import Model


class Kind(str, Enum):
    """What a training day is for."""

    LIFT = "lift"
    DRILLS = "drills"
    EASY_RUN = "easy_run"
    HARD_RUN = "hard_run"
    RETEST = "retest"
    DAILY = "daily"


class PlanItem(Model):
    """One exercise of the plan.

    Attributes:
        exercise: its name in the tables, in weeks, phases and sessions.
        dose: how much, in words.
        how: one hint on form.
        why: what it is for in this plan.
        source: the article that names the exercise and its dose.
        kind: the kind of day on which it is done.
        proposed: whether the dose is this project's, because the article gives none.
        after_phase: the phase whose re-test has to be passed before it begins; None where it begins at once.
    """

    exercise: str
    title: str
    dose: str
    why: str
    source: str
    how: str = ""
    kind: Kind = Kind.LIFT
    proposed: bool = False
    after_phase: int | None = None


class PlanWeek(Model):
    """What to do in one week, counted from 1; exercises by their names in the plan's table."""

    week: int
    exercises: tuple[str, ...]
    note: str


class PlanPhase(Model):
    """One stretch of a progression, counted from 1, and the gate at its end.

    Attributes:
        weeks_low: fewest weeks, None where the article gives no number.
        weeks_high: most weeks before somebody else should look, None likewise.
        first_week: earliest week of the plan, if every re-test before is passed at once; None if unknown.
        gate: what a re-test has to show before the next phase.
        film: how to film that re-test.
    """

    number: int
    title: str
    exercises: tuple[str, ...]
    weeks_low: int | None
    weeks_high: int | None
    first_week: int | None
    gate: str
    film: str
    source: str


class PlanSession(Model):
    """One entry of the calendar.

    ``conditional``: only if the re-tests before it were passed; until then the phase before goes on.
    """

    day: date
    kind: Kind
    title: str
    exercises: tuple[str, ...]
    note: str
    week: int
    phase: int | None = None
    conditional: bool = False


class Plan(Model):
    """What to train. ``withheld`` says why there is none.

    ``uncovered`` names what could not be judged, for which there is therefore no plan; ``start`` is the first day of
    the calendar, given by the user or the day of the analysis, None while the plan has no dates.
    """

    focus: tuple[str, ...] = ()
    items: tuple[PlanItem, ...] = ()
    weeks: tuple[PlanWeek, ...] = ()
    notes: tuple[str, ...] = ()
    withheld: str = ""
    phases: tuple[PlanPhase, ...] = ()
    uncovered: tuple[str, ...] = ()
    start: date | None = None
    sessions: tuple[PlanSession, ...] = ()

    def item(self, exercise: str) -> PlanItem:
        """The item of that exercise.

        Raises:
            KeyError: the plan has no such exercise.
        """
        for item in self.items:
            if item.exercise == exercise:
                return item
        raise KeyError(exercise)
