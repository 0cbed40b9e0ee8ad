"""What the person does, from how feet and hips move. Physical quantities only: body heights, seconds, phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.motion.feet import heights
from analyzer.motion.reps import look_for_step_ups
from analyzer.motion.running import find_rhythm
from analyzer.motion.signals import resample
from analyzer.motion.squats import look_for_holds, look_for_squats
from analyzer.motion.types import SAGITTAL, Activity, Camera, Rep, Unfinished
from analyzer.motion.unlike import kneels, leaps, lies, steps_around
from analyzer.pose.clean import CleanTrack

STEADY: Final = 0.5
"""Autocorrelation over one stride from which the legs are said to take turns."""

LEAST_HOLD_S: Final = 0.5
"""What counts as a hold where the user says that somebody balances."""

LONGER_THAN_A_STEP_S: Final = 0.85
"""Who walks as slowly as one step a second still has each foot in the air for 0.8 s of a stride only."""

FEWEST_LOWS: Final = 4

BRISK_STEPS_PER_MIN: Final = 140.0
"""Hardly anybody walks faster or runs slower; an assumption of this project, without a source that was checked."""

RUNNERS_STEPS_PER_MIN: Final = 170.0
"""Only race walkers walk as fast, and they are taken for runners; an assumption of this project likewise."""

CLEAR: Final = 2.0
"""How plainly the phase must speak against the step rate to be believed."""


@dataclass(frozen=True)
class Doing:
    """The activity, and its repetitions if it has any."""

    activity: Activity
    reps: tuple[Rep, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()


def recognise(clean: CleanTrack, camera: Camera, stated: Activity | None = None) -> Doing:
    """Find out what the person does; an activity that the user states is believed."""
    track = clean.track
    if stated is Activity.STEP_UP:
        found = look_for_step_ups(track, stated=True)
        return Doing(stated, reps=found.reps, unfinished=found.unfinished)
    if stated in (Activity.SQUAT, Activity.SINGLE_LEG_SQUAT):
        found = look_for_squats(track)[1]
        return Doing(stated, reps=found.reps, unfinished=found.unfinished)
    if stated is Activity.BALANCE:
        return Doing(stated, reps=look_for_holds(track, LEAST_HOLD_S).reps)
    if stated is not None:
        return Doing(stated)
    if clean.fast:
        gait = _gait(clean, camera)
        if gait is Activity.UNKNOWN:
            holds = look_for_holds(track, LONGER_THAN_A_STEP_S).reps
            return Doing(Activity.BALANCE, reps=holds) if holds else Doing(gait)
        return Doing(gait)
    if lies(track):
        return Doing(Activity.UNKNOWN)
    kind, found = Activity.STEP_UP, look_for_step_ups(track)
    if not found.reps:
        kind, found = look_for_squats(track)
    if found.reps:
        if leaps(heights(track), found.reps):
            return Doing(Activity.HOP)
        if kneels(track):
            return Doing(Activity.LUNGE if steps_around(track) else Activity.SPLIT_SQUAT)
        return Doing(kind, reps=found.reps, unfinished=found.unfinished)
    holds = look_for_holds(track).reps
    return Doing(Activity.BALANCE, reps=holds) if holds else Doing(Activity.UNKNOWN)


def _gait(clean: CleanTrack, camera: Camera) -> Activity:
    """Running or walking by physics: a runner's pelvis is lowest in mid-stance, a walker's with both feet down.

    At mid-stance the ankles pass each other (from the side), and one foot is high (from the front).
    Source: Cavagna et al. 1977, doi:10.1152/ajpregu.1977.233.5.R243.
    """
    signals = resample(clean.track)
    rhythm = find_rhythm(signals, camera) if signals else None
    if signals is None or rhythm is None or rhythm.strength < STEADY or len(rhythm.lows_s) < FEWEST_LOWS:
        return Activity.UNKNOWN
    swing = np.abs(rhythm.swing)
    at_lows = float(np.interp(rhythm.lows_s, signals.times_s, swing).mean())
    between = float(np.interp(rhythm.lows_s[:-1] + 0.5 * rhythm.step_s, signals.times_s, swing).mean())
    running_like = between / at_lows if camera.view in SAGITTAL else at_lows / between
    steps_per_min = 60.0 / rhythm.step_s
    brisk = steps_per_min >= BRISK_STEPS_PER_MIN
    runs = running_like > (1.0 / CLEAR if brisk else CLEAR)
    return Activity.RUNNING if runs or steps_per_min >= RUNNERS_STEPS_PER_MIN else Activity.WALKING
