"""Putting a new folder where an old one is, so that at every moment one of both is there whole."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_AT_WORKING_FOLDER: Final = -100
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux (linux/fs.h) and RENAME_SWAP of macOS (sys/stdio.h) are the same number."""


@contextmanager
def held(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a folder against other processes that ask for it here; tells whether nobody else did.

    The lock is the folder's own, so that no file is left of it, and it ends with the process. Where a disk knows no
    locks, and on Windows, nobody is held off: there a folder in use cannot be moved anyway.
    """
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            alone = True
        except BlockingIOError:
            alone = False
        except OSError:
            alone = wait
        yield alone
    finally:
        os.close(place)


def put_in_place(new: Path, folder: Path, check: Callable[[], None]) -> None:
    """Put a new folder in the place of the old one, or leave the old one as it was.

    Args:
        new: takes the place.
        folder: where it goes.
        check: raises where that may not be, while nobody else here changes anything.

    Raises:
        OSError: it cannot be put there.
    """
    with held(folder.parent):
        check()
        if not folder.exists():
            new.rename(folder)
        elif _exchanged(new, folder):
            shutil.rmtree(new, ignore_errors=True)
        else:
            _in_two_steps(new, folder)


def clear_stale(folder: Path) -> None:
    """Tidy up after a process that was killed while it wrote a folder: only what was whole stays."""
    pattern = re.compile(rf"\.{re.escape(folder.name)}\.[0-9a-f]{{8}}\.(part|old)")
    with held(folder.parent):
        for entry in sorted(folder.parent.iterdir()):
            found = pattern.fullmatch(entry.name)
            if found is None or entry.is_symlink() or not entry.is_dir():
                continue
            if found[1] == "old" and not folder.exists():
                entry.rename(folder)
                continue
            with held(entry, wait=False) as nobody_writes_it:
                if nobody_writes_it:
                    shutil.rmtree(entry, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can do that."""
    name = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    try:
        exchange = getattr(ctypes.CDLL(None), name or "")
    except (AttributeError, OSError, TypeError):
        return False
    places = (os.fsencode(one), os.fsencode(other))
    return bool(exchange(_here(), places[0], _here(), places[1], ctypes.c_uint(_EXCHANGE)) == 0)


def _here() -> int:
    return -2 if sys.platform == "darwin" else _AT_WORKING_FOLDER


def _in_two_steps(new: Path, folder: Path) -> None:
    old = new.with_suffix(".old")
    folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        with suppress(OSError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
