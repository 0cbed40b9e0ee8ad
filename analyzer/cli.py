"""The ``stridecheck`` command.

Only what ``--help`` needs is imported at the top; the rest comes when a command runs.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from analyzer import __version__
from analyzer.cli_analyze import register as register_analyze
from analyzer.cli_batch import register as register_batch
from analyzer.cli_compare import register as register_compare
from analyzer.cli_criteria import register as register_criteria
from analyzer.cli_examples import teach
from analyzer.cli_export import register as register_export
from analyzer.cli_forget import register as register_forget
from analyzer.cli_ladder import register as register_ladder
from analyzer.cli_rescore import register as register_rescore
from analyzer.cli_serve import register as register_serve
from analyzer.cli_sidebyside import register as register_sidebyside

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
models_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="See or fetch the pose models.")
app.add_typer(models_app, name="models")
register_analyze(app)
register_batch(app)
register_compare(app)
register_criteria(app)
register_export(app)
register_forget(app)
register_ladder(app)
register_rescore(app)
register_serve(app)
register_sidebyside(app)


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


@app.callback()
def _stridecheck(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Movement feedback from a phone clip of step-ups or running, with the uncertainty beside every number."""


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


teach(app)
