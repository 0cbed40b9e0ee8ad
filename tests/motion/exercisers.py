"""Stick figures that exercise, in three dimensions; made from positions of hips and feet, see `tests.motion.figures`.

Every maker takes the frame rate, and a ``pace`` that plays the same movement so many times as fast. What a check should
say of a figure is worked out from its joints here, in its own plane, without a camera and without the code under test.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.types import Activity, Rep
from analyzer.pose.landmarks import SIDES, Side
from tests.motion.figures import (
    ANKLE_M,
    HIP_HALF_M,
    OUT,
    SHANK_M,
    THIGH_M,
    Figure,
    across,
    leg,
    stacked,
)

TRUNK_M = 0.52
TOE_M = 0.17
REST_S = 1.2
BOX_M = 0.35
FLIGHT_S = 0.26
CONTACT_S = 0.20
G = 9.81


def body(pelvis: Floats, pitch_deg: Floats, *, hands: str = "hanging") -> dict[str, Floats]:
    """Trunk as a stiff rod that pitches about the hips, arms that hang, reach up or rest on the hips."""
    pitch = np.radians(pitch_deg) * np.ones(len(pelvis))
    along = np.stack([np.sin(pitch), 0 * pitch, np.cos(pitch)], axis=1)
    ahead = np.stack([np.cos(pitch), 0 * pitch, -np.sin(pitch)], axis=1)
    points = {"nose": pelvis + 0.72 * along + 0.10 * ahead}
    for name in ("eye_inner", "eye", "eye_outer", "ear"):
        for side in SIDES:
            points[f"{side.value}_{name}"] = pelvis + 0.75 * along + 0.02 * ahead + [0.0, OUT[side] * 0.06, 0.0]
    down = np.array([0.0, 0.0, -1.0])
    for side in SIDES:
        out = np.array([0.0, OUT[side], 0.0])
        shoulder = pelvis + TRUNK_M * along + 0.18 * out
        reach = {"hanging": 0.55 * down, "up": 0.55 * along}[hands]
        points[f"mouth_{side.value}"] = pelvis + 0.68 * along + 0.09 * ahead + 0.02 * out
        points[f"{side.value}_shoulder"] = shoulder
        points[f"{side.value}_elbow"] = shoulder + 0.5 * reach
        for name in ("wrist", "pinky", "index", "thumb"):
            points[f"{side.value}_{name}"] = shoulder + reach
    return points


def built(
    doing: Activity, times: Floats, pelvis: Floats, pitch_deg: Floats, ankles: dict[Side, Floats], reps: list[Rep], *,
    swivel_deg: float = 0.0, foot_deg: dict[Side, Floats] | None = None, hands: str = "hanging",
) -> Figure:  # fmt: skip
    points: dict[str, Floats] = {}
    for side in SIDES:
        pitch = np.radians((foot_deg or {}).get(side, 0.0 * times))
        points |= leg(side, pelvis + across(side, HIP_HALF_M), ankles[side], np.radians(swivel_deg), pitch)
    joints = stacked(points | body(pelvis, pitch_deg, hands=hands), len(times))
    return Figure(times, joints, doing, reps=tuple(reps))


def clock(count: int, each_s: float, fps: float, pace: float) -> tuple[Floats, Floats]:
    """Times of the frames, and how far the movement of that pace is; rest before and after."""
    times = np.arange(0.0, (2 * REST_S + count * each_s) / pace, 1.0 / fps)
    return times, times * pace - REST_S


def down(at: Floats, count: int, each_s: float, rest_s: float = 0.6) -> tuple[Floats, list[tuple[float, float, float]]]:
    """(n,) 0 at rest to 1 at the turn; and start, turn and end of each repetition."""
    moving = each_s - rest_s
    share = np.zeros(len(at))
    spans = []
    for index in range(count):
        start = index * each_s
        inside = (at > start) & (at < start + moving)
        share[inside] = 0.5 - 0.5 * np.cos(2.0 * np.pi * (at[inside] - start) / moving)
        spans.append((start, start + moving / 2.0, start + moving))
    return share, spans


def reps_of(spans: list[tuple[float, float, float]], sides: list[Side], pace: float) -> list[Rep]:
    out = []
    for index, (span, side) in enumerate(zip(spans, sides, strict=True)):
        start, turn, end = (float((each + REST_S) / pace) for each in span)
        out.append(Rep(index, side, start, turn, end, ((start, end),)))
    return out


def standing(times: Floats, wide_m: float = 0.12) -> dict[Side, Floats]:
    return {side: np.tile([0.0, OUT[side] * wide_m, ANKLE_M], (len(times), 1)) for side in SIDES}


def hip_height(back_m: Floats, knee_deg: Floats) -> Floats:
    """Height of hips that are so far behind the ankles with knees bent by so much."""
    far = 2.0 * THIGH_M * np.cos(np.radians(knee_deg) / 2.0)
    return np.asarray(ANKLE_M + np.sqrt(far**2 - back_m**2))


def lunge(*, count: int = 3, fps: float = 30.0, pace: float = 1.0, swivel_deg: float = 3.0) -> Figure:
    """Forward lunges, left and right in turn: the front foot 0.75 m ahead, the rear heel lifted over its toes."""
    times, at = clock(count, 3.2, fps, pace)
    share, spans = down(at, count, 3.2)
    sides = [SIDES[index % 2] for index in range(count)]
    foot = {side: np.zeros(len(times)) for side in SIDES}
    lift = {side: np.zeros(len(times)) for side in SIDES}
    heel_deg = {side: np.zeros(len(times)) for side in SIDES}
    for span, side in zip(spans, sides, strict=True):
        inside = (at > span[0]) & (at < span[2])
        there = np.clip(np.minimum(at - span[0], span[2] - at) / 0.7, 0.0, 1.0)
        foot[side][inside] = (there * there * (3.0 - 2.0 * there))[inside]
        lift[side][inside] = 0.10 * np.sin(np.pi * there)[inside]
        heel_deg[side.other][inside] = -50.0 * share[inside]
    forward = foot[Side.LEFT] + foot[Side.RIGHT]
    pelvis = np.stack([0.37 * forward, 0 * at, 0.93 - 0.36 * share], axis=1)
    ankles = {
        side: np.stack([0.75 * foot[side], 0 * at + OUT[side] * 0.09, lift[side]], axis=1) + over_toes(heel_deg[side])
        for side in SIDES
    }
    reps = reps_of(spans, sides, pace)
    how = {"swivel_deg": swivel_deg, "foot_deg": heel_deg}
    return built(Activity.LUNGE, times, pelvis, 5.0 + 0 * at, ankles, reps, **how)


def over_toes(heel_deg: Floats) -> Floats:
    """(n, 3) place of an ankle whose foot is turned about the tip of its toes, against that of its sole's heel end."""
    turn = np.radians(heel_deg)
    ahead = TOE_M * (1.0 - np.cos(turn)) - ANKLE_M * np.sin(turn)
    return np.stack([ahead, 0.0 * turn, ANKLE_M * np.cos(turn) - TOE_M * np.sin(turn)], axis=1)


