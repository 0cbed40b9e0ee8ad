"""A client's dated clips in a row: each metric over time, and what has really changed since the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path, PurePath
from typing import Final

from pydantic import ValidationError

from analyzer.assessment import Assessment
from analyzer.compare.labels import role_of
from analyzer.compare.trial import pair_of
from analyzer.compare.types import Change, Labelled
from analyzer.errors import CompareError
from analyzer.measured import Limits
from analyzer.motion.types import Activity, View
from analyzer.planned import Kind
from analyzer.pose.landmarks import Side
from analyzer.schema import Model, Number

ASSESSMENT: Final = "assessment.json"
DEEPEST: Final = 3
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


class DateSource(str, Enum):
    """Where the day of a clip comes from."""

    CONTAINER = "the clip's own time of recording"
    NAME = "the name of the file or folder"
    ANALYSIS = "the day of the analysis"


@dataclass(frozen=True)
class Dated:
    """An assessment with its day, and where the day comes from."""

    day: date
    source: DateSource
    assessment: Assessment
    folder: Path


class Point(Model):
    """One value at one day; ``change`` is against the first of the series, None for the first itself."""

    day: date
    value: Number
    uncertainty: Number | None
    change: Change | None


class Series(Model):
    """One metric of one side over time."""

    metric: str
    title: str
    side: Side
    unit: str
    limits: Limits | None
    points: tuple[Point, ...]


class Row(Model):
    """One clip of the history."""

    day: date
    day_from: DateSource
    folder: str
    headline: str
    cautions: tuple[str, ...]


class Chapter(Model):
    """Clips of one movement from one side, oldest first."""

    activity: Activity
    view: View
    rows: tuple[Row, ...]
    series: tuple[Series, ...]


class Reminder(Model):
    """When to film again, by the newest plan: ``due`` is its next re-test."""

    due: date
    days_left: int
    note: str
    plan_from: date


class History(Model):
    """A client's progress; ``skipped`` names files that could not be read."""

    schema_version: int = 1
    today: date
    person: str | None
    chapters: tuple[Chapter, ...]
    reminder: Reminder | None
    skipped: tuple[str, ...]

    def to_json(self) -> str:
        """The text of ``progress.json``."""
        return self.model_dump_json(indent=2) + "\n"


def history_of(folder: Path, today: date) -> History:
    """The progress of a client from a folder with result folders.

    Raises:
        CompareError: the folder is none, or holds no results.
    """
    found, skipped = read_folder(folder)
    if not found:
        more = f" ({skipped[0]})" if skipped else ""
        raise CompareError(
            f"{folder} holds no results that can be read{more}; analyse clips with --out {folder} first."
        )
    found.sort(key=lambda each: (each.day, each.assessment.created))
    kinds = dict.fromkeys((each.assessment.activity, each.assessment.camera.view) for each in found)
    chapters = [
        _chapter([e for e in found if (e.assessment.activity, e.assessment.camera.view) == kind]) for kind in kinds
    ]
    return History(
        today=today,
        person=next((e.assessment.subject.name for e in reversed(found) if e.assessment.subject.name), None),
        chapters=tuple(chapters),
        reminder=_reminder(found, today),
        skipped=tuple(skipped),
    )


def read_folder(folder: Path) -> tuple[list[Dated], list[str]]:
    """Every assessment below a folder, and a sentence for each that cannot be read.

    Raises:
        CompareError: the folder is none.
    """
    if not folder.is_dir():
        raise CompareError(f"{folder} is no folder; name the folder that holds the client's results.")
    found, skipped = [], []
    paths = [path for depth in range(DEEPEST + 1) for path in folder.glob("*/" * depth + ASSESSMENT)]
    for path in sorted(path for path in paths if not path.parent.name.startswith(".")):
        try:
            assessment = Assessment.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError):
            skipped.append(f"{path.parent.name} holds an assessment of another version, or a damaged one")
            continue
        try:
            found.append(Dated(*dated_by(assessment, path.parent), assessment, path.parent))
        except ValueError:
            skipped.append(f"{path.parent.name} says nowhere when it was filmed or analysed")
    return found, skipped


def dated_by(assessment: Assessment, folder: Path) -> tuple[date, DateSource]:
    """The day of a clip: its own time of recording, else a date in its name or its folder's, else the analysis's.

    Raises:
        ValueError: there is none of them.
    """
    if assessment.clip.recorded is not None:
        return datetime.fromisoformat(assessment.clip.recorded).date(), DateSource.CONTAINER
    file = PurePath(assessment.clip.path.replace("\\", "/")).stem
    for name in (file, folder.name, folder.parent.name):
        for year, month, day in _DAY.findall(name):
            try:
                return date(int(year), int(month), int(day)), DateSource.NAME
            except ValueError:
                continue
    return datetime.fromisoformat(assessment.created.replace("Z", "+00:00")).date(), DateSource.ANALYSIS


def _chapter(found: Sequence[Dated]) -> Chapter:
    clips = [Labelled(each.assessment, each.folder.name, role_of(each.folder.name)) for each in found]
    pairs = [pair_of(clips[0], clip) for clip in clips[1:]]
    changes = [{}, *({(c.metric, c.side): c for c in pair.changes} for pair in pairs)]
    cautions = [(), *(tuple(caution.message for caution in pair.cautions) for pair in pairs)]
    rows = tuple(
        Row(day=e.day, day_from=e.source, folder=e.folder.name, headline=e.assessment.headline, cautions=said)
        for e, said in zip(found, cautions, strict=True)
    )
    activity, view = found[0].assessment.activity, found[0].assessment.camera.view
    return Chapter(activity=activity, view=view, rows=rows, series=tuple(_series(found, changes)))


def _series(found: Sequence[Dated], changes: Sequence[dict[tuple[str, Side], Change]]) -> Iterable[Series]:
    keys = dict.fromkeys((m.metric, m.side) for e in found for m in e.assessment.measurements if m.value is not None)
    for metric, side in keys:
        points, newest = [], None
        for each, known in zip(found, changes, strict=True):
            measured = next(
                (
                    m
                    for m in each.assessment.measurements
                    if (m.metric, m.side) == (metric, side) and m.value is not None
                ),
                None,
            )
            if measured is None or measured.value is None:
                continue
            newest = measured
            points.append(
                Point(
                    day=each.day,
                    value=measured.value,
                    uncertainty=measured.uncertainty,
                    change=known.get((metric, side)),
                )
            )
        if newest is not None:
            yield Series(
                metric=metric,
                title=newest.title,
                side=side,
                unit=newest.unit,
                limits=newest.limits,
                points=tuple(points),
            )


def _reminder(found: Sequence[Dated], today: date) -> Reminder | None:
    """The first re-test of the newest plan; it is late while no newer clip has brought a newer plan."""
    for each in reversed(found):
        retests = [session for session in each.assessment.plan.sessions if session.kind is Kind.RETEST]
        if retests and each.assessment.plan.start is not None:
            due = retests[0]
            return Reminder(
                due=due.day, days_left=(due.day - today).days, note=due.note, plan_from=each.assessment.plan.start
            )
    return None
