"""A batch whose clips are refused after a while, as a program of its own: ``python -m tests.batch.killable FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done
from analyzer.batch.pool import local_crew
from analyzer.batch.session import run_batch
from analyzer.errors import ClipError
from analyzer.folder import JOB, written_whole
from analyzer.progress import Progress
from tests.batch.folders import refuse, wishes

SLOW_BYTES = 3_000_000


def refuse_slowly(job: Job, progress: Progress) -> Done:
    """Writes much before it refuses, so that it can be killed half-way; says in a file whom it has begun with."""
    with (job.source.path.parents[1] / "begun.txt").open("a", encoding="utf-8") as begun:
        begun.write(f"{job.source.place.as_posix()}\n")
    try:
        with written_whole(job.folder) as part:
            (part / JOB).write_bytes(b"." * SLOW_BYTES)
            raise ClipError("it is not a video.")
    except ClipError:
        return refuse(job, progress)


def main(root: Path) -> None:
    run_batch(wishes(root), local_crew(1, refuse_slowly), Console(file=sys.stderr))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
