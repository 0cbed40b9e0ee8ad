"""What is understood of a person's movement, before anybody judges it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.belief import doubt
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.subject import UNSEEN, Look
from analyzer.pose.track import PoseTrack
from analyzer.video.camerapath import CameraPath
from analyzer.video.filming import Filming


class View(str, Enum):
    """The side of the person that the camera sees."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    OBLIQUE = "oblique"


FOCAL_LENGTH = 1.1
"""Of a phone, over the picture's longer side: 0.75 for a main lens (26-28 mm on 36 mm film), 1.5 at twice the zoom."""

FRONTAL = frozenset({View.FRONT, View.BACK})
SAGITTAL = frozenset({View.LEFT, View.RIGHT})

SEGMENT_ENDS: Final = {"thigh": ("hip", "knee"), "shank": ("knee", "ankle")}
"""Joints, upper first, between which each long bone of the leg lies."""


class Activity(str, Enum):
    """What the person does."""

    RUNNING = "running"
    STEP_UP = "step_up"
    SQUAT = "squat"
    SINGLE_LEG_SQUAT = "single_leg_squat"
    LUNGE = "lunge"
    RDL = "rdl"
    SPLIT_SQUAT = "split_squat"
    HIP_THRUST = "hip_thrust"
    CRAB_WALK = "crab_walk"
    HOP = "hop"
    BALANCE = "balance"
    SINGLE_LEG_RDL = "single_leg_rdl"
    BOX_JUMP = "box_jump"
    DOUBLE_LEG_SKIP = "double_leg_skip"
    SINGLE_LEG_SKIP = "single_leg_skip"
    HIGH_KNEES = "high_knees"
    OVERHEAD_KNEES = "overhead_knees"
    HIP_HINGE_HOLD = "hip_hinge_hold"
    HAMSTRING_BRIDGE = "hamstring_bridge"
    WALL_CALF_STRIDE = "wall_calf_stride"
    DOOR_FRAME = "door_frame"
    WALKING = "walking"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Camera:
    """Where the phone stood.

    Attributes:
        view: side of the person seen.
        yaw_deg: by how much the view misses that side; + when the camera stands further on the way round from the
            person's front over their left to their back.
        yaw_error_deg: standard error of yaw_deg.
        roll_deg: turn of the picture against the vertical, + clockwise; NaN if unknown. A clear one has been taken off
            the track.
        facing: +1 if the person faces the right edge of the picture, -1 the left, 0 in front and back views.
        confidence: 0 to 1.
        roll_left_deg: standard error of how upright the track is, whatever of the roll was taken off it.
    """

    view: View
    yaw_deg: float
    yaw_error_deg: float
    roll_deg: float
    facing: int
    confidence: float
    roll_left_deg: float = 0.7


@dataclass(frozen=True)
class Scale:
    """Size of a px at the person's depth.

    Attributes:
        cm_per_px: (n,) over the clip's frames, since a person may come nearer.
        relative_error: standard error as a fraction.
        source: where the person's height comes from: ``stated`` or ``assumed``.
        leg_length_cm: hip to knee to ankle.
    """

    cm_per_px: Floats
    relative_error: float
    source: str
    leg_length_cm: float


@dataclass(frozen=True)
class Tempo:
    """How many times slower than life the times of a track run, judged from the movement itself.

    Attributes:
        factor: 1 at life speed; else an estimate.
        relative_error: standard error of the estimate as a fraction.
        unknown: whether the times cannot be real ones, and nobody said what they are.
    """

    factor: float = 1.0
    relative_error: float = 0.0
    unknown: bool = False

    @property
    def range(self) -> tuple[float, float]:
        """The 95 % interval of the factor."""
        spread = float(np.exp(1.96 * self.relative_error))
        return self.factor / spread, self.factor * spread


LIFE: Final = Tempo()


@dataclass(frozen=True)
class Step:
    """One running step: the stance of one leg.

    Times in real seconds from the clip's first frame, or in the file's where `Motion.tempo` is unknown; NaN if outside
    the clip.
    """

    index: int
    side: Side
    contact_s: float
    toe_off_s: float
    mid_stance_s: float
    contact_error_s: float
    toe_off_error_s: float


@dataclass(frozen=True)
class Phases:
    """Times within a step-up, in s, after `Rep.start_s`, in which the lead foot leaves the floor.

    Attributes:
        placed_s: the lead foot rests on the box; NaN if it rested there since the last repetition.
        trail_off_s: the trailing toe leaves the floor.
        joined_s: the trailing foot rests on the box; NaN if it never does.
        lowering_s: the hips begin to sink.
        floor_s: the first foot is back on the floor.
        hesitation_s: for how long the hips hardly rose in the midst of rising.
    """

    placed_s: float
    trail_off_s: float
    joined_s: float
    lowering_s: float
    floor_s: float
    hesitation_s: float = 0.0


@dataclass(frozen=True)
class Rep:
    """One repetition. For step-ups the side is the leg that leads onto the box.

    ``loaded`` lists the intervals, in s, in which the side's leg carries the body alone (two-legged exercises:
    the whole way down and up). ``phases`` are those of a step-up, None in other exercises.
    """

    index: int
    side: Side
    start_s: float
    top_s: float
    end_s: float
    loaded: tuple[tuple[float, float], ...]
    phases: Phases | None = None


