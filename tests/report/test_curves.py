from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from analyzer.assessment import CycleInfo, EventInfo, MeasurementInfo
from analyzer.report.curves import CURVE_SIZE, DOTS_SIZE, charts
from tests.report import samples
from tests.report.drawn import Drawing


@pytest.fixture(scope="module")
def knee() -> MeasurementInfo:
    return samples.front_run().of("knee_valgus", "left")


@pytest.fixture(scope="module")
def other() -> MeasurementInfo:
    return samples.front_run().of("knee_valgus", "right")


def drawn(
    of: MeasurementInfo, beside: MeasurementInfo | None = None, windows: tuple[tuple[float, float], ...] = ()
) -> tuple[Drawing, Drawing]:
    made = charts(of, beside, "step", windows)
    assert made.curve is not None
    assert made.dots is not None
    return Drawing(made.curve, CURVE_SIZE.letter_px), Drawing(made.dots, DOTS_SIZE.letter_px)


def test_curve_and_dots_are_drawn_with_their_meaning(knee: MeasurementInfo) -> None:
    curve, dots = drawn(knee)
    assert "Stance, from contact" in [each.text[:20] for each in curve.letters("place")]
    assert "each step, in order" in [each.text for each in dots.letters("place")]
    for chart in (curve, dots):
        assert chart.root.attrib["role"] == "img"
        assert chart.root.attrib["class"] == "chart"
        assert knee.title in chart.root.attrib["aria-label"]
    assert (curve.width, curve.height) == (430, 200)
    assert (dots.width, dots.height) == (250, 200)


def test_the_curve_is_the_mean_and_its_shade_the_standard_deviation(knee: MeasurementInfo) -> None:
    cycle = knee.cycle
    assert cycle is not None
    curve, _ = drawn(knee)
    ((line,),), ((shade,),) = curve.paths("line", "own"), curve.paths("spread")
    assert line == [
        pytest.approx((curve.across(percent), curve.up(mean or 0.0)), abs=0.5)
        for percent, mean in zip(cycle.percent, cycle.mean, strict=True)
    ]
    there = len(line)
    upper, lower = shade[:there], shade[there:][::-1]
    for percent, mean, sd, high, low in zip(cycle.percent, cycle.mean, cycle.sd, upper, lower, strict=True):
        assert mean is not None
        assert sd is not None
        assert high == pytest.approx((curve.across(percent), curve.up(mean + sd)), abs=0.5)
        assert low == pytest.approx((curve.across(percent), curve.up(mean - sd)), abs=0.5)


def test_one_dot_for_each_event_in_order_and_one_for_the_clip(knee: MeasurementInfo, other: MeasurementInfo) -> None:
    _, dots = drawn(knee, other)
    for of, whose in ((knee, "own"), (other, "other")):
        assert [y for _, y in dots.circles("events", whose)] == pytest.approx(
            [dots.up(event.value) for event in of.per_event], abs=0.5
        )
        ((x, y),) = dots.circles("clip", whose)
        assert y == pytest.approx(dots.up(of.value or 0.0), abs=0.5)
        ((stem,),) = dots.paths("clip", whose)
        half = of.uncertainty or 0.0
        assert [end for _, end in stem] == pytest.approx(
            [dots.up((of.value or 0.0) + sign * half) for sign in (-1, 1)], abs=0.5
        )
        assert x > max(place for place, _ in dots.circles("events"))
    places = sorted(x for x, _ in dots.circles("events"))
    assert places == pytest.approx([dots.across(number) for number in range(1, len(places) + 1)], abs=0.5)


def test_the_other_side_is_drawn_for_comparison(knee: MeasurementInfo, other: MeasurementInfo) -> None:
    alone, beside = drawn(knee)[0], drawn(knee, other)[0]
    assert not alone.marked("other")
    assert len(beside.paths("line", "other")) == 1
    assert {each.text for each in beside.letters("name")} == {"left", "right"}
    assert not alone.letters("name")


def test_the_target_stands_where_it_is_held_against_the_curve(knee: MeasurementInfo) -> None:
    assert knee.cycle is not None
    assert knee.cycle.mark_percent is not None
    curve, _ = drawn(knee)
    ((left, _, right, _),) = curve.boxes("band")
    assert left < curve.across(knee.cycle.mark_percent) < right
    cycle = knee.cycle.model_copy(update={"mark_percent": None})
    windows, _ = drawn(knee.model_copy(update={"cycle": cycle}), None, ((20.0, 35.0), (60.0, 80.0)))
    assert [(left, right) for left, _, right, _ in windows.boxes("band")] == [
        pytest.approx((windows.across(low), windows.across(high)), abs=0.5) for low, high in ((20, 35), (60, 80))
    ]
    whole, _ = drawn(knee.model_copy(update={"cycle": cycle}))
    ((left, _, right, _),) = whole.boxes("band")
    assert (left, right) == pytest.approx((whole.across(0), whole.across(100)), abs=0.5)


