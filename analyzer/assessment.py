"""The assessment of one clip: everything a report needs, and the shape of ``assessment.json``.

The names here are stable: a change is a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, PrivateAttr, ValidationError, model_validator

from analyzer.errors import AssessmentError, TrackError
from analyzer.motion.types import Activity, Motion, View
from analyzer.planned import Plan as Plan
from analyzer.planned import PlanItem as PlanItem
from analyzer.planned import PlanWeek as PlanWeek
from analyzer.pose.landmarks import Side
from analyzer.schema import NEWER, of_this_version
from analyzer.schema import Model as Model
from analyzer.schema import Number as Number

if TYPE_CHECKING:
    from analyzer.basis import Basis

SCHEMA_VERSION = 1


class Verdict(str, Enum):
    """How a value stands against its training target."""

    PASS = "pass"
    BORDERLINE = "borderline"
    FAIL = "fail"
    INFO = "info"
    NOT_MEASURED = "not_measured"


class TestVerdict(str, Enum):
    """How a test came out."""

    __test__ = False

    PASS = "pass"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"


class ClipInfo(Model):
    """The file. ``recorded`` is when it was filmed, ISO 8601 as its container says; None where it does not."""

    path: str
    sha256: str
    width: int
    height: int
    duration_s: Number
    frames: int
    nominal_fps: Number
    capture_fps: Number
    slow_motion_factor: Number
    rotation_deg: int
    codec: str
    recorded: str | None = None


class Subject(Model):
    """What the user said of the person. ``number`` is the person's in ``people``, where several were seen.

    ``activity`` is what the user says the person does, ``eyes`` whether they were open in a balance.
    """

    name: str | None = None
    height_cm: Number | None = None
    mass_kg: Number | None = None
    speed_mps: Number | None = None
    number: int | None = None
    activity: Activity | None = None
    eyes: Literal["open", "closed"] | None = None


class PersonInfo(Model):
    """Somebody who was seen, among several; ``share`` is that of the clip in which they were, 0 to 1."""

    number: int
    place: str
    share: Number


class CameraInfo(Model):
    """Where the phone stood. ``person_share`` is how much of the picture's height the person fills, 0 to 1."""

    view: View
    yaw_deg: Number | None
    roll_deg: Number | None
    confidence: Number
    person_share: Number | None = None


class Caution(Model):
    """A caution about the clip, with advice for filming again."""

    code: str
    message: str
    advice: str


class Quality(Model):
    """How well the clip could be read."""

    grade: Literal["good", "usable", "poor"]
    tracked_fraction: Number
    repaired_fraction: Number
    warnings: tuple[Caution, ...]


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


class RedFlag(Model):
    """Something the person said that a professional should look at first."""

    name: str
    said: str
    advice: str
    urgent: bool = False


class Intake(Model):
    """What came of the questionnaire: the flags that were raised, and how many questions were left open."""

    flags: tuple[RedFlag, ...] = ()
    unanswered: int = 0
    pain_now: Number | None = None


class OwnLimits(Model):
    """That a coach has set limits: in which file, of which metrics, and how that is said."""

    file: str
    metrics: tuple[str, ...]
    note: str


class ModelInfo(Model):
    """The pose model that was used."""

    name: str
    sha256: str


class Assessment(Model):
    """Everything said about one clip."""

    schema_version: int = SCHEMA_VERSION
    created: str
    stridecheck_version: str
    headline: str
    clip: ClipInfo
    subject: Subject
    people: tuple[PersonInfo, ...] = ()
    camera: CameraInfo
    activity: Activity
    quality: Quality
    steps: tuple[StepInfo, ...]
    reps: tuple[RepInfo, ...]
    measurements: tuple[MeasurementInfo, ...]
    tests: tuple[TestInfo, ...]
    plan: Plan
    model: ModelInfo
    intake: Intake | None = None
    symmetry: tuple[SymmetryInfo, ...] = ()
    cadence_card: CadenceCard | None = None
    own_limits: OwnLimits | None = None
    scales: tuple[ScaleInfo, ...] = ()
    exercise: ExerciseInfo | None = None

    _motion: Motion | None = PrivateAttr(default=None)
    _basis: Basis | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _of_any_version(cls, content: Any) -> Any:
        return of_this_version(content, SCHEMA_VERSION)

    def of(self, metric: str, side: Side | str = Side.BOTH) -> MeasurementInfo:
        """The measurement of that metric and side.

        Raises:
            KeyError: the assessment has no such measurement.
        """
        for measurement in self.measurements:
            if measurement.metric == metric and measurement.side == Side(side):
                return measurement
        raise KeyError(f"{metric} {Side(side).value}")

    @property
    def measured(self) -> bool:
        """Whether any metric has a value."""
        return any(measurement.value is not None for measurement in self.measurements)

    @property
    def motion(self) -> Motion:
        """The movement behind the numbers, there only on an assessment fresh from `analyze`.

        Raises:
            TrackError: the assessment was read from a file.
        """
        if self._motion is None:
            raise TrackError("This assessment was read from a file and has no track; analyse the clip again.")
        return self._motion

    def with_motion(self, motion: Motion) -> Assessment:
        """The same assessment, knowing the movement behind it."""
        copy = self.model_copy()
        copy._motion = motion
        return copy

    @property
    def basis(self) -> Basis | None:
        """What it was worked out from; None where it was not worked out here from a clip."""
        return self._basis

    def with_basis(self, basis: Basis) -> Assessment:
        """The same assessment, knowing what it was worked out from."""
        copy = self.model_copy()
        copy._basis = basis
        return copy

    def to_json(self) -> str:
        """The text of ``assessment.json``."""
        return self.model_dump_json(indent=2) + "\n"

    def write(self, folder: str | Path, *, overlay: bool = True) -> Path:
        """Write report, overlay, tables and track into a folder, whole or not at all; returns the folder."""
        from analyzer.results import write_results

        return write_results(self, Path(folder), overlay=overlay)


def read_assessment(file: Path) -> Assessment:
    """An assessment from its file, of this version or an older one.

    Raises:
        AssessmentError: the file cannot be read, is no assessment, or was written by a newer Stridecheck.
    """
    try:
        return Assessment.model_validate_json(file.read_bytes())
    except OSError as error:
        raise AssessmentError(f"{file} cannot be read ({error.strerror or error}); check the name.") from error
    except ValidationError as error:
        if any(each["type"] == NEWER for each in error.errors(include_url=False, include_input=False)):
            raise AssessmentError(
                f"{file} was written by a newer Stridecheck; update Stridecheck to read it."
            ) from error
        raise AssessmentError(
            f"{file} is no assessment, or is damaged, or of another version; analyse the clip again."
        ) from error


def json_schema() -> dict[str, Any]:
    """JSON Schema of ``assessment.json``."""
    return Assessment.model_json_schema(mode="serialization")
