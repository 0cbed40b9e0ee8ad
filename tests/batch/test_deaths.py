"""A process lost to a codec's fault or to want of memory costs its clip, which gets a sentence; the rest go on."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.console import Console

from analyzer.batch.pool import LOST, local_crew
from analyzer.batch.session import run_batch
from analyzer.boundary import NO_MEMORY, attempt, explained
from tests.batch.folders import put, wishes

NAMES = ("SIGSEGV", "good", "memory", "well")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither these signals nor this limit")
def test_a_lost_process_is_a_sentence_and_the_others_are_done(tmp_path: Path) -> None:
    from tests.batch.deadly import die_as_named

    put(tmp_path, *(f"anna/{name}.mp4" for name in NAMES))
    outcome = run_batch(wishes(tmp_path), local_crew(2, die_as_named), Console(file=io.StringIO()))

    reasons = {Path(row.clip).stem: row.reason for row in outcome.rows}
    assert sorted(reasons) == sorted(NAMES)
    assert {reasons[name] for name in NAMES if name.startswith("SIG")} == {LOST}
    assert reasons["memory"] == NO_MEMORY
    assert all("is not a video" in reasons[name] for name in ("good", "well"))
    page = outcome.index.read_text("utf-8")
    assert page.count(LOST[:40]) == 1
    left = [path.name for path in (tmp_path / "results").rglob(".*")]
    assert left == []


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        RuntimeError("std::bad_alloc"),
        OSError(12, "Cannot allocate memory"),
        ValueError("OpenCV(4.10) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 9 bytes"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_want_of_memory_is_nobody_s_fault(error: Exception) -> None:
    def fail() -> None:
        raise error

    told = io.StringIO()
    outcome = attempt(fail, Console(file=told, soft_wrap=True), about="clip.mp4")
    assert (outcome.status, told.getvalue()) == (2, f"clip.mp4: {NO_MEMORY}\n")


def test_other_faults_are_ours() -> None:
    sentence, status = explained(ValueError("first line\nsecond line"))
    assert status == 70
    assert "ValueError: first line)" in sentence
    assert "\n" not in sentence


def test_a_name_cannot_speak_to_the_terminal() -> None:
    def fail() -> None:
        raise MemoryError

    told = io.StringIO()
    attempt(fail, Console(file=told, soft_wrap=True), about="\x1b[2Jclip\n\u202e4pm.mp4")
    assert told.getvalue() == f"?[2Jclip??4pm.mp4: {NO_MEMORY}\n"
