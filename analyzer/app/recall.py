"""The movement behind a result folder, worked out again from its saved track: no pixels, no pose estimation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from analyzer.assessment import Assessment
from analyzer.basis import load_basis
from analyzer.errors import StridecheckError, TrackError
from analyzer.folder import BASIS, TRACK
from analyzer.motion.body import centre_of_mass
from analyzer.motion.types import Camera, Motion, Rep, Scale, Step, View
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack, load_scale, load_track
from analyzer.scoring import score

MIDDLE: Final = 0.45
"""Where mid-stance lies between contact and toe-off when only these are known, as a share; for the drawing's sake."""

STILL: Final = 0.01
"""Share of the picture's height by which smoothing may move a trunk; a phone that shakes or leans moves it by more."""

FACING: Final = {View.LEFT: -1, View.RIGHT: 1}


def recall(folder: Path, assessment: Assessment) -> Motion:
    """The movement that a result folder tells of.

    Folders of earlier versions kept less: of those it is put together from the raw track and the assessment, which
    is enough to draw by.

    Raises:
        TrackError: the folder has no track that can be read.
    """
    track = load_track(folder / TRACK)
    try:
        return score(load_basis(folder / BASIS, track)).motion
    except StridecheckError:
        return _put_together(folder, _drawable(folder, track), assessment)


def _drawable(folder: Path, raw: PoseTrack) -> PoseTrack:
    """The cleaned track where it lies on the pictures, since it is smoother; the raw one where the phone moved."""
    try:
        cleaned = load_track(folder / TRACK, cleaned=True)
    except TrackError:
        return raw
    trunk = [point(side, name) for side in SIDES for name in ("shoulder", "hip")]
    apart = np.linalg.norm(cleaned.points_px[:, trunk] - raw.points_px[:, trunk], axis=2)
    apart = apart[np.isfinite(apart)]
    return cleaned if len(apart) and np.percentile(apart, 95) < STILL * raw.size_px[1] else raw


def _put_together(folder: Path, track: PoseTrack, assessment: Assessment) -> Motion:
    view = assessment.camera.view
    cm_per_px = load_scale(folder / TRACK)
    return Motion(
        raw=track,
        track=track,
        clip_fps=assessment.clip.capture_fps,
        camera=Camera(view, assessment.camera.yaw_deg or 0.0, 0.0, float("nan"), FACING.get(view, 0), 0.0),
        scale=None if cm_per_px is None else Scale(cm_per_px, 0.0, "stated", float("nan")),
        activity=assessment.activity,
        com_px=centre_of_mass(track.points_px),
        steps=tuple(_steps(assessment)),
        reps=tuple(Rep(r.index, r.side, r.start_s, r.top_s, r.end_s, r.loaded) for r in assessment.reps),
    )


def _steps(assessment: Assessment) -> list[Step]:
    made = []
    for step in assessment.steps:
        contact, off = (np.nan if time is None else time for time in (step.contact_s, step.toe_off_s))
        made.append(Step(step.index, step.side, contact, off, contact + MIDDLE * (off - contact), np.nan, np.nan))
    return made
