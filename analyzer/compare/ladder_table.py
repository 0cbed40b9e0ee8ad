"""The rungs, the faults and the wording of the ladder as typed data, read from ``ladder.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from analyzer.motion.types import Activity
from analyzer.tables import Table, read_toml


class RungRule(Table):
    """One rung and the movements that stand on it."""

    name: str
    title: str
    activities: tuple[Activity, ...]


class FaultRule(Table):
    """Metrics that tell of the same thing in different movements, and those of them that running has."""

    title: str
    metrics: tuple[str, ...]
    running: tuple[str, ...]


class LadderWords(Table):
    """What is said; what stands in braces is filled in."""

    title: str
    first: str
    first_open: str
    none: str
    none_open: str
    all_passed: str
    not_filmed: str
    untested: str
    withheld: str
    both: str
    only_exercise: str
    unknown: str
    only_running: str
    no_running: str
    no_view: str
    unsure: str
    nothing: str
    several_people: str
    older: str
    side_left: str
    side_right: str
    side_both: str
    counted: str
    steps: str
    apart: str


class LadderTable(Table):
    """The whole table, from the lowest rung up."""

    rung: tuple[RungRule, ...]
    fault: dict[str, FaultRule]
    words: LadderWords


@lru_cache(maxsize=1)
def load_ladder() -> LadderTable:
    """The table that comes with the package."""
    return LadderTable.model_validate(read_toml(files("analyzer.compare").joinpath("ladder.toml")))
