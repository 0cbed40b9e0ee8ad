"""Rendered clips with exact truth: what a metric's value should have been.

The format is that of the truth files in ``sample_videos/``, see its README.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analyzer import analyze
from analyzer.arrays import Floats
from analyzer.metrics.at_bend import BEND_DEG
from analyzer.metrics.leg_stiffness import stiffness_kn_m
from analyzer.metrics.readings import AFTER_TOE_OFF_S, EARLY_SWING
from analyzer.motion.types import Activity, View
from analyzer.pose.landmarks import Side
from analyzer.pose.track import PoseTrack, load_track

KINDS = {
    "run": Activity.RUNNING,
    "walk": Activity.WALKING,
    "step_up": Activity.STEP_UP,
    "squat": Activity.SQUAT,
    "single_leg_squat": Activity.SINGLE_LEG_SQUAT,
    "stand": Activity.UNKNOWN,
}

AT_STEP = {  # where in a step's truth, and the factor to the metric's unit
    "knee_valgus": ("at_mid", "fppa", 1.0),
    "pelvic_drop": ("at_mid", "pelvic_drop", 1.0),
    "trunk_lean_lateral": ("at_mid", "trunk_side_lean", 1.0),
    "trunk_lean_forward": ("at_mid", "trunk_lean", 1.0),
    "foot_strike_position": ("at_ic", "com_to_ankle", 100.0),
    "foot_strike_angle": ("at_ic", "foot_angle", 1.0),
    "knee_flexion_contact": ("at_ic", "knee_flexion", 1.0),
    "shank_angle": ("at_ic", "shank_angle", 1.0),
    "knee_flexion_midstance": ("peak", "knee_flexion", 1.0),
}
OF_STEP = {  # the same of what a step has one value of
    "step_width": ("step_width", 100.0),
    "contact_time": ("contact_time", 1000.0),
    "flight_time": ("flight_time", 1000.0),
    "duty_factor": ("duty", 1.0),
    "vertical_oscillation": ("vertical_oscillation", 100.0),
}
MASS_KG = 70.0
"""A figure has no mass; leg stiffness grows with it in proportion."""

AT_REP = {  # the largest value of the single-leg phase
    "knee_valgus": "fppa",
    "pelvic_drop": "pelvic_drop",
    "trunk_lean_lateral": "trunk_side_lean",
    "trunk_lean_forward": "trunk_lean",
}


@dataclass(frozen=True)
class Event:
    """A true step."""

    contact_s: float
    toe_off_s: float
    side: Side


@dataclass(frozen=True)
class Case:
    """A raw track and the truth of its clip.

    Attributes:
        name: of the clip.
        track: what the pose model saw.
        truth: the truth file's document.
        times_s: (n,) of the points.
        points_m: every joint (n, 3), x forward, y to the left, z up.
    """

    name: str
    track: PoseTrack
    truth: dict[str, Any]
    times_s: Floats
    points_m: dict[str, Floats]

    @property
    def activity(self) -> Activity:
        return KINDS[self.truth["kind"]]

    @property
    def view(self) -> View:
        """The nearest of the four sides."""
        quarter = round(self.truth["azimuth_deg"] / 90.0) % 4
        return (View.FRONT, View.LEFT, View.BACK, View.RIGHT)[quarter]

    @property
    def height_cm(self) -> float:
        return float(self.truth["body_height"]) * 100.0

    @property
    def events(self) -> list[Event]:
        return [Event(step["ic"], step["to"], side_of(step)) for step in self.truth.get("steps", [])]


def read_cases(folder: Path) -> list[Case]:
    """Every clip of a folder that has NAME.track.npz, NAME.truth.npz and NAME.truth.json, by name."""
    return [_read(path) for path in sorted(folder.glob("*.track.npz"))]


def clip_cases(folder: Path) -> Iterator[Case]:
    """The same of every clip NAME.mp4 with truth beside it that has no track, its pose estimated by the package."""
    for path in sorted(folder.glob("*.mp4")):
        if path.with_suffix(".truth.json").exists() and not path.with_suffix(".track.npz").exists():
            yield _read(path, analyze(path).motion.raw)


def _read(path: Path, track: PoseTrack | None = None) -> Case:
    name = path.name.removesuffix(".track.npz").removesuffix(".mp4")
    truth = json.loads(path.with_name(f"{name}.truth.json").read_text(encoding="utf-8"))
    with np.load(path.with_name(f"{name}.truth.npz")) as data:
        joints = [str(joint) for joint in data["joints"]]
        points = {joint: data["xyz"][:, i].astype(float) for i, joint in enumerate(joints)}
        return Case(name, track or load_track(path), truth, data["t"].astype(float), points)


def side_of(part: dict[str, Any]) -> Side:
    """The side of a step or repetition."""
    letter = part.get("side") or part.get("lead") or part.get("leg")
    return {"L": Side.LEFT, "R": Side.RIGHT}.get(str(letter), Side.BOTH)


def true_value(case: Case, metric: str, side: Side) -> float | None:
    """Median over the side's steps or repetitions, in the metric's unit; None where there is no truth."""
    if metric == "cadence":
        first_s, last_s = case.track.times_s[case.track.seen > 0][[0, -1]]
        contacts = sorted(event.contact_s for event in case.events if first_s <= event.contact_s <= last_s)
        return 60.0 * (len(contacts) - 1) / (contacts[-1] - contacts[0]) if len(contacts) > 1 else None
    if case.activity is Activity.RUNNING and metric in OF_CLIP:
        return OF_CLIP[metric](case, side)
    parts = case.truth.get("steps") or case.truth.get("reps", [])
    read = _at_step if "steps" in case.truth else at_rep
    values = [value for part in parts if side_of(part) is side and (value := read(case, metric, part)) is not None]
    return float(np.median(values)) if values else None


def true_series(case: Case, metric: str, side: Side) -> list[tuple[float, float]]:
    """Times and values of a running metric at the side's steps; empty where there is no truth."""
    steps = [step for step in case.truth.get("steps", []) if side_of(step) is side]
    found = [(float(step["mid"]), _at_step(case, metric, step)) for step in steps]
    return [(time_s, value) for time_s, value in found if value is not None]


