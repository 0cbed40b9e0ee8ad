"""The target on a key frame lies where the judged line or point would be on target."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.assessment import Limits
from analyzer.overlay.sketch import RIGHT, UP, AngleSketch, GapSketch
from analyzer.overlay.target import paint_target

GREY = 90
CM_PER_PX = 0.2


def angle() -> AngleSketch:
    """Zero straight down from (100, 50), positive clockwise on the screen, so towards the left."""
    at = np.array([100.0, 50.0])
    return AngleSketch(
        vertex=at, zero=-UP, end=at - 100 * UP, turn=1.0, start=at, reach_px=100.0, label_at=at, label_towards=RIGHT
    )


def gap() -> GapSketch:
    """A plumb line at x = 100, positive to the right, the mark at 6 cm."""
    return GapSketch(
        top=np.array([100.0, 20.0]), foot=np.array([100.0, 180.0]), mark=np.array([130.0, 100.0]), positive=RIGHT,
        com=False, label_at=np.array([130.0, 100.0]), label_towards=RIGHT,
    )  # fmt: skip


def painted(sketch: AngleSketch | GapSketch, limits: Limits, cm_per_px: float = CM_PER_PX) -> np.ndarray:
    scene = np.full((200, 200, 3), GREY, np.uint8)
    paint_target(scene, sketch, limits, cm_per_px)
    return (scene != GREY).any(axis=2)


def at_angle(tinted: np.ndarray, value_deg: float) -> bool:
    x, y = angle().ray(value_deg, 80.0)
    return bool(tinted[round(y), round(x)])


def test_a_wedge_between_both_limits() -> None:
    tinted = painted(angle(), Limits(pass_low=10.0, pass_high=30.0, source="x"))
    assert [at_angle(tinted, value) for value in (5.0, 13.0, 20.0, 27.0, 35.0)] == [False, True, True, True, False]


def test_an_open_wedge_reaches_past_zero() -> None:
    high = painted(angle(), Limits(pass_high=7.0, source="x"))
    assert [at_angle(high, value) for value in (-10.0, 0.0, 5.0, 12.0)] == [True, True, True, False]
    low = painted(angle(), Limits(pass_low=8.0, source="x"))
    assert [at_angle(low, value) for value in (0.0, 12.0, 20.0)] == [False, True, True]


@pytest.mark.parametrize(
    ("limits", "cm", "on_target"),
    [
        (Limits(pass_high=3.0, source="x"), (-4.0, 0.0, 2.0, 6.0), (True, True, True, False)),
        (Limits(pass_low=3.0, source="x"), (0.0, 5.0, 10.0, 14.0), (False, True, True, False)),
        (Limits(pass_low=-2.0, pass_high=4.0, source="x"), (-5.0, 0.0, 3.0, 7.0), (False, True, True, False)),
    ],
)
def test_a_strip_beside_the_measured_line(limits: Limits, cm: tuple[float, ...], on_target: tuple[bool, ...]) -> None:
    tinted = painted(gap(), limits)
    assert tuple(bool(tinted[108, round(100 + each / CM_PER_PX)]) for each in cm) == on_target
    assert not tinted[150].any()


def test_without_limits_or_size_nothing_is_tinted() -> None:
    assert not painted(angle(), Limits(source="x")).any()
    assert not painted(gap(), Limits(pass_high=3.0, source="x"), float("nan")).any()
