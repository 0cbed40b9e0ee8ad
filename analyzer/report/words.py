"""Sentences and labels of the report as typed data, read from ``words.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from analyzer.motion.types import Activity, View
from analyzer.planned import Kind
from analyzer.tables import Table, read_toml


class ChangeWords(Table):
    """What is said of changes over the clip, of steps unlike the others, and of the sides."""

    drift: str
    unlike: str
    unlike_more: str
    sides: str


class StillWords(Table):
    """What is said under and instead of a key frame."""

    caption: str
    drawn: str
    drawn_within: str
    alt: str


class FindingWords(Table):
    """What is said of a finding besides its own sentence."""

    missed: str
    first: str
    next: str
    watch: str
    own: str
    published: str
    proposed: str
    both: str
    still: StillWords


class DeciderWords(Table):
    """What is said of a repetition that decided a test."""

    text: str
    alt: str


class ActionWords(Table):
    """What to do about a finding."""

    plan: str
    plan_more: str
    cadence: str
    retest: str
    sharper: str


class ChartWords(Table):
    """Labels and captions of the curves."""

    event: str
    sides: str
    left: str
    right: str
    curve_label: str
    curve_ends: str
    curve_sides: str
    dots_label: str
    curve: str
    other: str
    mark: str
    dots: str
    target: str
    step: str
    steps: str
    repetition: str
    repetitions: str
    clip: str


class FigureWords(Table):
    """What is said of the figure of the body."""

    front: str
    back: str
    not_judged: str
    beside: str
    instead: str


class RepWords(Table):
    """Words in the table of repetitions."""

    both: str
    not_judged: str


class ScaleWords(Table):
    """Where the person's size comes from."""

    stated: str
    assumed: str


class FactWords(Table):
    """How the clip was read: names, and what stands behind them."""

    camera: str
    turned: str
    picture: str
    picture_is: str
    rate: str
    rate_is: str
    rate_slow: str
    found: str
    found_is: str
    repaired: str
    repaired_is: str
    scale: str
    speed: str
    speed_is: str
    grade: str
    model: str
    model_is: str
    clip: str
    clip_is: str


class MissedWords(Table):
    """From where on a number counts as missed."""

    below: str
    above: str
    outside: str


class PdfWords(Table):
    """Why there is no PDF, and what to do instead."""

    none: str
    failed: str
    slow: str
    stopped: str
    empty: str


class ReportWords(Table):
    """The whole table.

    ``activities`` holds only those whose name is not made from their value; ``beside`` says what files beside the page
    are, by their names.
    """

    changes: ChangeWords
    finding: FindingWords
    decider: DeciderWords
    action: ActionWords
    chart: ChartWords
    figure: FigureWords
    parts: dict[str, str]
    reps: RepWords
    views: dict[View, str]
    activities: dict[Activity, str]
    scale: ScaleWords
    facts: FactWords
    missed: MissedWords
    beside: dict[str, str]
    plan_groups: dict[Kind, str]
    pdf: PdfWords


@lru_cache(maxsize=1)
def load_words() -> ReportWords:
    """The sentences that come with the package."""
    return ReportWords.model_validate(read_toml(files("analyzer.report").joinpath("words.toml")))
