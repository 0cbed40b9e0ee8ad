"""From a cleaned track to a `Motion`: everything a metric may ask of it."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.activity import recognise
from analyzer.motion.body import (
    ASSUMED_HEIGHT_CM,
    ASSUMED_HEIGHT_ERROR,
    LANDMARK_SCALE_ERROR,
    centre_of_mass,
    height_px,
)
from analyzer.motion.calibrate import calibrate
from analyzer.motion.camera import see_camera
from analyzer.motion.types import Activity, Motion, Scale, View
from analyzer.pose.clean import clean
from analyzer.pose.subject import UNSEEN, Look
from analyzer.pose.track import PoseTrack

HIP_SHARE: Final = 0.53
"""Standing hip height, the leg's length, as a share of stature (Drillis & Contini 1966; Morin 2005)."""

STATED_HEIGHT_ERROR: Final = 0.01


def understand(
    track: PoseTrack,
    *,
    clip_fps: float,
    activity: Activity | None = None,
    view: View | None = None,
    height_cm: float | None = None,
    speed_mps: float | None = None,
    box_cm: float | None = None,
    look: Look | None = None,
) -> Motion:
    """Understand a raw track.

    Args:
        track: as the pose model gave it.
        clip_fps: frames per real second in the clip.
        activity: what the user says the person does.
        view: the side the user says the camera sees.
        height_cm: standing height that the user states.
        speed_mps: running speed that the user states.
        box_cm: height of the step-up box that the user states.
        look: what a first look at the clip showed.
    """
    cleaned = clean(track)
    camera = see_camera(cleaned.track, view)
    doing = recognise(cleaned, camera, activity)
    body = calibrate(cleaned.track, camera)
    return Motion(
        raw=track,
        track=body,
        clip_fps=clip_fps,
        camera=camera,
        scale=_scale(body, height_cm),
        activity=doing.activity,
        com_px=centre_of_mass(body.points_px),
        steps=doing.steps,
        reps=doing.reps,
        repaired_fraction=cleaned.repaired_fraction,
        look=look or UNSEEN,
        speed_mps=speed_mps,
        box_cm=box_cm,
    )


def _scale(track: PoseTrack, height_cm: float | None) -> Scale | None:
    tall: Floats = height_px(track.points_px, track.times_s)
    if not np.isfinite(tall).any():
        return None
    stature = height_cm or ASSUMED_HEIGHT_CM
    stature_error = STATED_HEIGHT_ERROR if height_cm else ASSUMED_HEIGHT_ERROR
    return Scale(
        cm_per_px=stature / tall,
        relative_error=float(np.hypot(stature_error, LANDMARK_SCALE_ERROR)),
        source="stated" if height_cm else "assumed",
        leg_length_cm=HIP_SHARE * stature,
    )
