"""``stridecheck batch``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from analyzer import cli_options as option

if TYPE_CHECKING:
    from rich.console import Console

    from analyzer.batch.jobs import Wishes
    from analyzer.batch.session import Crew, Outcome

OUT: Final = "stridecheck-results"
"""Name of the results' folder within the clients' one."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("batch")(batch)


def batch(
    folder: Annotated[Path, typer.Argument(help="Folder with a folder of clips for each client.")],
    out: Annotated[Path | None, typer.Option(help=f"Folder for results; else {OUT} in FOLDER.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Clips at a time, a core each; else as many as there are cores.")
    ] = None,
    pattern: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Only files such as *.mov; may be given again.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Analyse everything again.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Wait for more clips, until Ctrl-C.")] = False,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let a Dask cluster do it: tcp://scheduler:8786.")
    ] = None,
    model: option.ModelName = "full",
    criteria: option.CriteriaFile = None,
    overlay: option.Overlay = True,
    slow: option.Slow = 1.0,
    blur_faces: option.BlurFaces = False,
    debug: option.Debug = False,
) -> None:
    """Analyse a folder of clients' clips, as far as they are new, and write an index and a page for each client.

    A batch.toml in the folder, or in a client's, gives height_cm, box_cm, speed_mps, cue and more, for all clips or
    for one. Exit status: the gravest of all clips, as with analyze.
    """
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    def wishes() -> Wishes:
        from datetime import date

        from analyzer.batch.jobs import Wishes
        from analyzer.criteria.own import read_own_limits
        from analyzer.options import Options
        from analyzer.overlay.wishes import Drawing

        options = Options(model=model, criteria=read_own_limits(criteria) if criteria is not None else None)
        return Wishes(
            folder, out or folder / OUT, options, date.today(),
            patterns=tuple(pattern or ()), overlay=overlay, force=force, drawing=Drawing(slow, blur_faces),
        )  # fmt: skip

    with own_stderr() as console:
        work = _watching if watch else _once
        outcome = attempt(lambda: work(wishes, jobs, dask, console), console, about=str(folder), debug=debug)
    raise typer.Exit(outcome.status if outcome.value is None else outcome.value)


def _once(wishes: Callable[[], Wishes], jobs: int | None, dask: str | None, console: Console) -> int:
    from analyzer.batch.session import run_batch

    outcome = run_batch(wishes(), _crew(jobs, dask), console)
    _tell(outcome)
    return outcome.exit_status


def _watching(wishes: Callable[[], Wishes], jobs: int | None, dask: str | None, console: Console) -> int:
    from dataclasses import replace

    from analyzer.batch.session import run_batch
    from analyzer.batch.watch import changes
    from analyzer.console import say

    wanted = wishes()
    for _ in changes(wanted):
        _tell(run_batch(replace(wishes(), force=wanted.force), _crew(jobs, dask), console))
        wanted = replace(wanted, force=False)
        say(console, f"Waiting for clips in {wanted.root}; Ctrl-C ends it.")
    return 0


def _crew(jobs: int | None, dask: str | None) -> Crew:
    """Whoever does the work."""
    from analyzer.batch.work import perform

    if dask is not None:
        from analyzer.batch.cluster import Cluster

        return Cluster(dask, perform).run
    from analyzer.batch.pool import local_crew

    return local_crew(jobs, perform)


def _tell(outcome: Outcome) -> None:
    typer.echo("\n".join(outcome.lines()))
