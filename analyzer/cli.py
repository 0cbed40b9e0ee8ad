"""The ``stridecheck`` command.

Only what ``--help`` needs is imported at the top; the rest comes when a command runs.
"""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from analyzer import __version__
from analyzer.cli_compare import register as register_compare
from analyzer.cli_criteria import register as register_criteria
from analyzer.cli_export import register as register_export

if TYPE_CHECKING:
    from analyzer.pipeline import Options

RESULTS: Final = Path("stridecheck-results")

ACTIVITIES: Final = (
    "auto", "running", "step-up", "squat", "single-leg-squat", "lunge", "rdl", "split-squat", "hip-thrust",
    "crab-walk", "hop", "balance", "walking",
)  # fmt: skip
VIEWS: Final = ("auto", "front", "back", "left", "right")

RANGES: Final = {
    "--height-cm": (80.0, 250.0, "the standing height in centimetres, in shoes"),
    "--mass-kg": (15.0, 300.0, "the body mass in kilograms"),
    "--speed-mps": (0.5, 13.0, "the running speed in metres per second, which is km/h divided by 3.6"),
    "--box-cm": (5.0, 120.0, "the height of the step-up box in centimetres"),
    "--captured-fps": (10.0, 2000.0, "the frames per second that the phone recorded, such as 240 for slow motion"),
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
models_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="See or fetch the pose models.")
app.add_typer(models_app, name="models")
register_compare(app)
register_criteria(app)
register_export(app)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="stridecheck")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stridecheck {__version__}")
        raise typer.Exit


def _in_range(param: typer.CallbackParam, value: float | None) -> float | None:
    low, high, meaning = RANGES[param.opts[0]]
    if value is not None and not low <= value <= high:
        raise typer.BadParameter(f"{value:g} is not between {low:g} and {high:g}; give {meaning}.")
    return value


def _among(param: typer.CallbackParam, value: str) -> str:
    choices = ACTIVITIES if param.opts[0] == "--activity" else VIEWS
    if value.replace("_", "-") not in choices:
        raise typer.BadParameter(f"{value} is not known; give one of {', '.join(choices)}.")
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
        _weekdays(value)
    except ScheduleError as error:
        raise typer.BadParameter(str(error)) from error
    return value


def _weekdays(value: str | None) -> frozenset[int] | None:
    from analyzer.program.week import parse_days

    return None if value is None else parse_days(value)


