"""``stridecheck export``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

FORMATS: Final = ("trc", "csv", "movement")


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
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Write a track for other programs: OpenSim markers (trc), a long table (csv), or named axes (movement)."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    if to not in FORMATS:
        raise typer.BadParameter(f"{to} is not known; give one of {', '.join(FORMATS)}.", param_hint="--to")

    def write() -> Path:
        from analyzer.exports.write import Format
        from analyzer.exports.write import export as write_export

        return write_export(source, Format(to), out, height_cm)

    with own_stderr() as console:
        outcome = attempt(write, console, about=str(source), debug=debug)
    if outcome.value is not None:
        typer.echo(outcome.value)
    raise typer.Exit(outcome.status)
