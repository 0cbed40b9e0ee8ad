"""The body as segments: centre of mass, size, and signed angles in the picture.

Angles come from px, never from coordinates scaled by width and height separately. Picture x points right and y down.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.types import FOCAL_LENGTH, SAGITTAL, Camera, Motion
from analyzer.pose.clean import body_height_px
from analyzer.pose.landmarks import INDEX, SIDES, Side, point

ASSUMED_HEIGHT_CM: Final = 171.0
"""Where no height is given: an assumption of this project for adults of either sex in shoes."""

ASSUMED_HEIGHT_ERROR: Final = 0.055
"""Relative standard deviation of adult stature, both sexes together, assumed as well."""

LANDMARK_SCALE_ERROR: Final = 0.03
"""Spread of thigh-plus-shank px against true height over forty rendered people."""

STEEPEST_COS: Final = 0.42
"""A thigh pointing at the camera by more than 65 degrees is not believed: the tilt's error grows without bound."""

SEGMENTS: Final = (
    # mass share and place of the centre from the first end, mean of men and women, de Leva 1996
    ("thigh", "hip", "knee", 0.1447, 0.385),
    ("shank", "knee", "ankle", 0.0457, 0.444),
    ("foot", "heel", "toe", 0.0133, 0.421),
    ("upper arm", "shoulder", "elbow", 0.0263, 0.576),
    ("forearm", "elbow", "wrist", 0.0150, 0.457),
    ("hand", "wrist", "index", 0.0058, 0.769),
)
FEWEST_SEEN: Final = 0.3
"""Share of the frames in which a shank has to be seen for its place in the others to be guessed."""

TRUNK: Final = (0.43015, 0.4046)
"""Mid-shoulder to mid-hip."""

HEAD_MASS: Final = 0.0681


PARTS: Final = ("shoulder", "hip", "knee", "ankle", "heel", "toe")
"""Points whose place the pose model gets wrong alike in everybody."""


def nearness(camera: Camera, side: Side) -> str:
    """``near`` or ``far`` for the legs in side views, ``both`` in others."""
    if camera.view not in SAGITTAL:
        return "both"
    return "near" if camera.view.value == side.value else "far"


def centre_of_mass(points_px: Floats) -> Floats:
    """Whole-body centre of mass, (n, 2) px; NaN where a leg or the trunk is unseen.

    Segment masses and centres from de Leva 1996, doi:10.1016/0021-9290(95)00178-6, mean of both sexes. Differs: the
    head's centre is taken at the midpoint of the ears; an unseen arm hangs with the trunk; a shank or foot that is
    hidden for a while, 6 % of the mass, moves evenly from before to after.
    """

    def at(side: Side, name: str) -> Floats:
        return points_px[:, point(side, name)]

    shoulders = 0.5 * (at(Side.LEFT, "shoulder") + at(Side.RIGHT, "shoulder"))
    hips = 0.5 * (at(Side.LEFT, "hip") + at(Side.RIGHT, "hip"))
    trunk = shoulders + TRUNK[1] * (hips - shoulders)
    ears = 0.5 * (points_px[:, INDEX["left_ear"]] + points_px[:, INDEX["right_ear"]])
    total = TRUNK[0] * trunk + HEAD_MASS * np.where(np.isfinite(ears), ears, shoulders)
    mass = TRUNK[0] + HEAD_MASS
    for name, first, second, share, centre in SEGMENTS:
        for side in SIDES:
            place = at(side, first) + centre * (at(side, second) - at(side, first))
            if name in ("upper arm", "forearm", "hand"):
                place = np.where(np.isfinite(place), place, trunk)
            if name in ("shank", "foot"):
                place = _carried(place, at(side, "knee"))
            total = total + share * place
            mass += share
    return np.asarray(total / mass)


def _carried(place: Floats, knee: Floats) -> Floats:
    """A segment's places (n, 2) px with those unseen drawn evenly from before to after, beside the knee.

    One that is hardly ever seen is left out.
    """
    beside = place - knee
    seen: Bools = np.asarray(np.isfinite(beside).all(axis=1))
    if seen.all() or seen.mean() < FEWEST_SEEN:
        return place
    frames = np.arange(len(place))
    drawn = [np.interp(frames, frames[seen], beside[seen, axis]) for axis in (0, 1)]
    return np.asarray(np.where(seen[:, None], place, knee + np.stack(drawn, axis=1)))


def lean_deg(top: Floats, bottom: Floats) -> Floats:
    """Angle (n,) of the line from bottom up to top against the vertical; + when the top is to the right."""
    return np.asarray(np.degrees(np.arctan2(top[:, 0] - bottom[:, 0], bottom[:, 1] - top[:, 1])))


