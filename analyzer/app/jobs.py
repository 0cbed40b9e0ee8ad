"""Clips that wait for analysis, kept on disk so that they outlast a restart."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from analyzer.app.names import clip_name
from analyzer.errors import IntakeError, OutputError
from analyzer.motion.types import Activity, View
from analyzer.ranges import BOX_CM, CAPTURED_FPS, HEIGHT_CM, MASS_KG, SPEED_MPS
from analyzer.safety.intake import intake_of

LONGEST: Final = 200
"""Letters in a name."""

Text = Annotated[str, StringConstraints(max_length=LONGEST, strip_whitespace=True)]


class State(str, Enum):
    """How far a clip is."""

    UPLOADING = "uploading"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class Wish(BaseModel):
    """What a coach says of a clip; None means: find out. ``answers`` are those to the questionnaire."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    file: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    size_bytes: int = Field(gt=0)
    person: Text = ""
    cue: Text = ""
    activity: Activity | None = None
    view: View | None = None
    height_cm: float | None = Field(None, ge=HEIGHT_CM.low, le=HEIGHT_CM.high)
    mass_kg: float | None = Field(None, ge=MASS_KG.low, le=MASS_KG.high)
    speed_mps: float | None = Field(None, ge=SPEED_MPS.low, le=SPEED_MPS.high)
    box_cm: float | None = Field(None, ge=BOX_CM.low, le=BOX_CM.high)
    captured_fps: float | None = Field(None, ge=CAPTURED_FPS.low, le=CAPTURED_FPS.high)
    answers: dict[str, bool | float] = Field(default_factory=dict)

    @field_validator("file")
    @classmethod
    def _a_video(cls, value: str) -> str:
        if not clip_name(value)[1]:
            raise ValueError("is not a kind of video that is taken in, such as .mp4 or .mov")
        return value

    @field_validator("answers")
    @classmethod
    def _fitting(cls, value: dict[str, bool | float]) -> dict[str, bool | float]:
        try:
            intake_of(dict(value))
        except IntakeError as error:
            raise ValueError(str(error)) from error
        return value


class Job(BaseModel):
    """A clip on its way; places are seen from the root, so that the folder may move between two runs.

    ``said`` tells the coach why it failed, ``clip`` and ``folder`` are where the clip lies and the results will.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    made: str
    wish: Wish
    state: State = State.UPLOADING
    clip: str = ""
    folder: str = ""
    stage: str = ""
    share: float = 0.0
    said: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED


def new_job(wish: Wish) -> Job:
    """A job that nobody could guess the number of."""
    return Job(id=uuid.uuid4().hex, made=datetime.now(timezone.utc).isoformat(), wish=wish)


class Store:
    """Jobs as files, one each, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Job]:
        """Every job that can be read, the oldest first; what cannot be read is removed."""
        jobs = []
        for path in self.folder.glob("*.json"):
            try:
                jobs.append(Job.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError):
                path.unlink(missing_ok=True)
        return sorted(jobs, key=lambda job: (job.made, job.id))

    def save(self, job: Job) -> None:
        """Write a job.

        Raises:
            OutputError: it cannot be written.
        """
        path = self.path(job.id)
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(job.model_dump_json(), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise OutputError(
                f"The queue cannot be written ({error.strerror or error}); make room on the disk and try again."
            ) from error

    def path(self, name: str) -> Path:
        """Where a job is kept."""
        return self.folder / f"{name}.json"

    def remove(self, job: Job) -> None:
        """Forget a job."""
        self.path(job.id).unlink(missing_ok=True)
