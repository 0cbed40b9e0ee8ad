"""Jobs on this machine: a process for each clip at work, so that a crash in one costs nothing but that clip.

A pool of the standard library breaks as a whole when one of its processes dies, be it of a fault in a decoder or for
want of memory; this one starts another and tries the clip once more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, TypeAlias

from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done, Perform, failed
from analyzer.cores import usable_cores, use_cores

Told: TypeAlias = Callable[[Job, str, float], None]
"""Told the stage that a job is in, and the share of the stage that is done, 0 to 1."""

MOST_TRIES: Final = 2
JOBS_PER_PROCESS: Final = 40
"""After so many clips a process is replaced, so that whatever the libraries in it keep is given back."""

TELL_EVERY_S: Final = 0.2
PATIENCE_S: Final = 5.0
LOST: Final = (
    "The process that analysed it was lost twice, perhaps for want of memory; free some, or give --jobs 1, and try "
    "again."
)

_SPAWN: Final = multiprocessing.get_context("spawn")


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    line: Connection
    job: Job | None = None
    done: int = 0


@dataclass
class Pool:
    """Does jobs in processes of its own.

    Attributes:
        workers: how many clips at a time.
        cores_each: cores that each of them may keep busy.
        told: is told how far they are.
        work: what is done with a job.
    """

    workers: int
    cores_each: int
    told: Told
    work: Perform
    _crew: list[_Worker] = field(default_factory=list)

    def run(self, jobs: Sequence[Job]) -> Generator[Done, None, None]:
        """Each job's outcome, as they come; processes end when this does, however it does."""
        waiting = deque(jobs)
        tries: dict[Job, int] = {}
        try:
            while waiting or any(worker.job for worker in self._crew):
                self._hand_out(waiting)
                wait([worker.line for worker in self._crew], timeout=PATIENCE_S)
                for worker in list(self._crew):
                    yield from self._listen(worker, waiting, tries)
        finally:
            self._stop()

    def _hand_out(self, waiting: deque[Job]) -> None:
        for worker in list(self._crew):
            if worker.job is None and worker.done >= JOBS_PER_PROCESS:
                self._dismiss(worker)
        idle = [worker for worker in self._crew if worker.job is None]
        while waiting and (idle or len(self._crew) < self.workers):
            worker = idle.pop() if idle else self._start()
            worker.job = waiting.popleft()
            with suppress(OSError):  # if it has died meanwhile, that is noticed when it is listened to
                worker.line.send(worker.job)

    def _listen(self, worker: _Worker, waiting: deque[Job], tries: dict[Job, int]) -> Iterator[Done]:
        """What a worker has said; a job whose worker is lost is put back once."""
        try:
            while worker.line.poll():
                said = worker.line.recv()
                if isinstance(said, Done):
                    worker.job, worker.done = None, worker.done + 1
                    yield said
                elif worker.job is not None:
                    self.told(worker.job, *said)
        except (EOFError, OSError):
            job = worker.job
            self._dismiss(worker)
            if job is None:
                return
            tries[job] = tries.get(job, 0) + 1
            if tries[job] < MOST_TRIES:
                waiting.append(job)
            else:
                yield failed(job, LOST)

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self.work, self.cores_each), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._crew.append(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        self._crew.remove(worker)
        worker.line.close()
        worker.process.join(PATIENCE_S)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.process.close()

    def _stop(self) -> None:
        """End all processes at once; whatever they were at is lost."""
        for worker in self._crew:
            worker.process.terminate()
        for worker in list(self._crew):
            self._dismiss(worker)


def local_crew(wanted: int | None, work: Perform) -> Callable[[Sequence[Job], Told], Generator[Done, None, None]]:
    """Processes of this machine.

    Args:
        wanted: clips at a time, each on a core of its own; None: as many as there are cores, and where there are fewer
            clips than cores, several cores for each.
        work: what is done with a job.
    """

    def run(jobs: Sequence[Job], told: Told) -> Generator[Done, None, None]:
        workers = min(wanted or usable_cores(), len(jobs))
        cores_each = 1 if wanted is not None else max(1, usable_cores() // workers)
        return Pool(workers, cores_each, told, work).run(jobs)

    return run


def _serve(line: Connection, work: Perform, cores: int) -> None:
    """What a process does: jobs from the line, one after the other, until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use_cores(cores)
    with suppress(EOFError, OSError):
        while True:
            job = line.recv()
            line.send(work(job, _teller(line)))


def _end_with_parent() -> None:
    """Leave nothing running behind a killed parent."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _teller(line: Connection) -> Callable[[str, float], None]:
    lock = threading.Lock()
    told_at_s: dict[str, float] = {}

    def tell(stage: str, share: float) -> None:
        with lock:
            now_s = time.monotonic()
            if now_s - told_at_s.get(stage, float("-inf")) >= TELL_EVERY_S:
                told_at_s[stage] = now_s
                line.send((stage, share))

    return tell
