"""From a clip to the track of the person it is about."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any, Final, NamedTuple

import numpy as np

from analyzer.arrays import Floats, Ints, Picture
from analyzer.cores import cores
from analyzer.pose.crop import MARGIN
from analyzer.pose.estimate import estimate_pose
from analyzer.pose.glimpses import Onlooker
from analyzer.pose.landmarks import COUNT, SIDES, point
from analyzer.pose.models import ModelFile
from analyzer.pose.networks import Bundle, read_bundle
from analyzer.pose.people import associate
from analyzer.pose.person import Glimpse, Person
from analyzer.pose.quiet import engine_quiet
from analyzer.pose.subject import Look, Survey, broken, choose, parse_subject
from analyzer.pose.track import Places, PoseTrack
from analyzer.progress import Progress
from analyzer.video.clip import Clip
from analyzer.video.inset import Inset, find_insets
from analyzer.video.reader import keyframes, read_frames
from analyzer.video.scenetrack import SceneTrack

BODY: Final = "Finding the body"
WHO: Final = "Seeing who is there"

FIRST_LOOKS: Final = 5
LOOKS_HZ: Final = 9.0
"""Looks per real second at everybody: between two of them a sprinter moves by half a body height."""

LONGEST_SIDE_PX: Final = 960
"""To which pictures are shrunk; somebody a quarter of its height tall still fills what the network sees."""

FEWEST_PER_THREAD: Final = 30

ASTRAY: Final = 0.25
"""Body heights from the expected place beyond which the body found is somebody else's."""


class Followed(NamedTuple):
    """The person whom a clip is about.

    Attributes:
        track: raw; without frames if nobody was found.
        look: who else is in the clip.
        scene: what the track's frames show besides them; None where nobody was found.
    """

    track: PoseTrack
    look: Look
    scene: SceneTrack | None


def follow_subject(clip: Clip, model: ModelFile, subject: str | None, progress: Progress) -> Followed:
    """The track of the one whom the user asks for, else of whoever the clip seems to be about.

    Who is who is only looked into where it matters: where several people are seen, or nobody at first, where the user
    asks for somebody, or where the one who was followed became somebody else on the way.

    Raises:
        SubjectError: the one asked for is not there.
        ModelError: the pose model cannot be run.
        ClipError: the clip cannot be read any more.
    """
    if subject is not None:
        parse_subject(subject)

    def told(share: float) -> None:
        progress(BODY, share)

    look = first_look(clip, model)
    if look.people == 1 and subject is None:
        track, scene = estimate_pose(clip, model, told, crop_side_px=look.crop_side_px)
        if not broken(track):
            return Followed(track, look, scene)
    seen = survey(clip, model, progress)
    if not seen.people:
        return Followed(_nobody(clip), replace(look, people=0), None)
    person = choose(seen, subject)
    track, scene = estimate_pose(clip, model, told, guide=person, crop_side_px=person.crop_side_px)
    look = replace(look, people=len(seen.people), survey=seen, chosen=person.number)
    return Followed(without_others(track, person, seen.people), look, scene)


def first_look(clip: Clip, model: ModelFile) -> Look:
    """Look at a few frames spread over the clip: people count who are seen in two of them.

    Where a bad picture shows nobody beyond doubt, whatever may be a person counts as one.
    """
    bundle, wanted = read_bundle(model.path), looks(clip.frames, keyframes(clip))
    with engine_quiet(), ThreadPoolExecutor(min(cores(), len(wanted))) as pool:
        parts = np.array_split(wanted, min(cores(), len(wanted)))
        glances = [each for part in pool.map(partial(_glances, clip, bundle), parts) for each in part]
        seen = [each.people for each in glances]
        if not any(seen):
            onlooker = Onlooker(bundle)
            seen = [onlooker.everybody(each.rgb, each.scale, doubtful=True)[:1] for each in glances]
    counts = sorted(len(people) for people in seen)
    largest = [max(each.height_px for each in people) for people in seen if people]
    return Look(
        people=counts[-2] if len(counts) > 1 else sum(counts),
        brightness=float(np.median([each.rgb.mean() / 255.0 for each in glances])) if glances else float("nan"),
        crop_side_px=MARGIN * float(np.median(largest)) if largest else None,
        inset=_inset([each.rgb for each in glances], bundle),
    )


def _inset(pictures: list[Picture], bundle: Bundle) -> Inset | None:
    """A picture within the picture in which somebody is seen whole, in one of the first and one of the last looks."""
    may_be = find_insets(pictures)
    if not may_be:
        return None
    with engine_quiet():
        onlooker = Onlooker(bundle)
        shown = (each for each in may_be if all(onlooker.somebody_whole(each.within(pictures[k])) for k in (1, -2)))
        return next(shown, None)


