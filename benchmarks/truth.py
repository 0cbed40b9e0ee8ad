"""Rendered clips with exact truth: what a metric's value should have been.

The format is that of the truth files in ``sample_videos/``, see its README.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.arrays import Floats
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
}
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


def _read(path: Path) -> Case:
    name = path.name.removesuffix(".track.npz")
    truth = json.loads(path.with_name(f"{name}.truth.json").read_text(encoding="utf-8"))
    with np.load(path.with_name(f"{name}.truth.npz")) as data:
        joints = [str(joint) for joint in data["joints"]]
        points = {joint: data["xyz"][:, i].astype(float) for i, joint in enumerate(joints)}
        return Case(name, load_track(path), truth, data["t"].astype(float), points)


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
    parts = case.truth.get("steps") or case.truth.get("reps", [])
    read = _at_step if "steps" in case.truth else _at_rep
    values = [value for part in parts if side_of(part) is side and (value := read(case, metric, part)) is not None]
    return float(np.median(values)) if values else None


def _at_step(case: Case, metric: str, step: dict[str, Any]) -> float | None:
    if metric == "knee_over_toe":
        at = int(np.argmin(np.abs(case.times_s - step["mid"])))
        return float(_knee_inside_cm(case, side_of(step))[at])
    if metric not in AT_STEP:
        return None
    when, key, factor = AT_STEP[metric]
    return float(step[when][key]) * factor


def _at_rep(case: Case, metric: str, rep: dict[str, Any]) -> float | None:
    side = side_of(rep)
    loaded = (case.times_s >= rep["loaded"][0]) & (case.times_s <= rep["loaded"][1])
    if metric == "knee_over_toe":
        return float(_knee_inside_cm(case, side)[loaded].max())
    return float(rep["peak"][AT_REP[metric]]) if metric in AT_REP else None


def _knee_inside_cm(case: Case, side: Side) -> Floats:
    """How far the knee is medial to the toe, (n,)."""
    letter, outward = ("L", 1.0) if side is Side.LEFT else ("R", -1.0)
    return -100.0 * outward * (case.points_m[f"knee{letter}"] - case.points_m[f"toe{letter}"])[:, 1]