def rdl(
    *, count: int = 3, fps: float = 30.0, pace: float = 1.0, pitch_deg: float = 72.0, knee_deg: float = 14.0
) -> Figure:
    """Romanian deadlifts: the trunk tips, the hips go back, the knees bend by ``knee_deg`` more than in standing."""
    times, at = clock(count, 3.6, fps, pace)
    share, spans = down(at, count, 3.6)
    back = 0.22 * share
    pelvis = np.stack([-back, 0 * at, hip_height(back, 6.0 + knee_deg * share)], axis=1)
    reps = reps_of(spans, [Side.BOTH] * count, pace)
    return built(Activity.RDL, times, pelvis, 3.0 + pitch_deg * share, standing(times), reps)


def single_leg_rdl(
    *, count: int = 2, fps: float = 30.0, pace: float = 1.0, pitch_deg: float = 65.0, each_s: float = 6.6,
    doing: Activity = Activity.SINGLE_LEG_RDL, held: bool = False,
) -> Figure:  # fmt: skip
    """On one leg, left and right in turn, the free leg going back as the trunk tips; or held at the bottom."""
    times, at = clock(count, each_s, fps, pace)
    share, spans = down(at, count, each_s)
    if held:
        share = np.clip(3.0 * share, 0.0, 1.0)
    sides = [SIDES[index % 2] for index in range(count)]
    ankles = standing(times, 0.09)
    pelvis = np.stack([-0.12 * share, 0 * at, hip_height(0.12 * share, 6.0 + 12.0 * share)], axis=1)
    for span, side in zip(spans, sides, strict=True):
        inside = (at > span[0]) & (at < span[2])
        swing = np.radians(80.0 * share)
        free = pelvis + across(side.other, HIP_HALF_M) + 0.845 * np.stack([-np.sin(swing), 0 * at, -np.cos(swing)], 1)
        ankles[side.other][inside] = free[inside]
    return built(doing, times, pelvis, 3.0 + pitch_deg * share, ankles, reps_of(spans, sides, pace))


