"""One clip of a batch: analysed, scored again, refused or failed, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.batch import work
from analyzer.batch.jobs import Job, find_clips, plan_work
from analyzer.batch.outcome import FAULT
from analyzer.batch.record import Status, read_record
from analyzer.batch.thumbnail import thumbnail
from analyzer.batch.work import perform
from analyzer.errors import ClipError, ModelError, NothingMeasured, OutputError, StridecheckError, SubjectError
from analyzer.folder import ASSESSMENT, JOB
from analyzer.numbers import write_numbers
from analyzer.options import Options
from analyzer.scoring import score
from analyzer.video.probe import probe
from tests.batch.folders import TODAY, put, wishes
from tests.test_rescoring import basis
from tests.video.drawn import make_clip


def job_in(root: Path, **more: object) -> Job:
    wanted = wishes(root, **more)
    (job,) = plan_work(wanted, find_clips(wanted)).todo
    return job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    put(tmp_path, "anna/a.mp4")
    return job_in(tmp_path)


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for the look at the pictures and for drawing; returns what was asked for."""
    asked: list[str] = []

    def analyze(path, options, progress):
        asked.append("analyze")
        return score(replace(basis(), options=options, calendar=None))

    def write_results(assessment, folder, *, overlay, job, progress, drawing):
        folder.mkdir(parents=True, exist_ok=True)
        write_numbers(assessment, {}, b"", folder)
        (folder / JOB).write_text(job, encoding="utf-8")

    monkeypatch.setattr(work, "analyze", analyze)
    monkeypatch.setattr(work, "write_results", write_results)
    monkeypatch.setattr("analyzer.numbers.render_report", lambda *_: "report")
    return asked


def test_a_file_that_is_no_clip_is_refused_and_the_reason_kept(job):
    done = perform(job)

    assert done.record.status is Status.REFUSED
    assert "a.mp4 is a text file, not a video" in done.record.reason
    assert read_record(job.folder) == done.record
    assert [path.name for path in job.folder.iterdir()] == [JOB]
    assert not perform(job).fresh


@pytest.mark.parametrize("error", [ClipError("x."), SubjectError("x."), NothingMeasured("x.")])
def test_what_is_wrong_with_the_clip_is_kept(job, monkeypatch, error):
    monkeypatch.setattr(work, "analyze", lambda *_: throw(error))

    done = perform(job)

    assert (done.record.status, done.record.reason, done.stops) == (Status.REFUSED, "x.", False)
    assert done.record.exit_status == error.exit_status
    assert read_record(job.folder) is not None


@pytest.mark.parametrize(
    ("error", "told", "status", "stops"),
    [
        (OutputError("the disk is full."), "the disk is full.", 2, False),
        (ModelError("no model."), "no model.", 2, True),
        (ZeroDivisionError("by zero"), "Stridecheck itself failed (ZeroDivisionError: by zero)", FAULT, False),
    ],
)
def test_what_may_go_better_next_time_is_not_kept(job, monkeypatch, error, told, status, stops):
    monkeypatch.setattr(work, "analyze", lambda *_: throw(error))

    done = perform(job)

    assert told in done.record.reason
    assert (done.record.status, done.record.exit_status, done.stops) == (Status.FAILED, status, stops)
    assert not job.folder.exists()


def test_a_folder_of_somebody_elses_is_not_replaced(job, monkeypatch):
    put(job.folder, "diary.txt")
    monkeypatch.setattr(work, "analyze", lambda *_: throw(ClipError("x.")))

    assert "diary.txt" in perform(job).record.reason
    assert (job.folder / "diary.txt").exists()


def test_an_analysis_is_kept_with_its_record_and_its_plan_begins_today(job, analysed):
    done = perform(job)

    assert (done.record.status, done.record.exit_status) == (Status.ANALYSED, 0)
    assert read_record(job.folder) == done.record
    assert f'"start": "{TODAY.isoformat()}"' in (job.folder / ASSESSMENT).read_text("utf-8")
    assert not perform(job).fresh
    assert analysed == ["analyze"]


def test_other_words_are_scored_from_the_saved_track(job, analysed, tmp_path):
    perform(job)
    taller = job_in(tmp_path, options=Options(height_cm=190.0))

    done = perform(taller)

    assert done.fresh
    assert analysed == ["analyze"]
    assert '"height_cm": 190.0' in (job.folder / ASSESSMENT).read_text("utf-8")
    assert read_record(job.folder) == done.record


@pytest.mark.parametrize("more", [{"options": Options(model="lite")}, {"force": True}])
def test_another_look_is_taken_where_it_would_see_something_else(job, analysed, tmp_path, more):
    perform(job)
    perform(job_in(tmp_path, **more))

    assert analysed == ["analyze", "analyze"]


def test_a_thumbnail_is_a_small_square_of_the_person(tmp_path):
    clip = probe(make_clip(tmp_path / "a.mp4", count=30))
    seen = basis()
    track = replace(seen.track.part(slice(0, 20)), size_px=(clip.width, clip.height))
    picture = thumbnail(replace(seen, clip=clip, track=track))

    assert picture.startswith("/9j/")
    assert thumbnail(replace(seen, clip=clip, track=track.part(slice(0, 0)))) == ""


def throw(error: Exception) -> StridecheckError:
    raise error
