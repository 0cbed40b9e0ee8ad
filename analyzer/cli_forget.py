"""``stridecheck forget``. Only what ``--help`` needs is imported at the top; the rest comes when the command runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer import cli_options as option

if TYPE_CHECKING:
    from analyzer.forgetting import Client, Forgotten


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forget")(forget)


def forget(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The person's name, or their folder's name or path.")],
    out: Annotated[Path, typer.Option(help="Folder with the results.")] = option.RESULTS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    debug: option.Debug = False,
) -> None:
    """Remove everything about a client from results: reports, videos, comparisons, histories, indexes, waiting clips.

    Videos that lie outside the results stay, and are named. What more than one person may be called is refused.
    """
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    def work() -> tuple[Client, Forgotten | None]:
        from analyzer.forgetting import find_client
        from analyzer.forgetting import forget as remove_all

        found = find_client(out, client)
        return found, None if dry_run else remove_all(out, found, date.today())

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
    if outcome.value is not None:
        typer.echo("\n".join(_lines(*outcome.value)))
    raise typer.Exit(outcome.status)


def _lines(client: Client, done: Forgotten | None) -> list[str]:
    from analyzer.console import plain
    from analyzer.erasing import results_in

    if done is None:
        theirs = [*(results_in(client.home) if client.home else ()), *client.places]
        lines = [f"would remove {place}" for place in theirs]
        lines += [f"would remove {job.wish.file} from the queue of the page" for job in client.jobs]
    else:
        lines = [f"removed {place}" for place in done.removed]
        lines += [f"wrote anew, without {client.name}: {place}" for place in done.rewritten]
        lines += [f"left, as not Stridecheck's: {name}" for name in done.left]
    lines += [f"may show {client.name}, look for yourself: {name}" for name in client.unclear]
    lines += [f"the video itself is still here: {clip}" for clip in client.clips]
    return [plain(line) for line in lines]
