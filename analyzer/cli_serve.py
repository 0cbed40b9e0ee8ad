"""``stridecheck serve`` and ``stridecheck view``.

Only what ``--help`` needs is imported at the top; the rest comes when a command runs.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from analyzer.cli_options import RESULTS, Debug

LOOPBACK: Final = "127.0.0.1"

Port: TypeAlias = Annotated[
    int | None, typer.Option(min=1, max=65535, help="Port to listen on; else 8765, or the next that is free.")
]
Browser: TypeAlias = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("view")(view)


def serve(
    out: Annotated[Path, typer.Option(help="Folder with the results, a folder for each person.")] = RESULTS,
    port: Port = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on. Any but this machine's own opens the page to the network.")
    ] = LOOPBACK,
    browser: Browser = True,
    debug: Debug = False,
) -> None:
    """Open a page where clips are dropped, analysed, compared and looked at, without typing commands.

    The page is for this machine alone. It ends with Ctrl-C; clips that wait are analysed at the next start.
    """
    if host not in (LOOPBACK, "localhost", "::1"):
        typer.echo(
            f"Listening on {host}: whoever has the address below can see every result, unencrypted. Use it only in a "
            "network that you trust.",
            err=True,
        )
    _serve(out, host=host, port=port, browser=browser, debug=debug)


def view(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A result folder.")],
    port: Port = None,
    browser: Browser = True,
    debug: Debug = False,
) -> None:
    """Watch a result frame by frame in the browser: drawings, curves, events, slow motion, loops."""
    if not (folder / "assessment.json").is_file():
        raise typer.BadParameter(
            f"{folder} holds no results; name the folder that 'stridecheck analyze' wrote for a clip.", param_hint="DIR"
        )
    _serve(folder.resolve().parent, only=folder, port=port, browser=browser, debug=debug)


def _serve(
    root: Path,
    *,
    host: str = LOOPBACK,
    port: int | None = None,
    browser: bool,
    debug: bool,
    only: Path | None = None,
) -> None:
    from analyzer.app.serving import serve as serve_page
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr

    def ready(address: str) -> None:
        typer.echo(address)
        typer.echo("Open this address in a browser; Ctrl-C ends the page.", err=True)

    with own_stderr() as console:
        work = partial(serve_page, root, host=host, port=port, only=only, ready=ready, browser=browser)
        outcome = attempt(work, console, debug=debug)
    raise typer.Exit(outcome.status)
