"""The assessment of one clip: everything a report needs, and the shape of ``assessment.json``.

The names here are stable: a change is a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from analyzer.errors import TrackError
from analyzer.motion.types import Activity, Motion, View
from analyzer.pose.landmarks import Side

SCHEMA_VERSION = 1

Number = Annotated[float, Field(allow_inf_nan=False)]


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


class Model(BaseModel):
    """Base of all parts: no unknown keys, nothing changed after the fact."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ClipInfo(Model):
    """The file."""

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


class Subject(Model):
    """What the user said of the person."""

    name: str | None = None
    height_cm: Number | None = None
    mass_kg: Number | None = None
    speed_mps: Number | None = None


class CameraInfo(Model):
    """Where the phone stood."""

    view: View
    yaw_deg: Number | None
    roll_deg: Number | None
    confidence: Number


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
    """One repetition."""

    index: int
    side: Side
    start_s: Number
    top_s: Number
    end_s: Number
    verdict: Verdict
    reasons: tuple[str, ...] = ()


class EventInfo(Model):
    """A metric's value at one step or repetition."""

    index: int
    t_s: Number
    value: Number


class Limits(Model):
    """The training target that a value was held against, in the metric's unit.

    ``pass_low``..``pass_high`` is the target range; beyond ``fail_low`` or ``fail_high`` it is missed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    pass_low: Number | None = None
    pass_high: Number | None = None
    fail_low: Number | None = None
    fail_high: Number | None = None
    published: bool = False
    source: str


class CycleInfo(Model):
    """A metric over the normalised step or repetition."""

    label: str
    percent: tuple[Number, ...]
    mean: tuple[Number | None, ...]
    sd: tuple[Number | None, ...]
    mark_percent: Number | None = None


class MeasurementInfo(Model):
    """One metric of one side, with its verdict."""

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


class TestInfo(Model):
    """A test made of several measurements."""

    __test__ = False

    name: str
    title: str
    verdict: TestVerdict
    sides: dict[Literal["left", "right"], TestVerdict]
    reasons: tuple[str, ...]


class PlanItem(Model):
    """One exercise of the plan."""

    exercise: str
    title: str
    dose: str
    why: str
    source: str


class PlanWeek(Model):
    """What to do in one week, counted from 1; exercises by their names in the plan's table."""

    week: int
    exercises: tuple[str, ...]
    note: str


class Plan(Model):
    """What to train. ``withheld`` says why there is none."""

    focus: tuple[str, ...] = ()
    items: tuple[PlanItem, ...] = ()
    weeks: tuple[PlanWeek, ...] = ()
    notes: tuple[str, ...] = ()
    withheld: str = ""


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
    camera: CameraInfo
    activity: Activity
    quality: Quality
    steps: tuple[StepInfo, ...]
    reps: tuple[RepInfo, ...]
    measurements: tuple[MeasurementInfo, ...]
    tests: tuple[TestInfo, ...]
    plan: Plan
    model: ModelInfo

    _motion: Motion | None = PrivateAttr(default=None)

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

    def to_json(self) -> str:
        """The text of ``assessment.json``."""
        return self.model_dump_json(indent=2) + "\n"

    def write(self, folder: str | Path, *, overlay: bool = True) -> Path:
        """Write report, overlay, tables and track into a folder, whole or not at all; returns the folder."""
        from analyzer.results import write_results

        return write_results(self, Path(folder), overlay=overlay)


def json_schema() -> dict[str, Any]:
    """JSON Schema of ``assessment.json``."""
    return Assessment.model_json_schema(mode="serialization")
