"""The numbers as the assessment keeps them: events, measurements with their targets, left against right, cadence."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from analyzer.pose.landmarks import Side
from analyzer.schema import Model, Number
from analyzer.verdicts import Verdict


class StepInfo(Model):
    """One running step."""

    index: int
    side: Side
    contact_s: Number | None
    toe_off_s: Number | None


class RepInfo(Model):
    """One repetition; ``loaded`` lists the intervals, in s, in which it is judged: the side's leg carries the body."""

    index: int
    side: Side
    start_s: Number
    top_s: Number
    end_s: Number
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    loaded: tuple[tuple[Number, Number], ...] = ()


class EventInfo(Model):
    """A metric's value at one step or repetition."""

    index: int
    t_s: Number
    value: Number


class Limits(Model):
    """The training target that a value was held against, in the metric's unit.

    ``pass_low``..``pass_high`` is the target range; beyond ``fail_low`` or ``fail_high`` it is missed. ``own`` marks
    limits that the coach has set.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    pass_low: Number | None = None
    pass_high: Number | None = None
    fail_low: Number | None = None
    fail_high: Number | None = None
    published: bool = False
    source: str
    own: bool = False


class OwnLimits(Model):
    """That a coach has set limits: in which file, of which metrics, and how that is said."""

    file: str
    metrics: tuple[str, ...]
    note: str


class CycleInfo(Model):
    """A metric over the normalised step or repetition."""

    label: str
    percent: tuple[Number, ...]
    mean: tuple[Number | None, ...]
    sd: tuple[Number | None, ...]
    mark_percent: Number | None = None


class DriftInfo(Model):
    """How a metric changed while the clip ran, in its unit; ``clear`` if that is beyond chance.

    ``first`` and ``last`` are medians of the first and the last third of the events, ``detectable`` the smallest
    difference between them that would not be taken for chance, ``low``..``high`` the 95 % interval of the slope.
    """

    per_minute: Number
    low: Number
    high: Number
    first: Number
    last: Number
    detectable: Number
    clear: bool


class MeasurementInfo(Model):
    """One metric of one side, with its verdict.

    ``percent_leg`` is a length in % of leg length, ``category`` how the foot lands and ``category_sure`` whether that
    is clear of the class borders, ``outliers`` the indices of events far from all the others.
    """

    metric: str
    title: str
    side: Side
    value: Number | None
    unit: str
    uncertainty: Number | None
    n: int
    per_event: tuple[EventInfo, ...]
    evidence_s: Number | None
    verdict: Verdict
    reason: str
    sentence: str
    limits: Limits | None
    cycle: CycleInfo | None = None
    percent_leg: Number | None = None
    category: Literal["heel", "midfoot", "forefoot"] | None = None
    category_sure: bool | None = None
    drift: DriftInfo | None = None
    outliers: tuple[int, ...] = ()


class SymmetryInfo(Model):
    """One metric's left against right.

    ``difference`` is left less right, ``index_percent`` the same over their mean (not for angles), ``comparable`` false
    where the camera sees one leg better than the other, ``noted`` whether it is large enough to tell, and sure.
    """

    metric: str
    title: str
    unit: str
    difference: Number
    uncertainty: Number
    index_percent: Number | None
    comparable: bool
    noted: bool
    sentence: str


class CadenceTarget(Model):
    """A cadence so many per cent above the measured one; ``every_second`` is half of it, for a slower metronome."""

    percent: Number
    steps_per_min: Number
    every_second: Number


class CadenceCard(Model):
    """Cadence, a little more of it, what that did in the laboratory, and the impacts of a run.

    ``impacts`` are this runner's over ``distance_km``, None where the speed is unknown; ``article_impacts`` those of
    the article. ``consider`` says whether a little more is worth a try here.
    """

    title: str
    steps_per_min: Number
    uncertainty: Number
    targets: tuple[CadenceTarget, ...]
    consider: bool
    advice: str
    laboratory: str
    source: str
    distance_km: Number
    impacts: Number | None
    impacts_uncertainty: Number | None
    article_impacts: int
    impacts_sentence: str
