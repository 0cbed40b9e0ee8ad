"""From a clip to an assessment: the one place where the stages meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from analyzer.assessment import Assessment
from analyzer.motion.types import Activity, View

Progress: TypeAlias = Callable[[str, float], None]
"""Told the stage's name and the share of it that is done, 0 to 1."""


def silent(stage: str, share: float) -> None:
    """A `Progress` that says nothing."""


@dataclass(frozen=True)
class Options:
    """What the user says of a clip; None means: find out.

    Attributes:
        activity: what the person does.
        view: the side of the person that the camera sees.
        name: what to call the person in the report.
        height_cm: standing height in shoes.
        mass_kg: body mass.
        speed_mps: running speed, treadmill or measured.
        box_cm: height of the step-up box.
        captured_fps: frames per real second at recording, for slow motion.
        model: ``full``, ``lite``, ``heavy``, or the path of a ``.task`` file.
    """

    activity: Activity | None = None
    view: View | None = None
    name: str | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    speed_mps: float | None = None
    box_cm: float | None = None
    captured_fps: float | None = None
    model: str = "full"


def analyze(path: str | Path, options: Options | None = None, progress: Progress = silent) -> Assessment:
    """Analyse one clip.

    Raises:
        ClipError: the file cannot be used as a clip.
        ModelError: the pose model cannot be had.
        NothingMeasured: nobody was found, or nothing in the clip could be measured.
    """
    raise NotImplementedError
