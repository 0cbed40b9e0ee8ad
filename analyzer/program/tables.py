"""The programme as typed data, read from ``exercises.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from analyzer.planned import Kind
from analyzer.tables import Table, read_toml


class Exercise(Table):
    """One exercise with its dose; ``proposed`` where the article gives none and the dose is this project's."""

    title: str
    dose: str
    article: str
    kind: Kind
    how: str
    proposed: bool = False


class Finding(Table):
    """What several metrics together show, and what the articles train for it.

    Attributes:
        extra: exercises of the base that get more sets.
        running: what runners do besides.
        unseen: said where none of the metrics was judged; ``{view}`` is filled in.
        only_step_up: means nothing in running.
    """

    title: str
    metrics: tuple[str, ...]
    extra: tuple[str, ...]
    running: tuple[str, ...]
    why: str
    why_running: str
    view: str
    unseen: str
    only_step_up: bool = False


class TrialPlan(Table):
    """What a cue that helped leads to."""

    exercises: tuple[str, ...]
    why: str


class Phase(Table):
    """One phase of the ladder; without weeks where the article gives none."""

    title: str
    exercises: tuple[str, ...]
    weeks_low: int | None = None
    weeks_high: int | None = None
    gate: str
    film: str


class Ladder(Table):
    """The progression for a step-up test that is not passed yet.

    Exercises in ``waiting`` begin once the re-test of phase ``waits_for_phase`` has been passed.
    """

    why: str
    waiting: tuple[str, ...]
    waits_for_phase: int
    source: str
    phase: tuple[Phase, ...]


class Base(Table):
    """What everybody does; ``{dose}`` is filled in."""

    exercises: tuple[str, ...]
    why: str
    sets: str
    extra_sets: str
    note: str
    weeks: int
    weeks_proposed: str
    week_note: str
    last_note: str
    keep: str
    ladder_note: str
    rules: tuple[str, ...]
    withheld: str


class CadencePlan(Table):
    """What a little more cadence leads to, where the cadence card finds it worth a try."""

    exercise: str
    why: str


class CalendarRules(Table):
    """How the week is laid out, and what the entries are called."""

    strength_days_per_week: int
    drill_days_per_week: int
    easy_runs_per_week: int
    days_between: int
    rest_days_per_week: int
    source: str
    proposed: str
    lift: str
    drills: str
    easy_run: str
    hard_run: str
    retest: str
    daily: str
    hard_note: str
    no_hard_run: str
    conditional_note: str


class Program(Table):
    """The whole table."""

    articles: dict[str, str]
    exercise: dict[str, Exercise]
    finding: dict[str, Finding]
    trial: dict[str, TrialPlan]
    ladder: Ladder
    base: Base
    cadence: CadencePlan
    calendar: CalendarRules


@lru_cache(maxsize=1)
def load_program() -> Program:
    """The exercises that come with the package."""
    return Program.model_validate(read_toml(files("analyzer.program").joinpath("exercises.toml")))
