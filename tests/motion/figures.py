"""A stick figure that runs or steps up, in three dimensions, seen by a pinhole camera.

World: x forward, y to the figure's left, z up, metres. Everything that a metric should say of it can be worked out from
``Figure.joints``, without the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from analyzer.arrays import Floats
from analyzer.motion.body import centre_of_mass
from analyzer.motion.types import FOCAL_LENGTH, Activity, Camera, Motion, Phases, Rep, Scale, Step, View
from analyzer.pose.landmarks import COUNT, INDEX, SIDES, Side, point
from analyzer.pose.track import PoseTrack

HEIGHT_M = 1.75
THIGH_M = SHANK_M = 0.43
ANKLE_M = 0.08
HIP_HALF_M = 0.09
MASS_KG = 70.0
AZIMUTH_DEG = {View.FRONT: 0.0, View.LEFT: 90.0, View.BACK: 180.0, View.RIGHT: -90.0}
OUT = {Side.LEFT: 1.0, Side.RIGHT: -1.0}


@dataclass(frozen=True)
class Figure:
    """Where all points are, and when what happens.

    Attributes:
        times_s: (n,)
        joints: (n, 33, 3) m.
        activity: what it does.
        steps: exact running steps.
        reps: exact repetitions.
    """

    times_s: Floats
    joints: Floats
    activity: Activity
    steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()

    def joint(self, side: Side, name: str) -> Floats:
        """(n, 3) m."""
        return self.joints[:, point(side, name)]

    def at(self, curve: Floats, time_s: float) -> float:
        return float(np.interp(time_s, self.times_s, curve))


@dataclass(frozen=True)
class Runner:
    """How somebody runs. Angles in degrees; the swivel turns a knee inwards about the line from hip to ankle."""

    cadence: float = 168.0
    speed_mps: float = 2.8
    duty: float = 0.335
    reach_m: float = 0.16
    strike_deg: float = 6.0
    lean_forward_deg: float = 7.0
    lean_left_deg: float = 0.0
    drop_deg: dict[Side, float] = field(default_factory=lambda: {Side.LEFT: 5.0, Side.RIGHT: 5.0})
    swivel_deg: dict[Side, float] = field(default_factory=lambda: {Side.LEFT: 6.0, Side.RIGHT: 6.0})
    duration_s: float = 6.0
    fps: float = 60.0
    start_s: float = 0.13

    @property
    def stride_s(self) -> float:
        return 120.0 / self.cadence


def run(how: Runner = Runner()) -> Figure:
    times = np.arange(0.0, how.duration_s, 1.0 / how.fps)
    phase = {Side.LEFT: (times - how.start_s) / how.stride_s, Side.RIGHT: (times - how.start_s) / how.stride_s + 0.5}
    mid = how.duty / 2.0
    pelvis = np.zeros((len(times), 3))
    pelvis[:, 2] = 0.89 - 0.035 * np.cos(4.0 * np.pi * (phase[Side.LEFT] - mid))
    half, swing = (0.5 * (how.drop_deg[Side.LEFT] + s * how.drop_deg[Side.RIGHT]) for s in (-1.0, 1.0))
    tilt = np.radians(half + swing * np.cos(2.0 * np.pi * (phase[Side.LEFT] - mid)))
    points: dict[str, Floats] = {}
    for side in SIDES:
        hip = pelvis + OUT[side] * HIP_HALF_M * np.stack([0 * tilt, np.cos(tilt), np.sin(tilt)], axis=1)
        ankle = pelvis * [1, 1, 0] + _running_ankle(how, phase[side] % 1.0)
        ankle[:, 1] += OUT[side] * 0.05
        pitch = _running_foot(how, phase[side] % 1.0)
        points |= leg(side, hip, ankle, np.radians(how.swivel_deg[side]), pitch)
    points |= upper_body(pelvis, how.lean_forward_deg, how.lean_left_deg)
    return Figure(times, stacked(points, len(times)), Activity.RUNNING, steps=_steps(how, times))


def _running_ankle(how: Runner, phase: Floats) -> Floats:
    """(n, 3): with the belt in stance, a little further back after toe-off, back onto the belt before contact."""
    stride = how.stride_s
    toe_off = how.reach_m - how.speed_mps * how.duty * stride
    knots = np.array([0.0, how.duty * stride, how.duty * stride + 0.10, stride - 0.022, stride])
    places = [how.reach_m, toe_off, toe_off - 0.05 * how.speed_mps, how.reach_m + 0.011 * how.speed_mps, how.reach_m]
    slopes = [-how.speed_mps, -how.speed_mps, 0.0, 0.0, -how.speed_mps]
    ahead = CubicHermiteSpline(knots, places, slopes)(phase * stride)
    rise = PchipInterpolator([0.0, 0.2, how.duty, 0.6, 0.85, 1.0], [0.0, 0.0, 0.18, 0.40, 0.12, 0.0])(phase)
    return np.stack([ahead, 0.0 * ahead, ANKLE_M + rise], axis=1)


def _running_foot(how: Runner, phase: Floats) -> Floats:
    """(n,) rad: lands at the strike angle, is flat around mid-stance, then the heel rises."""
    places = [how.strike_deg, 0.0, 0.0, -50.0, -70.0, how.strike_deg, how.strike_deg]
    return np.radians(PchipInterpolator([0.0, 0.06, 0.2, how.duty, 0.5, 0.9, 1.0], places)(phase))


def _steps(how: Runner, times: Floats) -> tuple[Step, ...]:
    half = how.stride_s / 2.0
    contacts = np.arange(-1, 2 * int(how.duration_s / half) + 2) * half + how.start_s
    found = []
    for count, contact in enumerate(contacts):
        if not times[0] <= contact <= times[-1]:
            continue
        toe_off = contact + how.duty * how.stride_s
        found.append(
            Step(
                len(found), SIDES[1] if count % 2 == 0 else SIDES[0], contact,
                toe_off if toe_off <= times[-1] else np.nan, contact + how.duty * how.stride_s / 2.0, 0.01, 0.02,
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class Stepper:
    """How somebody steps up; ``leads`` in order. A ``pace`` of 2 is twice as fast.

    ``reach`` is how far up each repetition gets, ``sideways`` whether the box stands beside the first lead foot, and
    ``stays`` whether the lead foot steps down only after the last repetition.
    """

    leads: tuple[Side, ...] = (Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT)
    box_m: float = 0.23
    swivel_deg: dict[Side, float] = field(default_factory=lambda: {Side.LEFT: 6.0, Side.RIGHT: 6.0})
    pace: float = 1.0
    fps: float = 30.0
    margin_s: float = 1.2
    reach: dict[int, float] = field(default_factory=dict)
    sideways: bool = False
    stays: bool = False


REP_S = 5.0


def step_up(how: Stepper = Stepper()) -> Figure:
    """Lead foot up, body up with the trailing foot, pause, trailing foot down with the body, lead foot down, rest."""
    length = (2 * how.margin_s + REP_S * len(how.leads)) / how.pace
    times = np.arange(0.0, length, 1.0 / how.fps)
    clock = times * how.pace - how.margin_s
    up = np.zeros(len(times))
    foot = {side: np.zeros(len(times)) for side in SIDES}
    lift = {side: np.zeros(len(times)) for side in SIDES}
    reps = []
    for index, lead in enumerate(how.leads):
        start = REP_S * index
        moves = ((lead, 0.0, 0.6, 1), (lead.other, 0.8, 1.8, 1), (lead.other, 2.3, 3.3, -1), (lead, 3.5, 4.1, -1))
        reached = how.reach.get(index, 1.0)
        for side, begin, end, sign in moves:
            if how.stays and side is lead and (index > 0 if sign > 0 else index < len(how.leads) - 1):
                continue
            part = np.clip((clock - start - begin) / (end - begin), 0.0, 1.0)
            far = reached if side is lead.other else 1.0
            foot[side] += sign * far * _eased(part)
            lift[side] += far * (0.05 + 0.6 * how.box_m) * np.sin(np.pi * part)  # clears the box's edge
        rise = _eased(np.clip(clock - start - 0.8, 0.0, 1.0)) - _eased(np.clip(clock - start - 2.3, 0.0, 1.0))
        up += reached * rise
        at = [float((start + s + how.margin_s) / how.pace) for s in (0.0, 0.6, 0.8, 1.8, 2.3, 3.3, 4.1)]
        phases = Phases(placed_s=at[1], trail_off_s=at[2], joined_s=at[3], lowering_s=at[4], floor_s=at[5])
        reps.append(Rep(index, lead, at[0], at[3], at[6], ((at[2], at[5]),), phases))
    onto = np.array([0.0, 0.30 * OUT[how.leads[0]]] if how.sideways else [0.30, 0.0])
    pelvis = np.stack([onto[0] * up, onto[1] * up, 0.92 + how.box_m * up], axis=1)
    points: dict[str, Floats] = {}
    for side in SIDES:
        hip = pelvis + across(side, HIP_HALF_M)
        across_m = OUT[side] * 0.09 + onto[1] * foot[side]
        ankle = np.stack([onto[0] * foot[side], across_m, ANKLE_M + how.box_m * foot[side] + lift[side]], axis=1)
        points |= leg(side, hip, ankle, np.radians(how.swivel_deg[side]), 0.0 * up)
    points |= upper_body(pelvis, 5.0, 0.0)
    return Figure(times, stacked(points, len(times)), Activity.STEP_UP, reps=tuple(reps))


def squat(*, reps: int = 4, depth_m: float = 0.35, fps: float = 30.0) -> Figure:
    times = np.arange(0.0, 2.0 + 3.0 * reps, 1.0 / fps)
    down = np.where(
        (times > 1.0) & (times < 1.0 + 3.0 * reps), 0.5 - 0.5 * np.cos(2 * np.pi * (times - 1.0) / 3.0), 0.0
    )
    pelvis = np.stack([-0.2 * down, 0 * down, 0.92 - depth_m * down], axis=1)
    points: dict[str, Floats] = {}
    for side in SIDES:
        ankle = np.tile([0.0, OUT[side] * 0.12, ANKLE_M], (len(times), 1))
        points |= leg(side, pelvis + across(side, HIP_HALF_M), ankle, 0.0, 0.0 * down)
    spans = [(1.0 + 3.0 * index, 4.0 + 3.0 * index) for index in range(reps)]
    made = tuple(Rep(i, Side.BOTH, span[0], sum(span) / 2.0, span[1], (span,)) for i, span in enumerate(spans))
    return Figure(times, stacked(points | upper_body(pelvis, 15.0, 0.0), len(times)), Activity.SQUAT, reps=made)


def balance(*, sway_m: float = 0.02, fps: float = 30.0) -> Figure:
    """Three seconds on the left leg, then three on the right, the hips swaying from side to side."""
    times = np.arange(0.0, 10.0, 1.0 / fps)
    pelvis = np.stack([0 * times, sway_m * np.sin(2 * np.pi * times), 0 * times + 0.92], axis=1)
    points: dict[str, Floats] = {}
    reps = []
    for index, (side, span) in enumerate(((Side.LEFT, (1.5, 4.5)), (Side.RIGHT, (5.5, 8.5)))):
        up = np.where((times > span[0]) & (times < span[1]), 0.2, 0.0)
        ankle = np.stack([0 * times, 0 * times + OUT[side.other] * 0.09, ANKLE_M + up], axis=1)
        points |= leg(side.other, pelvis + across(side.other, HIP_HALF_M), ankle, 0.0, 0.0 * times)
        reps.append(Rep(index, side, span[0], sum(span) / 2.0, span[1], (span,)))
    joints = stacked(points | upper_body(pelvis, 3.0, 0.0), len(times))
    return Figure(times, joints, Activity.BALANCE, reps=tuple(reps))


def across(side: Side, half_m: float) -> Floats:
    return np.array([0.0, OUT[side] * half_m, 0.0])


def _eased(share: Floats) -> Floats:
    return share * share * (3.0 - 2.0 * share)


def leg(side: Side, hip: Floats, ankle: Floats, swivel: float, pitch: Floats) -> dict[str, Floats]:
    """Hip, knee, ankle and foot: the knee where thigh and shank meet, ahead of their line and turned inwards."""
    line = ankle - hip
    far = np.linalg.norm(line, axis=1, keepdims=True)
    line = line / far
    along = (far**2 + THIGH_M**2 - SHANK_M**2) / (2.0 * far)
    off = np.sqrt(np.maximum(THIGH_M**2 - along**2, 0.0))
    ahead = np.array([1.0, 0.0, 0.0]) - line[:, [0]] * line
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    inward = -OUT[side] * np.cross(-line, ahead)
    knee = hip + along * line + off * (np.cos(swivel) * ahead + np.sin(swivel) * inward)
    forward = np.stack([np.cos(pitch), 0 * pitch, np.sin(pitch)], axis=1)
    below = np.stack([np.sin(pitch), 0 * pitch, -np.cos(pitch)], axis=1)
    name = side.value
    return {
        f"{name}_hip": hip, f"{name}_knee": knee, f"{name}_ankle": ankle,
        f"{name}_heel": ankle - 0.05 * forward + ANKLE_M * below,
        f"{name}_foot_index": ankle + 0.17 * forward + ANKLE_M * below,
    }  # fmt: skip


def upper_body(pelvis: Floats, forward_deg: float, left_deg: float) -> dict[str, Floats]:
    """Trunk as a stiff rod with shoulders, hanging arms and a head on it."""
    rod = np.array([np.tan(np.radians(forward_deg)), np.tan(np.radians(left_deg)), 1.0])
    points = {"nose": pelvis + 0.72 * rod + [0.10, 0.0, 0.0]}
    for name in ("eye_inner", "eye", "eye_outer", "ear"):
        for side in SIDES:
            points[f"{side.value}_{name}"] = pelvis + 0.75 * rod + [0.02, OUT[side] * 0.06, 0.0]
    for side in SIDES:
        out = np.array([0.0, OUT[side], 0.0])
        points[f"mouth_{side.value}"] = pelvis + 0.68 * rod + [0.09, 0.0, 0.0] + 0.02 * out
        points[f"{side.value}_shoulder"] = pelvis + 0.52 * rod + 0.18 * out
        points[f"{side.value}_elbow"] = pelvis + 0.26 * rod + 0.22 * out
        for name in ("wrist", "pinky", "index", "thumb"):
            points[f"{side.value}_{name}"] = pelvis + 0.24 * rod + [0.22, 0.0, 0.0] + 0.2 * out
    return points


def stacked(points: dict[str, Floats], n: int) -> Floats:
    """(n, 33, 3) of named points."""
    out = np.full((n, COUNT, 3), np.nan)
    for name, place in points.items():
        out[:, INDEX[name]] = place
    return out


def filmed(
    figure: Figure,
    view: View,
    *,
    yaw_deg: float = 0.0,
    size_px: tuple[int, int] = (1280, 1280),
    share: float = 0.6,
    noise_m: float = 0.0,
    seed: int = 0,
) -> PoseTrack:
    """What a phone at hip height sees of it, standing so far that the figure fills a share of the picture's height."""
    azimuth = np.radians(AZIMUTH_DEG[view] + yaw_deg)
    towards = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    right = np.array([-np.sin(azimuth), np.cos(azimuth), 0.0])
    focal_px = FOCAL_LENGTH * max(size_px)
    away_m = focal_px * HEIGHT_M / (share * size_px[1])
    joints = figure.joints + np.random.default_rng(seed).normal(0.0, noise_m, figure.joints.shape)
    seen = joints - [0.0, 0.0, 0.9]
    depth = away_m - seen @ towards
    points = np.stack([seen @ right, -seen[..., 2]], axis=-1) * (focal_px / depth)[..., None] + np.array(size_px) / 2
    centred = joints - joints[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1, keepdims=True)
    world = np.stack([centred @ right, -centred[..., 2], -(centred @ towards)], axis=-1)
    visible = np.ones(points.shape[:2])
    return PoseTrack(figure.times_s, points, visible, world, size_px, "figure")