def survey(clip: Clip, model: ModelFile, progress: Progress) -> Survey:
    """Follow everybody over the whole clip."""
    every = max(1, round(clip.capture_fps / LOOKS_HZ))
    wanted = np.arange(0, clip.frames, every)
    bundle = read_bundle(model.path)
    workers = min(cores(), max(1, len(wanted) // FEWEST_PER_THREAD))
    stretches = [part for part in np.array_split(wanted, workers) if len(part)]
    told = _Told(len(wanted), progress)
    with engine_quiet(), ThreadPoolExecutor(len(stretches)) as pool:
        jobs = [pool.submit(_watch, clip, bundle, part, told, every) for part in stretches]
        looks = [look for job in jobs for look in job.result()]
    return Survey(associate(looks, clip.slow_motion_factor), len(looks), (clip.width, clip.height))


def without_others(track: PoseTrack, person: Person, people: Sequence[Person]) -> PoseTrack:
    """The track without the bodies that are not where the person must have been, or rather where somebody else was."""
    hips = track.points_px[:, [point(side, "hip") for side in SIDES]].mean(axis=1)
    theirs = np.zeros(len(track), bool)
    for index, (at, time_s) in enumerate(zip(hips, track.times_s, strict=True)):
        away = _heights_away(person, at, float(time_s))
        others = [_heights_away(other, at, float(time_s)) for other in people if other is not person]
        theirs[index] = away <= min([ASTRAY, *others])
    return replace(
        track,
        points_px=np.where(theirs[:, None, None], track.points_px, np.nan),
        visibility=np.where(theirs[:, None], track.visibility, 0.0),
        world_m=np.where(theirs[:, None, None], track.world_m, np.nan),
        places=track.places
        and Places(
            np.where(theirs[:, None, None, None], track.places.px, np.nan),
            np.where(theirs[:, None, None, None], track.places.belief, 0.0),
        ),
        waist_deg=None if track.waist_deg is None else np.where(theirs, track.waist_deg, np.nan),
    )


def _heights_away(person: Person, at_px: Floats, time_s: float) -> float:
    """How far a place (2,) lies from somebody's hips, in body heights; infinite where they were not there."""
    crop = person.crop(time_s * person.slow_motion_factor)
    return float("inf") if crop is None else float(np.hypot(*(at_px - crop.centre_px)) / crop.side_px * MARGIN)


class _Glance(NamedTuple):
    """A picture, by how much the clip is larger, and who is in it."""

    rgb: Picture
    scale: float
    people: list[Glimpse]


def looks(frames: int, quick: Ints) -> Ints:
    """Indices, rising, of a few frames from all over the clip; quick ones to reach where they are not far off."""
    evenly = np.unique(np.linspace(0, frames - 1, FIRST_LOOKS + 2).round().astype(int)[1:-1])
    if not len(quick):
        return evenly
    apart = (frames - 1) / (FIRST_LOOKS + 1)
    chosen = evenly.copy()
    for look, mine in enumerate(np.abs(evenly - quick[:, None]).argmin(axis=1) == np.arange(len(evenly))[:, None]):
        off = np.where(mine, np.abs(quick - evenly[look]), np.inf)
        if off.min() < 0.5 * apart:
            chosen[look] = quick[off.argmin()]
    return chosen


def _glances(clip: Clip, bundle: Bundle, wanted: Ints) -> list[_Glance]:
    """Look at some frames, without those that cannot be decoded."""
    onlooker, found = Onlooker(bundle), []
    for index in wanted:
        for frame in read_frames(clip, start=int(index), stop=int(index) + 1, max_side_px=LONGEST_SIDE_PX):
            scale = clip.width / frame.rgb.shape[1]
            found.append(_Glance(frame.rgb, scale, onlooker.everybody(frame.rgb, scale)))
    return found


class _Told:
    """Counts the looks of all threads for the progress."""

    def __init__(self, count: int, progress: Progress) -> None:
        self._count, self._done, self._progress, self._lock = count, 0, progress, Lock()

    def one_more(self) -> None:
        with self._lock:
            self._done += 1
            self._progress(WHO, self._done / self._count)


def _watch(clip: Clip, bundle: Bundle, wanted: Any, told: _Told, every: int) -> list[list[Glimpse]]:
    """Everybody in each look of one stretch."""
    onlooker = Onlooker(bundle)
    looks: list[list[Glimpse]] = []
    frames = read_frames(clip, start=int(wanted[0]), stop=int(wanted[-1]) + 1, step=every, max_side_px=LONGEST_SIDE_PX)
    for frame in frames:
        time_s = (frame.time_s - float(clip.times_s[0])) / clip.slow_motion_factor
        settled = onlooker.see(frame.rgb, time_s, clip.width / frame.rgb.shape[1])
        if settled is not None:
            looks.append(settled)
        told.one_more()
    return looks + onlooker.rest()


def _nobody(clip: Clip) -> PoseTrack:
    return PoseTrack(
        times_s=np.zeros(0),
        points_px=np.zeros((0, COUNT, 2)),
        visibility=np.zeros((0, COUNT)),
        world_m=np.zeros((0, COUNT, 3)),
        size_px=(clip.width, clip.height),
    )
