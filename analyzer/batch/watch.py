"""Waiting for clips: a folder that a phone syncs into is looked at again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from analyzer.batch.jobs import Wishes, find_clips

LOOK_EVERY_S: Final = 5.0
SETTLED_LOOKS: Final = 2
"""Looks in a row at which nothing may have changed: a clip that is still being copied grows."""

Picture: TypeAlias = Mapping[Path, tuple[int, int]]
"""Size in bytes and time of change in ns of every clip, and of every ``batch.toml``."""


def changes(wishes: Wishes, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Once at first, and then whenever clips or what is said of them have changed and settled; without end.

    Args:
        wishes: which folder, and which clips in it.
        wait: waits for so many seconds.

    Raises:
        BatchError: the folder cannot be walked.
    """
    dealt_with: Picture | None = None
    while True:
        now = picture_of(wishes)
        if now == dealt_with:
            wait(LOOK_EVERY_S)
            continue
        now = _settled(wishes, now, wait)
        yield
        dealt_with = now


def picture_of(wishes: Wishes) -> Picture:
    """What is in the folder now."""
    from analyzer.batch.config import FILE

    found = [source.path for source in find_clips(wishes)]
    found += [path for path in wishes.root.rglob(FILE) if wishes.out not in path.parents]
    sizes = {}
    for path in found:
        try:
            status = path.stat()
        except OSError:  # gone again
            continue
        sizes[path] = status.st_size, status.st_mtime_ns
    return sizes


def _settled(wishes: Wishes, now: Picture, wait: Callable[[float], None]) -> Picture:
    same = 0
    while same < SETTLED_LOOKS:
        wait(LOOK_EVERY_S)
        later = picture_of(wishes)
        same, now = (same + 1, later) if later == now else (0, later)
    return now
