"""One clip of a batch: analysed, scored again or refused, with a record of it, in whatever process this is."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from analyzer.assessment import Assessment
from analyzer.basis import load_basis
from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done, failed, refuse
from analyzer.batch.record import Record, Status, read_record
from analyzer.batch.thumbnail import thumbnail
from analyzer.boundary import explained
from analyzer.errors import (
    ClipError,
    ModelError,
    NothingMeasured,
    StridecheckError,
    SubjectError,
    SystemLibraryError,
    TrackError,
)
from analyzer.folder import BASIS, TRACK
from analyzer.options import Calendar
from analyzer.overlay.privacy import known_faces
from analyzer.pipeline import analyze, on_dates, score
from analyzer.pose.engine import naming_missing_libraries
from analyzer.pose.quiet import engine_quiet
from analyzer.pose.track import load_track
from analyzer.progress import Progress, silent
from analyzer.results import write_results

ABOUT_THE_CLIP: Final = (ClipError, SubjectError, NothingMeasured)
"""What will be wrong next time as well, unless the clip changes or something else is said of it."""

FOR_ALL: Final = (ModelError, SystemLibraryError)
"""What is wrong with every clip alike, so that there is no use in going on."""


def perform(job: Job, progress: Progress = silent) -> Done:
    """Do a job, unless that was done meanwhile; never raises for what is wrong with one clip."""
    known = read_record(job.folder)
    if known is not None and known.key == job.record.key and not job.again:
        return Done(job, known, fresh=False)
    try:
        with naming_missing_libraries(), engine_quiet():
            return Done(job, _results(job, known, progress))
    except ABOUT_THE_CLIP as error:
        return refuse(job, error)
    except StridecheckError as error:
        return failed(job, str(error), error.exit_status, stops=isinstance(error, FOR_ALL))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other clips have to go on
        return failed(job, *explained(error))


def _results(job: Job, known: Record | None, progress: Progress) -> Record:
    """Analyse the clip and write its results; where only words about it are new, its track is scored again."""
    assessment = _from_track(job, known) or analyze(job.source.path, job.options, progress)
    assessment = on_dates(assessment, Calendar(job.today))
    cover = known_faces(assessment) if job.drawing.blur_faces else None
    picture = thumbnail(assessment.basis, cover) if assessment.basis is not None else ""
    status = 0 if assessment.measured else NothingMeasured.exit_status
    record = job.record.model_copy(update={"exit_status": status, "thumbnail": picture})
    write_results(
        assessment, job.folder, overlay=job.overlay, job=record.to_json(), progress=progress, drawing=job.drawing
    )
    return record


def _from_track(job: Job, known: Record | None) -> Assessment | None:
    if known is None or known.seen_key != job.record.seen_key or known.status is not Status.ANALYSED or job.again:
        return None
    try:
        basis = load_basis(job.folder / BASIS, load_track(job.folder / TRACK))
    except TrackError:
        return None
    return score(replace(basis, options=job.options, calendar=None))
