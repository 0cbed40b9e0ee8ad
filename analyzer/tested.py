"""What several measurements together say, as the assessment keeps it: tests, scales, the form of an exercise."""

from __future__ import annotations

from typing import Literal

from analyzer.motion.types import Activity
from analyzer.pose.landmarks import Side
from analyzer.schema import Model, Number
from analyzer.verdicts import TestVerdict


class Decider(Model):
    """A repetition that decided a test: the ``number``-th on its side, by a metric that was worst at ``t_s``."""

    side: Side
    number: int
    index: int
    metric: str
    title: str
    t_s: Number

    @property
    def picture(self) -> str:
        """The file name of its picture."""
        return f"{self.metric}_{self.side.value}_rep{self.number}.jpg"


class TestInfo(Model):
    """A test made of several measurements.

    ``headline`` is false for one that stands beside another which is the verdict; ``decided_by`` lists the repetitions
    behind it, those that missed a target or, where none did, those in doubt.
    """

    __test__ = False

    name: str
    title: str
    verdict: TestVerdict
    sides: dict[Literal["left", "right"], TestVerdict]
    reasons: tuple[str, ...]
    headline: bool = True
    decided_by: tuple[Decider, ...] = ()


class ScaleItem(Model):
    """One item of a quality scale; ``points`` None where it was not seen, ``least``..``most`` what it may be."""

    name: str
    title: str
    points: int | None
    least: int
    most: int
    evidence_s: Number | None


class ScaleInfo(Model):
    """A published quality scale of one side, fewer points being better; ``points`` None where an item was not seen."""

    title: str
    side: Side
    items: tuple[ScaleItem, ...]
    points: int | None
    least: int
    most: int
    grade: str
    source: str


class ExerciseInfo(Model):
    """How an exercise was done.

    ``counts`` are whole repetitions or holds by side, ``each_s`` the median time that one takes (of holds the longest),
    ``checks`` what the form was held against, by metric and side as in ``measurements``, ``eyes`` as declared, and
    ``never_seen`` what no phone sees of it.
    """

    name: Activity
    title: str
    counts: dict[Side, int]
    each_s: Number | None
    verdict: TestVerdict
    sides: dict[Side, TestVerdict]
    checks: tuple[tuple[str, Side], ...]
    not_counted: int
    cues: tuple[str, ...]
    never_seen: tuple[str, ...]
    dose: str
    film: str
    source: str
    eyes: Literal["open", "closed"] | None = None
