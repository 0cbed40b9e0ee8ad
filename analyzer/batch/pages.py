"""The index of a batch and the page of a client."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader

from analyzer.assessment import TestVerdict, Verdict
from analyzer.batch.record import Status
from analyzer.batch.rows import Row
from analyzer.compare.history import History, history_of
from analyzer.errors import CompareError
from analyzer.overlay.palette import TEST_LOOKS, TEST_WORDS, WORDS
from analyzer.report.history_page import HistoryPage, page_of_history
from analyzer.report.page import activity_text
from analyzer.report.plan_page import day_text
from analyzer.report.render import environment
from analyzer.report.words import load_words

PAGE: Final = "index.html"
STAMP: Final = "stridecheck-made-of"


@dataclass(frozen=True)
class Result:
    """A verdict's symbol and word."""

    look: Verdict
    word: str


@dataclass(frozen=True)
class Entry:
    """A clip in the index.

    Attributes:
        row: what is known of it.
        result: how it came out.
        movement: what was done, and from where it was filmed.
        day: when, in words.
        said: its headline, or why there are no results.
        up: the way from the page to the index's folder.
    """

    row: Row
    result: Result
    movement: str
    day: str
    said: str
    up: str = ""

    @property
    def text(self) -> str:
        """What is searched."""
        row = self.row
        return " ".join(filter(None, (row.client, row.clip, row.cue, self.movement, self.result.word, self.said)))


@dataclass(frozen=True)
class IndexPage:
    """The index."""

    title: str
    headline: str
    counted: str
    entries: tuple[Entry, ...]
    results: tuple[str, ...]
    clients: tuple[str, ...]
    today: str


def render_index(rows: Sequence[Row], name: str, today: date) -> str:
    """The text of the index: one page that shows everything without scripts, and sorts and filters with them."""
    entries = tuple(_entry(row) for row in rows)
    clients = tuple(dict.fromkeys(row.client for row in rows))
    page = IndexPage(
        title=f"{name}: all clips",
        headline=f"{_count(len(rows), 'clip')} of {_count(len(clients), 'client')}",
        counted=_counted(rows),
        entries=entries,
        results=tuple(dict.fromkeys(entry.result.word for entry in entries)),
        clients=clients,
        today=day_text(today),
    )
    return _environment().get_template("index.html.j2").render(page=page)


def render_client(rows: Sequence[Row], out: Path, client: str, today: date, compared: str = "") -> str:
    """The text of a client's page: progress, and every clip with its result.

    Args:
        rows: of the client's clips.
        out: the folder of the index; the client's results lie in a folder of the client's name in it.
        client: name.
        today: reminders are counted from it.
        compared: name of the page that holds the client's cues against each other; empty where there is none.
    """
    entries = [replace(_entry(row), up="../") for row in rows]
    page = _history_page(out / client, client, today)
    return (
        _environment()
        .get_template("client.html.j2")
        .render(page=page, entries=entries, compared=compared, stamp=(STAMP, stamp_of(rows, today)))
    )


def stamp_of(rows: Sequence[Row], today: date) -> str:
    """What a client's page is made of, as a hash: while it is the same, the page need not be made again."""
    content = "\n".join([today.isoformat(), *(row.model_dump_json() for row in rows)])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def is_made_of(page: Path, stamp: str) -> bool:
    """Whether a client's page on disk is made of that."""
    try:
        with page.open(encoding="utf-8") as file:
            return f'name="{STAMP}" content="{stamp}"' in file.read(2000)
    except (OSError, UnicodeDecodeError):
        return False


@lru_cache(maxsize=1)
def _environment() -> Environment:
    shared = environment()
    return shared.overlay(loader=ChoiceLoader([PackageLoader("analyzer.batch"), PackageLoader("analyzer.report")]))


def _history_page(folder: Path, client: str, today: date) -> HistoryPage:
    try:
        history = history_of(folder, today)
    except CompareError:  # no clip of theirs could be analysed
        history = History(today=today, person=client, chapters=(), reminder=None, skipped=())
        empty = page_of_history(history)
        return replace(empty, title=f"{client}: progress", headline="No clip could be analysed yet.")
    return page_of_history(history)


def _entry(row: Row) -> Entry:
    analysed = row.status is Status.ANALYSED
    movement = ""
    if row.activity is not None and row.view is not None:
        movement = f"{activity_text(row.activity)}, {load_words().views[row.view]}"
    return Entry(
        row=row,
        result=_result(row),
        movement=movement,
        day=day_text(row.day) if row.day is not None else "",
        said=row.headline if analysed else row.reason.removeprefix(f"{PurePosixPath(row.clip).name}: "),
    )


def _result(row: Row) -> Result:
    if row.status is not Status.ANALYSED:
        return Result(Verdict.NOT_MEASURED, row.status.value)
    for verdict in (TestVerdict.NOT_YET, TestVerdict.CANNOT_TELL, TestVerdict.PASS):
        if verdict in row.tests.values():
            return Result(TEST_LOOKS[verdict], TEST_WORDS[verdict])
    return Result(row.verdict, WORDS[row.verdict])


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _counted(rows: Sequence[Row]) -> str:
    counts = [(sum(row.status is status for row in rows), status.value) for status in Status]
    return ", ".join(f"{number} {word}" for number, word in counts if number)