class Why(str, Enum):
    """Why a repetition does not count."""

    CUT_OFF = "cut_off"
    NOT_TO_THE_TOP = "not_to_the_top"


@dataclass(frozen=True)
class Unfinished:
    """A repetition that was begun and does not count, and when in s."""

    time_s: float
    why: Why


@dataclass(frozen=True)
class Motion:
    """A person's movement: the cleaned track, and what it shows.

    Attributes:
        raw: the track as the pose model gave it.
        track: repaired and smoothed without lag.
        clip_fps: frames per real second in the clip, which may exceed the track's.
        camera: where the phone stood.
        scale: None where the person was not seen whole.
        activity: what the person does.
        com_px: (n, 2) centre of mass of the whole body.
        steps: running steps in order of contact.
        reps: repetitions in order of start.
        repaired_fraction: share of leg points that were exchanged or replaced.
        look: what a first look at the clip showed.
        speed_mps: running speed that the user states.
        mass_kg: body mass that the user states.
        box_cm: height of the step-up box that the user states.
        path: how the phone moved and was turned, as far as that was taken off the track; None where nothing was.
        filming: how the clip was filmed; None if that was not looked into.
        tempo: whether the times are real ones; where that is unknown, all times here are those of the file.
        unfinished: repetitions begun that do not count.
    """

    raw: PoseTrack
    track: PoseTrack
    clip_fps: float
    camera: Camera
    scale: Scale | None
    activity: Activity
    com_px: Floats
    steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()
    repaired_fraction: float = 0.0
    look: Look = UNSEEN
    speed_mps: float | None = None
    mass_kg: float | None = None
    box_cm: float | None = None
    path: CameraPath | None = None
    filming: Filming | None = None
    tempo: Tempo = LIFE
    unfinished: tuple[Unfinished, ...] = ()

    @property
    def times_s(self) -> Floats:
        """(n,) real seconds, or the file's where the tempo is unknown."""
        return self.track.times_s

    def joint(self, side: Side, name: str) -> Floats:
        """(n, 2) px of a paired landmark."""
        return self.track.points_px[:, point(side, name)]

    def middle(self, name: str) -> Floats:
        """(n, 2) px midway between the left and the right landmark of that name."""
        return 0.5 * (self.joint(Side.LEFT, name) + self.joint(Side.RIGHT, name))

    def medial(self, side: Side) -> float:
        """Sign in picture x that points from that side's leg towards the other one.

        From the front the person's left is at the right of the picture.
        """
        away = 1.0 if (side is Side.LEFT) == (self.camera.view is not View.BACK) else -1.0
        return -away

    def segment_px(self, name: str) -> Floats:
        """(n,) length in px that thigh or shank have when they lie in the picture's plane; NaN if size is unknown."""
        ends = SEGMENT_ENDS[name]
        seen = np.concatenate([np.linalg.norm(self.joint(s, ends[0]) - self.joint(s, ends[1]), axis=1) for s in SIDES])
        seen = seen[np.isfinite(seen)]
        return np.full(len(self.track), np.percentile(seen, 95) if len(seen) else np.nan)

    def ahead_x(self, side: Side) -> Floats:
        """Picture x (n,), to the right, of a unit vector at that side's knee that points where the person faces.

        Besides the camera's yaw it holds the perspective: a knee that comes towards the camera moves away from the
        picture's middle, as if the camera stood aside by the angle under which it sees that leg.
        """
        nominal = {View.FRONT: 0.0, View.LEFT: 90.0, View.BACK: 180.0, View.RIGHT: -90.0}.get(self.camera.view, 0.0)
        azimuth = np.radians(nominal + self.camera.yaw_deg)
        width, height = self.track.size_px
        ray = (self.joint(side, "knee")[:, 0] - width / 2) / (FOCAL_LENGTH * max(width, height))
        return np.asarray(-np.sin(azimuth) + np.cos(azimuth) * ray)

    def in_cm(self, lengths_px: Floats) -> Floats:
        """A (n,) curve of lengths at the person's distance, in cm; NaN where the person's size is unknown."""
        if self.scale is None:
            return np.full(len(lengths_px), np.nan)
        return np.asarray(lengths_px * self.scale.cm_per_px)

    def standing(self) -> Bools:
        """(n,) True while the person rests between repetitions, both feet on the floor; nowhere without repetitions."""
        resting = np.full(len(self.track), bool(self.reps))
        for rep in self.reps:
            resting &= (self.times_s < rep.start_s) | (self.times_s > rep.end_s)
        return resting

    def doubt(self, side: Side, times_s: Floats) -> float:
        """How much larger errors of that side's leg are than usual at the median of some times, 1 or more.

        From the pose model's belief in the least believed of knee, ankle, heel and toe; 1 where nothing is known of it.
        """
        if self.raw.places is None or not len(times_s):
            return 1.0
        rows = [point(side, part) for part in ("knee", "ankle", "heel", "toe")]
        belief = np.interp(times_s, self.times_s, self.track.visibility[:, rows].min(axis=1))
        return float(doubt(np.median(belief)))

    def at(self, curve: Floats, time_s: float) -> float:
        """Value of a (n,) curve at a time between frames, NaN outside the clip or beside a gap."""
        times = self.times_s
        if not times[0] <= time_s <= times[-1]:
            return float("nan")
        return float(np.interp(time_s, times, curve))
