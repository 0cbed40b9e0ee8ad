"""Folders of clips to try a batch on, without a look at any picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from analyzer.batch import outcome
from analyzer.batch.jobs import Job, Wishes
from analyzer.batch.outcome import Done, failed
from analyzer.errors import ClipError
from analyzer.options import Options
from analyzer.progress import Progress, silent

TODAY = date(2026, 3, 4)


def put(root: Path, *places: str) -> None:
    """Files of different content."""
    for place in places:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place, encoding="utf-8")


def wishes(root: Path, **more: object) -> Wishes:
    made = Wishes(root, root / "results", Options(), TODAY)
    return replace(made, **more)  # type: ignore[arg-type]


def refuse(job: Job, progress: Progress = silent) -> Done:
    """Stands in for the analysis: every clip is refused, and the refusal is kept as ever."""
    return outcome.refuse(job, ClipError(f"{job.source.path.name} is not a video."))


def fail(job: Job, progress: Progress = silent) -> Done:
    return failed(job, "the disk is full.", 2)