def bend_deg(a: Floats, b: Floats, c: Floats) -> Floats:
    """Angle (n,) by which b-c turns away from a-b, -180 to 180; + clockwise on the screen; 0 when straight."""
    first, second = b - a, c - b
    cross = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    return np.asarray(np.degrees(np.arctan2(cross, (first * second).sum(axis=1))))


def yaw_fake_deg(upper: Floats, lower: Floats, full_upper_px: Floats, full_lower_px: Floats, ahead_x: Floats) -> Floats:
    """Frontal plane angle (n,) deg that a leg bent straight ahead seems to have when the camera stands aside.

    The leg's tilt out of the picture comes from how short thigh and shank appear; Englander et al. 2019, PMC6350144,
    show why it matters. Positive where the knee moves to the picture's right.

    Args:
        upper: (n, 2) px, hip to knee.
        lower: (n, 2) px, knee to ankle.
        full_upper_px: (n,) length of the thigh in the picture's plane at that distance.
        full_lower_px: (n,) the same of the shank.
        ahead_x: (n,) picture x of a unit vector that points straight ahead of the person.
    """
    return segment_fake_deg(upper, full_upper_px, ahead_x) + segment_fake_deg(lower, full_lower_px, ahead_x)


def segment_fake_deg(span: Floats, full_px: Floats, ahead_x: Floats) -> Floats:
    """The part (n,) deg of `yaw_fake_deg` that one segment (n, 2) brings, pointing ahead at its lower or upper end."""
    cosine = _cosine(span, full_px)
    return np.asarray(np.degrees(np.arctan(np.sqrt(1.0 / cosine**2 - 1.0) * ahead_x)))


def ahead_px(span: Floats, full_px: Floats) -> Floats:
    """By how much (n,) px one end of a segment (n, 2) is nearer to or further from the camera than its other end."""
    return np.asarray(full_px * np.sqrt(1.0 - _cosine(span, full_px) ** 2))


def _cosine(span: Floats, full_px: Floats) -> Floats:
    """Of the angle (n,) under which a segment points out of the picture."""
    return np.asarray(np.clip(np.linalg.norm(span, axis=1) / full_px, STEEPEST_COS, 1.0))


def foot_px(motion: Motion) -> float:
    """Length of the foot in px: 0.152 of the height, of which thigh and shank are 0.491 (Drillis & Contini 1966)."""
    return float(np.median(motion.segment_px("thigh") + motion.segment_px("shank")) * 0.152 / 0.491)


def level_px(motion: Motion, side: Side, name: str) -> Floats:
    """Picture place (n, 2) that a joint would have at the hips' distance from the camera.

    What lies further away is drawn nearer to the picture's middle, by its depth over the camera's distance; the depth
    is the pose model's own, in metres from the mid-hip, towards the camera negative.
    """
    middle = np.array(motion.track.size_px) / 2.0
    place = motion.joint(side, name)
    if motion.scale is None:
        return place
    away_m = FOCAL_LENGTH * max(motion.track.size_px) * motion.scale.cm_per_px / 100.0
    depth_m = motion.track.world_m[:, point(side, name), 2]
    return np.asarray(middle + (place - middle) * (1.0 + depth_m / away_m)[:, None])


def height_px(points_px: Floats, times_s: Floats, window_s: float = 2.0) -> Floats:
    """Standing height (n,) in px over the clip, slowly varying, since people come nearer or go away.

    Within each window the longest thigh and shank count (see `body_height_px`); a straight line through the windows
    follows approach and recession without following noise.
    """
    whole = body_height_px(points_px)
    spans = np.arange(times_s[0], times_s[-1] - window_s, window_s / 2)
    if len(spans) < 3:
        return np.full(len(times_s), whole)
    values = np.array([body_height_px(points_px[(times_s >= a) & (times_s < a + window_s)]) for a in spans])
    good = np.isfinite(values)
    if good.sum() < 3:
        return np.full(len(times_s), whole)
    slope, level = np.polyfit(spans[good] + window_s / 2, values[good], 1)
    line = level + slope * times_s
    grows = abs(slope) * (times_s[-1] - times_s[0]) / whole
    return np.asarray(line * whole / np.median(line)) if grows > 0.15 else np.full(len(times_s), whole)


def trunk_px(points_px: Floats) -> float:
    """Median length of the line from mid-hip to mid-shoulder, NaN if unseen."""
    shoulders = points_px[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
    hips = points_px[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    length = np.linalg.norm(shoulders - hips, axis=1)
    length = length[np.isfinite(length)]
    return float(np.median(length)) if len(length) else float("nan")