def camera(view: View, yaw_deg: float = 0.0) -> Camera:
    """A camera whose place is known for certain."""
    return Camera(view, yaw_deg, 2.0, float("nan"), {View.LEFT: -1, View.RIGHT: 1}.get(view, 0), 1.0)


def motion(figure: Figure, track: PoseTrack, where: Camera) -> Motion:
    """The figure's motion as it is, with nothing estimated but the centre of mass."""
    thighs = [track.points_px[:, point(s, "hip")] - track.points_px[:, point(s, "knee")] for s in SIDES]
    leg_px = np.nanmax(np.linalg.norm(thighs, axis=2))
    scale = Scale(np.full(len(track), 100.0 * THIGH_M / leg_px), 0.01, "stated", 92.0)
    return Motion(
        raw=track, track=track, clip_fps=track.rate_hz, camera=where, scale=scale, activity=figure.activity,
        com_px=centre_of_mass(track.points_px), steps=figure.steps, reps=figure.reps,
        speed_mps=Runner.speed_mps if figure.activity is Activity.RUNNING else None, mass_kg=MASS_KG,
    )  # fmt: skip


def shown(figure: Figure, view: View, **how: object) -> Motion:
    """The exact motion of a figure as filmed; takes what `filmed` takes."""
    return motion(figure, filmed(figure, view, **how), camera(view, float(how.get("yaw_deg", 0.0))))  # type: ignore[arg-type]


def cut(track: PoseTrack, start_s: float, end_s: float) -> PoseTrack:
    """The part of a track between two times, its clock set to zero."""
    kept = (track.times_s >= start_s) & (track.times_s <= end_s)
    return replace(
        track, times_s=track.times_s[kept] - track.times_s[kept][0], points_px=track.points_px[kept],
        visibility=track.visibility[kept], world_m=track.world_m[kept],
    )  # fmt: skip
