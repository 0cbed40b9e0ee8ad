"""What to train, from verdicts alone: the two compensations of the articles and their extra exercises."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from analyzer.assessment import Plan, PlanItem, PlanWeek, TestInfo, Verdict
from analyzer.criteria.verdict import Judged
from analyzer.tables import read_toml

MOST_PRIORITIES = 2


class Table(BaseModel):
    """Base of all parts: a misspelt key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Exercise(Table):
    """One exercise with its dose."""

    title: str
    dose: str
    article: str


class Finding(Table):
    """What several metrics together show, and what the articles train for it."""

    title: str
    metrics: tuple[str, ...]
    exercises: tuple[str, ...]
    why: str


class Base(Table):
    """What everybody does."""

    exercises: tuple[str, ...]
    note: str
    weeks: int
    week_note: str
    last_note: str
    keep: str
    rules: tuple[str, ...]
    withheld: str


class Program(Table):
    """The whole table."""

    articles: dict[str, str]
    exercise: dict[str, Exercise]
    finding: dict[str, Finding]
    base: Base


@lru_cache(maxsize=1)
def load_program() -> Program:
    """The exercises that come with the package."""
    return Program.model_validate(read_toml(files("analyzer.program").joinpath("exercises.toml")))


def plan_for(judged: tuple[Judged, ...], tests: tuple[TestInfo, ...]) -> Plan:
    """The plan that the verdicts call for; withheld where nothing could be judged."""
    program = load_program()
    known = [each for each in judged if each.verdict in (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)]
    if not known or not tests:
        return Plan(withheld=program.base.withheld)
    missed = {each.measurement.metric for each in known if each.verdict is Verdict.FAIL}
    found = [finding for finding in program.finding.values() if missed.intersection(finding.metrics)]
    if not found:
        return Plan(weeks=_weeks(program.base), notes=(program.base.keep, *program.base.rules))
    items = tuple(_item(program, name, finding) for finding in found[:MOST_PRIORITIES] for name in finding.exercises)
    return Plan(
        focus=tuple(finding.title for finding in found[:MOST_PRIORITIES]),
        items=items,
        weeks=_weeks(program.base),
        notes=(program.base.note, *program.base.rules),
    )


def _weeks(base: Base) -> tuple[PlanWeek, ...]:
    """The articles' five exercises once a week, until it is time to film again."""
    return tuple(
        PlanWeek(week=week, exercises=base.exercises, note=base.last_note if week == base.weeks else base.week_note)
        for week in range(1, base.weeks + 1)
    )


def _item(program: Program, name: str, finding: Finding) -> PlanItem:
    exercise = program.exercise[name]
    return PlanItem(
        exercise=name,
        title=exercise.title,
        dose=exercise.dose,
        why=finding.why,
        source=program.articles[exercise.article],
    )
