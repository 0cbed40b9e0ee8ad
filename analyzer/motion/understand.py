"""From a cleaned track to a `Motion`: everything a metric may ask of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.activity import Doing, recognise
from analyzer.motion.body import (
    ASSUMED_HEIGHT_CM,
    ASSUMED_HEIGHT_ERROR,
    LANDMARK_SCALE_ERROR,
    centre_of_mass,
    height_px,
)
from analyzer.motion.calibrate import calibrate
from analyzer.motion.camera import see_camera
from analyzer.motion.hidden import without_hidden_feet
from analyzer.motion.roll import Roll, see_roll
from analyzer.motion.running import find_steps
from analyzer.motion.steady import held_still, steadied
from analyzer.motion.tempo import at_pace, judge_tempo, motion_at_pace
from analyzer.motion.types import FRONTAL, LIFE, SAGITTAL, Activity, Camera, Motion, Scale, Step, View
from analyzer.pose.clean import CleanTrack, clean
from analyzer.pose.subject import UNSEEN, Look
from analyzer.pose.track import PoseTrack
from analyzer.video.camerapath import CameraPath
from analyzer.video.filming import Filming

HIP_SHARE: Final = 0.53
"""Standing hip height, the leg's length, as a share of stature (Drillis & Contini 1966; Morin 2005)."""

STATED_HEIGHT_ERROR: Final = 0.01

GAITS: Final = (None, Activity.RUNNING, Activity.WALKING)
"""What may be held against the clocks of gravity and of the legs, None being whatever it turns out to be."""


def understand(
    track: PoseTrack,
    *,
    clip_fps: float,
    activity: Activity | None = None,
    view: View | None = None,
    height_cm: float | None = None,
    speed_mps: float | None = None,
    box_cm: float | None = None,
    mass_kg: float | None = None,
    look: Look | None = None,
    rate_stated: bool = False,
    filming: Filming | None = None,
) -> Motion:
    """Understand a raw track.

    Where its times cannot be real ones, movement is read at the speed that it must have had, and then told in the
    track's own seconds.

    Args:
        track: as the pose model gave it.
        clip_fps: frames per real second in the clip.
        activity: what the user says the person does.
        view: the side the user says the camera sees.
        height_cm: standing height that the user states.
        speed_mps: running speed that the user states.
        box_cm: height of the step-up box that the user states.
        mass_kg: body mass that the user states.
        look: what a first look at the clip showed.
        filming: how the clip was filmed, the track being of the shot used; None: as if the phone had stood still.
        rate_stated: whether the user says how fast the clip was recorded, so that its times are believed.
    """
    raw, filmed = track, held_still(filming.path if filming else CameraPath.still(len(track)), track.times_s)
    track = steadied(track, filmed)
    cleaned, camera, doing = _see(track, view, activity)
    tempo = LIFE
    if not rate_stated and activity in GAITS:
        tempo = judge_tempo(cleaned.track, camera)
    if tempo.unknown:
        track = at_pace(track, 1.0 / tempo.factor)
        cleaned, camera, doing = _see(track, view, activity)
    body, roll, steps = _trued(cleaned.track, camera, doing.activity)
    motion = Motion(
        raw=at_pace(raw, 1.0 / tempo.factor) if tempo.unknown else raw,
        track=body,
        clip_fps=clip_fps,
        camera=replace(camera, roll_deg=roll.deg, roll_left_deg=roll.left_deg),
        scale=_scale(body, height_cm),
        activity=doing.activity,
        com_px=centre_of_mass(body.points_px),
        steps=steps,
        reps=doing.reps,
        unfinished=doing.unfinished,
        repaired_fraction=cleaned.repaired_fraction,
        look=look or UNSEEN,
        speed_mps=speed_mps,
        box_cm=box_cm,
        mass_kg=mass_kg,
        path=filmed.rolled(roll.corrected_deg),
        filming=filming,
        tempo=tempo,
    )
    return motion_at_pace(motion, tempo.factor) if tempo.unknown else motion


def _see(track: PoseTrack, view: View | None, activity: Activity | None) -> tuple[CleanTrack, Camera, Doing]:
    cleaned = clean(track)
    camera = see_camera(cleaned.track, view)
    return cleaned, camera, recognise(cleaned, camera, activity)


def _trued(track: PoseTrack, camera: Camera, activity: Activity) -> tuple[PoseTrack, Roll, tuple[Step, ...]]:
    """The track with the pose model's habits and the camera's roll taken off, that roll, and a runner's steps.

    From the side steps are read off what is true of the legs, so last; from elsewhere they tell which feet are hidden.
    """
    runs, sagittal = activity is Activity.RUNNING, camera.view in SAGITTAL
    steps = find_steps(track, camera) if runs and not sagittal else ()
    legible = without_hidden_feet(track, steps) if runs and camera.view in FRONTAL else track
    body = calibrate(legible, camera)
    roll = see_roll(body, camera.view, activity)
    body = steadied(body, CameraPath.still(len(body)).rolled(roll.corrected_deg))
    return body, roll, find_steps(body, camera) if runs and sagittal else steps


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
