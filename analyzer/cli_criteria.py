"""``stridecheck criteria``: everything that is measured and held against limits, as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(criteria)


def criteria(
    own: Annotated[
        Path | None, typer.Option("--criteria", help="Limits of your own, as TOML, to see them in place.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Print every metric with its definition, view, limits, uncertainty, source and sentences, as Markdown."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    def work() -> str:
        from analyzer.criteria.document import criteria_document
        from analyzer.criteria.own import read_own_limits
        from analyzer.criteria.tables import load_criteria

        return criteria_document(read_own_limits(own) if own is not None else load_criteria())

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
    if outcome.value is not None:
        typer.echo(outcome.value, nl=False)
    raise typer.Exit(outcome.status)
