"""From what the pose model said to a track one can differentiate: sides, outliers, gaps, noise.

Smoothing is by penalised splines, which need no even sampling, bring no lag and bridge short gaps. A spline with
penalty weight lambda halves the power of a sine at ``omega = ((sqrt(2) - 1) / lambda) ** 0.25``, like a zero-lag
Butterworth filter of fourth order (Eilers & Marx 1996, doi:10.1214/ss/1038425655).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.belief import belief_in, doubt
from analyzer.pose.landmarks import LEG, LEG_POINTS, SIDES, Side, point
from analyzer.pose.legs import sort_legs
from analyzer.pose.spline import halving_penalty, smoothing_spline
from analyzer.pose.track import PoseTrack

LEG_SHARE: Final = 0.491
"""Thigh and shank as a share of standing height: 0.245 and 0.246 (Drillis & Contini 1966)."""

FOOT_SHARE: Final = 0.152
"""The foot's length as a share of standing height (Drillis & Contini 1966): nothing of it is further from the ankle."""

FAST_FEET: Final = 0.65
"""Ankle speed against the pelvis, in body heights per second, that divides running and walking from slow exercise.

Over forty rendered people and six real clips the former read 0.86 or more, the latter 0.44 or less.
"""

CUTOFF_HZ: Final = {True: {"trunk": 8.0, "knee": 10.0, "foot": 15.0}, False: {"trunk": 5.0, "knee": 5.0, "foot": 6.0}}
"""Half-power frequencies for fast and slow movement, as section 3b of Winter's residual analyses suggests for each."""

LONGEST_GAP_S: Final = {True: 0.10, False: 0.25}
OUTLIER_SDS: Final = 4.0
ROUNDS: Final = 2
REPAIRED: Final = 0.05
"""A point put elsewhere by as many body heights, 9 cm, was wrong and not merely noisy."""

LEAST_NOISE: Final = 0.001
"""In body heights, 2 mm: no pose model places a joint better, so a still leg's first movement is no outlier."""

BODY: Final = tuple(
    point(side, name)
    for side in SIDES
    for name in ("ear", "shoulder", "elbow", "wrist", "index", "hip", "knee", "ankle", "heel", "toe")
)
"""Points that carry mass or meaning; the rest (eyes, mouth, fingers) are left as they came."""

FEWEST: Final = 8
"""Frames without which a spline means nothing."""


@dataclass(frozen=True)
class CleanTrack:
    """A track fit for kinematics.

    Attributes:
        track: repaired and smoothed; NaN in gaps too long to bridge.
        repaired_fraction: share of seen leg points that were put elsewhere or thrown out.
        fast: whether it was smoothed for fast movement.
    """

    track: PoseTrack
    repaired_fraction: float
    fast: bool


def body_height_px(points_px: Floats) -> float:
    """Standing height in px from thigh and shank, NaN if no leg was seen.

    Thigh and shank are 0.245 and 0.246 of the height (Drillis & Contini 1966, as given by Winter 2009,
    doi:10.1002/9780470549148). The longest appearance of each counts: then it lies in the picture's plane.
    """
    lengths = []
    for upper, lower in (("hip", "knee"), ("knee", "ankle")):
        ends = [points_px[:, point(s, upper)] - points_px[:, point(s, lower)] for s in SIDES]
        seen = np.linalg.norm(np.concatenate(ends), axis=1)
        seen = seen[np.isfinite(seen)]
        lengths.append(np.percentile(seen, 90) if len(seen) else np.nan)
    return float(sum(lengths) / LEG_SHARE)


def feet_are_fast(track: PoseTrack) -> bool:
    """Whether the ankles move against the pelvis as fast as in walking or running."""
    points = track.points_px
    pelvis = 0.5 * (points[:, point(Side.LEFT, "hip")] + points[:, point(Side.RIGHT, "hip")])
    speeds = []
    for side in SIDES:
        moved = np.diff(points[:, point(side, "ankle")] - pelvis, axis=0)
        speeds.append(np.linalg.norm(moved, axis=1) / np.diff(track.times_s))
    speed = np.concatenate(speeds)
    speed = speed[np.isfinite(speed)]
    return bool(len(speed)) and float(np.percentile(speed, 75)) / body_height_px(points) > FAST_FEET


