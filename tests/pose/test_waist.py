"""The tilt of clothes' edges at the hips, on drawn people whose hem is where it was put."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.arrays import Floats, Picture
from analyzer.pose.landmarks import COUNT, INDEX
from analyzer.pose.waist import SHAPE, at_hips, tilts_deg
from analyzer.video.planar import Planar

SIZE_PX = 400
MIDDLE = np.array([200.0, 200.0])


def person(half_shoulders_px: float = 45.0, size: float = 1.0) -> Floats:
    """(33, 2) of somebody seen from the front, hips level, hands out of the way."""
    points = np.tile(MIDDLE + np.array([0.0, 180.0]), (COUNT, 1))
    for name, across, down in (
        ("left_hip", 25.0, 0.0), ("right_hip", -25.0, 0.0),
        ("left_shoulder", half_shoulders_px, -120.0), ("right_shoulder", -half_shoulders_px, -120.0),
    ):  # fmt: skip
        points[INDEX[name]] = MIDDLE + size * np.array([across, down])
    return points


def dressed(hem_deg: float, lower_px: float = 0.0, size: float = 1.0) -> Picture:
    """A red shirt over dark shorts; the hem is curved, tilts, and may hang lower."""
    y, x = np.mgrid[0:SIZE_PX, 0:SIZE_PX].astype(float)
    across = (x - MIDDLE[0]) / size
    hem = MIDDLE[1] + size * (5.0 + lower_px + np.tan(np.radians(hem_deg)) * across - 0.002 * across**2)
    above = np.clip(hem - y + 0.5, 0.0, 1.0)[..., None]
    body = (np.abs(across) < 60.0)[..., None]
    clothes = above * np.array([170.0, 40.0, 50.0]) + (1.0 - above) * np.array([30.0, 35.0, 60.0])
    return np.where(body, clothes, 150.0).astype(np.uint8)


def strip(picture: Picture, points: Floats) -> Picture:
    return at_hips(Planar.of_rgb(picture), points)


@pytest.mark.parametrize("size", [0.6, 1.0])
def test_the_hem_s_tilt_is_found_but_for_what_is_usual(size: float) -> None:
    true = 7.0 * np.sin(np.arange(40) / 3.0)
    lower = 3.0 * np.cos(np.arange(40) / 2.0)
    strips = [strip(dressed(deg, px, size), person(size=size)) for deg, px in zip(true, lower, strict=True)]
    found = tilts_deg(np.array(strips))
    error = found - true - np.median(found - true)
    assert np.abs(error).max() < 1.0


@settings(max_examples=15, deadline=None)
@given(deg=st.floats(-8.0, 8.0))
def test_in_the_mirror_it_tilts_the_other_way(deg: float) -> None:
    pictures = [dressed(a) for a in (0.0, deg, 0.0, -deg, 0.0)]
    here, there = (tilts_deg(np.array([strip(picture[:, ::way], person()) for picture in pictures])) for way in (1, -1))
    np.testing.assert_allclose(here - here[0], -(there - there[0]), atol=0.6)


def test_a_hand_before_the_hem_is_left_out() -> None:
    points = person()
    points[INDEX["left_wrist"]] = MIDDLE + np.array([18.0, 4.0])
    true = np.linspace(-6.0, 6.0, 21)
    strips = []
    for deg in true:
        picture = dressed(float(deg))
        picture[190:220, 210:228] = [220, 180, 150]
        strips.append(strip(picture, points))
    assert (np.array(strips)[:, :, 20:24] == 0).all()
    found = tilts_deg(np.array(strips))
    assert np.abs(found - true - np.median(found - true)).max() < 1.0


def test_from_the_side_and_where_nobody_was_seen_there_is_no_tilt() -> None:
    assert not strip(dressed(3.0), person(half_shoulders_px=15.0)).any()
    strips = np.array([strip(dressed(deg), person()) for deg in (0.0, 4.0, -4.0, 2.0)])
    strips[1] = 0
    assert np.isfinite(tilts_deg(strips)).tolist() == [True, False, True, True]
    assert np.isnan(tilts_deg(np.zeros((3, *SHAPE), np.uint8))).all()
    assert tilts_deg(np.zeros((0, *SHAPE), np.uint8)).shape == (0,)


def test_one_plain_garment_tells_nothing() -> None:
    grey = np.full((SIZE_PX, SIZE_PX, 3), 90, np.uint8)
    assert np.isnan(tilts_deg(np.array([strip(grey, person())] * 5))).all()
