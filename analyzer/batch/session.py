"""A batch from beginning to end: look, analyse what is new, write the index."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from filelock import FileLock, Timeout
from rich.console import Console

from analyzer.batch.jobs import Job, Wishes, find_clips, plan_work
from analyzer.batch.outcome import Done
from analyzer.batch.pages import PAGE
from analyzer.batch.pool import Told
from analyzer.batch.publish import publish
from analyzer.batch.record import Status
from analyzer.batch.rows import Row
from analyzer.batch.show import board
from analyzer.console import stages
from analyzer.errors import BatchError, OutputError
from analyzer.privacy import make_folders

Crew: TypeAlias = Callable[[Sequence[Job], Told], Iterator[Done]]
"""Whoever does the jobs: processes on this machine, or a cluster."""

LOCK: Final = ".stridecheck-batch.lock"
_LEFT_OVER: Final = re.compile(r"\..+\.[0-9a-f]{8}\.(part|old)")


@dataclass(frozen=True)
class Outcome:
    """What a batch came to.

    Attributes:
        rows: everything in the index.
        fresh: how many clips were dealt with this time.
        exit_status: the gravest of all clips.
        index: where the page is.
    """

    rows: tuple[Row, ...]
    fresh: int
    exit_status: int
    index: Path

    def lines(self) -> list[str]:
        """A few plain lines for the terminal."""
        counts = [(sum(row.status is status for row in self.rows), status.value) for status in Status]
        told = ", ".join(f"{number} {word}" for number, word in counts if number) or "no clips"
        return [f"{told}; {self.fresh} of them new.", f"  Index: {self.index}"]


def run_batch(wishes: Wishes, crew: Crew, console: Console) -> Outcome:
    """Analyse what is new in a folder and write the index; what is finished stays, whatever happens.

    Raises:
        BatchError: the folder cannot be walked, or another batch is at work on the same results.
        OutputError: the index cannot be written.
    """
    sources = find_clips(wishes)
    with alone(wishes.out):
        clear_left_overs(wishes.out)
        work = plan_work(wishes, sources)
        records = {**work.gone, **work.done}
        fresh = 0
        try:
            with board(console, len(work.todo)) as shown, closing(_each(crew, work.todo, shown.told)) as outcomes:
                for done in outcomes:
                    shown.finished(done)
                    records[done.job.folder] = done.record
                    fresh += done.fresh
                    if done.stops:
                        break
        finally:
            clear_left_overs(wishes.out)
        with stages(console, wishes.root.name or str(wishes.root)) as progress:
            rows = publish(records, wishes.out, wishes.root.resolve().name, work.said, wishes.today, progress)
    status = max((record.exit_status for record in records.values()), default=0)
    return Outcome(tuple(rows), fresh, status, wishes.out / PAGE)


def _each(crew: Crew, jobs: Sequence[Job], told: Told) -> Generator[Done, None, None]:
    if jobs:
        yield from crew(jobs, told)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep any other batch off the same results meanwhile.

    Raises:
        BatchError: one is at work already.
        OutputError: the folder cannot be made or written to.
    """
    try:
        make_folders(out)
        lock = FileLock(out / LOCK, timeout=0)
        with lock:
            try:
                yield
            finally:
                with suppress(OSError):  # Windows does not let go of a file that is open
                    (out / LOCK).unlink(missing_ok=True)
    except Timeout:
        raise BatchError(f"Another batch is at work on {out}; wait for it, or give another --out.") from None
    except PermissionError as error:
        raise OutputError(f"{out} may not be written to ({error.strerror}); choose another folder.") from error


def clear_left_overs(out: Path) -> None:
    """Remove what a killed run has left half-written."""
    for path in sorted(out.rglob(".*")):
        if not _LEFT_OVER.fullmatch(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
