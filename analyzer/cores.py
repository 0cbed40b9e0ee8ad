"""How many cores one analysis keeps busy."""

from __future__ import annotations

import os

_allowed: int | None = None


def usable_cores() -> int:
    """Cores that this process may use at all."""
    if hasattr(os, "sched_getaffinity"):  # Linux: fewer than there are, if a container or an administrator says so
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def cores() -> int:
    """Cores that an analysis in this process may keep busy."""
    return usable_cores() if _allowed is None else min(_allowed, usable_cores())


def use_cores(count: int | None) -> None:
    """Allow analyses in this process so many cores; None: all that there are."""
    global _allowed
    _allowed = count
