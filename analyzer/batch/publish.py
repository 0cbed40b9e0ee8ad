"""Writing what a batch comes to: the index, the tables, and a page for each client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Final

from analyzer.assessment import Assessment
from analyzer.batch.config import Said
from analyzer.batch.pages import PAGE, is_made_of, render_client, render_index, stamp_of
from analyzer.batch.record import Record, Status
from analyzer.batch.rows import Row, rows_of, summary_csv, summary_of
from analyzer.compare.labels import role_of
from analyzer.compare.trial import compare_clips
from analyzer.compare.types import Labelled, Role
from analyzer.comparing import DATA, write_texts
from analyzer.comparing import PAGE as COMPARE_PAGE
from analyzer.errors import CompareError
from analyzer.folder import ASSESSMENT
from analyzer.progress import Progress, silent
from analyzer.report.compare_page import render_comparison

JSON, CSV = "summary.json", "summary.csv"
STAGE: Final = "Writing the index"


def publish(
    records: Mapping[Path, Record],
    out: Path,
    name: str,
    said: Mapping[str, Said],
    today: date,
    progress: Progress = silent,
) -> list[Row]:
    """Write the index and the clients' pages that have changed; returns what stands in the index.

    Args:
        records: what became of the clips, by result folder.
        out: the folder for the index.
        name: of the folder of clips.
        said: what ``batch.toml`` says of each clip that is there, by its place.
        today: reminders are counted from it.
        progress: is told how far it is.

    Raises:
        OutputError: the pages cannot be written.
    """
    rows = rows_of(records, out, said, frozenset(said))
    clients = [(client, list(theirs)) for client, theirs in groupby(rows, key=lambda row: row.client)]
    for done, (client, theirs) in enumerate(clients):
        progress(STAGE, done / len(clients))
        if not is_made_of(out / client / PAGE, stamp_of(theirs, today)):
            _write_client(client, theirs, out, today)
    texts = {JSON: summary_of(rows).to_json(), CSV: summary_csv(rows), PAGE: render_index(rows, name, today)}
    write_texts(out, texts)
    progress(STAGE, 1.0)
    return rows


def _write_client(client: str, rows: Sequence[Row], out: Path, today: date) -> None:
    texts = _trial(rows, out, today)
    page = render_client(rows, out, client, today, COMPARE_PAGE if texts else "")
    write_texts(out / client, {**texts, PAGE: page})
    if not texts:
        for old in (COMPARE_PAGE, DATA):
            with suppress(OSError):
                (out / client / old).unlink(missing_ok=True)


def _trial(rows: Sequence[Row], out: Path, today: date) -> dict[str, str]:
    """The newest set of clips with cues, held against its baseline; empty where there is none."""
    labelled = [row for row in rows if row.cue and row.status is Status.ANALYSED and row.day is not None]
    sets = [list(each) for _, each in groupby(labelled, key=lambda row: PurePosixPath(row.clip).parent)]
    sets = [each for each in sets if len(each) > 1 and any(_is_baseline(row) for row in each)]
    if not sets:
        return {}
    newest = max(sets, key=lambda each: max(row.day for row in each if row.day is not None))
    clips = [_labelled(row, out) for row in sorted(newest, key=lambda row: not _is_baseline(row))]
    try:
        comparison = compare_clips(clips, today)
    except CompareError:  # a cue stands twice, say: there is no telling which is meant
        return {}
    return {COMPARE_PAGE: render_comparison(comparison), DATA: comparison.to_json()}


def _is_baseline(row: Row) -> bool:
    return row.cue is not None and role_of(row.cue) is Role.BASELINE


def _labelled(row: Row, out: Path) -> Labelled:
    cue = row.cue or ""
    assessment = Assessment.model_validate_json((out / row.folder / ASSESSMENT).read_bytes())
    return Labelled(assessment, cue, role_of(cue), row.pain, row.shoes or "")
