"""The pose of one person over a clip.

Each thread has networks of its own and its own stretch of the clip, since they compute without the interpreter's lock;
stretches begin a little early so that tracking has settled. Nothing is smoothed here: that is done without lag, over
the whole clip, in `clean`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from analyzer.arrays import Floats
from analyzer.cores import cores
from analyzer.pose.crop import Crop
from analyzer.pose.detect import Detector
from analyzer.pose.heat import PEAKS
from analyzer.pose.landmarks import COUNT, LEG_POINTS
from analyzer.pose.models import ModelFile
from analyzer.pose.networks import Bundle, Landmarker, read_bundle
from analyzer.pose.quiet import engine_quiet
from analyzer.pose.track import Places, PoseTrack
from analyzer.pose.tracker import Sighting, Tracker, sight
from analyzer.pose.waist import SHAPE, at_hips, tilts_deg
from analyzer.video.clip import Clip
from analyzer.video.planar import Planar, UprightPlanar
from analyzer.video.reader import read_stored
from analyzer.video.scene import Scene
from analyzer.video.scenetrack import SceneTrack

HIGHEST_RATE_HZ: Final = 75.0
"""Frames are left out while the rest come at least half as often: between 38 and 75 per second. Events do not get
better above 30 (see `benchmarks/`), a fast clip only costs more."""

HIGHEST_RATE_OF_LONG_HZ: Final = 38.0
LONG_S: Final = 40.0
"""Real seconds from which a clip holds steps or repetitions enough for half as many frames: on the rendered clips at 60
per second that moves values by less than a third of their uncertainty, and leaves that as it is."""

CROP_SIDE_PX: Final = 512.0
"""The network sees 256 x 256 px; twice that is kept of the square around the person, and the rest of the size is not
worth its time."""

LONGEST_SIDE_PX: Final = (640, 1280, 4096)
"""To what a picture's longer side is shrunk where it has to be converted, and where its sharpness is read: at least,
where nothing is known of the person's size, and at most."""

FEWEST_PER_THREAD: Final = 60
WARM_UP: Final = 5


class Guide(Protocol):
    """Where the person to follow is."""

    def crop(self, time_s: float) -> Crop | None:
        """The square around them in the upright clip's px, at a time of the file; None where they are not seen."""
        ...


class Watched(NamedTuple):
    """What was seen in a clip.

    Attributes:
        track: raw, at the analysis rate; NaN where nobody was found.
        scene: what the same frames show besides the person.
    """

    track: PoseTrack
    scene: SceneTrack