def hip_hinge_hold(*, count: int = 2, fps: float = 30.0, pace: float = 1.0) -> Figure:
    """Tipped for some seconds on each leg in turn."""
    return single_leg_rdl(count=count, fps=fps, pace=pace, each_s=9.6, doing=Activity.HIP_HINGE_HOLD, held=True)


def split_squat(
    *, count: int = 3, fps: float = 30.0, pace: float = 1.0, lean_deg: float = 18.0, side: Side = Side.LEFT,
    swivel_deg: float = 3.0,
) -> Figure:  # fmt: skip
    """Bulgarian split squats, the rear foot on a bench all the time."""
    times, at = clock(count, 3.2, fps, pace)
    share, spans = down(at, count, 3.2)
    pelvis = np.stack([0.05 * share, 0 * at, 0.84 - 0.30 * share], axis=1)
    ankles = {
        side: np.tile([0.30, OUT[side] * 0.09, ANKLE_M], (len(at), 1)),
        side.other: np.tile([-0.62, OUT[side.other] * 0.09, 0.45], (len(at), 1)),
    }
    reps = reps_of(spans, [side] * count, pace)
    lean = 4.0 + (lean_deg - 4.0) * share
    return built(Activity.SPLIT_SQUAT, times, pelvis, lean, ankles, reps, swivel_deg=swivel_deg)


def hip_thrust(
    *, count: int = 3, fps: float = 30.0, pace: float = 1.0, reach: float = 1.0, bench_m: float = 0.45,
    doing: Activity = Activity.HIP_THRUST,
) -> Figure:  # fmt: skip
    """Shoulders on a bench, the hips rising from 32 degrees below level; ``reach`` is how far up they get."""
    hold = doing is Activity.HAMSTRING_BRIDGE
    times, at = clock(count, 8.0 if hold else 2.8, fps, pace)
    share, spans = down(at, count, 8.0 if hold else 2.8)
    up = np.clip(3.0 * share, 0.0, 1.0) if hold else share
    low, high = (-8.0, 22.0) if hold else (-32.0, 3.0)
    angle = np.radians(low + (high - low) * reach * up)
    shoulders = np.tile([-0.5, 0.0, bench_m], (len(at), 1))
    pelvis = shoulders + TRUNK_M * np.stack([np.cos(angle), 0 * at, np.sin(angle)], axis=1)
    ankles = {s: np.tile([0.44, OUT[s] * 0.14, ANKLE_M], (len(at), 1)) for s in SIDES}
    return built(
        doing, times, pelvis, -(90.0 + np.degrees(angle)), ankles, reps_of(spans, [Side.BOTH] * count, pace)
    )  # fmt: skip


def hamstring_bridge(*, count: int = 1, fps: float = 30.0, pace: float = 1.0) -> Figure:
    """Hips lifted off the floor and held."""
    return hip_thrust(count=count, fps=fps, pace=pace, bench_m=0.12, doing=Activity.HAMSTRING_BRIDGE)


def crab_walk(*, count: int = 4, fps: float = 30.0, pace: float = 1.0, swivel_deg: float = 0.0) -> Figure:
    """Half to the left, half to the right, in a half squat: the leading foot steps out, the other follows."""
    each_s, step_m, wide_m = 1.6, 0.30, 0.14
    times, at = clock(count, each_s, fps, pace)
    sides = [Side.LEFT if index < count / 2 else Side.RIGHT for index in range(count)]
    foot = {side: np.zeros(len(at)) for side in SIDES}
    lift = {side: np.zeros(len(at)) for side in SIDES}
    spans = []
    for index, lead in enumerate(sides):
        start = index * each_s
        for side, begin in ((lead, start), (lead.other, start + 0.65)):
            part = np.clip((at - begin) / 0.6, 0.0, 1.0)
            foot[side] += OUT[lead] * step_m * part * part * (3.0 - 2.0 * part)
            lift[side] += 0.04 * np.sin(np.pi * part)
        spans.append((start, start + 0.625, start + 1.25))
    middle = 0.5 * (foot[Side.LEFT] + foot[Side.RIGHT])
    pelvis = np.stack([-0.06 + 0 * at, middle, 0.80 + 0 * at], axis=1)
    ankles = {s: np.stack([0 * at, foot[s] + OUT[s] * wide_m, ANKLE_M + lift[s]], axis=1) for s in SIDES}
    reps = reps_of(spans, sides, pace)
    return built(Activity.CRAB_WALK, times, pelvis, 15.0 + 0 * at, ankles, reps, swivel_deg=swivel_deg)


