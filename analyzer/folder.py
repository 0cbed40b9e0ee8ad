"""A result folder on disk: what may be in it, and that it is written whole or not at all."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from analyzer.errors import OutputError

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


def check_free(folder: Path) -> None:
    """Make sure that nothing but earlier results of ours would be replaced.

    Raises:
        OutputError: something else is there.
    """
    try:
        if not folder.exists() and not folder.is_symlink():
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


def _is_assessment(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
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
    made = _make_parents(folder.parent)
    mark = uuid.uuid4().hex[:8]
    part = folder.with_name(f".{folder.name}.{mark}.part")
    try:
        part.mkdir()
        yield part
        _swap(part, folder, folder.with_name(f".{folder.name}.{mark}.old"))
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        if isinstance(error, OutputError):
            raise OutputError(str(error).replace(str(part), str(folder))) from error
        raise


def _make_parents(folder: Path) -> list[Path]:
    """Make a folder and the ones above it; those that were missing, from the top down."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()][::-1]
    made = []
    for place in missing:
        place.mkdir(exist_ok=True)
        made.append(place)
    return made


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, or leave the old one as it was."""
    replaced = folder.exists()
    if replaced:
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if replaced:
            old.rename(folder)
        raise
    if replaced:
        shutil.rmtree(old, ignore_errors=True)
