from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.report.ticks import spaced, text_width, ticks
from tests.report.drawn import dejavu

FEW = settings(max_examples=25, deadline=None)


@FEW
@given(st.floats(-1e4, 1e4), st.floats(1e-2, 1e4), st.integers(1, 12))
def test_numbers_are_round_apart_and_within(low: float, length: float, most: int) -> None:
    found = [place for place, _ in ticks(low, low + length, length / most)]
    steps = [after - before for before, after in pairwise(found)]
    assert all(low - 1e-6 * length <= place <= low + length * (1 + 1e-6) for place in found)
    assert len(found) <= most + 1
    for step in steps:
        digits = f"{step:.3e}"
        assert float(digits.split("e")[0]) in (1.0, 2.0, 5.0)
        assert step == pytest.approx(steps[0])
        assert length / most * (1 - 1e-6) <= step <= 2.5 * length / most * (1 + 1e-6)


@FEW
@given(st.floats(-1e3, 1e3), st.floats(0.1, 1e3))
def test_numbers_say_where_they_stand_with_like_digits(low: float, length: float) -> None:
    found = ticks(low, low + length, length / 5, " cm")
    assert all(text.endswith(" cm") and "-" not in text for _, text in found)
    said = [text.removesuffix(" cm").replace("\N{MINUS SIGN}", "-") for _, text in found]
    assert [float(text) for text in said] == pytest.approx([place for place, _ in found], abs=1e-9)
    assert len({len(text.partition(".")[2]) for text in said}) <= 1
    assert "-0" not in said


@pytest.mark.parametrize(
    "text", ["−100 cm", "100 %", "20 Dec", "1.25 s", "mwMW@%", "OQDGHN", "each step, left and right", "±8°"]
)
def test_no_text_is_wider_than_thought(text: str) -> None:
    drawn = dejavu().getlength(text) / 100 * 14
    assert drawn <= text_width(text, 14.0) <= 1.6 * drawn


@FEW
@given(st.lists(st.integers(0, 500), min_size=1, max_size=20, unique=True).map(sorted), st.integers(1, 300))
def test_what_is_kept_is_apart_and_holds_the_ends_where_it_can(places: list[int], gap: int) -> None:
    kept = spaced(places, gap)
    assert set(kept) <= set(places)
    assert all(after - before >= gap for before, after in pairwise(kept))
    assert kept[-1] == places[-1]
    assert (places[0] in kept) == (len(places) == 1 or places[-1] - places[0] >= gap)
