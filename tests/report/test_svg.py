from __future__ import annotations

import re
from itertools import pairwise
from math import isfinite, nan
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.assessment import Limits
from analyzer.report.svg import Chart, Size
from tests.report.drawn import Drawing

FEW = settings(max_examples=25, deadline=None)
SIZE = Size(430.0, 200.0, 14.0)
ENDS = st.tuples(st.floats(-500, 500), st.floats(0.5, 1000)).map(lambda ends: (ends[0], ends[0] + ends[1]))


def chart(up: tuple[float, float] = (-10.0, 20.0), unit: str = "°", label: str = "time") -> Chart:
    made = Chart(SIZE, (0.0, 100.0), up, unit)
    made.below([(0.0, "0 %"), (50.0, "50 %"), (100.0, "100 %")], label)
    return made


@FEW
@given(ENDS, st.floats(0, 1))
def test_values_stand_where_the_axis_says(up: tuple[float, float], share: float) -> None:
    value = up[0] + share * (up[1] - up[0])
    made = chart(up)
    made.dots([25.0], [value], "own")
    drawn = Drawing(made.svg("x"))
    ((x, y),) = drawn.circles("events")
    assert x == pytest.approx(drawn.across(25.0), abs=0.5)
    assert y == pytest.approx(drawn.up(value), abs=0.5)
    assert 0 <= y <= 200


@FEW
@given(ENDS)
def test_the_axis_has_numbers_that_rise_evenly_and_keep_apart(up: tuple[float, float]) -> None:
    for letter_px in (11.0, SIZE.letter_px):
        drawn = Drawing(chart(up, " cm").svg("x"), letter_px)
        numbers = sorted(drawn.letters("number"), key=lambda each: each.value)
        assert len(numbers) >= 2
        assert all(after.bottom < before.top for before, after in pairwise(numbers))
        assert all(each.left >= 0 for each in numbers)
        assert drawn.overlapping() == []


@pytest.mark.parametrize(
    ("limits", "low", "high"),
    [
        (Limits(pass_high=8.0, source="x"), -10.0, 8.0),
        (Limits(pass_low=3.0, source="x"), 3.0, 20.0),
        (Limits(pass_low=-2.5, pass_high=8.0, source="x"), -2.5, 8.0),
    ],
)
def test_the_target_reaches_from_limit_to_limit_or_to_the_end_of_the_axis(
    limits: Limits, low: float, high: float
) -> None:
    made = chart()
    made.band(limits, ((20.0, 30.0), (60.0, 75.0)))
    drawn = Drawing(made.svg("x"))
    assert [(box[0], box[2]) for box in drawn.boxes("band")] == [
        pytest.approx((drawn.across(20.0), drawn.across(30.0)), abs=0.5),
        pytest.approx((drawn.across(60.0), drawn.across(75.0)), abs=0.5),
    ]
    for box in drawn.boxes("band"):
        assert (box[3], box[1]) == pytest.approx((drawn.up(low), drawn.up(high)), abs=0.5)
    judged = [limit for limit in (limits.pass_low, limits.pass_high) if limit is not None]
    edges = [stretch[0][1] for (stretch,) in drawn.paths("edge")]
    assert edges == pytest.approx([drawn.up(limit) for limit in judged] * 2, abs=0.5)


def test_without_a_target_nothing_is_tinted() -> None:
    made = chart()
    made.band(None)
    made.band(Limits(source="x"))
    assert not Drawing(made.svg("x")).marked("band")


@FEW
@given(st.lists(st.one_of(st.just(nan), st.floats(-10, 20)), min_size=2, max_size=30))
def test_a_line_goes_through_every_known_value_and_leaves_gaps(values: list[float]) -> None:
    places = [100.0 * number / (len(values) - 1) for number in range(len(values))]
    made = chart()
    made.line(places, values, "own")
    made.area(places, [value - 0.1 for value in values], [value + 0.1 for value in values])
    svg = made.svg("x")
    drawn = Drawing(svg)
    assert "nan" not in svg
    through = [point for path in drawn.paths("line") for stretch in path for point in dict.fromkeys(stretch)]
    known = [(drawn.across(p), drawn.up(v)) for p, v in zip(places, values, strict=True) if isfinite(v)]
    assert len(through) == len(known)
    assert all(seen == pytest.approx(true, abs=0.5) for seen, true in zip(through, known, strict=True))
    runs = "".join("x" if isfinite(value) else " " for value in values).split()
    assert sum(map(len, drawn.paths("line"))) == sum(map(len, drawn.paths("spread"))) == len(runs)


