"""``stridecheck analyze``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from analyzer import cli_options as option

if TYPE_CHECKING:
    from analyzer.pipeline import Options


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyze")(analyze)


def analyze(
    clips: option.Clips,
    out: option.Out = option.RESULTS,
    activity: option.ActivityName = "auto",
    view: option.ViewName = "auto",
    eyes: option.Eyes = None,
    name: option.Name = None,
    height_cm: option.HeightCm = None,
    mass_kg: option.MassKg = None,
    speed_mps: option.SpeedMps = None,
    box_cm: option.BoxCm = None,
    captured_fps: option.CapturedFps = None,
    subject: option.Whom = None,
    model: option.ModelName = "full",
    intake: option.IntakeFile = None,
    criteria: option.CriteriaFile = None,
    start: option.Start = None,
    days: option.Days = None,
    phase: option.Phase = 1,
    overlay: option.Overlay = True,
    slow: option.Slow = 1.0,
    blur_faces: option.BlurFaces = False,
    pdf: option.Pdf = False,
    as_json: option.AsJson = False,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    debug: option.Debug = False,
) -> None:
    """Analyse clips and write report, overlay and data of each into a folder of its own.

    Exit status: 0 analysed, whatever the verdict; 1 nothing could be measured; 2 bad input or usage.
    """
    from analyzer.console import Loudness, own_stderr
    from analyzer.session import Session, analyze_clips

    options = partial(
        _options, activity, view, intake, criteria,
        name=name, height_cm=height_cm, mass_kg=mass_kg, speed_mps=speed_mps, box_cm=box_cm,
        captured_fps=captured_fps, subject=subject, model=model, eyes=eyes,
    )  # fmt: skip
    if quiet and verbose:
        raise typer.BadParameter("it is one or the other.", param_hint="--quiet, --verbose")
    with own_stderr() as console:
        session = Session(
            options, out, overlay=overlay, pdf=pdf, as_json=as_json, debug=debug,
            start=start.date() if start is not None else None, days=option.weekdays(days), phase=phase,
            slow=slow, blur_faces=blur_faces, loudness=Loudness.of(quiet=quiet, verbose=verbose),
        )  # fmt: skip
        raise typer.Exit(analyze_clips(clips, session, console))


def _options(*given: Any, **others: Any) -> Options:
    """The pipeline's options.

    Raises:
        IntakeError: the answers cannot be read.
        CriteriaError: the limits cannot be read.
    """
    from analyzer.pipeline import Options

    return Options(**option.said(*given, **others))
