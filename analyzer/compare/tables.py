"""Smallest changes, set-up tolerances and wording as typed data, read from ``compare.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal

from analyzer.compare.types import Basis
from analyzer.tables import Table, read_toml


class SmallestChange(Table):
    """The smallest change of a metric that repeated measurements can tell from noise.

    ``cancels`` is False where nothing that is wrong in one clip is wrong alike in the other.
    """

    smallest: float
    unit: str
    better: Literal["lower", "higher", "target", "none"]
    published: bool
    source: str
    cancels: bool = True
    between_days: float | None = None


class Pain(Table):
    """The change on a scale of 0 to 10 that matters."""

    matters: float
    source: str


class SetupRules(Table):
    """How alike two set-ups have to be, and what is said where they are not."""

    yaw_deg: float
    size_ratio: float
    speed_mps: float
    rate_ratio: float
    yaw_said: str
    yaw_advice: str
    view_said: str
    view_advice: str
    size_said: str
    size_advice: str
    speed_said: str
    speed_advice: str
    no_speed_said: str
    no_speed_advice: str
    shoes_said: str
    shoes_advice: str
    rate_said: str
    rate_advice: str
    activity_said: str
    activity_advice: str
    model_said: str
    model_advice: str
    limits_said: str
    limits_advice: str
    same_clip_said: str
    same_clip_advice: str


class Cue(Table):
    """One cue of the trial, and words in file names that stand for it."""

    title: str
    file_words: tuple[str, ...]


class Reasons(Table):
    """Why a cue counts as it does."""

    pain_fell: str
    pain_same: str
    pain_rose: str
    moved: str
    worse: str
    still: str
    unseen: str
    no_need: str
    not_filmed: str
    incomparable: str
    hedge: str


class Drift(Table):
    """What is said of the last clip against the first."""

    none: str
    some: str


class Withheld(Table):
    """Said instead of a decision."""

    said: str


class ChangeWords(Table):
    """What is said of changes, one by one and counted; ``{count}`` and ``{source}`` are filled in."""

    noise: str
    better: str
    worse: str
    other: str
    nothing: str
    incomparable: str
    count: str
    count_better: str
    count_worse: str
    count_other: str
    published: str
    not_published: str
    basis: dict[Basis, str]


class HistoryWords(Table):
    """What is said of a client's progress; what stands in braces is filled in."""

    first: str
    one_clip: str
    none: str
    one_change: str
    changes: str
    past: str
    due: str
    ahead: str
    one_day: str
    days: str


class Words(Table):
    """What is said; ``judged`` lists the metrics by which a cue is judged, the same for every cue."""

    baseline_file_words: tuple[str, ...]
    last_file_words: tuple[str, ...]
    after_file_words: tuple[str, ...]
    judged: tuple[str, ...]
    decision: dict[Literal["hips", "feet", "both", "neither", "cannot_tell"], str]
    next: dict[Literal["hips", "feet", "both", "neither", "cannot_tell"], str]
    withheld: Withheld
    reason: Reasons
    drift: Drift
    helped: dict[Literal["yes", "no", "unknown"], str]
    change: ChangeWords
    history: HistoryWords


class CompareTable(Table):
    """The whole table."""

    confidence: float
    metric: dict[str, SmallestChange]
    pain: Pain
    setup: SetupRules
    cue: dict[Literal["hips", "feet"], Cue]
    words: Words


@lru_cache(maxsize=1)
def load_compare() -> CompareTable:
    """The table that comes with the package."""
    return CompareTable.model_validate(read_toml(files("analyzer.compare").joinpath("compare.toml")))