def _at_step(case: Case, metric: str, step: dict[str, Any]) -> float | None:
    if metric == "knee_over_toe":
        at = int(np.argmin(np.abs(case.times_s - step["mid"])))
        return float(_knee_inside_cm(case, side_of(step))[at])
    if metric in FROM_POINTS:
        found = FROM_POINTS[metric](case, step)
        return found if np.isfinite(found) else None
    if metric in OF_STEP:
        key, factor = OF_STEP[metric]
        return None if step.get(key) is None else float(step[key]) * factor
    if metric not in AT_STEP:
        return None
    when, key, factor = AT_STEP[metric]
    return float(step[when][key]) * factor


def at_rep(case: Case, metric: str, rep: dict[str, Any]) -> float | None:
    side = side_of(rep)
    loaded = (case.times_s >= rep["loaded"][0]) & (case.times_s <= rep["loaded"][1])
    if metric == "knee_over_toe":
        return float(_knee_inside_cm(case, side)[loaded].max())
    if metric in AT_BEND:
        return _at_bend(case, AT_BEND[metric](case, side), side, rep["loaded"])
    return float(rep["peak"][AT_REP[metric]]) if metric in AT_REP else None


def _at_bend(case: Case, curve: Floats, side: Side, loaded: tuple[float, float]) -> float | None:
    """Mean of the curve where the knee's true bend first and last passes `BEND_DEG` in the single-leg phase."""
    thigh, shank = (_line(case, side, *ends) for ends in (("hip", "knee"), ("knee", "ankle")))
    lengths = np.linalg.norm(thigh, axis=1) * np.linalg.norm(shank, axis=1)
    off = np.degrees(np.arccos(np.clip((thigh * shank).sum(axis=1) / lengths, -1.0, 1.0))) - BEND_DEG
    inside = np.flatnonzero((case.times_s >= loaded[0]) & (case.times_s <= loaded[1]))[:-1]
    passed = inside[off[inside] * off[inside + 1] < 0.0]
    return float(np.mean(curve[[passed[0], passed[-1]]])) if len(passed) else None


def _caved_in_deg(case: Case, side: Side) -> Floats:
    """Frontal plane projection angle of the true joints, (n,), positive inwards."""
    thigh, shank = (_line(case, side, *ends) for ends in (("hip", "knee"), ("knee", "ankle")))
    return _degrees(shank[:, 1], -shank[:, 2]) - _degrees(thigh[:, 1], -thigh[:, 2])


def _knee_inside_cm(case: Case, side: Side) -> Floats:
    """How far the knee is medial to the toe, (n,)."""
    letter, outward = ("L", 1.0) if side is Side.LEFT else ("R", -1.0)
    return -100.0 * outward * (case.points_m[f"knee{letter}"] - case.points_m[f"toe{letter}"])[:, 1]


def _line(case: Case, side: Side, top: str, bottom: str) -> Floats:
    """From one joint of a side to another, (n, 3) m: forward, outward, up."""
    letter, outward = ("L", 1.0) if side is Side.LEFT else ("R", -1.0)
    return (case.points_m[f"{bottom}{letter}"] - case.points_m[f"{top}{letter}"]) * np.array([1.0, outward, 1.0])


def _at(case: Case, curve: Floats, time_s: float) -> float:
    inside = case.times_s[0] <= time_s <= case.times_s[-1]
    return float(np.interp(time_s, case.times_s, curve)) if inside else float("nan")


def _between(case: Case, curve: Floats, start_s: float, end_s: float) -> Floats:
    """The curve at 25 instants, empty where the clip does not hold them all."""
    if not (case.times_s[0] <= start_s and end_s <= case.times_s[-1]):
        return np.empty(0)
    return np.asarray(np.interp(np.linspace(start_s, end_s, 25), case.times_s, curve))


def _degrees(opposite: Floats, adjacent: Floats) -> Floats:
    return np.asarray(np.degrees(np.arctan2(opposite, adjacent)))


