"""``stridecheck sidebyside``. Only what ``--help`` needs is imported at the top; the rest comes when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

OUT: Final = Path("stridecheck-results") / "sidebyside.mp4"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sidebyside")(sidebyside)


def sidebyside(
    first: Annotated[Path, typer.Argument(help="The first result folder, such as the baseline's.")],
    second: Annotated[Path, typer.Argument(help="The result folder beside it, such as that of a cue.")],
    label: Annotated[
        list[str] | None, typer.Option(help="What to call them, one after the other; else as their folders.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The video to write.")] = OUT,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Put the overlays of two results into one video, in step: baseline beside cue, before beside after.

    The first one plays at its own pace; the second is stretched to it and says by how much.
    """
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr, stages

    labels = [*(label or []), "", ""]
    if len(labels) > 4:
        raise typer.BadParameter("there are two videos to call something.", param_hint="--label")

    def work() -> Path:
        with stages(console, "sidebyside") as progress:
            from analyzer.comparing import read_results
            from analyzer.overlay.sidebyside import Pane, default_label, side_by_side

            panes = [
                Pane(read_results(folder), folder, said or default_label(folder))
                for folder, said in zip((first, second), labels[:2], strict=True)
            ]
            return side_by_side(panes[0], panes[1], out, progress)

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
    if outcome.value is not None:
        typer.echo(outcome.value)
    raise typer.Exit(outcome.status)
