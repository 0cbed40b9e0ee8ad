"""``stridecheck rescore``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from analyzer import cli_options as option

if TYPE_CHECKING:
    from rich.console import Console

    from analyzer.rescoring import Amendment, Rescored

SELDOM: Final = 50_000
"""Objects made before the garbage collector looks: while modules load there is none, and it took a twentieth."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rescore")(rescore)


def rescore(
    folders: Annotated[list[Path], typer.Argument(metavar="RESULTS...", help="Result folders.")],
    activity: option.ActivityName = "auto",
    view: option.ViewName = "auto",
    name: option.Name = None,
    height_cm: option.HeightCm = None,
    mass_kg: option.MassKg = None,
    speed_mps: option.SpeedMps = None,
    box_cm: option.BoxCm = None,
    eyes: option.Eyes = None,
    intake: option.IntakeFile = None,
    criteria: option.CriteriaFile = None,
    start: option.Start = None,
    days: option.Days = None,
    phase: Annotated[int | None, typer.Option(min=1, max=5, help="Phase that the plan begins with.")] = None,
    redraw: Annotated[
        bool, typer.Option("--redraw", help="Draw pictures and overlay again too; needs the clip and some time.")
    ] = False,
    overlay: option.Overlay = True,
    as_json: option.AsJson = False,
    debug: option.Debug = False,
) -> None:
    """Score results again from their saved track, without the video: other limits, height or labels.

    What is not given stays as it was. Pictures and the overlay video that show what has changed are left out unless
    --redraw asks for new ones.
    """
    gc.set_threshold(SELDOM)
    from analyzer.console import own_stderr

    wanted = partial(
        _amendment, activity, view, intake, criteria,
        name=name, height_cm=height_cm, mass_kg=mass_kg, speed_mps=speed_mps, box_cm=box_cm, eyes=eyes,
        start=start.date() if start is not None else None, days=option.weekdays(days), phase=phase,
    )  # fmt: skip
    with own_stderr() as console:
        statuses = [
            _rescore_one(folder, wanted, console, overlay if redraw else None, as_json=as_json, debug=debug)
            for folder in folders
        ]
    raise typer.Exit(max(statuses))


def _rescore_one(
    folder: Path, wanted: Callable[[], Amendment], console: Console, redrawn: bool | None, *, as_json: bool, debug: bool
) -> int:
    """Score one folder again and print what came of it; returns the exit status.

    Args:
        folder: with results.
        wanted: tells what is to be different.
        console: for what goes wrong.
        redrawn: None draws nothing again; else pictures are drawn again, with the overlay or without.
        as_json: print the assessment rather than a summary.
        debug: show where an unexpected error came from.
    """
    from analyzer.boundary import attempt
    from analyzer.console import say, stages

    def work() -> Rescored:
        from analyzer.rescoring import rescore as score_again

        if redrawn is None:
            return score_again(folder, wanted())
        with stages(console, folder.name) as progress:
            return score_again(folder, wanted(), redraw=True, overlay=redrawn, progress=progress)

    outcome = attempt(work, console, about=folder.name or str(folder), debug=debug)
    if outcome.value is not None:
        from analyzer.summary import summary

        assessment = outcome.value.assessment
        typer.echo(assessment.to_json().rstrip("\n") if as_json else "\n".join(summary(assessment, folder)))
        if outcome.value.left_out:
            left_out = "pictures and videos that show earlier results were left out"
            say(console, f"{folder.name}: {left_out} ({outcome.value.left_out}); --redraw draws them again.")
    return outcome.status


def _amendment(*given: Any, **others: Any) -> Amendment:
    """What is to be different.

    Raises:
        IntakeError: the answers cannot be read.
        CriteriaError: the limits cannot be read.
    """
    from analyzer.rescoring import Amendment

    return Amendment(**option.said(*given, **others))
