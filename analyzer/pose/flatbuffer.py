"""Put a new root in front of a FlatBuffer, its old bytes untouched.

Offsets in a FlatBuffer point forward, so old tables stay valid behind new ones, and alignment is kept.

The tables are laid out here rather than by the ``flatbuffers`` package because its releases lay out the same tables
differently (25.9 and 25.12 do), while a file whose hash is pinned has to be the same everywhere.

Source: https://flatbuffers.dev/internals/
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, TypeAlias, Union

ALIGNMENT: Final = 16
"""Bytes: the largest that TFLite asks for (``force_align`` in its schema)."""


@dataclass(frozen=True)
class Kept:
    """A part of the old file, by its position there."""

    position: int


Part: TypeAlias = Union[int, str, bytes, "tuple[float, ...]", "list[Part]", "Table", Kept]
"""A number of at most 32 bits, text, bytes, vector of floats, vector of parts, table, or a part of the old file."""

Table: TypeAlias = "dict[int, Part]"
"""A table's fields by slot."""


def read_root(data: bytes) -> Table:
    """The root table, each field as the part it points to, whether or not the field is a pointer."""
    return {slot: Kept(_follow(data, place)) for slot, place in _fields(data).items()}


def read_number(data: bytes, slot: int) -> int:
    """The 32-bit number in a field of the root table, 0 where the field is left out."""
    place = _fields(data).get(slot)
    return 0 if place is None else _u32(data, place)


def read_tables(data: bytes, slot: int) -> list[Part]:
    """The tables of the vector in a field of the root table; none where the field is left out."""
    place = _fields(data).get(slot)
    if place is None:
        return []
    vector = _follow(data, place)
    return [Kept(_follow(data, vector + 4 + 4 * index)) for index in range(_u32(data, vector))]


def with_root(root: Table, identifier: bytes, old: bytes = b"") -> bytes:
    """A FlatBuffer with this root and four-letter identifier, the old file at its end."""
    writer = _Writer(identifier)
    writer.point(0, root)
    return writer.finish(old)


def _u32(data: bytes, position: int) -> int:
    return int.from_bytes(data[position : position + 4], "little")


def _follow(data: bytes, position: int) -> int:
    return position + _u32(data, position)


def _fields(data: bytes) -> dict[int, int]:
    """Position of each field that the root table has, by slot."""
    table = _follow(data, 0)
    (to_vtable,) = struct.unpack_from("<i", data, table)
    (size,) = struct.unpack_from("<H", data, table - to_vtable)
    offsets = struct.unpack_from(f"<{(size - 4) // 2}H", data, table - to_vtable + 4)
    return {slot: table + offset for slot, offset in enumerate(offsets) if offset}


class _Writer:
    """Lays parts out one behind the other, each behind whatever points to it."""

    def __init__(self, identifier: bytes) -> None:
        self._out = bytearray(4) + identifier
        self._kept: list[tuple[int, int]] = []

    def finish(self, old: bytes) -> bytes:
        self._align(0)
        for pointer, position in self._kept:
            self._set(pointer, len(self._out) + position - pointer)
        return bytes(self._out) + old

    def point(self, pointer: int, part: Part) -> None:
        """Write a part and let the pointer lead to it."""
        if isinstance(part, Kept):
            self._kept.append((pointer, part.position))
        elif isinstance(part, dict):
            self._table(pointer, part)
        elif isinstance(part, list):
            start = self._vector(pointer, len(part), bytes(4 * len(part)))
            for index, item in enumerate(part):
                self.point(start + 4 * index, item)
        elif isinstance(part, tuple):
            self._vector(pointer, len(part), struct.pack(f"<{len(part)}f", *part))
        elif isinstance(part, int):
            self._set(pointer, part)
        else:
            content = part.encode() if isinstance(part, str) else part
            self._vector(pointer, len(content), content + b"\0")

    def _table(self, pointer: int, fields: Table) -> None:
        offsets = {slot: 4 + 4 * index for index, slot in enumerate(sorted(fields))}
        slots = [offsets.get(slot, 0) for slot in range(max(fields, default=-1) + 1)]
        vtable = struct.pack(f"<{2 + len(slots)}H", 4 + 2 * len(slots), 4 + 4 * len(fields), *slots)
        self._align(len(vtable))
        self._out += vtable
        table = len(self._out)
        self._out += struct.pack("<i", len(vtable)) + bytes(4 * len(fields))
        self._set(pointer, table - pointer)
        for slot, part in sorted(fields.items()):
            self.point(table + offsets[slot], part)

    def _vector(self, pointer: int, count: int, content: bytes) -> int:
        """Write a vector's count and content; returns where the content begins."""
        self._align(4)
        self._set(pointer, len(self._out) - pointer)
        self._out += struct.pack("<I", count) + content
        return len(self._out) - len(content)

    def _align(self, ahead: int) -> None:
        """Fill up, so that what comes after ``ahead`` more bytes begins on a multiple of the alignment."""
        self._out += bytes(-(len(self._out) + ahead) % ALIGNMENT)

    def _set(self, position: int, number: int) -> None:
        struct.pack_into("<I", self._out, position, number)
