"""What the help of each command teaches by example."""

from __future__ import annotations

from typing import Final

import typer

EXAMPLES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "analyze": (
        ("stridecheck analyze clip.mp4 --height-cm 175", "A report in stridecheck-results/clip."),
        ("stridecheck analyze monday/*.mov --out Ana --name Ana", "Several clips, and a table of them at the end."),
        (
            "stridecheck analyze clip.mp4 --activity step-up --view front",
            "Where Stridecheck takes it for something else.",
        ),
        ("stridecheck analyze clip.mp4 --json --quiet | jq .headline", "For other programs."),
    ),
    "batch": (
        ("stridecheck batch Clients", "A folder with a folder for each client: only what is new is analysed."),
        ("stridecheck batch Clients --watch", "Wait for more clips, until Ctrl-C."),
    ),
    "compare": (
        ("stridecheck compare before.mp4 after.mp4", "What has really changed."),
        ("stridecheck compare easy.mp4 --cue hips=glutes.mp4 --cue feet=toes.mp4", "Which cue helps this runner."),
        ("stridecheck compare Ana/monday Ana/friday", "Results that are there already."),
    ),
    "criteria": (
        ("stridecheck criteria > criteria.md", "Every number with its limits and sources."),
        ("stridecheck criteria --criteria my.toml", "With limits of your own in place."),
    ),
    "export": (
        ("stridecheck export stridecheck-results/clip --to mot", "Joint angles for OpenSim."),
        ("stridecheck export stridecheck-results/clip --to events --parquet", "A row for each step, for pandas or R."),
        ("stridecheck export stridecheck-results/clip --to csv --out points.csv", "For a spreadsheet or R."),
    ),
    "forget": (
        ("stridecheck forget Ana --dry-run", "What there is about somebody."),
        ("stridecheck forget Ana", "Remove it all."),
    ),
    "history": (("stridecheck history Ana", "Every number over time, and when to film again."),),
    "intake": (
        ("stridecheck intake > ana.toml", "Fill it in, then:"),
        ("stridecheck analyze clip.mp4 --intake ana.toml", "A yes that calls for a professional comes first."),
    ),
    "ladder": (("stridecheck ladder Ana", "How far up the rungs somebody's clips lead."),),
    "rescore": (
        ("stridecheck rescore stridecheck-results/clip --height-cm 181", "The height was wrong."),
        ("stridecheck rescore Ana/monday Ana/friday --criteria my.toml", "Other limits."),
    ),
    "schema": (("stridecheck schema > assessment.schema.json", "The shape of assessment.json."),),
    "serve": (
        ("stridecheck serve", "The page opens in the browser; drop clips there."),
        ("stridecheck serve --out Clients --port 9000", "Results lie in Clients, a folder for each person."),
    ),
    "sidebyside": (("stridecheck sidebyside before after", "One video of two results, in step."),),
    "view": (("stridecheck view stridecheck-results/clip", "Step by frames, loop a repetition, jump to a contact."),),
}
"""By command: what to type, and what comes of it."""

_AS_IT_IS: Final = "\b\n"
"""Tells click not to wrap the lines that follow."""


def teach(app: typer.Typer) -> None:
    """Put the examples below each command's help."""
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback is not None else "")
        if name in EXAMPLES:
            command.epilog = _epilog(EXAMPLES[name])


def _epilog(examples: tuple[tuple[str, str], ...]) -> str:
    return _AS_IT_IS + "\n".join(["Examples:", *(f"  {typed}\n      {what}" for typed, what in examples)])
