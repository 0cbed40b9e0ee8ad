"""Reading NumPy archives that anybody may have made: nothing in one is trusted before its size is known."""

from __future__ import annotations

import json
import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import numpy as np

from analyzer.arrays import AnyArray

MOST_BYTES: Final = 2_000_000_000
"""Of all arrays together, unpacked: an hour of everything that is kept of a clip is a tenth of it."""

MOST_ARRAYS: Final = 1000
HEADER: Final = "header"
DAMAGED: Final = (
    OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, OverflowError, RecursionError,
    NotImplementedError, RuntimeError, SyntaxError, MemoryError, struct.error, tokenize.TokenError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip
"""What NumPy, zipfile and JSON may raise over bytes that are not what they should be."""


def read_archive(path: Path) -> tuple[dict[str, Any], dict[str, AnyArray]]:
    """The header of an archive, and its arrays; the header is empty where the file has none.

    Raises:
        FileNotFoundError: there is no such file.
        DAMAGED: one of these, if it is no archive of arrays, holds objects, or would unpack to more than it may.
    """
    with path.open("rb") as file:
        with zipfile.ZipFile(file) as archive:
            _check_size(archive.infolist())
        file.seek(0)
        with np.load(file, allow_pickle=False) as data:
            arrays = {name: np.asarray(data[name]) for name in data.files}
    header = json.loads(str(arrays.pop(HEADER))) if HEADER in arrays else {}
    if not isinstance(header, dict):
        raise ValueError("its header is not what it should be")
    return header, arrays


def numbers(array: AnyArray) -> AnyArray:
    """An array of real numbers as they are computed with.

    Raises:
        ValueError: it holds something else.
    """
    if array.dtype.kind not in "fiu":
        raise ValueError(f"an array holds {array.dtype} and not numbers")
    return array.astype(float)


def whole_numbers(array: AnyArray) -> list[int]:
    """The values of an array that counts.

    Raises:
        ValueError: it holds something else.
    """
    values = [float(value) for value in numbers(array).ravel()]
    if not all(math.isfinite(value) and value.is_integer() for value in values):
        raise ValueError("a size is no whole number")
    return [int(value) for value in values]


def _check_size(members: Collection[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_ARRAYS or sum(member.file_size for member in members) > MOST_BYTES:
        raise ValueError("it would unpack to more than a clip can give")
