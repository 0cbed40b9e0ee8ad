"""What a user may say of a clip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analyzer.criteria.tables import Criteria
from analyzer.motion.types import Activity, View
from analyzer.program.week import EVERY_DAY
from analyzer.safety.flags import Intake


@dataclass(frozen=True)
class Details:
    """What the user says of person and movement; None where nothing is said.

    Attributes:
        activity: what the person does.
        view: the side of the person that the camera sees.
        name: what to call the person in the report.
        height_cm: standing height in shoes.
        mass_kg: body mass.
        speed_mps: running speed, treadmill or measured.
        box_cm: height of the step-up box.
        eyes: whether they are open in a balance, which no phone sees.
        intake: what came of the questionnaire; a raised flag withholds verdicts and plan.
        criteria: limits and wording, such as `analyzer.criteria.own.read_own_limits` gives; Stridecheck's own if None.
    """

    activity: Activity | None = None
    view: View | None = None
    name: str | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    speed_mps: float | None = None
    box_cm: float | None = None
    eyes: Literal["open", "closed"] | None = None
    intake: Intake | None = None
    criteria: Criteria | None = None


@dataclass(frozen=True)
class Options(Details):
    """All that the user says of a clip; None means: find out.

    Attributes:
        captured_fps: frames per real second at recording, for slow motion.
        subject: whom to measure where there are several: a number, or a point as shares of width and height.
        model: ``full``, ``lite``, ``heavy``, or the path of a ``.task`` file.
    """

    captured_fps: float | None = None
    subject: str | None = None
    model: str = "full"


@dataclass(frozen=True)
class Calendar:
    """On which days the plan lies.

    Attributes:
        start: its first day.
        days: of the week that are free for training, Monday 0.
        phase: the phase that a progression begins with.
    """

    start: date
    days: frozenset[int] = EVERY_DAY
    phase: int = 1
