"""The reading that most open tools take: the model's raw points in a single frame, no repair, no correction.

For running it is the frame in which the ankle is lowest; for repetitions the largest single-frame value. View, size and
repetitions are lent from Stridecheck, so that only the reading itself is compared.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.signal import find_peaks

from analyzer.arrays import Floats
from analyzer.motion.body import bend_deg, lean_deg
from analyzer.motion.types import Activity, Motion
from analyzer.pose.landmarks import SIDES, Side

BETWEEN_S = 0.45
"""The same ankle is lowest once per stride; no runner's stride is shorter."""


def naive_value(motion: Motion, metric: str, side: Side) -> float | None:
    """A metric's value as a naive tool reads it, in the metric's unit; None where it reads none."""
    raw = replace(motion, track=motion.raw)
    if metric == "cadence":
        return _naive_cadence(raw)
    if side is Side.BOTH:
        return None
    curve = _curve(raw, metric, side)
    if curve is None:
        return None
    if motion.activity is Activity.RUNNING:
        values = [curve[frame] for frame in lowest_ankle(raw, side)]
    else:
        values = [_largest(curve, raw, span) for rep in raw.reps if rep.side is side for span in rep.loaded]
    known = [value for value in values if np.isfinite(value)]
    return float(np.median(known)) if known else None


def lowest_ankle(raw: Motion, side: Side) -> list[int]:
    """Frames in which that ankle is lowest in the picture, one per stride."""
    depth = raw.joint(side, "ankle")[:, 1]
    if not np.isfinite(depth).any():
        return []
    known = np.where(np.isfinite(depth), depth, np.nanmin(depth))
    apart = max(1, int(BETWEEN_S * raw.track.rate_hz))
    return [int(frame) for frame in find_peaks(known, distance=apart, height=float(np.median(known)))[0]]


def _naive_cadence(raw: Motion) -> float | None:
    frames = sorted(frame for side in SIDES for frame in lowest_ankle(raw, side))
    if len(frames) < 2:
        return None
    span_s = raw.times_s[frames[-1]] - raw.times_s[frames[0]]
    return float(60.0 * (len(frames) - 1) / span_s)


def _largest(curve: Floats, raw: Motion, span_s: tuple[float, float]) -> float:
    inside = curve[(raw.times_s >= span_s[0]) & (raw.times_s <= span_s[1])]
    inside = inside[np.isfinite(inside)]
    return float(inside.max()) if len(inside) else float("nan")


def _curve(raw: Motion, metric: str, side: Side) -> Floats | None:
    """The metric's textbook formula on raw points, (n,); the mid-hip stands for the centre of mass."""
    hip, knee, ankle, heel, toe = (raw.joint(side, name) for name in ("hip", "knee", "ankle", "heel", "toe"))
    facing, medial = raw.camera.facing, raw.medial(side)
    lean = lean_deg(raw.middle("shoulder"), raw.middle("hip"))
    if metric == "knee_valgus":
        return medial * bend_deg(hip, knee, ankle)
    if metric == "knee_over_toe":
        return raw.in_cm(medial * (knee - toe)[:, 0])
    if metric == "pelvic_drop":
        across = raw.joint(side.other, "hip") - hip
        return _angle_deg(across[:, 1], np.abs(across[:, 0]))
    if metric == "hip_adduction":
        across, thigh = raw.joint(side.other, "hip") - hip, knee - hip
        return _angle_deg(medial * thigh[:, 0], thigh[:, 1]) + _angle_deg(across[:, 1], np.abs(across[:, 0]))
    if metric == "trunk_lean_lateral":
        return -medial * lean
    if metric == "trunk_lean_forward":
        return facing * lean
    if metric == "foot_strike_position":
        return raw.in_cm(facing * (ankle - raw.middle("hip"))[:, 0])
    if metric == "foot_strike_angle":
        return _angle_deg(-(toe - heel)[:, 1], facing * (toe - heel)[:, 0])
    if metric in ("knee_flexion_contact", "knee_flexion_midstance"):
        return np.abs(bend_deg(hip, knee, ankle))
    if metric == "shank_angle":
        return _angle_deg(facing * (ankle - knee)[:, 0], (ankle - knee)[:, 1])
    return None


def _angle_deg(opposite: Floats, adjacent: Floats) -> Floats:
    return np.asarray(np.degrees(np.arctan2(opposite, adjacent)))
