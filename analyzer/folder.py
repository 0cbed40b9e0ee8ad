"""A result folder on disk: what may be in it, and that it is written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from analyzer.errors import OutputError
from analyzer.privacy import FOLDER, close_to_others, make_folders
from analyzer.swapping import clear_stale, held, put_in_place

REPORT: Final = "report.html"
OVERLAY: Final = "overlay.mp4"
ASSESSMENT: Final = "assessment.json"
STEPS: Final = "steps.csv"
REPS: Final = "reps.csv"
PLAN: Final = "plan.csv"
CALENDAR: Final = "plan.ics"
TRACK: Final = "pose.npz"
BASIS: Final = "clip.npz"
JOB: Final = "job.json"
PDF: Final = "report.pdf"
PACE: Final = "overlay.json"
"""Where the overlay is slower than the clip; only there if it is."""

FRAMES: Final = "frames"
PEOPLE: Final = "people.jpg"

OURS: Final = frozenset(
    {PACE, REPORT, PDF, OVERLAY, ASSESSMENT, STEPS, REPS, TRACK, BASIS, JOB, FRAMES, PLAN, CALENDAR}
)
"""All that a result folder may hold; a folder with anything else in it is never replaced."""

LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


LONGEST_NAME: Final = 200
"""Bytes of a folder's name; file systems allow 255, and names beside it are a little longer."""


def named_after(clip: Path) -> str:
    """The name of a clip's result folder: short enough, printable, and never one that leads elsewhere."""
    printable = "".join(letter if letter.isprintable() else "_" for letter in clip.stem)
    stem = printable.encode()[:LONGEST_NAME].decode(errors="ignore")
    # A name of dots alone would lead out of the folder, and Windows drops dots and spaces at the end.
    return stem.rstrip(". ") or "clip"


def check_free(folder: Path) -> None:
    """Make sure that results can be written there, and that nothing but earlier ones of ours would be replaced.

    Raises:
        OutputError: something else is there, or the place may not be written to.
    """
    try:
        if not folder.exists() and not folder.is_symlink():
            _check_writable(folder)
            return
        if not folder.is_dir():
            raise OutputError(f"{folder} is a file; name a folder for the results.")
        found = {entry.name for entry in folder.iterdir()} - LEFT_BY_SYSTEMS
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be looked at ({error.strerror or error}); choose another folder."
        ) from error
    if not found:
        return
    foreign = sorted(found - OURS)
    if foreign or not (_is_assessment(folder / ASSESSMENT) or found == {JOB}):
        what = f"holds {foreign[0]}" if foreign else "holds files that are not Stridecheck results"
        raise OutputError(f"{folder} {what} and was left as it is; name an empty or a new folder for the results.")


def _check_writable(folder: Path) -> None:
    place = next(place for place in folder.absolute().parents if place.exists())
    if not place.is_dir():
        raise OutputError(f"{folder} cannot be made, since {place} is a file; choose another folder.")
    if not os.access(place, os.W_OK | os.X_OK):
        raise OutputError(f"{folder} cannot be made; choose a folder that you may write to.")


def _is_assessment(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and {"schema_version", "stridecheck_version"} <= content.keys()


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """A new folder beside the target that takes its place when the block ends well, and vanishes otherwise.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with _whole_or_nothing(folder) as part:
            yield part
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror or error}); choose a folder with free space that you may "
            "write to."
        ) from error


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[Path]:
    folder = folder.resolve()
    made = make_folders(folder.parent)
    part = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        clear_stale(folder)
        with ExitStack() as writing:
            with held(folder.parent):  # lest somebody tidies it away before it is seen to be written
                part.mkdir(mode=FOLDER)
                writing.enter_context(held(part))
            yield part
            close_to_others(part)
            put_in_place(part, folder, lambda: check_free(folder))
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OutputError):
            raise OutputError(str(error).replace(str(part), str(folder))) from error
        raise
