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


def has_core_to_spare() -> bool:
    """Whether work may be done ahead, in a thread beside the one that asks for it."""
    return cores() > 1


def use_cores(count: int | None) -> None:
    """Allow analyses in this process, and OpenCV in it, so many cores; None: all that there are."""
    import cv2  # takes long to load, and only what looks at pictures needs it

    global _allowed
    _allowed = count
    cv2.setNumThreads(-1 if count is None else cores())