@pytest.mark.parametrize("scale", [0.003, 0.07, 1.0, 30.0, 400.0])
@pytest.mark.parametrize("unit", ["deg", "cm", "%", "steps/min"])
def test_no_text_stands_on_another_whatever_the_values(
    knee: MeasurementInfo, other: MeasurementInfo, scale: float, unit: str
) -> None:
    for chart in drawn(*(scaled(each, scale, unit) for each in (knee, other))):
        assert chart.overlapping() == []
        assert all(each.left >= 0 and each.right <= chart.width for each in chart.letters())


def scaled(measurement: MeasurementInfo, scale: float, unit: str) -> MeasurementInfo:
    cycle = measurement.cycle
    assert cycle is not None
    mean, sd = (tuple(scale * (v or 0.0) for v in values) for values in (cycle.mean, cycle.sd))
    events = tuple(event.model_copy(update={"value": scale * event.value}) for event in measurement.per_event)
    return measurement.model_copy(
        update={
            "value": scale * (measurement.value or 0.0), "uncertainty": scale * (measurement.uncertainty or 0.0),
            "unit": unit, "limits": None, "per_event": events,
            "cycle": cycle.model_copy(update={"mean": mean, "sd": sd}),
        }
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 6, 7, 13, 40, 250, 1500])
def test_events_are_numbered_without_crowding(knee: MeasurementInfo, count: int) -> None:
    events = tuple(EventInfo(index=number, t_s=float(number), value=5.0) for number in range(count))
    _, dots = drawn(knee.model_copy(update={"per_event": events}))
    numbers = [each for each in dots.letters("place") if each.text.isdigit()]
    assert 1 <= len(numbers) <= 6
    assert all(1 <= each.value <= count for each in numbers)
    assert dots.overlapping() == []
    assert all(before.value < after.value for before, after in pairwise(numbers))


def test_brief_is_the_curve_alone(knee: MeasurementInfo) -> None:
    made = charts(knee, None, "step", brief=True)
    assert made.curve is not None
    assert made.dots is None
    assert charts(knee.model_copy(update={"cycle": None}), None, "step", brief=True).dots is not None


def test_without_cycle_or_events_there_is_nothing_to_draw(knee: MeasurementInfo) -> None:
    made = charts(knee.model_copy(update={"cycle": None, "per_event": ()}), None, "step")
    assert made.curve is None
    assert made.dots is None


@pytest.mark.parametrize("hole", [None, 3.0])
def test_gaps_and_flat_curves_do_no_harm(knee: MeasurementInfo, hole: float | None) -> None:
    flat = CycleInfo(label="$\\frac{ <b>", percent=(0.0, 50.0, 100.0), mean=(3.0, hole, 3.0), sd=(None, hole, None))
    made = charts(knee.model_copy(update={"cycle": flat, "limits": None}), None, "step").curve
    assert made is not None
    assert "$\\frac{ &lt;b&gt;" in made
    assert "nan" not in made


def test_a_curve_of_nothing_but_gaps_does_no_harm(knee: MeasurementInfo) -> None:
    empty = CycleInfo(label="x", percent=(0.0, 100.0), mean=(None, None), sd=(None, None), mark_percent=50.0)
    blank = knee.model_copy(update={"cycle": empty, "limits": None})
    made = charts(blank, None, "step").curve
    assert made is not None
    assert not np.isnan([number for point in Drawing(made).circles("clip") for number in point]).any()


def test_the_style_sheet_knows_every_mark_and_keeps_letters_as_small_as_was_reckoned(
    knee: MeasurementInfo, other: MeasurementInfo
) -> None:
    sheet = files("analyzer.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]*\.chart [^{}]*)\{([^}]*)\}", sheet)
    told = " ".join(selector for selector, _ in rules)
    looks = {look for chart in drawn(knee, other) for e in chart.root.iter() for look in e.get("class", "").split()}
    assert [look for look in sorted(looks - {"chart", "events", "clip"}) if f".{look}" not in told] == []
    sizes = [
        (part, float(size))
        for selector, style in rules
        for size in re.findall(r"font-size: ([\d.]+)px", style)
        for part in selector.split(",")
    ]
    assert len(sizes) >= 2
    for part, size in sizes:
        small = ".dots" in part or ".small-ones" in part
        assert size <= (DOTS_SIZE if small else CURVE_SIZE).letter_px