def test_an_interval_reaches_as_far_as_the_doubt() -> None:
    made = chart()
    made.reading(40.0, 5.0, 3.5, "own", capped=True)
    drawn = Drawing(made.svg("x"))
    ((stem, *caps),) = drawn.paths("clip")
    assert [y for _, y in stem] == pytest.approx([drawn.up(1.5), drawn.up(8.5)], abs=0.5)
    assert sorted(cap[0][1] for cap in caps) == pytest.approx([drawn.up(8.5), drawn.up(1.5)], abs=0.5)
    assert drawn.circles("clip") == [pytest.approx((drawn.across(40.0), drawn.up(5.0)), abs=0.5)]


@FEW
@given(st.floats(-10, 20), st.floats(-10, 20))
def test_names_stand_by_their_lines_in_their_order_and_apart(own: float, other: float) -> None:
    made = Chart(SIZE, (0.0, 100.0), (-13.0, 23.0), "°", right_px=42.0)
    made.names(((own, "left", "own"), (other, "right", "other")))
    drawn = Drawing(made.svg("x"), SIZE.letter_px)
    left, right = (next(each for each in drawn.letters("name") if each.text == name) for name in ("left", "right"))
    assert drawn.overlapping() == []
    assert max(left.right, right.right) <= SIZE.width
    if abs(own - other) > 0.1:
        assert (left.middle[1] < right.middle[1]) == (own > other)
    for each, value in ((left, own), (right, other)):
        assert each.middle[1] == pytest.approx(drawn.up(value), abs=10.0)


def test_a_name_without_a_line_is_left_out() -> None:
    made = chart()
    made.names(((nan, "left", "own"), (3.0, "right", "other")))
    assert [each.text for each in Drawing(made.svg("x")).letters("name")] == ["right"]


def test_a_long_unit_is_left_to_the_text() -> None:
    assert "steps" not in chart(unit=" steps/min").svg("x")
    assert "5 cm" in chart(unit=" cm").svg("x")


def test_a_faint_line_is_drawn_only_where_the_axis_has_the_value() -> None:
    made = chart((5.0, 9.0))
    made.level(0.0)
    assert not Drawing(made.svg("x")).marked("rule")
    made.level(7.0)
    assert Drawing(made.svg("x")).marked("rule")


def test_a_label_below_stays_in_the_picture() -> None:
    for words in ("each repetition, left and right", "step of the left leg, from contact to the other foot's"):
        drawn = Drawing(chart((-500.0, 500.0), " cm", words).svg("x"), SIZE.letter_px)
        (label,) = (each for each in drawn.letters("place") if each.text == words)
        assert 0 <= label.left < label.right <= SIZE.width


def test_several_can_stand_in_one_page_which_gives_them_colours_and_font() -> None:
    made = chart()
    made.line([0.0, 100.0], [0.0, 3.0], "own")
    text = made.svg("a curve")
    assert text.startswith("<svg ")
    assert not re.search(r"\bid=|style=|fill=|stroke|font|#|url\(|https?:|xmlns|<style|<!DOCTYPE|<\?xml", text)
    assert 'role="img"' in text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x>', "a & b", 'id="x" url(#y)', "$\\frac{"]
)
def test_text_stays_text(hostile: str) -> None:
    root = ElementTree.fromstring(chart(label=hostile).svg(hostile))
    assert root.attrib["aria-label"] == hostile
    assert hostile in [node.text for node in root.iter("text")]
    assert {node.tag for node in root.iter()} == {"svg", "path", "text"}