@app.callback()
def _stridecheck(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Movement feedback from a phone clip of step-ups or running, with the uncertainty beside every number."""


@app.command()
def analyze(
    clips: Annotated[list[Path], typer.Argument(help="Video files.")],
    out: Annotated[Path, typer.Option(help="Where to put a results folder per clip.")] = RESULTS,
    activity: Annotated[
        str, typer.Option(callback=_among, metavar="WHAT", help=f"What the person does: {', '.join(ACTIVITIES)}.")
    ] = "auto",
    view: Annotated[
        str, typer.Option(callback=_among, metavar="SIDE", help=f"The side the camera sees: {', '.join(VIEWS)}.")
    ] = "auto",
    name: Annotated[str | None, typer.Option(help="What to call the person in the report.")] = None,
    height_cm: Annotated[float | None, typer.Option(callback=_in_range, help="Standing height, in shoes.")] = None,
    mass_kg: Annotated[float | None, typer.Option(callback=_in_range, help="Body mass.")] = None,
    speed_mps: Annotated[
        float | None, typer.Option(callback=_in_range, help="Running speed, such as the treadmill's.")
    ] = None,
    box_cm: Annotated[float | None, typer.Option(callback=_in_range, help="Height of the step-up box.")] = None,
    captured_fps: Annotated[
        float | None, typer.Option(callback=_in_range, help="Frames per second at recording, for slow motion.")
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            callback=_whom, metavar="WHOM", help="Of several people: a number, or a point such as 0.3,0.6 (x, y)."
        ),
    ] = None,
    model: Annotated[str, typer.Option(help="Pose model: lite, full, heavy, or the path of a .task file.")] = "full",
    intake: Annotated[
        Path | None, typer.Option(help="Answers to the questions of 'stridecheck intake', as TOML.")
    ] = None,
    criteria: Annotated[
        Path | None, typer.Option(help="Limits of your own, as TOML; see 'stridecheck criteria'.")
    ] = None,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="First day of the plan; else today.")
    ] = None,
    days: Annotated[
        str | None, typer.Option(callback=_days, help="Days for training, such as Mon,Wed,Sat; else any.")
    ] = None,
    phase: Annotated[int, typer.Option(min=1, max=5, help="Phase to begin with, where the plan has phases.")] = 1,
    overlay: Annotated[bool, typer.Option("--overlay/--no-overlay", help="Draw the overlay video.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the assessments on standard output, as JSON.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Analyse clips and write report, overlay and data of each into a folder of its own.

    Exit status: 0 analysed, whatever the verdict; 1 nothing could be measured; 2 bad input or usage.
    """
    from analyzer.console import own_stderr
    from analyzer.session import Session, analyze_clips

    def options() -> Options:
        from analyzer.criteria.own import read_own_limits
        from analyzer.motion.types import Activity, View
        from analyzer.pipeline import Options
        from analyzer.safety.intake import read_intake

        return Options(
            activity=None if activity == "auto" else Activity(activity.replace("-", "_")),
            view=None if view == "auto" else View(view),
            name=name,
            height_cm=height_cm,
            mass_kg=mass_kg,
            speed_mps=speed_mps,
            box_cm=box_cm,
            captured_fps=captured_fps,
            subject=subject,
            model=model,
            intake=read_intake(intake) if intake is not None else None,
            criteria=read_own_limits(criteria) if criteria is not None else None,
        )

    with own_stderr() as console:
        session = Session(
            options, out, overlay=overlay, as_json=as_json, debug=debug,
            start=start.date() if start is not None else None, days=_weekdays(days), phase=phase,
        )  # fmt: skip
        raise typer.Exit(analyze_clips(clips, session, console))


@app.command()
def intake() -> None:
    """Print the questions to ask before an analysis, to fill in and give to analyze --intake."""
    from analyzer.safety.intake import blank

    typer.echo(blank())


@app.command()
def schema() -> None:
    """Print the JSON Schema of assessment.json."""
    import json

    from analyzer.assessment import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))


@models_app.command("list")
def list_models() -> None:
    """List the pose models, and which of them are on this machine."""
    from analyzer.pose.catalogue import KNOWN
    from analyzer.pose.models import models_folder, stored_model

    folder = models_folder()
    typer.echo(f"Models are kept in {folder}")
    for known in KNOWN.values():
        state = (
            "here" if stored_model(known.name) else "damaged" if (folder / known.file_name).exists() else "not fetched"
        )
        typer.echo(f"  {known.name:<6} {known.size_bytes / 1e6:5.1f} MB  {state:<12} {known.summary}")


@models_app.command("fetch")
def fetch_model(
    name: Annotated[str, typer.Argument(help="lite, full or heavy.")] = "full",
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Fetch a pose model, so that clips can be analysed without a network."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr, stages
    from analyzer.pose.catalogue import KNOWN
    from analyzer.pose.models import ModelFile, find_model

    if name not in KNOWN:
        raise typer.BadParameter(f"there is no model called {name}; give one of {', '.join(KNOWN)}.", param_hint="NAME")

    def fetch() -> ModelFile:
        with stages(console, name) as progress:
            return find_model(name, progress)

    with own_stderr() as console:
        outcome = attempt(fetch, console, debug=debug)
    if outcome.value is not None:
        typer.echo(outcome.value.path)
    raise typer.Exit(outcome.status)
