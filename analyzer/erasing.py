"""Removing results: what the local page and the command line share."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from analyzer.batch.pages import PAGE as CLIENT_PAGE
from analyzer.batch.pages import STAMP
from analyzer.comparing import DATA, PAGE, PROGRESS_DATA, PROGRESS_PAGE
from analyzer.errors import OutputError
from analyzer.folder import ASSESSMENT, JOB, LEFT_BY_SYSTEMS, OURS

CLIPS: Final = "clips"
COMPARISONS: Final = "comparisons"
ONE_COMPARISON: Final = "comparison"
"""The folder that the command line writes."""

LADDER: Final = "ladder"
HISTORY: Final = (PROGRESS_PAGE, PROGRESS_DATA, "progress.pdf")
LADDER_DATA: Final = "ladder.json"
PAGES: Final = (*HISTORY, PAGE, DATA, "compare.pdf", "ladder.html", LADDER_DATA)
"""What lies in a client's folder besides results: progress, cues held against each other, the ladder."""

_HALF_WRITTEN: Final = re.compile(r"\..+\.([0-9a-f]{8}\.)?(part|old)")


def results_in(home: Path) -> list[Path]:
    """Every result folder below a folder, those of refused clips too; links are not followed."""
    return sorted({place.parent for place in _below(home) if place.name in (ASSESSMENT, JOB)})


def erase_home(home: Path, *, with_clips: bool) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Remove all of ours from a client's folder, and the folder if nothing else is in it.

    Args:
        home: the folder.
        with_clips: whether the videos in its folder of clips are ours too, taken in by the page.

    Returns:
        What was removed, and the names of things there that are not ours.

    Raises:
        OutputError: something cannot be removed.
    """
    own = [home / name for name in (CLIPS,) * with_clips + (COMPARISONS, ONE_COMPARISON) if (home / name).is_dir()]
    own += [home / LADDER] if (home / LADDER / LADDER_DATA).is_file() else []
    own += [home / name for name in PAGES if (home / name).is_file()]
    own += [home / CLIENT_PAGE] if _is_batchs(home / CLIENT_PAGE) else []
    own += [place for place in _below(home) if _HALF_WRITTEN.fullmatch(place.name)]
    results = [folder for folder in results_in(home) if not any(folder.is_relative_to(place) for place in own)]
    for place in (*results, *own):
        remove(place)
    tidy(home)
    left = sorted(entry.name for entry in home.iterdir()) if home.is_dir() else []
    return (*results, *own), tuple(left)


def remove(place: Path) -> None:
    """Remove a file, or a folder with all that is in it; a link, but not what it leads to.

    Raises:
        OutputError: it cannot be removed.
    """
    try:
        if place.is_symlink() or not place.is_dir():
            place.unlink(missing_ok=True)
        else:
            shutil.rmtree(place)
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(
            f"{place.name} cannot be removed ({error.strerror or error}); close what has it open and try again."
        ) from error


def tidy(home: Path) -> None:
    """Remove a client's folders that have become empty, the deepest first."""
    folders = [place for place in _below(home) if place.is_dir() and not place.is_symlink()]
    for folder in (*sorted(folders, key=lambda place: len(place.parts), reverse=True), home):
        with suppress(OSError):
            if {entry.name for entry in folder.iterdir()} <= LEFT_BY_SYSTEMS:
                for name in LEFT_BY_SYSTEMS:
                    (folder / name).unlink(missing_ok=True)
                folder.rmdir()


def _is_batchs(page: Path) -> bool:
    try:
        return STAMP.encode() in page.read_bytes()[:2000]
    except OSError:
        return False


def is_result(folder: Path) -> bool:
    """Whether a folder holds the results of one clip."""
    return (folder / ASSESSMENT).is_file() or (folder / JOB).is_file()


def _below(folder: Path) -> Iterator[Path]:
    """Everything below a folder; result folders and links are not looked into any further."""
    if folder.is_symlink() or not folder.is_dir():
        return
    inside_result = is_result(folder)
    for entry in sorted(folder.iterdir()):
        yield entry
        if not (inside_result and entry.name in OURS):
            yield from _below(entry)
