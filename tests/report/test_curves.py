from __future__ import annotations

import pytest

from analyzer.assessment import CycleInfo, MeasurementInfo
from analyzer.report.curves import charts
from tests.report import samples


@pytest.fixture(scope="module")
def knee() -> MeasurementInfo:
    return samples.front_run().of("knee_valgus", "left")


def test_curve_and_dots_are_drawn_with_their_meaning(knee: MeasurementInfo) -> None:
    made = charts(knee, None, "k", "step")
    assert made.curve is not None
    assert made.dots is not None
    assert "Stance, from contact" in made.curve
    assert "each step, in order" in made.dots
    assert 'role="img"' in made.curve
    assert "var(--pass)" in made.curve


def test_one_dot_for_each_event_and_one_for_the_clip(knee: MeasurementInfo) -> None:
    dots = charts(knee, None, "k", "step").dots
    assert dots is not None
    assert dots.count("fill: var(--verdict)") == len(knee.per_event) + 1


def test_the_other_side_is_drawn_for_comparison(knee: MeasurementInfo) -> None:
    other = samples.front_run().of("knee_valgus", "right")
    alone, beside = charts(knee, None, "k", "step").curve, charts(knee, other, "k", "step").curve
    assert alone is not None
    assert beside is not None
    assert "var(--other)" not in alone
    assert "var(--other)" in beside


def test_without_cycle_or_events_there_is_nothing_to_draw(knee: MeasurementInfo) -> None:
    made = charts(knee.model_copy(update={"cycle": None, "per_event": ()}), None, "k", "step")
    assert made.curve is None
    assert made.dots is None


@pytest.mark.parametrize("hole", [None, 3.0])
def test_gaps_and_flat_curves_do_no_harm(knee: MeasurementInfo, hole: float | None) -> None:
    flat = CycleInfo(label="$\\frac{ <b>", percent=(0.0, 50.0, 100.0), mean=(3.0, hole, 3.0), sd=(None, hole, None))
    made = charts(knee.model_copy(update={"cycle": flat, "limits": None}), None, "k", "step").curve
    assert made is not None
    assert "$\\frac{ &lt;b&gt;" in made
    assert "nan" not in made


def test_a_curve_of_nothing_but_gaps_does_no_harm(knee: MeasurementInfo) -> None:
    empty = CycleInfo(label="x", percent=(0.0, 100.0), mean=(None, None), sd=(None, None), mark_percent=50.0)
    blank = knee.model_copy(update={"cycle": empty, "limits": None})
    assert charts(blank, None, "k", "step").curve is not None