def clean(track: PoseTrack) -> CleanTrack:
    """Repair sides and outliers, bridge short gaps and smooth without lag."""
    fast = feet_are_fast(track)
    tall_px = body_height_px(track.points_px)
    inside = _inside(track)
    points = sort_legs(replace(track, points_px=inside), tall_px, slow=not fast)
    moved = ~np.asarray(np.linalg.norm(points - inside, axis=2) <= REPAIRED * tall_px)
    torn_off = _torn_off(points, tall_px)
    points[torn_off] = np.nan
    smooth = points.copy()
    thrown = np.zeros(points.shape[:2], bool)
    legs = {point(side, name): "knee" if name == "knee" else "foot" for side in SIDES for name in LEG if name != "hip"}
    least_noise_px = LEAST_NOISE * tall_px
    sure = np.ones(points.shape[:2])
    if track.places is not None:
        sure[:, LEG_POINTS] = doubt(belief_in(points, track.places, tall_px)) ** -2.0
        if not fast:
            # the map of hidden toes believes in what hides them
            sure[:, [point(side, "toe") for side in SIDES]] = 1.0
    for index in BODY:
        cutoff_hz = CUTOFF_HZ[fast][legs.get(index, "trunk")]
        smooth[:, index], thrown[:, index] = _smooth(
            points[:, index],
            track.times_s,
            cutoff_hz,
            LONGEST_GAP_S[fast],
            least_noise_px=least_noise_px if index in legs else np.inf,
            sure=sure[:, index],
        )
    seen = np.asarray(np.isfinite(inside[:, list(legs)]).all(axis=2))
    touched = (moved | torn_off | thrown)[:, list(legs)] & seen
    visibility = track.visibility.copy()
    if track.places is not None:
        visibility[:, LEG_POINTS] = belief_in(smooth, track.places, tall_px)
    return CleanTrack(
        track=replace(track, points_px=smooth, visibility=visibility),
        repaired_fraction=float(touched.sum() / max(seen.sum(), 1)),
        fast=fast,
    )


def _torn_off(points_px: Floats, tall_px: float) -> Bools:
    """(n, 33) True for heels and toes that are further from their ankle than a foot is long."""
    torn_off = np.zeros(points_px.shape[:2], bool)
    for side in SIDES:
        ankle = points_px[:, point(side, "ankle")]
        for part in (point(side, name) for name in ("heel", "toe")):
            torn_off[:, part] = np.linalg.norm(points_px[:, part] - ankle, axis=1) > FOOT_SHARE * tall_px
    return torn_off


def _inside(track: PoseTrack) -> Floats:
    """The points that lie in the picture: what the model puts outside it was guessed, not seen."""
    inside = np.asarray(((track.points_px >= 0) & (track.points_px <= np.array(track.size_px))).all(axis=2))
    return np.where(inside[..., None], track.points_px, np.nan)


def _smooth(
    place: Floats, times_s: Floats, cutoff_hz: float, longest_gap_s: float, *, least_noise_px: float, sure: Floats
) -> tuple[Floats, Bools]:
    """Smooth one point (n, 2); also (n,) True for the frames thrown out as outliers.

    ``sure`` weighs each frame: the inverse variance of its point, 1 where it is as usual.
    An outlier is far out by the point's own noise, which is ``least_noise_px`` at least; infinite: there are none.
    """
    n = len(times_s)
    seen = np.asarray(np.isfinite(place).all(axis=1))
    thrown = np.zeros(n, bool)
    if seen.sum() < FEWEST:
        return np.full_like(place, np.nan), thrown
    weight = np.gradient(times_s)
    penalty = halving_penalty(cutoff_hz)
    trust = sure
    for _ in range(ROUNDS if np.isfinite(least_noise_px) else 1):
        smooth = smoothing_spline(times_s[seen], place[seen], (weight * trust)[seen], penalty)(times_s)
        away = np.linalg.norm(place - smooth, axis=1)
        noise = max(1.4826 * float(np.median(away[seen])), least_noise_px)
        trust = np.where(seen, sure / (1.0 + (away / (OUTLIER_SDS * noise)) ** 4), 1.0)
        thrown = np.asarray(seen & (away > 2.0 * OUTLIER_SDS * noise))
    smooth[_far_from_seen(np.asarray(seen & ~thrown), times_s, longest_gap_s)] = np.nan
    return smooth, thrown


def _far_from_seen(seen: Bools, times_s: Floats, longest_gap_s: float) -> Bools:
    """(n,) True in gaps longer than allowed, and before the first and after the last seen frame."""
    far = np.zeros(len(seen), bool)
    edges = np.flatnonzero(seen)
    far[: edges[0]] = far[edges[-1] + 1 :] = True
    wide = (np.diff(edges) > 1) & (np.diff(times_s[edges]) > longest_gap_s)
    for a, b in zip(edges[:-1][wide], edges[1:][wide], strict=True):
        far[a + 1 : b] = True
    return far
