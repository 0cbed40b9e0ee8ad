"""Scoring a result folder again, from its saved track: other limits, another height, other labels, and no pixels."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from analyzer.assessment import Assessment, read_assessment
from analyzer.basis import Basis, load_basis
from analyzer.errors import AssessmentError, OutputError, TrackError
from analyzer.folder import (
    ASSESSMENT,
    BASIS,
    CALENDAR,
    FRAMES,
    JOB,
    OVERLAY,
    PACE,
    PEOPLE,
    PLAN,
    TRACK,
    check_free,
    written_whole,
)
from analyzer.numbers import picture_name, write_numbers
from analyzer.options import Calendar, Details, Options
from analyzer.overlay.deciding import deciding
from analyzer.overlay.scaled import scale_pictures
from analyzer.pose.landmarks import Side
from analyzer.pose.track import load_track
from analyzer.progress import Progress, silent
from analyzer.scoring import score


@dataclass(frozen=True)
class Amendment(Details):
    """What is to be different; None leaves it as it was.

    Attributes:
        start: the plan's first day.
        days: of the week that are free for training, Monday 0.
        phase: the phase that a progression begins with.
    """

    start: date | None = None
    days: frozenset[int] | None = None
    phase: int | None = None

    def of(self, options: Options) -> Options:
        """The options with what is different."""
        return replace(options, **self._said(options))

    def calendar(self, was: Calendar | None) -> Calendar | None:
        """The calendar with what is different; None where there is no first day."""
        if was is None and self.start is None:
            return None
        was = was or Calendar(self.start or date.min)
        return replace(was, **self._said(was))

    def _said(self, of: Options | Calendar) -> dict[str, Any]:
        names = {field.name for field in fields(of)} & {field.name for field in fields(self)}
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Rescored:
    """What came of it.

    Attributes:
        assessment: the new one.
        before: the one that was there.
        left_out: how many pictures and videos show what no longer holds, and were left out.
    """

    assessment: Assessment
    before: Assessment
    left_out: int


def rescore(
    folder: Path, amendment: Amendment, *, redraw: bool = False, overlay: bool = True, progress: Progress = silent
) -> Rescored:
    """Score a result folder again and write it anew, whole or not at all.

    Pictures and the overlay video are kept where nothing that they show has changed, and left out elsewhere.

    Args:
        folder: as `write_results` wrote it.
        amendment: what is to be different.
        redraw: draw pictures again, for which the clip has to be there.
        overlay: if so, whether to draw the overlay as well.
        progress: is told how far drawing is.

    Raises:
        TrackError: the folder holds no results that can be scored again.
        OutputError: the folder holds something else too, or cannot be written.
        ClipError: it should be drawn again, and the clip is not there any more.
        NothingMeasured: nothing could be measured.
    """
    check_free(folder)
    before = _assessment_in(folder)
    basis = load_basis(folder / BASIS, load_track(folder / TRACK))
    assessment = scored_again(basis, amendment, before)
    if redraw:
        from analyzer.results import write_results  # all that draws and reads videos

        job = (folder / JOB).read_text("utf-8") if (folder / JOB).exists() else None
        write_results(assessment, folder, overlay=overlay, job=job, progress=progress, drawing=basis.drawing)
        return Rescored(assessment, before, 0)
    return Rescored(assessment, before, _write(assessment, before, folder))


def scored_again(basis: Basis, amendment: Amendment, before: Assessment) -> Assessment:
    """The assessment that follows now; where the file is and when it was analysed stays as it was."""
    options, calendar = amendment.of(basis.options), amendment.calendar(basis.calendar)
    made = score(replace(basis, options=options, calendar=calendar), before.clip)
    return made.model_copy(update={"created": before.created})


def _assessment_in(folder: Path) -> Assessment:
    file = folder / ASSESSMENT
    if not file.exists():
        raise TrackError(f"{folder} holds no {ASSESSMENT}; name a folder with results of stridecheck.")
    try:
        return read_assessment(file)
    except AssessmentError as error:
        raise TrackError(str(error)) from error


def _write(assessment: Assessment, before: Assessment, folder: Path) -> int:
    """Write all but what has to be drawn; returns how much was left out."""
    left_out = 0
    with written_whole(folder) as part:
        (part / FRAMES).mkdir()
        pictures: dict[tuple[str, Side], bytes] = {}
        unchanged = {(m.metric, m.side): m for m in before.measurements} if _alike(assessment, before) else {}
        for measurement in assessment.measurements:
            name = picture_name(measurement)
            if not (folder / FRAMES / name).exists():
                continue
            if unchanged.get((measurement.metric, measurement.side)) != measurement:
                left_out += 1
                continue
            pictures[measurement.metric, measurement.side] = _carried(folder / FRAMES / name, part / FRAMES / name)
        for name, shown in deciding(assessment):
            same = unchanged.get((shown.metric, shown.side)) == assessment.of(shown.metric, shown.side)
            if same and (folder / FRAMES / name).exists():
                _carried(folder / FRAMES / name, part / FRAMES / name)
        for name, _ in set(scale_pictures(assessment)) & set(scale_pictures(before)):
            if (folder / FRAMES / name).exists():
                _carried(folder / FRAMES / name, part / FRAMES / name)
        people = b""
        if (folder / FRAMES / PEOPLE).exists():
            people = _carried(folder / FRAMES / PEOPLE, part / FRAMES / PEOPLE)
        for name in (JOB, PLAN, CALENDAR) if assessment.plan == before.plan else (JOB,):
            if (folder / name).exists():
                _carried(folder / name, part / name)
        if (folder / OVERLAY).exists():
            left_out += _overlay(assessment, before, folder, part)
        write_numbers(assessment, pictures, people, part)
    return left_out


def _alike(a: Assessment, b: Assessment) -> bool:
    """Whether key frames of the same measurement look the same."""
    return (a.activity, a.camera.view, a.steps, a.reps) == (b.activity, b.camera.view, b.steps, b.reps)


def _overlay(assessment: Assessment, before: Assessment, folder: Path, part: Path) -> int:
    """Carry the overlay video over if nothing in it has changed; returns 1 if it was left out."""
    shown = (assessment.headline, assessment.measurements, assessment.tests)
    if not _alike(assessment, before) or shown != (before.headline, before.measurements, before.tests):
        return 1
    if (folder / PACE).exists():
        _carried(folder / PACE, part / PACE)
    target = part / OVERLAY
    try:
        target.hardlink_to(folder / OVERLAY)
    except OSError:  # not every disk has links
        _carried(folder / OVERLAY, target)
    return 0


def _carried(source: Path, target: Path) -> bytes:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise OutputError(f"{source} cannot be read ({error.strerror or error}); look at the folder.") from error
    target.write_bytes(content)
    return content
