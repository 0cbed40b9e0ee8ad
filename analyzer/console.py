"""What the command line says on standard error: progress, and sentences about what went wrong.

It speaks through its own duplicate of the descriptor, because the descriptor itself is turned off while the pose
engine is at work.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from analyzer.progress import Progress


@contextmanager
def own_stderr() -> Iterator[Console]:
    """A console on a duplicate of standard error; in colour only where that is a terminal."""
    with _duplicate() as stream:
        yield Console(file=stream, highlight=False, soft_wrap=True)


def say(console: Console, text: str) -> None:
    """Print text as it is: no markup, no wrapping."""
    console.print(text, markup=False, emoji=False)


def say_traceback(console: Console, error: BaseException) -> None:
    """Print where an error came from."""
    say(console, "".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())


@contextmanager
def stages(console: Console, title: str) -> Iterator[Progress]:
    """A `Progress` that shows itself: bars with the time left on a terminal, else a line per quarter of a stage.

    It may be called from any thread.
    """
    if console.is_interactive:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
        )
        with Bars(*columns, console=console) as bars:
            yield _BarPerStage(bars, title)
    else:
        yield _LinePerQuarter(console, title)


def _duplicate() -> IO[str]:
    """Standard error on a descriptor of its own; nowhere if the program has none."""
    try:
        descriptor = os.dup(2)
    except OSError:
        descriptor = os.open(os.devnull, os.O_WRONLY)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    return os.fdopen(descriptor, "w", encoding=encoding, errors="replace", buffering=1)


class _BarPerStage:
    def __init__(self, bars: Bars, title: str) -> None:
        self._bars = bars
        self._title = title
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, share: float) -> None:
        with self._lock:
            if stage not in self._tasks:
                for earlier in self._tasks.values():
                    self._bars.update(earlier, completed=1.0)
                self._tasks[stage] = self._bars.add_task(f"{self._title}: {stage}", total=1.0)
        self._bars.update(self._tasks[stage], completed=share)


class _LinePerQuarter:
    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._lock = threading.Lock()
        self._quarters: dict[str, int] = {}

    def __call__(self, stage: str, share: float) -> None:
        quarter = min(3, int(4 * share))
        with self._lock:
            if quarter <= self._quarters.get(stage, -1):
                return
            done = f" {25 * quarter} %" if stage in self._quarters else ""
            self._quarters[stage] = quarter
            say(self._console, f"{self._title}: {stage}{done}")
