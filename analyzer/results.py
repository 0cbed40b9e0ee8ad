"""A result folder: report, overlay, numbers, tables, track and key frames, written whole or not at all."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import cv2

from analyzer.arrays import Picture
from analyzer.assessment import Assessment, MeasurementInfo
from analyzer.errors import ClipError, OutputError
from analyzer.overlay.keyframe import can_be_shown, key_frame
from analyzer.overlay.people import people_picture
from analyzer.overlay.render import render_overlay
from analyzer.pose.landmarks import Side
from analyzer.program.files import CSV, ICS, plan_csv, plan_ics
from analyzer.progress import Progress, silent
from analyzer.report.page import Pictures
from analyzer.report.render import render_report
from analyzer.report.table import REPS, STEPS, event_table
from analyzer.video.clip import Clip
from analyzer.video.probe import probe

REPORT: Final = "report.html"
OVERLAY: Final = "overlay.mp4"
ASSESSMENT: Final = "assessment.json"
TRACK: Final = "pose.npz"
BASIS: Final = "clip.npz"
JOB: Final = "job.json"
FRAMES: Final = "frames"
PEOPLE: Final = "people.jpg"

OURS: Final = frozenset({REPORT, OVERLAY, ASSESSMENT, STEPS, REPS, TRACK, BASIS, JOB, FRAMES, CSV, ICS})
"""All that a result folder may hold; a folder with anything else in it is never replaced."""

LEFT_BY_SYSTEMS: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

JPEG_QUALITY: Final = 86
STAGE: Final = "Writing the report"


def write_results(
    assessment: Assessment,
    folder: Path,
    *,
    overlay: bool = True,
    job: str | None = None,
    progress: Progress = silent,
) -> Path:
    """Write everything about an assessment into a folder, replacing earlier results there; returns the folder.

    Args:
        assessment: fresh from `analyze`, or scored again.
        folder: for the results.
        overlay: whether to draw the overlay video.
        job: text of ``job.json``, by which a batch knows what it has done.
        progress: is told how far it is.

    Raises:
        OutputError: the folder holds something else, or cannot be written.
        ClipError: the clip can no longer be read.
        TrackError: the assessment was read from a file and has no track.
    """
    check_free(folder)
    clip = _clip_of(assessment)
    with written_whole(folder) as part:
        if overlay:
            render_overlay(assessment, clip, part / OVERLAY, progress)
        progress(STAGE, 0.0)
        pictures = _write_pictures(assessment, clip, part / FRAMES, progress)
        people = _write_people(assessment, clip, part / FRAMES)
        write_numbers(assessment, pictures, people, part)
        if job is not None:
            (part / JOB).write_text(job, encoding="utf-8", newline="\n")
    progress(STAGE, 1.0)
    return folder


def write_numbers(assessment: Assessment, pictures: Pictures, people: bytes, folder: Path) -> None:
    """Write all that needs no look at the clip into a folder.

    Args:
        assessment: with the movement behind it.
        pictures: key frames as JPEG, by metric and side.
        people: who was seen, as JPEG; empty where there was only one person.
        folder: that is there already.
    """
    motion, basis = assessment.motion, assessment.basis
    (folder / REPORT).write_text(render_report(assessment, pictures, people), encoding="utf-8", newline="\n")
    (folder / ASSESSMENT).write_text(assessment.to_json(), encoding="utf-8", newline="\n")
    name, table = event_table(assessment)
    (folder / name).write_text(table, encoding="utf-8", newline="")
    if assessment.plan.sessions:
        (folder / CSV).write_text(plan_csv(assessment.plan), encoding="utf-8", newline="")
        (folder / ICS).write_bytes(plan_ics(assessment.plan))
    cm_per_px = None if motion.scale is None else motion.scale.cm_per_px
    raw = motion.raw if basis is None else basis.track
    raw.save(folder / TRACK, cleaned=motion.track, cm_per_px=cm_per_px)
    if basis is not None:
        basis.save(folder / BASIS)


def _clip_of(assessment: Assessment) -> Clip:
    """The clip, on the clock that it was analysed with.

    Raises:
        ClipError: it is gone, or no longer the one that was analysed.
    """
    was = assessment.clip
    clip = probe(was.path, captured_fps=was.capture_fps if was.slow_motion_factor != 1.0 else None)
    if clip.sha256 != was.sha256:
        raise ClipError(f"{clip.path.name} has changed since it was analysed; analyse it again.")
    return clip


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


def picture_name(measurement: MeasurementInfo) -> str:
    """The file name of a measurement's key frame."""
    return f"{measurement.metric}_{measurement.side.value}.jpg"


def _write_pictures(
    assessment: Assessment, clip: Clip, folder: Path, progress: Progress
) -> dict[tuple[str, Side], bytes]:
    """Write the key frames; also returns them as JPEG, by metric and side."""
    folder.mkdir()
    shown = [measurement for measurement in assessment.measurements if can_be_shown(measurement)]
    pictures = {}
    for done, measurement in enumerate(shown, 1):
        jpeg = _jpeg(key_frame(assessment, measurement, clip))
        (folder / picture_name(measurement)).write_bytes(jpeg)
        pictures[measurement.metric, measurement.side] = jpeg
        progress(STAGE, done / (len(shown) + 1))
    return pictures


def _write_people(assessment: Assessment, clip: Clip, folder: Path) -> bytes:
    """Write the picture that tells who was seen; also returns it as JPEG, empty where there was only one."""
    if len(assessment.people) < 2:
        return b""
    jpeg = _jpeg(people_picture(assessment.motion.look, clip))
    (folder / PEOPLE).write_bytes(jpeg)
    return jpeg


def _jpeg(picture: Picture) -> bytes:
    _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return bytes(data)
