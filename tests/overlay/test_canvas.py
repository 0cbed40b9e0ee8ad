from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.overlay import canvas
from analyzer.overlay.canvas import Pen
from analyzer.overlay.palette import Stroke

NAN = float("nan")
RED = (200, 10, 10)


def scene(height: int = 120, width: int = 160) -> np.ndarray:
    return np.full((height, width, 3), 100, np.uint8)


def red(picture: np.ndarray) -> np.ndarray:
    return (np.abs(picture.astype(int) - RED) < 30).all(axis=2)


def test_a_line_runs_through_its_ends_and_has_a_dark_casing() -> None:
    picture = scene()
    canvas.polyline(picture, [np.array([20.0, 60.0]), np.array([140.0, 60.0])], RED, 4)
    hit = red(picture)
    assert hit[60, 20:140].all()
    assert not hit[:55].any()
    assert picture[57, 80].max() < 60


@pytest.mark.parametrize("bad", [(NAN, 5.0), (float("inf"), 5.0), (1e7, 5.0)])
def test_unseen_and_absurd_places_draw_nothing(bad: tuple[float, float]) -> None:
    picture, place = scene(), np.array(bad)
    good = np.array([50.0, 50.0])
    canvas.polyline(picture, [place, good], RED, 3)
    canvas.dashed(picture, place, good, RED, 3)
    canvas.stroke(picture, good, place, RED, 3, Stroke.DOUBLE)
    canvas.dot(picture, place, 5, RED)
    canvas.fill(picture, np.stack([good, good + 9, place]), RED, 0.5)
    canvas.centre_of_mass_mark(picture, place, 6, RED)
    assert (picture == 100).all()


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=3, max_size=6))
def test_anything_may_hang_over_the_edge(places: list[tuple[float, float]]) -> None:
    picture, points = scene(), np.array(places)
    canvas.polylines(picture, points[None], RED, 3)
    canvas.fill(picture, points, RED, 0.5)
    canvas.dot(picture, points[0], 8, RED, hollow=True)
    assert picture.shape == (120, 160, 3)


def test_line_styles_look_different() -> None:
    a, b = np.array([10.0, 60.0]), np.array([150.0, 60.0])
    shares = {}
    for style in Stroke:
        picture = scene()
        canvas.stroke(picture, a, b, RED, 5, style)
        shares[style] = red(picture)[60, 12:148].mean()
    assert shares[Stroke.SOLID] == 1.0
    assert 0.3 < shares[Stroke.DASHED] < 0.9
    assert shares[Stroke.DOUBLE] < 0.1


def test_a_tint_lets_the_picture_through_and_stays_inside() -> None:
    picture = scene()
    canvas.fill(picture, np.array([[20.0, 20.0], [100.0, 20.0], [100.0, 90.0], [20.0, 90.0]]), RED, 0.5)
    assert picture[50, 60] == pytest.approx([150, 55, 55], abs=2)
    assert (picture[:15] == 100).all()


@pytest.mark.parametrize("body_px", [NAN, 10.0, 300.0, 5000.0])
def test_pens_suit_the_picture_whatever_the_person(body_px: float) -> None:
    small, large = (Pen.fitting(np.zeros((h, w, 3), np.uint8), body_px) for h, w in ((720, 1280), (1080, 1920)))
    assert small.text >= 18
    assert large.text > small.text
    assert small.thin <= small.line <= small.bold < 0.02 * 720
