"""What the index says of each clip, and the tables for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import Field, ValidationError

from analyzer import __version__
from analyzer.assessment import Assessment, TestVerdict, Verdict
from analyzer.batch.config import Said
from analyzer.batch.record import Record, Status
from analyzer.compare.history import dated_by
from analyzer.folder import ASSESSMENT, REPORT
from analyzer.motion.types import Activity, View
from analyzer.overlay.palette import overall
from analyzer.schema import Model, Number

_FIXED: Final = (
    "client", "clip", "status", "day", "activity", "view", "verdict", "headline", "quality", "cue", "pain", "shoes",
    "reason", "report",
)  # fmt: skip
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Reading(Model):
    """One measured number."""

    metric: str
    side: str
    value: Number
    uncertainty: Number | None
    unit: str
    verdict: Verdict


class Row(Model):
    """One clip.

    Attributes:
        client: whose it is.
        clip: its place below the folder.
        status: what became of it.
        here: whether it is still in the folder.
        reason: why there are no results.
        folder: its results, from the index, with slashes; empty where there are none.
        thumbnail: a small picture to know it by, JPEG in base 64; empty where there is none.
        verdict: for the whole clip.
    """

    client: str
    clip: str
    status: Status
    here: bool = True
    reason: str = ""
    folder: str = ""
    thumbnail: str = Field(default="", exclude=True)
    day: date | None = None
    activity: Activity | None = None
    view: View | None = None
    verdict: Verdict = Verdict.NOT_MEASURED
    headline: str = ""
    quality: str = ""
    tests: Mapping[str, TestVerdict] = {}
    readings: tuple[Reading, ...] = ()
    cue: str | None = None
    pain: Number | None = None
    shoes: str | None = None

    @property
    def report(self) -> str:
        """Where the report is, from the index; empty where there is none."""
        return f"{self.folder}/{REPORT}" if self.folder else ""

    @property
    def name(self) -> str:
        """The clip's place below its client's folder."""
        parts = PurePosixPath(self.clip).parts
        return PurePosixPath(*parts[1:]).as_posix() if len(parts) > 1 and parts[0] == self.client else self.clip


class Summary(Model):
    """The content of ``summary.json``."""

    schema_version: int = 1
    stridecheck_version: str = __version__
    counts: Mapping[Status, int]
    clips: tuple[Row, ...]

    def to_json(self) -> str:
        """The file's text."""
        return self.model_dump_json(indent=2) + "\n"


def rows_of(records: Mapping[Path, Record], out: Path, said: Mapping[str, Said], here: frozenset[str]) -> list[Row]:
    """A row for each clip, by client and place.

    Args:
        records: what became of the clips, by result folder.
        out: the folder that the index lies in.
        said: what is said of each clip, by its place.
        here: places of the clips that are in the folder now.
    """
    rows = [_row(record, folder, out, said.get(record.clip, Said())) for folder, record in records.items()]
    rows = [row if row.clip in here else row.model_copy(update={"here": False}) for row in rows]
    return sorted(rows, key=lambda row: (row.client.casefold(), row.client, row.clip.casefold()))


def summary_of(rows: Sequence[Row]) -> Summary:
    """All rows with their counts."""
    return Summary(counts={status: sum(row.status is status for row in rows) for status in Status}, clips=tuple(rows))


def summary_csv(rows: Sequence[Row]) -> str:
    """A line for each clip; after the fixed columns a number for each metric and side that was read anywhere."""
    numbers = dict.fromkeys(_column(reading) for row in rows for reading in row.readings)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*_FIXED, *numbers])
    for row in rows:
        values = {_column(reading): f"{reading.value:.4f}" for reading in row.readings}
        plain = {name: _text(getattr(row, name)) for name in _FIXED}
        writer.writerow([*plain.values(), *(values.get(name, "") for name in numbers)])
    return file.getvalue()


def _row(record: Record, folder: Path, out: Path, said: Said) -> Row:
    row = Row(
        client=record.client,
        clip=record.clip,
        status=record.status,
        reason=record.reason,
        cue=said.cue,
        pain=said.pain,
        shoes=said.shoes,
    )
    if record.status is not Status.ANALYSED:
        return row
    try:
        assessment = Assessment.model_validate_json((folder / ASSESSMENT).read_bytes())
    except (OSError, ValidationError):
        reason = "Its results are damaged, or of another version; analyse it again with --force."
        return row.model_copy(update={"status": Status.FAILED, "reason": reason})
    return row.model_copy(
        update={
            "folder": folder.relative_to(out).as_posix(),
            "thumbnail": record.thumbnail,
            "day": dated_by(assessment, folder)[0],
            "activity": assessment.activity,
            "view": assessment.camera.view,
            "verdict": overall(assessment),
            "headline": assessment.headline,
            "quality": assessment.quality.grade,
            "tests": {test.name: test.verdict for test in assessment.tests},
            "readings": tuple(_readings(assessment)),
        }
    )


def _readings(assessment: Assessment) -> Iterable[Reading]:
    for each in assessment.measurements:
        if each.value is not None:
            yield Reading(
                metric=each.metric,
                side=each.side.value,
                value=each.value,
                uncertainty=each.uncertainty,
                unit=each.unit,
                verdict=each.verdict,
            )


def _column(reading: Reading) -> str:
    side = "" if reading.side == "both" else f"_{reading.side}"
    return f"{reading.metric}{side}_{reading.unit.replace('/', '_per_')}"


def _text(value: object) -> str:
    """Plain text for a cell; what a spreadsheet would take for a formula is kept from it."""
    text = "" if value is None else str(getattr(value, "value", value))
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
