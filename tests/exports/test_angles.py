"""Angles of a figure whose joints are known in three dimensions, and of poses drawn by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.errors import TrackError
from analyzer.exports.angles import joint_angles
from analyzer.exports.tracked import Tracked
from analyzer.motion.types import View
from analyzer.pose.landmarks import COUNT, SIDES, Side, point
from analyzer.pose.track import PoseTrack
from tests.exports.samples import RUN, tracked


def posed(view: View, **places: tuple[float, float]) -> Tracked:
    """Two frames of somebody 400 px from shoulders to ankles; places in px, as ``left_knee=(x, y)``."""
    right_x = -1.0 if view is View.FRONT else 1.0
    points = np.zeros((COUNT, 2))
    for side in SIDES:
        out = 20.0 * right_x * (1 if side is Side.RIGHT else -1) if view in (View.FRONT, View.BACK) else 0.0
        ahead = -1.0 if view is View.LEFT else 1.0 if view is View.RIGHT else 0.0
        for name, y in (("shoulder", 100.0), ("hip", 300.0), ("knee", 400.0), ("ankle", 500.0), ("heel", 510.0)):
            points[point(side, name)] = (300.0 + out, y)
        points[point(side, "toe")] = (300.0 + out + 60.0 * ahead, 510.0)
    for joint, place in places.items():
        side, name = joint.split("_")
        points[point(Side(side), name)] = place
    track = PoseTrack(
        np.array([0.0, 0.1]), np.stack([points, points]), np.ones((2, COUNT)), np.zeros((2, COUNT, 3)), (600, 600)
    )
    return Tracked("posed", track, track, np.full(2, 0.4), view)


def degrees(source: Tracked) -> dict[str, float]:
    return {angle.name: float(angle.deg[0]) for angle in joint_angles(source)}


@pytest.mark.parametrize("view", list(View)[:4])
def test_standing_straight_all_angles_are_zero(view: View) -> None:
    found = degrees(posed(view))
    assert len(found) == (7 if view in (View.LEFT, View.RIGHT) else 4)
    assert list(found.values()) == pytest.approx([0.0] * len(found), abs=1e-9)


@pytest.mark.parametrize(("view", "ahead"), [(View.LEFT, -1.0), (View.RIGHT, 1.0)])
def test_signs_from_the_side(view: View, ahead: float) -> None:
    leaning = {f"{side.value}_shoulder": (300.0 + 200.0 * ahead * np.tan(np.radians(10.0)), 100.0) for side in SIDES}
    assert degrees(posed(view, **leaning)) == pytest.approx(
        {"pelvis_tilt": -10.0, "hip_flexion_l": 10.0, "hip_flexion_r": 10.0, "knee_angle_l": 0.0, "knee_angle_r": 0.0,
         "ankle_angle_l": 0.0, "ankle_angle_r": 0.0}, abs=1e-9,
    )  # fmt: skip
    knee_ahead = degrees(
        posed(view, left_knee=(300.0 + 100.0 * ahead, 300.0), left_ankle=(300.0 + 100.0 * ahead, 400.0))
    )
    assert (knee_ahead["hip_flexion_l"], knee_ahead["knee_angle_l"]) == pytest.approx((90.0, 90.0))
    assert knee_ahead["knee_angle_r"] == pytest.approx(0.0)
    toes_up = degrees(posed(view, right_toe=(300.0 + 60.0 * ahead, 480.0)))
    assert toes_up["ankle_angle_r"] == pytest.approx(np.degrees(np.arctan(0.5)))


@pytest.mark.parametrize(("view", "right_x"), [(View.FRONT, -1.0), (View.BACK, 1.0)])
def test_signs_from_the_front_and_the_back(view: View, right_x: float) -> None:
    # on the left leg, the right hip drops by 0.2 rad of the hips' width, the trunk stays upright
    dropped = degrees(
        posed(view, right_hip=(300.0 + 20.0 * right_x, 308.0), right_knee=(300.0 + 20.0 * right_x, 408.0))
    )
    drop = np.degrees(np.arctan(8.0 / 40.0))
    assert dropped["pelvis_list"] == pytest.approx(drop)
    assert dropped["hip_adduction_l"] == pytest.approx(drop)
    assert dropped["hip_adduction_r"] == pytest.approx(-drop)
    inwards = degrees(posed(view, right_knee=(300.0 + 10.0 * right_x, 400.0)))
    assert inwards["hip_adduction_r"] == pytest.approx(np.degrees(np.arctan(0.1)))
    over_right = {f"{side.value}_shoulder": (320.0 if right_x > 0 else 280.0, 100.0) for side in SIDES}
    assert degrees(posed(view, **over_right))["lumbar_bending"] == pytest.approx(np.degrees(np.arctan(0.1)))


def test_a_runners_knee_bends_as_its_joints_do_in_space() -> None:
    thigh, shank = (
        RUN.joint(Side.LEFT, b)[:, [0, 2]] - RUN.joint(Side.LEFT, a)[:, [0, 2]]
        for a, b in (("hip", "knee"), ("knee", "ankle"))
    )
    cosine = (thigh * shank).sum(axis=1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    (bend,) = (angle.deg for angle in joint_angles(tracked()) if angle.name == "knee_angle_l")
    assert np.abs(bend - np.degrees(np.arccos(cosine))).max() < 2.0


def test_without_an_assessment_the_view_is_judged_from_the_track() -> None:
    assert tracked().view is None
    assert {angle.name for angle in joint_angles(tracked())} >= {"knee_angle_l", "ankle_angle_r"}


def test_at_an_angle_there_are_none() -> None:
    with pytest.raises(TrackError, match="at an angle"):
        joint_angles(replace(tracked(), view=View.OBLIQUE))