def box_jump(*, count: int = 2, fps: float = 60.0, pace: float = 1.0, swivel_deg: float = 0.0) -> Figure:
    """Crouch, jump onto the box, land softly, stand, and step down with one foot after the other."""
    each_s, air_s = 4.6, 0.50
    times, at = clock(count, each_s, fps, pace)
    ahead, high = ({side: np.zeros(len(at)) for side in SIDES} for _ in range(2))
    pelvis_x, pelvis_z = np.zeros(len(at)), np.full(len(at), 0.92)
    spans = []
    for index in range(count):
        start = index * each_s + 0.8
        land, stepping = start + air_s, start + 2.0
        knots = [start - 0.8, start - 0.35, start, start + 0.25, land, land + 0.3, land + 0.9, stepping, stepping + 1.2]
        rise = np.interp(at, knots, [0.0, -0.25, 0.0, 0.40, BOX_M - 0.12, BOX_M - 0.28, BOX_M, BOX_M, 0.0], 0.0, 0.0)
        pelvis_z += rise
        pelvis_x += 0.45 * np.interp(at, [start, land, stepping, stepping + 1.2], [0.0, 1.0, 1.0, 0.0], 0.0, 0.0)
        for side, down_at in ((Side.LEFT, stepping), (Side.RIGHT, stepping + 0.6)):
            up = np.clip((at - start) / air_s, 0.0, 1.0)
            off = np.clip((at - down_at) / 0.6, 0.0, 1.0)
            ahead[side] += 0.45 * (up - off)
            high[side] += BOX_M * (up - off) + 0.22 * np.sin(np.pi * up)
        spans.append((start, land, stepping + 1.2))
    pelvis = np.stack([pelvis_x, 0 * at, pelvis_z], axis=1)
    ankles = {s: np.stack([ahead[s], 0 * at + OUT[s] * 0.13, ANKLE_M + high[s]], axis=1) for s in SIDES}
    reps = reps_of(spans, [Side.BOTH] * count, pace)
    return built(Activity.BOX_JUMP, times, pelvis, 12.0 + 0 * at, ankles, reps, swivel_deg=swivel_deg)


def skip(
    *, count: int = 10, fps: float = 60.0, pace: float = 1.0, side: Side = Side.BOTH, swivel_deg: float = 0.0
) -> Figure:
    """Rope skipping: flights under gravity, and soft contacts on the balls of the feet; then standing."""
    each_s = FLIGHT_S + CONTACT_S
    times, at = clock(count, each_s, fps, pace)
    phase = np.where((at >= 0.0) & (at < count * each_s), at % each_s, -1.0)
    flying = (phase >= 0.0) & (phase < FLIGHT_S)
    air = np.where(flying, 0.5 * G * phase * (FLIGHT_S - phase), 0.0)
    landed = (phase >= FLIGHT_S).astype(float)
    give = landed * np.sin(np.pi * np.clip((phase - FLIGHT_S) / CONTACT_S, 0.0, 1.0))
    heel = np.where(phase >= 0.0, 0.05 * (1.0 - 0.6 * give), 0.0)
    pelvis = np.stack([0 * at, 0 * at, 0.91 + air + heel - 0.05 * give], axis=1)
    ankles, pitch = {}, {}
    for foot in SIDES:
        held = side is foot.other
        up = 0.22 * np.clip(np.minimum(at + 0.8, count * each_s + 0.8 - at) / 0.5, 0.0, 1.0) if held else 0.0 * at
        lifted = air + heel
        ankles[foot] = np.stack([-0.25 * (up > 0) * up, 0 * at + OUT[foot] * 0.10, ANKLE_M + lifted + up], axis=1)
        pitch[foot] = -np.degrees(np.arcsin(np.clip(heel / 0.17, 0.0, 1.0)))
    spans = [(k * each_s, k * each_s + FLIGHT_S / 2.0, k * each_s + FLIGHT_S) for k in range(count)]
    doing = Activity.DOUBLE_LEG_SKIP if side is Side.BOTH else Activity.SINGLE_LEG_SKIP
    reps = reps_of(spans, [side] * count, pace)
    return built(doing, times, pelvis, 4.0 + 0 * at, ankles, reps, swivel_deg=swivel_deg, foot_deg=pitch)


