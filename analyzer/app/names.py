"""Names for folders and files, made from what people type: nothing in them can lead elsewhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Final

LONGEST: Final = 40
"""Letters of a name; four bytes each still leave room for endings in the 255 bytes of a file system."""

ALLOWED: Final = " -_."

TAKEN: Final = frozenset(
    {"con", "prn", "aux", "nul", "clips", "comparison", "comparisons", "frames"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Windows keeps some for itself, and some are ours."""

SUFFIXES: Final = frozenset(
    {
        ".3gp", ".avi", ".hevc", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ts", ".webm",
        ".wmv",
    }
)  # fmt: skip
"""Kinds of files that are taken in; whether it is a video is found out by reading it."""


def safe_name(text: str, otherwise: str) -> str:
    """The letters, digits and simple marks of a text, short enough for any file system; never hidden, never a path."""
    kept = "".join(
        letter if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") or letter in ALLOWED else " "
        for letter in unicodedata.normalize("NFC", text)
    )
    name = " ".join(kept.split())[:LONGEST].strip(ALLOWED)
    return name if name and name.casefold().split(".")[0] not in TAKEN else otherwise


def clip_name(text: str) -> tuple[str, str]:
    """Stem and suffix for an uploaded file; the suffix is empty where it is no kind of file that is taken in."""
    file = PurePosixPath(text.replace("\\", "/")).name
    stem, dot, ending = file.rpartition(".")
    suffix = f".{ending.lower()}" if dot else ""
    return safe_name(stem if dot else file, "clip"), suffix if suffix in SUFFIXES else ""


def free(folder: Path, stem: str, suffix: str = "", promised: Collection[str] = ()) -> Path:
    """A place in a folder that nothing takes and that is not promised, whatever the case of its letters."""
    there = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    taken = {name.casefold() for name in (*there, *promised)}
    number, name = 1, f"{stem}{suffix}"
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    return folder / name


def identity(path: Path, root: Path) -> str:
    """What a page calls a folder: it tells nothing, and no path can be made from it."""
    return hashlib.sha256(path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")).hexdigest()[:20]
