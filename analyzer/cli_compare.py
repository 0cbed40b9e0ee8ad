"""``stridecheck compare`` and ``stridecheck history``.

Only what ``--help`` needs is imported at the top; the rest comes when a command runs.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from analyzer.cli_options import Pdf

if TYPE_CHECKING:
    from analyzer.compare.history import History
    from analyzer.compare.types import Comparison
    from analyzer.comparing import Wishes

OUT: Final = Path("stridecheck-results") / "comparison"
MOST_PAIN: Final = 10.0


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("compare")(compare)
    app.command("history")(history)


def compare(
    baseline: Annotated[
        Path, typer.Argument(help="The first clip, its result folder or its assessment.json; or a trial .toml.")
    ],
    others: Annotated[list[Path] | None, typer.Argument(metavar="CUE...", help="The clips to hold against it.")] = None,
    cue: Annotated[
        list[str] | None, typer.Option(metavar="LABEL=FILE", help="A clip with its label, such as hips=glutes.mp4.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option(help="Label of each CUE in turn: hips, feet, after, last, or your own.")
    ] = None,
    pain: Annotated[
        list[str] | None, typer.Option(metavar="LABEL=0-10", help="Pain during a clip, such as baseline=5.")
    ] = None,
    shoes: Annotated[
        list[str] | None, typer.Option(metavar="LABEL=WORDS", help="Shoes in a clip, such as hips=old.")
    ] = None,
    distance_km: Annotated[float | None, typer.Option(min=0.1, help="The runner's own distance.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the page, and for results of clips.")] = OUT,
    height_cm: Annotated[float | None, typer.Option(min=80.0, max=250.0, help="Standing height, in shoes.")] = None,
    speed_mps: Annotated[float | None, typer.Option(min=0.5, max=13.0, help="Running speed in all clips.")] = None,
    model: Annotated[str, typer.Option(help="Pose model for clips: lite, full, heavy, or a .task file.")] = "full",
    pdf: Pdf = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison on standard output, as JSON.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Hold clips of one person against the first: hips or feet, before and after, first and last kilometre."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr, stages
    from analyzer.pose.quiet import engine_quiet
    from analyzer.printing import print_beside

    given = list(others or [])
    labels = list(label or [])
    if len(labels) > len(given):
        raise typer.BadParameter("there are more labels than clips to go with them.", param_hint="--label")
    labels += [""] * (len(given) - len(labels))
    for name, file in (_split(text, "--cue") for text in cue or []):
        given.append(Path(file))
        labels.append(name)
    pains = {name: _pain(text) for name, text in (_split(each, "--pain") for each in pain or [])}
    worn = dict(_split(each, "--shoes") for each in shoes or [])

    def wishes() -> Wishes:
        from analyzer.comparing import Wishes
        from analyzer.pipeline import Options

        return Wishes(
            places=(baseline, *given),
            labels=tuple(labels),
            pain=pains,
            shoes=worn,
            distance_km=distance_km,
            out=out,
            options=Options(height_cm=height_cm, speed_mps=speed_mps, model=model),
            today=date.today(),
        )

    def work() -> tuple[Comparison, Path]:
        with stages(console, "compare") as progress, engine_quiet():
            from analyzer.comparing import compare_places

            return compare_places(wishes(), progress)

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
        if pdf and outcome.value is not None:
            print_beside(outcome.value[1], console)
    if outcome.value is not None:
        from analyzer.compare.summary import comparison_summary

        comparison, page = outcome.value
        text = comparison.to_json().rstrip("\n") if as_json else "\n".join(comparison_summary(comparison, page))
        typer.echo(text)
    raise typer.Exit(outcome.status)


def history(
    folder: Annotated[Path, typer.Argument(metavar="CLIENT_DIR", help="Folder with a client's result folders.")],
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Count reminders from this day.")
    ] = None,
    pdf: Pdf = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the history on standard output, as JSON.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Write a client's progress page: each number over time, what really changed, and when to film again."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr
    from analyzer.printing import print_beside

    def work() -> tuple[History, Path]:
        from analyzer.comparing import show_history

        return show_history(folder, today.date() if today is not None else date.today())

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
        if pdf and outcome.value is not None:
            print_beside(outcome.value[1], console)
    if outcome.value is not None:
        from analyzer.report.history_page import history_summary

        found, page = outcome.value
        typer.echo(found.to_json().rstrip("\n") if as_json else "\n".join(history_summary(found, page)))
    raise typer.Exit(outcome.status)


def _split(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise typer.BadParameter(f"{text} has no label before and no value after an equals sign.", param_hint=option)
    return name, value


def _pain(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= MOST_PAIN:
        raise typer.BadParameter(f"{text} is no number from 0 to 10.", param_hint="--pain")
    return value