def _hip_adduction(case: Case, step: dict[str, Any]) -> float:
    thigh = _line(case, side_of(step), "hip", "knee")
    return _at(case, _degrees(-thigh[:, 1], -thigh[:, 2]), step["mid"]) + float(step["at_mid"]["pelvic_drop"])


def _thigh_behind(case: Case, side: Side) -> Floats:
    thigh = _line(case, side, "hip", "knee")
    return _degrees(-thigh[:, 0], -thigh[:, 2])


def _hip_extension(case: Case, step: dict[str, Any]) -> float:
    return _push_off(case, step, _thigh_behind(case, side_of(step)))


def _thigh_against_trunk(case: Case, step: dict[str, Any]) -> float:
    middles = {name: 0.5 * (case.points_m[f"{name}L"] + case.points_m[f"{name}R"]) for name in ("hip", "shoulder")}
    trunk = middles["shoulder"] - middles["hip"]
    return _push_off(case, step, _thigh_behind(case, side_of(step)) - _degrees(trunk[:, 0], trunk[:, 2]))


def _push_off(case: Case, step: dict[str, Any], curve: Floats) -> float:
    return float(max(_between(case, curve, step["mid"], step["to"] + AFTER_TOE_OFF_S), default=np.nan))


def _swing_s(step: dict[str, Any]) -> float:
    return float(2.0 * (step["step_time"] or np.nan) - step["contact_time"])


def _heel_whip(case: Case, step: dict[str, Any]) -> float:
    foot = _line(case, side_of(step), "heel", "toe")
    out = np.degrees(np.arcsin(foot[:, 1] / np.linalg.norm(foot, axis=1)))
    early = _between(case, out, *(step["to"] + share * _swing_s(step) for share in EARLY_SWING))
    return float(early.mean() - _at(case, out, step["mid"])) if len(early) else float("nan")


def _leg_swing_out(case: Case, step: dict[str, Any]) -> float:
    side = side_of(step)
    outward = 1.0 if side is Side.LEFT else -1.0
    middle = 0.5 * (case.points_m["hipL"] + case.points_m["hipR"])[:, 1]
    ankle, hip = (case.points_m[f"{name}{step['side']}"] for name in ("ankle", "hip"))
    ankle_out, hip_out, below = outward * (ankle[:, 1] - middle), outward * (hip[:, 1] - middle), (hip - ankle)[:, 2]
    landed_out, landed_below = _at(case, ankle_out, step["mid"]), _at(case, below, step["mid"])
    off = ankle_out - hip_out - np.clip(below / landed_below, 0.0, 1.0) * (landed_out - hip_out)
    return 100.0 * float(max(_between(case, off, step["to"], step["to"] + _swing_s(step)), default=np.nan))


def _heel_under_shin(case: Case, step: dict[str, Any]) -> float:
    shin, heel = (_line(case, side_of(step), *ends) for ends in (("knee", "ankle"), ("ankle", "heel")))
    everted = _degrees(heel[:, 1], -heel[:, 2]) - _degrees(shin[:, 1], -shin[:, 2])
    return _at(case, everted, step["mid"]) - _at(case, everted, step["ic"])


FROM_POINTS: dict[str, Callable[[Case, dict[str, Any]], float]] = {
    "hip_adduction": _hip_adduction,
    "hip_extension": _hip_extension,
    "pelvic_tilt_proxy": _thigh_against_trunk,
    "heel_whip": _heel_whip,
    "leg_swing_out": _leg_swing_out,
    "rearfoot_angle": _heel_under_shin,
}


def _stiffness(case: Case, side: Side) -> float | None:
    times = [
        [float(step[key]) for key in ("contact_time", "flight_time")]
        for step in case.truth["steps"]
        if side_of(step) is side and step.get("flight_time")
    ]
    if not times:
        return None
    contact_s, flight_s = np.median(times, axis=0)
    leg_m = 0.53 * float(case.truth["body_height"])
    return stiffness_kn_m(contact_s, flight_s, MASS_KG, float(case.truth["params"]["speed"]), leg_m)


def _uneven(case: Case, _side: Side) -> float | None:
    """200 (L - R) / (L + R) of the times of the steps that begin with the left and the right foot's contact."""
    times = {
        side: [float(s["step_time"]) for s in case.truth["steps"] if side_of(s) is side and s.get("step_time")]
        for side in (Side.LEFT, Side.RIGHT)
    }
    left, right = (float(np.mean(times[side])) if times[side] else np.nan for side in (Side.LEFT, Side.RIGHT))
    return 200.0 * (left - right) / (left + right) if np.isfinite(left + right) else None


def _impacts(case: Case, _side: Side) -> float | None:
    cadence = true_value(case, "cadence", Side.BOTH)
    return None if cadence is None else cadence / 60.0 * 1000.0 / float(case.truth["params"]["speed"])


OF_CLIP: dict[str, Callable[[Case, Side], float | None]] = {
    "leg_stiffness": _stiffness,
    "step_time_symmetry": _uneven,
    "impacts_per_km": _impacts,
}

AT_BEND: dict[str, Callable[[Case, Side], Floats]] = {
    "knee_over_toe_at_bend": _knee_inside_cm,
    "knee_valgus_at_bend": _caved_in_deg,
}
