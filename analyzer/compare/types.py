"""What a comparison holds, and the shape of ``compare.json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from analyzer.assessment import Assessment
from analyzer.filmed import Caution
from analyzer.measured import Limits
from analyzer.planned import PlanItem
from analyzer.pose.landmarks import Side
from analyzer.schema import Model, Number
from analyzer.verdicts import Verdict


class Role(str, Enum):
    """What a clip is for in a comparison."""

    BASELINE = "baseline"
    HIPS = "hips"
    FEET = "feet"
    LAST = "last"
    AFTER = "after"
    OTHER = "other"


class Basis(str, Enum):
    """Where the interval of a change comes from."""

    STEPS = "steps"
    SMALLEST = "smallest_change"
    WHOLE = "whole_uncertainty"


class Decision(str, Enum):
    """What the trial of the two cues came to."""

    HIPS = "hips"
    FEET = "feet"
    BOTH = "both"
    NEITHER = "neither"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Labelled:
    """An assessment with what was said of its clip.

    Attributes:
        assessment: of the clip.
        label: what to call it.
        role: what it is for.
        pain: 0 to 10, None if not said.
        shoes: as declared, empty if not said.
    """

    assessment: Assessment
    label: str
    role: Role
    pain: float | None = None
    shoes: str = ""


class ClipCard(Model):
    """One clip of a comparison."""

    label: str
    role: Role
    file: str
    sha256: str
    recorded: str | None
    created: str
    pain: Number | None
    shoes: str
    speed_mps: Number | None
    headline: str


class Change(Model):
    """One metric of one side in two clips of the same person.

    Attributes:
        change: after minus before, in the unit.
        uncertainty: half width of the interval of the change; all intervals of one pair of clips hold together in
            19 of 20 comparisons.
        real: whether the interval leaves no change out.
        towards: whether the value came nearer to its target or went away from it; None if neither, or if there is no
            target.
        basis: where the interval comes from.
        source: of the smallest change, empty where there is none.
    """

    metric: str
    title: str
    side: Side
    unit: str
    before: Number
    after: Number
    change: Number
    uncertainty: Number
    real: bool
    towards: Literal["better", "worse"] | None
    basis: Basis
    verdict_before: Verdict
    n_before: int
    n_after: int
    limits: Limits | None
    published: bool
    source: str


class Uncompared(Model):
    """A metric that could not be compared, and why."""

    title: str
    side: Side
    reason: str


class Pair(Model):
    """The first clip against one other; ``same_setup`` tells whether what is wrong in both alike cancels."""

    clip: ClipCard
    same_setup: bool
    cautions: tuple[Caution, ...]
    changes: tuple[Change, ...]
    uncompared: tuple[Uncompared, ...]

    @property
    def real(self) -> tuple[Change, ...]:
        """The changes that are more than noise."""
        return tuple(change for change in self.changes if change.real)


class CueOutcome(Model):
    """Whether a cue helped, and why that is said."""

    cue: Literal["hips", "feet"]
    title: str
    helped: Literal["yes", "no", "unknown"]
    reasons: tuple[str, ...]


class LoadRow(Model):
    """Impacts of one clip: per kilometre, and over the runner's own distance if that was given."""

    label: str
    per_km: Number
    uncertainty: Number
    distance_km: Number | None
    over_distance: Number | None


class Comparison(Model):
    """Everything said about several clips of one person.

    ``decision`` is None where no cue was filmed; ``withheld`` says why there is none although there could be.
    """

    schema_version: int = 1
    created: date
    stridecheck_version: str
    person: str | None
    baseline: ClipCard
    pairs: tuple[Pair, ...]
    decision: Decision | None
    said: str
    cues: tuple[CueOutcome, ...]
    next: str
    items: tuple[PlanItem, ...]
    drift: str
    load: tuple[LoadRow, ...]
    withheld: str = ""

    def to_json(self) -> str:
        """The text of ``compare.json``."""
        return self.model_dump_json(indent=2) + "\n"
