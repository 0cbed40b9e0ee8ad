"""A batch from beginning to end; killed, it goes on where it was."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock
from rich.console import Console

from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done, failed
from analyzer.batch.session import LOCK, Outcome, clear_left_overs, run_batch
from analyzer.errors import BatchError
from tests.batch.folders import fail, put, refuse, wishes

ROOT = Path(__file__).parents[2]


def one_by_one(work: Callable[[Job], Done]) -> Callable[..., Iterator[Done]]:
    """A crew within this process."""

    def crew(jobs: Sequence[Job], told: Callable[[Job, str, float], None]) -> Iterator[Done]:
        for job in jobs:
            told(job, "Looking", 0.5)
            yield work(job)

    return crew


def batch(root: Path, work: Callable[[Job], Done] = refuse, **more: object) -> tuple[Outcome, str]:
    told = io.StringIO()
    return run_batch(wishes(root, **more), one_by_one(work), Console(file=told, width=200)), told.getvalue()


def files(folder: Path) -> dict[str, str]:
    """Everything in a folder, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_every_clip_is_accounted_for(tmp_path):
    put(tmp_path, "anna/a.mp4", "ben/b.mp4", "ben/c.mp4")

    outcome, told = batch(tmp_path)

    assert [row.clip for row in outcome.rows] == ["anna/a.mp4", "ben/b.mp4", "ben/c.mp4"]
    assert (outcome.fresh, outcome.exit_status) == (3, 2)
    assert "[3/3] ben/c.mp4: c.mp4 is not a video." in told
    assert outcome.lines()[0] == "3 refused; 3 of them new."
    page = outcome.index.read_text("utf-8")
    assert all(name in page for name in ("a.mp4", "b.mp4", "c.mp4", "is not a video."))
    assert "c.mp4 is not a video." in (tmp_path / "results" / "summary.csv").read_text("utf-8")
    assert {path.name for path in (tmp_path / "results").iterdir()} == {
        "anna", "ben", "index.html", "summary.csv", "summary.json",
    }  # fmt: skip


def test_a_second_run_has_nothing_to_do_and_changes_nothing(tmp_path):
    put(tmp_path, "anna/a.mp4")
    batch(tmp_path)
    before = files(tmp_path)

    outcome, _ = batch(tmp_path, work=lambda job: pytest.fail("it is done"))

    assert (outcome.fresh, outcome.exit_status) == (0, 2)
    assert files(tmp_path) == before


def test_what_failed_is_told_and_tried_again(tmp_path):
    put(tmp_path, "anna/a.mp4")
    outcome, _ = batch(tmp_path, work=fail)
    assert [(row.status.value, row.reason) for row in outcome.rows] == [("failed", "the disk is full.")]

    assert batch(tmp_path)[0].fresh == 1


def test_what_is_wrong_with_every_clip_ends_it(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")

    outcome, _ = batch(tmp_path, work=lambda job: failed(job, "no model.", 2, stops=True))

    assert len(outcome.rows) == 1


def test_the_clip_that_is_gone_stays_in_the_index(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")
    batch(tmp_path)
    (tmp_path / "anna" / "a.mp4").unlink()

    outcome, _ = batch(tmp_path)

    assert [(row.clip, row.here) for row in outcome.rows] == [("anna/a.mp4", False), ("anna/b.mp4", True)]
    assert "no longer in the folder" in outcome.index.read_text("utf-8")


def test_an_empty_folder_gets_an_empty_index(tmp_path):
    outcome, _ = batch(tmp_path)

    assert (outcome.rows, outcome.exit_status) == ((), 0)
    assert outcome.lines()[0] == "no clips; 0 of them new."


def test_two_batches_do_not_work_on_the_same_results(tmp_path):
    put(tmp_path, "anna/a.mp4")
    (tmp_path / "results").mkdir()

    with FileLock(tmp_path / "results" / LOCK), pytest.raises(BatchError, match="Another batch is at work"):
        batch(tmp_path)


def test_stopping_keeps_what_is_finished_and_leaves_nothing_else(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")

    def stop_at_b(job: Job) -> Done:
        if job.source.path.stem == "b":
            raise KeyboardInterrupt
        return refuse(job)

    with pytest.raises(KeyboardInterrupt):
        batch(tmp_path, work=stop_at_b)

    assert list(files(tmp_path / "results")) == ["anna/a/job.json"]


def test_only_what_a_killed_run_has_left_is_cleared(tmp_path):
    put(tmp_path, ".report.0123abcd.part/x", "a/.b.89abcdef.old/y", "a/.c.0123abcd.part", ".mine/z", "a/.b.mp4.part")

    clear_left_overs(tmp_path)

    assert sorted(files(tmp_path)) == [".mine/z", "a/.b.mp4.part"]


def start(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.batch.killable", str(root)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def begun(root: Path) -> list[str]:
    path = root / "begun.txt"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def finished(root: Path) -> set[str]:
    found = [path.read_text("utf-8", errors="replace") for path in root.glob("results/anna/*/job.json")]
    return {name[1] for text in found if (name := re.search(r'"clip": "([^"]+)"', text))}


def test_a_killed_batch_goes_on_and_ends_as_if_nothing_had_been(tmp_path):
    killed, undisturbed = tmp_path / "killed" / "clients", tmp_path / "undisturbed" / "clients"
    names = [f"anna/{number:02d}.mp4" for number in range(10)]
    for root in (killed, undisturbed):
        put(root, *names)
    for name in names:  # the index tells of nothing but content
        os.utime(killed / name, ns=(1, 1))
        os.utime(undisturbed / name, ns=(1, 1))

    process = start(killed)
    give_up_s = time.monotonic() + 60.0
    while len(begun(killed)) < 3 and process.poll() is None:
        assert time.monotonic() < give_up_s, "it does not begin"
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    process.kill()
    process.wait()
    done_before, begun_before = finished(killed), len(begun(killed))
    assert begun_before < len(names), "it was over before it could be killed"

    assert start(killed).wait(120) == 0
    assert not done_before & set(begun(killed)[begun_before:])
    assert sorted(set(begun(killed))) == names
    batch(undisturbed)
    assert files(killed / "results") == files(undisturbed / "results")