def estimate_pose(
    clip: Clip,
    model: ModelFile,
    told: Callable[[float], None],
    *,
    guide: Guide | None = None,
    crop_side_px: float | None = None,
) -> Watched:
    """The pose of one person in every frame that matters, and the scene around them.

    Args:
        clip: what to look at.
        model: the landmarker's bundle.
        told: is told the share of the clip that is done, 0 to 1.
        guide: whom to follow; None follows whoever is most plainly there.
        crop_side_px: edge of the square around the person in the clip's px, if known: it decides to which size pictures
            are shrunk that have to be converted.

    Raises:
        ModelError: the model cannot be run.
    """
    every = analysis_step(clip.capture_fps, clip.frames / clip.capture_fps)
    wanted = np.arange(0, clip.frames, every)
    rows = Rows(len(wanted), told)
    bundle = read_bundle(model.path)
    workers = min(cores(), max(1, len(wanted) // FEWEST_PER_THREAD))
    stretches = [part for part in np.array_split(wanted, workers) if len(part)]
    task = _Task(clip, bundle, guide, longest_side_px(clip, crop_side_px), every)
    with engine_quiet(), ThreadPoolExecutor(len(stretches)) as pool:
        jobs = [pool.submit(task.run, part, rows) for part in stretches]
        scenes = [job.result() for job in jobs]
    return Watched(rows.track(clip, wanted, f"mediapipe {model.name}"), SceneTrack.join(scenes))


def analysis_step(capture_fps: float, real_s: float = 0.0) -> int:
    """Every how many frames the pose is estimated in a clip of that length."""
    highest_hz = HIGHEST_RATE_HZ if real_s < LONG_S else HIGHEST_RATE_OF_LONG_HZ
    return max(1, int(np.ceil(capture_fps / highest_hz)))


def longest_side_px(clip: Clip, crop_side_px: float | None) -> int:
    """To how many px the longer side of a picture is shrunk that has to be converted."""
    least, usual, most = LONGEST_SIDE_PX
    if crop_side_px is None:
        return usual
    return int(np.clip(CROP_SIDE_PX / crop_side_px * max(clip.width, clip.height), least, most))


class Rows:
    """Where the threads put what they find, each in its own rows."""

    def __init__(self, count: int, told: Callable[[float], None]) -> None:
        self.points = np.full((count, COUNT, 2), np.nan)
        self.visibility = np.zeros((count, COUNT))
        self.world = np.full((count, COUNT, 3), np.nan)
        self.places = np.full((count, len(LEG_POINTS), PEAKS, 2), np.nan)
        self.belief = np.zeros((count, len(LEG_POINTS), PEAKS, 2))
        self.waist = np.zeros((count, *SHAPE), np.uint8)
        self.decoded = np.zeros(count, bool)
        self._told = told

    def put(self, row: int, found: Sighting | None, picture: Planar, scale: float) -> None:
        """Store one frame's result, whose picture was smaller than the clip's by a factor."""
        self.decoded[row] = True
        if found is not None:
            self.waist[row] = at_hips(picture, found.points_px)
            self.points[row] = found.points_px * scale
            self.visibility[row] = found.visibility
            self.world[row] = found.world_m
            self.places[row] = found.places_px * scale
            self.belief[row] = found.belief
        self._told(float(self.decoded.mean()))

    def track(self, clip: Clip, wanted: Any, source: str) -> PoseTrack:
        """All rows whose frame could be decoded, as a track in real seconds."""
        kept = self.decoded
        return PoseTrack(
            times_s=(clip.times_s[wanted] - clip.times_s[0])[kept] / clip.slow_motion_factor,
            points_px=self.points[kept],
            visibility=self.visibility[kept],
            world_m=self.world[kept],
            size_px=(clip.width, clip.height),
            source=source,
            places=Places(self.places[kept], self.belief[kept]),
            waist_deg=tilts_deg(self.waist[kept]),
        )


@dataclass(frozen=True)
class _Task:
    clip: Clip
    bundle: Bundle
    guide: Guide | None
    longest_side_px: int
    every: int

    def run(self, wanted: Any, rows: Rows) -> SceneTrack:
        """Look at one stretch."""
        watch, early = Scene((self.clip.width, self.clip.height), self.longest_side_px), 0
        landmarker = Landmarker(self.bundle)
        tracker = Tracker(landmarker, Detector(self.bundle))
        warm_up = WARM_UP if self.guide is None else 0
        first = max(0, int(wanted[0]) - warm_up * self.every)
        upright = UprightPlanar(self.clip, self.longest_side_px)
        for index, frame in read_stored(self.clip, start=first, stop=int(wanted[-1]) + 1, step=self.every):
            picture = upright.picture(frame)
            scale = self.clip.width / picture.size_px[0]
            if self.guide is None:
                found = tracker.see(picture)
            else:
                crop = self.guide.crop(float(self.clip.times_s[index]))
                found = None if crop is None else sight(landmarker, picture, crop.scaled(1.0 / scale))
            watch.see(picture, None if found is None else _box(found.points_px) * scale)
            if index >= wanted[0]:
                rows.put(index // self.every, found, picture, scale)
            else:
                early += 1
        return watch.track(skip=early)


def _box(points_px: Floats) -> Floats:
    """Left, top, right, bottom of the points (33, 2)."""
    return np.concatenate([points_px.min(axis=0), points_px.max(axis=0)])
