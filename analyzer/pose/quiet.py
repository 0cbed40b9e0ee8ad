"""Keep the pose engine's C++ chatter, which goes straight to file descriptor 2, out of the terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_STDERR: Final = 2

_lock = threading.Lock()
_inside = 0
_kept: int | None = None


@contextmanager
def engine_quiet() -> Iterator[None]:
    """Drop whatever is written to file descriptor 2, by any thread, until the last user of this leaves.

    Whoever has something to say meanwhile writes to a duplicate of the descriptor made beforehand.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _inside, _kept
    with _lock:
        _inside += 1
        if _inside > 1:
            return
        try:
            _kept = os.dup(_STDERR)
        except OSError:
            # No standard error, as in a program without a console: there is nothing to keep quiet.
            _kept = None
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)


def _leave() -> None:
    global _inside, _kept
    with _lock:
        _inside -= 1
        if _inside == 0 and _kept is not None:
            os.dup2(_kept, _STDERR)
            os.close(_kept)
            _kept = None
