"""Edit lists of MP4 and QuickTime files that play a part of the recording at another speed.

Phones that keep slow motion as an instruction beside the untouched recording write such lists. FFmpeg passes over their
rates but not over their durations, and would show some pictures twice; the recording's own times are the true ones.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

INSIDE: Final = (b"moov", b"trak", b"edts")
ORDINARY_RATE: Final = 1 << 16
EMPTY: Final = -1
"""Media time of an edit that shows nothing, as before a late start."""

LONGEST: Final = 200_000
"""Bytes of a list that are looked at; phones write a dozen edits of 12 or 20 each."""

MOST_BOXES: Final = 100_000


def plays_at_other_speeds(path: Path) -> bool:
    """Whether an edit list asks for another speed than that of the recording (ISO/IEC 14496-12, 8.6.6).

    False for any other sort of file, and for one that cannot be read to its end.
    """
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            lists = list(_edit_lists(file, 0, file.tell(), [MOST_BOXES]))
    except (OSError, struct.error):
        return False
    return any(media != EMPTY and rate != ORDINARY_RATE for edits in lists for media, rate in edits)


def _edit_lists(file: BinaryIO, start: int, end: int, left: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Media time and rate of every edit, list by list; ``left`` counts the boxes that may still be looked at."""
    while start + 8 <= end and left[0] > 0:
        left[0] -= 1
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,), head = struct.unpack(">Q", file.read(8)), 16
        stop = end if size == 0 else start + size
        if stop < start + head or stop > end:
            return
        if kind in INSIDE:
            yield from _edit_lists(file, start + head, stop, left)
        elif kind == b"elst":
            yield _edits(file.read(min(stop - start - head, LONGEST)))
        start = stop


def _edits(table: bytes) -> list[tuple[int, int]]:
    version, count = struct.unpack_from(">B3xI", table)
    row = ">Qqi" if version == 1 else ">Iii"
    fits = min(count, (len(table) - 8) // struct.calcsize(row))
    return [struct.unpack_from(row, table, 8 + index * struct.calcsize(row))[1:] for index in range(fits)]
