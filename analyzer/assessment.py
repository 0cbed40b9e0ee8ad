"""The assessment of one clip: everything a report needs, and the shape of ``assessment.json``.

The names here are stable: a change is a new `SCHEMA_VERSION`. Its parts stand in modules by topic; all can be imported
from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr, ValidationError, model_validator

from analyzer.errors import AssessmentError, TrackError
from analyzer.filmed import CameraInfo, Caution, ClipInfo, ModelInfo, PersonInfo, Quality, Subject
from analyzer.measured import (
    CadenceCard,
    CadenceTarget,
    CycleInfo,
    DriftInfo,
    EventInfo,
    Limits,
    MeasurementInfo,
    OwnLimits,
    RepInfo,
    StepInfo,
    SymmetryInfo,
)
from analyzer.motion.types import Activity, Motion
from analyzer.planned import Plan, PlanItem, PlanWeek
from analyzer.pose.landmarks import Side
from analyzer.safety.flags import Intake, RedFlag
from analyzer.schema import NEWER, Model, of_this_version
from analyzer.tested import Decider, ExerciseInfo, ScaleInfo, ScaleItem, TestInfo
from analyzer.verdicts import TestVerdict, Verdict

if TYPE_CHECKING:
    from analyzer.basis import Basis

__all__ = [
    "SCHEMA_VERSION", "Assessment", "CadenceCard", "CadenceTarget", "CameraInfo", "Caution", "ClipInfo",
    "CycleInfo", "Decider", "DriftInfo", "EventInfo", "ExerciseInfo", "Intake", "Limits", "MeasurementInfo",
    "ModelInfo", "OwnLimits", "PersonInfo", "Plan", "PlanItem", "PlanWeek", "Quality", "RedFlag", "RepInfo",
    "ScaleInfo", "ScaleItem", "StepInfo", "Subject", "SymmetryInfo", "TestInfo", "TestVerdict", "Verdict",
    "json_schema", "read_assessment",
]  # fmt: skip

SCHEMA_VERSION = 1


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
