"""Sends the clips at the desk to a worker process, one after the other."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Final

from analyzer.app.desk import Desk
from analyzer.app.jobs import Job, State
from analyzer.app.worker import Line, read_line

WORKER: Final = (sys.executable, "-m", "analyzer.app.worker")
GRACE_S: Final = 10.0
"""How long a worker that is told to stop may take to clean up."""

CRASHED: Final = (
    "the analysis broke off without a word, perhaps for want of memory; try a shorter clip, or close other programs."
)


class Runner:
    """A thread that looks after one worker at a time, so that the page stays responsive.

    Args:
        desk: where the jobs are.
        command: of the worker; root and job file are added.
    """

    def __init__(self, desk: Desk, command: Sequence[str] = WORKER) -> None:
        self._desk = desk
        self._command = tuple(command)
        self._wake = threading.Event()
        self._stopping = False
        self._lock = threading.Lock()
        self._running: tuple[str, subprocess.Popen[str]] | None = None
        self._cancelled: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="stridecheck-runner", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def wake(self) -> None:
        """Look whether there is something to do."""
        self._wake.set()

    def stop(self) -> None:
        """Stop the worker, whose job waits for the next start, and end."""
        self._stopping = True
        self._wake.set()
        with self._lock:
            if self._running is not None:
                _stop(self._running[1])
        self._thread.join(timeout=2 * GRACE_S)

    def cancel(self, job: Job) -> None:
        """Take a job out of the queue, or stop it where it is being worked on."""
        with self._lock:
            if self._running is not None and self._running[0] == job.id:
                self._cancelled.add(job.id)
                _stop(self._running[1])
                return
        self._desk.end(job, State.CANCELLED)

    def _work(self) -> None:
        while not self._stopping:
            self._wake.clear()
            job = self._desk.next()
            if job is None:
                self._wake.wait()
                continue
            try:
                self._do(job)
            except OSError as error:
                why = f"no process could be started ({error.strerror or error}); close other programs and try again."
                self._desk.end(job, State.FAILED, f"{job.wish.file}: {why}")

    def _do(self, job: Job) -> None:
        with subprocess.Popen(
            [*self._command, str(self._desk.root), str(self._desk.path_of(job))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            errors="replace",
        ) as process:  # fmt: skip
            with self._lock:
                self._running = (job.id, process)
                if self._stopping:
                    _stop(process)
            last = self._listen(job, process)
        with self._lock:
            self._running = None
            cancelled = job.id in self._cancelled
            self._cancelled.discard(job.id)
        if last.done:
            self._desk.end(job, State.DONE)
        elif cancelled:
            self._desk.end(job, State.CANCELLED)
        elif not self._stopping:
            name = job.wish.file
            self._desk.end(job, State.FAILED, last.failed or f"{name}: {CRASHED}")

    def _listen(self, job: Job, process: subprocess.Popen[str]) -> Line:
        last = Line()
        assert process.stdout is not None
        for text in process.stdout:
            line = read_line(text)
            if line is None:
                continue
            if line.done or line.failed:
                last = line
            elif line.stage:
                self._desk.progressed(job, line.stage, line.share)
        return last


def _stop(process: subprocess.Popen[str]) -> None:
    """Let the worker know that it shall stop, and see to it that it does."""
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    threading.Thread(target=_insist, args=(process,), daemon=True).start()


def _insist(process: subprocess.Popen[str]) -> None:
    """End a worker that does not stop by itself."""
    try:
        process.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
