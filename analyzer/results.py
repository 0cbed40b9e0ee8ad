"""A result folder: report, overlay, numbers, tables, track and key frames, written whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2

from analyzer.arrays import Picture
from analyzer.assessment import Assessment
from analyzer.errors import ClipError
from analyzer.folder import (
    FRAMES,
    JOB,
    OVERLAY,
    PACE,
    PEOPLE,
    check_free,
    written_whole,
)
from analyzer.numbers import picture_name, write_numbers
from analyzer.overlay.deciding import deciding
from analyzer.overlay.faces import Cover
from analyzer.overlay.keyframe import body_frame, key_frame, small_key_frame
from analyzer.overlay.people import people_picture
from analyzer.overlay.pictured import can_be_shown
from analyzer.overlay.privacy import face_cover
from analyzer.overlay.render import OverlayWishes, render_overlay
from analyzer.overlay.scaled import scale_pictures
from analyzer.overlay.wishes import Drawing
from analyzer.pose.landmarks import Side
from analyzer.progress import Progress, silent
from analyzer.video.clip import Clip
from analyzer.video.probe import probe
from analyzer.video.stills import Stills

JPEG_QUALITY: Final = 86
STAGE: Final = "Writing the report"


def write_results(
    assessment: Assessment,
    folder: Path,
    *,
    overlay: bool = True,
    job: str | None = None,
    progress: Progress = silent,
    drawing: Drawing | None = None,
) -> Path:
    """Write everything about an assessment into a folder, replacing earlier results there; returns the folder.

    Args:
        assessment: fresh from `analyze`, or scored again.
        folder: for the results.
        overlay: whether to draw the overlay video.
        job: text of ``job.json``, by which a batch knows what it has done.
        progress: is told how far it is.
        drawing: how overlay and pictures are made.

    Raises:
        OutputError: the folder holds something else, or cannot be written.
        ClipError: the clip can no longer be read.
        TrackError: the assessment was read from a file and has no track.
        ModelError: faces are to be hidden, and the pose model that finds them cannot be had.
    """
    check_free(folder)
    clip = _clip_of(assessment)
    drawing = drawing or Drawing()
    cover = face_cover(assessment, clip, drawing.model, progress) if drawing.blur_faces else None
    shown = [measurement for measurement in assessment.measurements if can_be_shown(measurement)]
    worth_a_still = [each.evidence_s or 0.0 for each in (*shown, *(each for _, each in deciding(assessment)))]
    worth_a_still += [time_s for _, time_s in scale_pictures(assessment)]
    stills = Stills(clip, [time_s * clip.slow_motion_factor for time_s in worth_a_still])
    with written_whole(folder) as part:
        if overlay:
            wishes = OverlayWishes(drawing.slow, cover, stills)
            pace = render_overlay(assessment, clip, part / OVERLAY, progress, wishes)
            if not pace.is_the_clips:
                (part / PACE).write_text(pace.to_json(clip.duration_s), encoding="utf-8", newline="\n")
        progress(STAGE, 0.0)
        (part / FRAMES).mkdir()
        pictures: dict[tuple[str, Side], bytes] = {}
        for measurement in shown:
            jpeg = _jpeg(key_frame(assessment, measurement, clip, cover, stills))
            (part / FRAMES / picture_name(measurement)).write_bytes(jpeg)
            pictures[measurement.metric, measurement.side] = jpeg
            progress(STAGE, len(pictures) / (len(shown) + 1))
        for name, decider in deciding(assessment):
            (part / FRAMES / name).write_bytes(_jpeg(small_key_frame(assessment, decider, clip, cover, stills)))
        for name, time_s in scale_pictures(assessment):
            (part / FRAMES / name).write_bytes(_jpeg(body_frame(assessment, time_s, clip, cover, stills)))
        people = _write_people(assessment, clip, part / FRAMES, cover)
        if assessment.basis is not None:
            assessment = assessment.with_basis(replace(assessment.basis, drawing=drawing))
        write_numbers(assessment, pictures, people, part)
        if job is not None:
            (part / JOB).write_text(job, encoding="utf-8", newline="\n")
    progress(STAGE, 1.0)
    return folder


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


def _write_people(assessment: Assessment, clip: Clip, folder: Path, cover: Cover | None) -> bytes:
    """Write the picture that tells who was seen; also returns it as JPEG, empty where there was only one."""
    if len(assessment.people) < 2:
        return b""
    jpeg = _jpeg(people_picture(assessment.motion.look, clip, cover))
    (folder / PEOPLE).write_bytes(jpeg)
    return jpeg


def _jpeg(picture: Picture) -> bytes:
    _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return bytes(data)
