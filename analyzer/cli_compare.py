"""``stridecheck compare`` and ``stridecheck history``.

Only what ``--help`` needs is imported at the top; the rest comes when a command runs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import typer

from analyzer.cli_options import Debug, HeightCm, ModelName, Pdf, SpeedMps

if TYPE_CHECKING:
    from analyzer.compare.history import History
    from analyzer.compare.types import Comparison
    from analyzer.comparing import Wishes

OUT: Final = Path("stridecheck-results") / "comparison"
MOST_PAIN: Final = 10.0

Baseline: TypeAlias = Annotated[
    Path, typer.Argument(help="The first clip, its result folder or its assessment.json; or a trial .toml.")
]
Others: TypeAlias = Annotated[list[Path] | None, typer.Argument(metavar="CUE...", help="The clips to hold against it.")]
Cues: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="LABEL=FILE", help="A clip with its label, such as hips=glutes.mp4.")
]
Labels: TypeAlias = Annotated[
    list[str] | None, typer.Option(help="Label of each CUE in turn: hips, feet, after, last, or your own.")
]
Pains: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="LABEL=0-10", help="Pain during a clip, such as baseline=5.")
]
Shoes: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="LABEL=WORDS", help="Shoes in a clip, such as hips=old.")
]
DistanceKm: TypeAlias = Annotated[float | None, typer.Option(min=0.1, help="The runner's own distance.")]
Out: TypeAlias = Annotated[Path, typer.Option(help="Folder for the page, and for results of clips.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("compare")(compare)
    app.command("history")(history)


def compare(
    baseline: Baseline,
    others: Others = None,
    cue: Cues = None,
    label: Labels = None,
    pain: Pains = None,
    shoes: Shoes = None,
    distance_km: DistanceKm = None,
    out: Out = OUT,
    height_cm: HeightCm = None,
    speed_mps: SpeedMps = None,
    model: ModelName = "full",
    pdf: Pdf = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison on standard output, as JSON.")] = False,
    debug: Debug = False,
) -> None:
    """Hold clips of one person against the first: hips or feet, before and after, first and last kilometre."""
    given, labels = _labelled(others or [], label or [], cue or [])
    wanted = partial(
        _wishes,
        places=(baseline, *given),
        labels=labels,
        pain={name: _pain(text) for name, text in (_split(each, "--pain") for each in pain or [])},
        shoes=dict(_split(each, "--shoes") for each in shoes or []),
        distance_km=distance_km,
        out=out,
        height_cm=height_cm,
        speed_mps=speed_mps,
        model=model,
    )
    raise typer.Exit(_compare(wanted, pdf=pdf, as_json=as_json, debug=debug))


def _labelled(others: list[Path], labels: list[str], cues: list[str]) -> tuple[list[Path], tuple[str, ...]]:
    """The clips to hold against the first, each with its label or an empty one."""
    if len(labels) > len(others):
        raise typer.BadParameter("there are more labels than clips to go with them.", param_hint="--label")
    named = [_split(text, "--cue") for text in cues]
    unnamed = [""] * (len(others) - len(labels))
    return [*others, *(Path(file) for _, file in named)], (*labels, *unnamed, *(name for name, _ in named))


def _wishes(*, height_cm: float | None, speed_mps: float | None, model: str, **others: Any) -> Wishes:
    from analyzer.comparing import Wishes
    from analyzer.pipeline import Options

    options = Options(height_cm=height_cm, speed_mps=speed_mps, model=model)
    return Wishes(options=options, today=date.today(), **others)


def _compare(wanted: Callable[[], Wishes], *, pdf: bool, as_json: bool, debug: bool) -> int:
    """Compare and print what came of it; returns the exit status."""
    from analyzer.boundary import attempt
    from analyzer.console import own_stderr, stages
    from analyzer.pose.quiet import engine_quiet
    from analyzer.printing import print_beside

    def work() -> tuple[Comparison, Path]:
        with stages(console, "compare") as progress, engine_quiet():
            from analyzer.comparing import compare_places

            return compare_places(wanted(), progress)

    with own_stderr() as console:
        outcome = attempt(work, console, debug=debug)
        if pdf and outcome.value is not None:
            print_beside(outcome.value[1], console)
    if outcome.value is not None:
        from analyzer.compare.summary import comparison_summary

        comparison, page = outcome.value
        text = comparison.to_json().rstrip("\n") if as_json else "\n".join(comparison_summary(comparison, page))
        typer.echo(text)
    return outcome.status


def history(
    folder: Annotated[Path, typer.Argument(metavar="CLIENT_DIR", help="Folder with a client's result folders.")],
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Count reminders from this day.")
    ] = None,
    pdf: Pdf = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the history on standard output, as JSON.")] = False,
    debug: Debug = False,
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
