"""The options that say what is in a clip and what is wanted of it, shared by the commands.

Only what ``--help`` needs is imported at the top; the rest comes when a value is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer

from analyzer.ranges import BOX_CM, CAPTURED_FPS, HEIGHT_CM, MASS_KG, SPEED_MPS

RESULTS: Final = Path("stridecheck-results")

ACTIVITIES: Final = (
    "auto", "running", "step-up", "squat", "single-leg-squat", "lunge", "rdl", "split-squat", "hip-thrust",
    "crab-walk", "hop", "balance", "walking", "single-leg-rdl", "box-jump", "double-leg-skip", "single-leg-skip",
    "high-knees", "overhead-knees", "hip-hinge-hold", "hamstring-bridge", "wall-calf-stride", "door-frame",
)  # fmt: skip
VIEWS: Final = ("auto", "front", "back", "left", "right")
EYES: Final = ("open", "closed")

RANGES: Final = {
    "--height-cm": HEIGHT_CM,
    "--mass-kg": MASS_KG,
    "--speed-mps": SPEED_MPS,
    "--box-cm": BOX_CM,
    "--captured-fps": CAPTURED_FPS,
}


def _in_range(param: typer.CallbackParam, value: float | None) -> float | None:
    range_ = RANGES[param.opts[0]]
    if value is not None and not range_.low <= value <= range_.high:
        raise typer.BadParameter(f"{value:g} is not between {range_.low:g} and {range_.high:g}; give {range_.meaning}.")
    return value


def _among(param: typer.CallbackParam, value: str) -> str:
    choices = ACTIVITIES if param.opts[0] == "--activity" else VIEWS
    if value.replace("_", "-") not in choices:
        raise typer.BadParameter(f"{value} is not known; give one of {', '.join(choices)}.")
    return value


def _seeing(value: str | None) -> str | None:
    if value is not None and value not in EYES:
        raise typer.BadParameter(f"{value} is not known; give one of {', '.join(EYES)}.")
    return value


def _whom(value: str | None) -> str | None:
    from analyzer.errors import SubjectError
    from analyzer.pose.subject import parse_subject

    try:
        if value is not None:
            parse_subject(value)
    except SubjectError as error:
        raise typer.BadParameter(str(error)) from error
    return value


def _days(value: str | None) -> str | None:
    from analyzer.errors import ScheduleError

    try:
        weekdays(value)
    except ScheduleError as error:
        raise typer.BadParameter(str(error)) from error
    return value


def _beginning(words: Sequence[str]) -> Callable[[str], list[str]]:
    """Completes a word."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def weekdays(value: str | None) -> frozenset[int] | None:
    """The days of the week that a user names, Monday 0; None where nothing was said."""
    from analyzer.program.week import parse_days

    return None if value is None else parse_days(value)


Clips: TypeAlias = Annotated[list[Path], typer.Argument(help="Video files.")]
Out: TypeAlias = Annotated[Path, typer.Option(help="Where to put a results folder per clip.")]
ActivityName: TypeAlias = Annotated[
    str,
    typer.Option(
        callback=_among,
        autocompletion=_beginning(ACTIVITIES),
        metavar="WHAT",
        help=f"What the person does: {', '.join(ACTIVITIES)}.",
    ),
]
ViewName: TypeAlias = Annotated[
    str,
    typer.Option(
        callback=_among,
        autocompletion=_beginning(VIEWS),
        metavar="SIDE",
        help=f"The side the camera sees: {', '.join(VIEWS)}.",
    ),
]
Eyes: TypeAlias = Annotated[
    str | None, typer.Option(callback=_seeing, metavar="HOW", help="Eyes in a balance: open or closed.")
]
Name: TypeAlias = Annotated[str | None, typer.Option(help="What to call the person in the report.")]
HeightCm: TypeAlias = Annotated[float | None, typer.Option(callback=_in_range, help="Standing height, in shoes.")]
MassKg: TypeAlias = Annotated[float | None, typer.Option(callback=_in_range, help="Body mass.")]
SpeedMps: TypeAlias = Annotated[
    float | None, typer.Option(callback=_in_range, help="Running speed, such as the treadmill's.")
]
BoxCm: TypeAlias = Annotated[float | None, typer.Option(callback=_in_range, help="Height of the step-up box.")]
CapturedFps: TypeAlias = Annotated[
    float | None, typer.Option(callback=_in_range, help="Frames per second at recording, for slow motion.")
]
Whom: TypeAlias = Annotated[
    str | None,
    typer.Option(
        callback=_whom, metavar="WHOM", help="Of several people: a number, or a point such as 0.3,0.6 (x, y)."
    ),
]
ModelName: TypeAlias = Annotated[str, typer.Option(help="Pose model: lite, full, heavy, or the path of a .task file.")]
IntakeFile: TypeAlias = Annotated[
    Path | None, typer.Option(help="Answers to the questions of 'stridecheck intake', as TOML.")
]
CriteriaFile: TypeAlias = Annotated[
    Path | None, typer.Option(help="Limits of your own, as TOML; see 'stridecheck criteria'.")
]
Start: TypeAlias = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="First day of the plan; else today.")
]
Days: TypeAlias = Annotated[
    str | None, typer.Option(callback=_days, help="Days for training, such as Mon,Wed,Sat; else any.")
]
Phase: TypeAlias = Annotated[int, typer.Option(min=1, max=5, help="Phase to begin with, where the plan has phases.")]
Overlay: TypeAlias = Annotated[bool, typer.Option("--overlay/--no-overlay", help="Draw the overlay video.")]
Pdf: TypeAlias = Annotated[
    bool, typer.Option("--pdf", help="Print the page to a PDF beside it, by Chrome, Edge or Chromium.")
]
Slow: TypeAlias = Annotated[
    float, typer.Option(min=1.0, max=16.0, help="Show what decides so many times slower in the overlay, without sound.")
]
BlurFaces: TypeAlias = Annotated[
    bool, typer.Option("--blur-faces", help="Hide every face that is found, in the overlay and in all pictures.")
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing but what goes wrong; --json still prints.")
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell how long each stage took and what was written.")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the assessments on standard output, as JSON.")]
Debug: TypeAlias = Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")]


def said(activity: str, view: str, intake: Path | None, criteria: Path | None, **others: Any) -> dict[str, Any]:
    """What a user says, by the names of `analyzer.options.Options`; ``others`` are passed on as they are.

    Raises:
        IntakeError: the answers cannot be read.
        CriteriaError: the limits cannot be read.
    """
    from analyzer.criteria.own import read_own_limits
    from analyzer.motion.types import Activity, View
    from analyzer.safety.intake import read_intake

    return {
        "activity": None if activity == "auto" else Activity(activity.replace("-", "_")),
        "view": None if view == "auto" else View(view),
        "intake": read_intake(intake) if intake is not None else None,
        "criteria": read_own_limits(criteria) if criteria is not None else None,
        **others,
    }
