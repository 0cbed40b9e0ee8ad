"""``stridecheck ladder``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer import cli_options as option

if TYPE_CHECKING:
    from analyzer.compare.ladder import Ladder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ladder")(ladder)


def ladder(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Result folders of one person, or folders that hold them.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the page.")] = option.RESULTS / "ladder",
    as_json: option.AsJson = False,
    debug: option.Debug = False,
) -> None:
    """Put one person's clips in order, balance to running: the first rung not passed, and what running shows of it.

    Exit status: 0 written, whatever the verdicts; 2 bad input or usage.
    """
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    def work() -> tuple[Ladder, Path]:
        from analyzer.laddering import show_ladder

        return show_ladder(folders, out, date.today())

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
    if outcome.value is not None:
        from analyzer.report.ladder_page import ladder_summary

        found, page = outcome.value
        typer.echo(found.to_json().rstrip("\n") if as_json else "\n".join(ladder_summary(found, page)))
    raise typer.Exit(outcome.status)
