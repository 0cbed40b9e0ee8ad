"""What the command line says on standard error: progress, and sentences about what went wrong.

It speaks through its own duplicate of the descriptor, because the descriptor itself is turned off while the pose
engine is at work.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import IO, TYPE_CHECKING, Final

from rich.console import Console

from analyzer.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID
    from rich.table import Table

UNFOLDED: Final = 1000
"""Letters in a line that no row of a table reaches."""


@contextmanager
def own_stderr() -> Iterator[Console]:
    """A console on a duplicate of standard error; in colour only where that is a terminal."""
    with _duplicate() as stream:
        yield Console(file=stream, highlight=False, soft_wrap=True)


def say(console: Console, text: str) -> None:
    """Print text as it is: no markup, no wrapping."""
    console.print(text, markup=False, emoji=False)


def plain(text: str) -> str:
    """A text of one line that does nothing to a terminal, whatever the name of a file in it says."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def print_table(table: Table) -> None:
    """Print a table on standard output: in colour and folded to fit on a terminal, else plain and each row a line."""
    console = Console(file=sys.stdout, highlight=False, emoji=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, emoji=False, width=UNFOLDED)
    console.print(table)


def say_traceback(console: Console, error: BaseException) -> None:
    """Print where an error came from."""
    say(console, "".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())


class Loudness(str, Enum):
    """How much is told while all goes well."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"

    @classmethod
    def of(cls, *, quiet: bool, verbose: bool) -> Loudness:
        """By what the user asks for."""
        return cls.QUIET if quiet else cls.VERBOSE if verbose else cls.NORMAL


@contextmanager
def stages(console: Console, title: str, loudness: Loudness = Loudness.NORMAL) -> Iterator[Progress]:
    """A `Progress` that shows itself: bars with the time left on a terminal, else a line per quarter of a stage.

    When quiet it shows nothing; when verbose it tells in the end how long each stage took. It may be called from any
    thread.
    """
    if loudness is Loudness.QUIET:
        yield silent
    elif loudness is Loudness.VERBOSE:
        with stages(console, title) as shown:
            timed = _Timed(shown)
            yield timed
        for line in timed.lines():
            say(console, f"{title}: {line}")
    elif console.is_interactive:
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

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


class _Timed:
    """Passes on what it is told, and notes when."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._lock = threading.Lock()
        self._times: dict[str, tuple[float, float]] = {}

    def __call__(self, stage: str, share: float) -> None:
        now = time.monotonic()
        with self._lock:
            self._times[stage] = (self._times.get(stage, (now, now))[0], now)
        self._shown(stage, share)

    def lines(self) -> list[str]:
        """How long each stage took, from the first word of it to the last."""
        return [f"{stage} took {last - first:.1f} s" for stage, (first, last) in self._times.items() if last > first]


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
