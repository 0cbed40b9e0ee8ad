"""Sentences of the report as typed data, read from ``words.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from analyzer.motion.types import Activity, View
from analyzer.tables import Table, read_toml


class ChangeWords(Table):
    """What is said of changes over the clip, of steps unlike the others, and of the sides."""

    drift: str
    unlike: str
    unlike_more: str
    sides: str


class FindingWords(Table):
    """What is said of a finding besides its own sentence."""

    missed: str


class ScaleWords(Table):
    """Where the person's size comes from."""

    stated: str
    assumed: str


class ReportWords(Table):
    """The whole table; ``activities`` holds only those whose name is not made from their value."""

    changes: ChangeWords
    finding: FindingWords
    views: dict[View, str]
    activities: dict[Activity, str]
    scale: ScaleWords


@lru_cache(maxsize=1)
def load_words() -> ReportWords:
    """The sentences that come with the package."""
    return ReportWords.model_validate(read_toml(files("analyzer.report").joinpath("words.toml")))
