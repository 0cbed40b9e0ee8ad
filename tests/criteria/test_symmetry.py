"""Left against right: signs, the index, and the caution where the camera sees one leg better."""

from __future__ import annotations

import pytest

from analyzer.assessment import SymmetryInfo
from analyzer.criteria.symmetry import symmetries
from analyzer.criteria.tables import load_criteria
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, View
from analyzer.pose.landmarks import Side
from tests.motion import figures

CRITERIA = load_criteria()
MOTIONS = {view: figures.shown(figures.run(), view) for view in (View.FRONT, View.LEFT)}


def compared(metric: str, unit: str, left: float, right: float, width: float, view: View) -> SymmetryInfo:
    pair = tuple(
        Measurement(metric, side, unit, value=value, uncertainty=width, n=9)
        for side, value in ((Side.LEFT, left), (Side.RIGHT, right))
    )
    (found,) = symmetries(pair, MOTIONS[view], CRITERIA)
    return found


def test_left_less_right_with_the_index_of_robinson() -> None:
    found = compared("contact_time", "ms", 260.0, 240.0, 3.0, View.FRONT)
    assert found.difference == 20.0
    assert found.uncertainty == pytest.approx(3.0 * 2**0.5)
    assert found.index_percent == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("left", "width", "noted"), [(12.0, 2.0, True), (12.0, 6.0, False), (7.5, 1.0, False), (-2.0, 2.0, True)]
)
def test_an_angle_is_noted_if_it_differs_by_more_than_four_degrees_and_surely(
    left: float, width: float, noted: bool
) -> None:
    assert compared("knee_valgus", "deg", left, 5.0, width, View.FRONT).noted is noted


def test_an_angle_has_no_index() -> None:
    assert compared("knee_valgus", "deg", 1.0, -1.0, 1.0, View.FRONT).index_percent is None


def test_from_the_side_nothing_is_compared() -> None:
    found = compared("knee_flexion_contact", "deg", 25.0, 5.0, 1.0, View.LEFT)
    assert not found.comparable
    assert not found.noted
    assert "far leg" in found.sentence


def test_what_only_one_side_has_and_what_no_run_has_is_left_out() -> None:
    left = Measurement("knee_valgus", Side.LEFT, "deg", value=5.0, uncertainty=1.0, n=9)
    right = Measurement("knee_valgus", Side.RIGHT, "deg", reason="Unseen.")
    assert symmetries((left, right), MOTIONS[View.FRONT], CRITERIA) == ()
    squat = figures.shown(figures.squat(), View.FRONT)
    assert squat.activity is Activity.SQUAT
    assert symmetries((left,), squat, CRITERIA) == ()
