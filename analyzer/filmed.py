"""The clip as the assessment keeps it: the file, who is in it, where the phone stood, how well it could be read."""

from __future__ import annotations

from typing import Literal

from analyzer.motion.types import Activity, View
from analyzer.schema import Model, Number


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


class ModelInfo(Model):
    """The pose model that was used."""

    name: str
    sha256: str
