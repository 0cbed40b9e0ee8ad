"""``stridecheck export``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

FORMATS: Final = ("trc", "mot", "c3d", "csv", "events", "curves", "movement")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    source: Annotated[Path, typer.Argument(metavar="RESULTS", help="A result folder, or a saved track (.npz).")],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    out: Annotated[Path | None, typer.Option(help="File to write; by default here, named after the results.")] = None,
    height_cm: Annotated[
        float | None, typer.Option(min=80.0, max=250.0, help="Standing height, for a track without one.")
    ] = None,
    parquet: Annotated[bool, typer.Option("--parquet", help="Write csv, events or curves as Parquet.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Write results for other programs.

    OpenSim: markers (trc), joint angles (mot). Motion laboratories: c3d. Tables: points (csv), a row for each step or
    repetition (events), curves over its cycle (curves). Python: named axes (movement).
    """
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    if to not in FORMATS:
        raise typer.BadParameter(f"{to} is not known; give one of {', '.join(FORMATS)}.", param_hint="--to")

    def write() -> Path:
        from analyzer.exports.write import Format
        from analyzer.exports.write import export as write_export

        return write_export(source, Format(to), out, height_cm, parquet=parquet)

    with own_stderr() as console:
        outcome = attempt(write, console, about=str(source), debug=debug)
    if outcome.value is not None:
        typer.echo(outcome.value)
    raise typer.Exit(outcome.status)
