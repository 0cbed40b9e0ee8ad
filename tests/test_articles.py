"""docs/articles.md: every item of the articles is there, and every name in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.cli import app
from analyzer.criteria.tables import Criteria
from analyzer.exercises.tables import load_exercises
from analyzer.metrics.registry import all_metrics
from analyzer.program.tables import load_program

PAGE = Path(__file__).parents[1] / "docs" / "articles.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "---" not in line
]
ITEMS = {row[0]: row for row in ROWS if re.fullmatch(r"T\d+", row[0])}
PROGRAM = load_program()


def named(row: list[str]) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", row[-1]))


def test_every_item_has_one_row() -> None:
    assert list(ITEMS) == [f"T{number}" for number in range(1, 60)]
    assert {row[3] for row in ITEMS.values()} <= {"yes", "partly", "no", "not yet"}
    assert all(row[4] for row in ITEMS.values())


def test_every_name_exists() -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    measured = {each.name for each in all_metrics()} | set(load_exercises().quantity)
    known = measured | set(PROGRAM.exercise) | commands | set(Criteria.model_fields)
    assert {name for row in ROWS for name in named(row)} <= known


@pytest.mark.parametrize("row", [row for row in ITEMS.values() if row[3] == "yes"], ids=lambda row: row[0])
def test_what_is_done_names_where_or_says_it(row: list[str]) -> None:
    assert named(row) or len(row[4]) > 10


def test_every_exercise_of_the_programme_is_in_the_table() -> None:
    assert set(PROGRAM.exercise) <= {name for row in ROWS for name in named(row)}
