"""Files that their owner alone may read: results tell of people's bodies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FOLDER: Final = 0o700
FILE: Final = 0o600


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and the ones above it for their owner alone; returns those that were missing, from the top down."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()][::-1]
    made = []
    for place in missing:
        place.mkdir(mode=FOLDER, exist_ok=True)
        made.append(place)
    folder.mkdir(exist_ok=True)  # says so where a file is in the way
    return made


def write_text(path: Path, text: str) -> None:
    """Write a new file that nobody else may read at any moment; lines end alike on every system."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
        file.write(text.encode("utf-8"))


def close_to_others(place: Path) -> None:
    """Take the rights of others away from a file, or from a folder and all that is in it; links are left alone."""
    inside = place.rglob("*") if place.is_dir() and not place.is_symlink() else ()
    for path in (place, *inside):
        if not path.is_symlink():
            path.chmod(FOLDER if path.is_dir() else FILE)
