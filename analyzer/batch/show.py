"""What a batch says while it is at work: a live table on a terminal, else a line for each clip that is finished."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done
from analyzer.batch.record import Status
from analyzer.console import plain, say

BAR_WIDTH: Final = 24
FEWEST_FOR_TIME: Final = 0.5
"""Clips that have to be done, counted in parts, before the time left is told."""

REFRESH_HZ: Final = 4.0


@dataclass
class _Running:
    began_s: float
    stage: str = "Starting"
    share: float = 0.0


@dataclass
class Board:
    """How far a batch is. It may be told from any thread."""

    total: int
    console: Console
    began_s: float = field(default_factory=time.monotonic)
    _running: dict[str, _Running] = field(default_factory=dict)
    _counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def told(self, job: Job, stage: str, share: float) -> None:
        """A clip is at a stage."""
        with self._lock:
            at = self._running.setdefault(job.source.place.as_posix(), _Running(time.monotonic()))
            at.stage, at.share = stage, share

    def finished(self, done: Done) -> None:
        """A clip is done with, well or not."""
        place = done.record.clip
        with self._lock:
            at = self._running.pop(place, None)
            self._counts[done.record.status] += 1
            number = sum(self._counts.values())
        took = f" ({clock(time.monotonic() - at.began_s)})" if at is not None else ""
        said = done.record.reason if done.record.status is not Status.ANALYSED else "analysed"
        say(self.console, plain(f"[{number}/{self.total}] {place}: {said}{took}"))

    def left_s(self) -> float | None:
        """How long it will take still, if it goes on as it went; None at the beginning."""
        done = sum(self._counts.values()) + 0.5 * sum(0.5 + 0.5 * each.share for each in self._running.values())
        if done < FEWEST_FOR_TIME:
            return None
        return (time.monotonic() - self.began_s) * (self.total - done) / done

    def __rich__(self) -> Group:
        """The table as it stands."""
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("Clip", "Stage", "", "Time"):
            table.add_column(column, justify="right" if column == "Time" else "left", overflow="ellipsis", no_wrap=True)
        with self._lock:
            for place, at in self._running.items():
                bar = ProgressBar(total=1.0, completed=at.share, width=BAR_WIDTH)
                table.add_row(Text(place), at.stage, bar, clock(time.monotonic() - at.began_s))
            counts, left_s = dict(self._counts), self.left_s()
        done = f"{sum(counts.values())} of {self.total} clips done"
        troubles = [f"{counts[status]} {status.value}" for status in (Status.REFUSED, Status.FAILED) if counts[status]]
        left = f"about {clock(left_s)} left" if left_s is not None else "time left not known yet"
        return Group(table, Text(", ".join([done, *troubles, left])))


@contextmanager
def board(console: Console, total: int) -> Iterator[Board]:
    """A board that shows itself while the block lasts."""
    made = Board(total, console)
    if not console.is_interactive:
        yield made
        return
    with Live(made, console=console, refresh_per_second=REFRESH_HZ, transient=True):
        yield made


def clock(seconds: float) -> str:
    """A time such as ``45 s``, ``3:20 min`` or ``1:05 h``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"