def high_knees(
    *, count: int = 10, fps: float = 60.0, pace: float = 1.0, thigh_deg: float = 88.0, hands: str = "hanging"
) -> Figure:
    """One knee after the other, left first, the shin hanging down from it."""
    each_s = 0.45
    times, at = clock(count, each_s, fps, pace)
    pelvis = np.stack([0 * at, 0 * at, 0.93 + 0 * at], axis=1)
    ankles, spans, sides = {}, [], []
    for which, side in enumerate(SIDES):
        raised = np.full(len(at), np.radians(3.0))
        for index in range(which, count, 2):
            inside = (at > index * each_s) & (at < (index + 1) * each_s)
            share = 0.5 - 0.5 * np.cos(2.0 * np.pi * (at[inside] / each_s - index))
            raised[inside] = np.radians(3.0 + (thigh_deg - 3.0) * share)
        knee = THIGH_M * np.stack([np.sin(raised), 0 * at, -np.cos(raised)], axis=1)
        shin = SHANK_M * np.stack([-0.05 + 0 * at, 0 * at, -np.sqrt(1.0 - 0.05**2) + 0 * at], axis=1)
        ankles[side] = pelvis + across(side, HIP_HALF_M) + knee + shin
    for index in range(count):
        spans.append((index * each_s, (index + 0.5) * each_s, (index + 1) * each_s))
        sides.append(SIDES[index % 2])
    doing = Activity.HIGH_KNEES if hands == "hanging" else Activity.OVERHEAD_KNEES
    return built(doing, times, pelvis, 3.0 + 0 * at, ankles, reps_of(spans, sides, pace), hands=hands)


def overhead_knees(*, count: int = 10, fps: float = 60.0, pace: float = 1.0) -> Figure:
    return high_knees(count=count, fps=fps, pace=pace, hands="up")


def held_on_one_leg(
    *, fps: float = 30.0, pace: float = 1.0, knee_deg: float = 25.0, doing: Activity = Activity.DOOR_FRAME
) -> Figure:
    """Half a second of shuffling about, six seconds of pushing on the left leg, and shuffling again."""
    times = np.arange(0.0, 10.0 / pace, 1.0 / fps)
    at = times * pace
    moving = np.where((at < 2.0) | (at > 8.0), 0.12 * np.sin(2.0 * np.pi * at), 0.0)
    pelvis = np.stack([moving, 0 * at, hip_height(0 * at, knee_deg + 0 * at)], axis=1)
    ankles = standing(times, 0.09)
    ankles[Side.LEFT] = ankles[Side.LEFT] + np.stack([moving, 0 * at, 0 * at], axis=1)
    ankles[Side.RIGHT] = ankles[Side.RIGHT] + np.stack([moving + 0.2, 0 * at, 0.25 + 0 * at], axis=1)
    rep = Rep(0, Side.LEFT, 2.0 / pace, 5.0 / pace, 8.0 / pace, ((2.0 / pace, 8.0 / pace),))
    return built(doing, times, pelvis, 4.0 + 0 * at, ankles, [rep])


def wall_calf_stride(*, fps: float = 30.0, pace: float = 1.0) -> Figure:
    return held_on_one_leg(fps=fps, pace=pace, doing=Activity.WALL_CALF_STRIDE)


MAKERS: dict[Activity, Callable[..., Figure]] = {
    Activity.LUNGE: lunge,
    Activity.RDL: rdl,
    Activity.SINGLE_LEG_RDL: single_leg_rdl,
    Activity.SPLIT_SQUAT: split_squat,
    Activity.HIP_THRUST: hip_thrust,
    Activity.CRAB_WALK: crab_walk,
    Activity.BOX_JUMP: box_jump,
    Activity.DOUBLE_LEG_SKIP: skip,
    Activity.SINGLE_LEG_SKIP: lambda **how: skip(**{"side": Side.LEFT} | how),
    Activity.HIGH_KNEES: high_knees,
    Activity.OVERHEAD_KNEES: overhead_knees,
    Activity.HIP_HINGE_HOLD: hip_hinge_hold,
    Activity.HAMSTRING_BRIDGE: hamstring_bridge,
    Activity.DOOR_FRAME: held_on_one_leg,
    Activity.WALL_CALF_STRIDE: wall_calf_stride,
}


def angle_deg(a: Floats, b: Floats, c: Floats) -> float:
    """By how much b to c turns away from a to b, 0 when straight; three points (3,)."""
    first, second = b - a, c - b
    cosine = first @ second / (np.linalg.norm(first) * np.linalg.norm(second))
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
