"""Signs and sizes of angles, centre of mass and size of a body whose pose is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.motion.body import HEAD_MASS as HEAD
from analyzer.motion.body import SEGMENTS, TRUNK, bend_deg, centre_of_mass, height_px, lean_deg, nearness, yaw_fake_deg
from analyzer.motion.types import View
from analyzer.pose.landmarks import Side
from tests.motion import figures

ANGLES = st.floats(-80, 80)
LENGTHS = st.floats(10, 500)


def ray(length: float, clockwise_from_up_deg: float) -> Floats:
    """(1, 2) px on the screen."""
    angle = np.radians(clockwise_from_up_deg)
    return np.array([[length * np.sin(angle), -length * np.cos(angle)]])


@given(LENGTHS, ANGLES)
def test_lean_is_clockwise_from_upright_whatever_the_length(length: float, angle: float) -> None:
    assert lean_deg(ray(length, angle), np.zeros((1, 2)))[0] == pytest.approx(angle)


@given(LENGTHS, LENGTHS, ANGLES, ANGLES)
def test_bend_is_the_clockwise_turn_and_straight_is_zero(one: float, two: float, first: float, turn: float) -> None:
    knee = ray(one, first)
    assert bend_deg(np.zeros((1, 2)), knee, knee + ray(two, first + turn))[0] == pytest.approx(turn)


@given(LENGTHS, LENGTHS, ANGLES, ANGLES)
def test_mirroring_turns_both_angles_round(one: float, two: float, first: float, turn: float) -> None:
    flip = np.array([-1.0, 1.0])
    hip, knee = np.zeros((1, 2)), ray(one, first)
    ankle = knee + ray(two, first + turn)
    assert bend_deg(hip * flip, knee * flip, ankle * flip)[0] == pytest.approx(-bend_deg(hip, knee, ankle)[0])
    assert lean_deg(knee * flip, hip)[0] == pytest.approx(-lean_deg(knee, hip)[0])


def test_masses_add_up_to_the_whole_body() -> None:
    limbs = 2 * sum(segment[3] for segment in SEGMENTS)
    # de Leva 1996, mean of both sexes, head and trunk apart
    assert limbs + TRUNK[0] + HEAD == pytest.approx(1.0, abs=0.005)


def test_centre_of_mass_of_somebody_standing_lies_in_the_pelvis() -> None:
    figure = figures.step_up()
    track = figures.filmed(figure, View.FRONT)
    hips = 0.5 * (track.points_px[0, 23] + track.points_px[0, 24])
    above_hips = (hips[1] - centre_of_mass(track.points_px)[0, 1]) / (0.6 * 1280)
    # 0.55-0.58 of the height above the floor (Winter 2009), the hips being at 0.92 m of 1.75 m
    assert 0.55 - 0.92 / 1.75 - 0.01 < above_hips < 0.58 - 0.92 / 1.75 + 0.02
    assert centre_of_mass(track.points_px)[0, 0] == pytest.approx(hips[0], abs=1.0)


@given(st.floats(-500, 500), st.floats(-500, 500), st.floats(0.2, 3.0))
def test_centre_of_mass_moves_and_grows_with_the_body(x: float, y: float, factor: float) -> None:
    points = figures.filmed(figures.squat(reps=1), View.LEFT).points_px[::10]
    moved = centre_of_mass(points * factor + [x, y])
    np.testing.assert_allclose(moved, centre_of_mass(points) * factor + [x, y], atol=1e-6)


def test_an_unseen_leg_leaves_the_centre_unknown_and_an_unseen_arm_does_not() -> None:
    points = figures.filmed(figures.squat(reps=1), View.FRONT).points_px[:2].copy()
    points[0, 15] = points[1, 25] = np.nan
    assert np.isfinite(centre_of_mass(points)).all(axis=1).tolist() == [True, False]


@pytest.mark.parametrize("yaw", [-15.0, -5.0, 5.0, 15.0])
@pytest.mark.parametrize("bend", [20.0, 40.0])
def test_a_straight_bent_leg_seen_from_aside_seems_to_turn_by_the_fake(yaw: float, bend: float) -> None:
    """A leg bent straight ahead, projected along parallel rays from a camera that stands aside."""
    half = np.radians(bend / 2)
    ahead_x = -np.sin(np.radians(yaw))
    upper = np.array([[np.sin(half) * ahead_x, np.cos(half)]])
    lower = np.array([[-np.sin(half) * ahead_x, np.cos(half)]])
    seen = bend_deg(np.zeros((1, 2)), upper, upper + lower)
    # lengths: what stays of thigh and shank in the picture tells their tilt
    full = np.ones(1)
    fake = yaw_fake_deg(upper, lower, full, full, np.array([ahead_x]))
    assert np.sign(seen[0]) == np.sign(fake[0])
    assert fake[0] == pytest.approx(seen[0], abs=0.1 * abs(seen[0]) + 0.2)


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_height_follows_somebody_who_comes_nearer(share: float) -> None:
    track = figures.filmed(figures.run(figures.Runner(duration_s=10.0)), View.FRONT, share=share)
    grows = np.linspace(0.8, 1.2, len(track))
    tall = height_px(track.points_px * grows[:, None, None], track.times_s)
    np.testing.assert_allclose(tall / tall.mean(), grows, rtol=0.05)
    np.testing.assert_allclose(height_px(2.0 * track.points_px * grows[:, None, None], track.times_s), 2.0 * tall)
    steady = height_px(track.points_px, track.times_s)
    assert (steady == steady[0]).all()


def test_the_near_leg_is_the_one_on_the_cameras_side() -> None:
    assert nearness(figures.camera(View.LEFT), Side.LEFT) == "near"
    assert nearness(figures.camera(View.LEFT), Side.RIGHT) == "far"
    assert nearness(figures.camera(View.BACK), Side.RIGHT) == "both"


MEN_AND_WOMEN = {  # mass and centre from the first end, in %, men then women: de Leva 1996, table 4
    "thigh": ((14.16, 14.78), (40.95, 36.12)),
    "shank": ((4.33, 4.81), (44.59, 44.16)),
    "foot": ((1.37, 1.29), (44.15, 40.14)),
    "upper arm": ((2.71, 2.55), (57.72, 57.54)),
    "forearm": ((1.62, 1.38), (45.74, 45.59)),
    "hand": ((0.61, 0.56), (79.00, 74.74)),
}


def test_segments_are_the_published_ones_of_both_sexes() -> None:
    table = {name: (mass, centre) for name, _, _, mass, centre in SEGMENTS}
    for name, (masses, centres) in MEN_AND_WOMEN.items():
        assert table[name] == pytest.approx((np.mean(masses) / 100.0, np.mean(centres) / 100.0), abs=6e-4)
    assert pytest.approx((np.mean((43.46, 42.57)) / 100.0, np.mean((43.10, 37.82)) / 100.0), abs=6e-4) == TRUNK
    assert 2.0 * sum(mass for mass, _ in table.values()) + TRUNK[0] + HEAD == pytest.approx(1.0, abs=1e-3)
