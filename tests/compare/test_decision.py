"""Hips, feet, both, neither, cannot tell."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Verdict
from analyzer.compare.decision import change_text, cue_outcome, decide
from analyzer.compare.paired import paired_change
from analyzer.compare.trial import compare_clips, pair_of
from analyzer.compare.types import Decision, Pair, Role
from tests.compare.clips import around, clip_of, labelled, values

SWAPPED = {Decision.HIPS: Decision.FEET, Decision.FEET: Decision.HIPS}
TODAY = date(2026, 3, 1)


def drop(value: float, mark: str, verdict: Verdict = Verdict.FAIL, spread: float = 0.5):
    return clip_of(values("pelvic_drop", around(value, spread=spread), verdict=verdict), mark=mark)


def pair(before: float, after: float, pain: float | None = None, verdict: Verdict = Verdict.FAIL) -> Pair:
    first = labelled(drop(before, "a", verdict), Role.BASELINE)
    return pair_of(first, labelled(drop(after, "b"), Role.HIPS, pain))


@pytest.mark.parametrize(
    ("before", "after", "helped"),
    [(12.0, 6.0, "yes"), (12.0, 11.0, "no"), (12.0, 18.0, "no"), (8.0, 8.0, "no")],
)
def test_without_pain_the_movement_decides(before: float, after: float, helped: str) -> None:
    assert cue_outcome("hips", pair(before, after), None).helped == helped


def test_nothing_to_gain_is_no_answer() -> None:
    found = cue_outcome("hips", pair(2.0, 1.5, verdict=Verdict.PASS), None)
    assert found.helped == "unknown"
    assert "off target" in found.reasons[0]


def test_a_help_that_could_not_be_seen_is_not_denied() -> None:
    first = clip_of(values("knee_valgus", around(7.5), verdict=Verdict.BORDERLINE), mark="a")
    other = clip_of(values("knee_valgus", around(7.0)), mark="b")
    found = cue_outcome("feet", pair_of(labelled(first, Role.BASELINE), labelled(other, Role.FEET)), None)
    assert found.helped == "unknown"


@pytest.mark.parametrize(
    ("pain", "after", "moved_to", "helped"),
    [
        (5.0, 2.0, 12.0, "yes"), (5.0, 3.0, 12.0, "yes"), (5.0, 4.0, 12.0, "no"), (5.0, 8.0, 6.0, "no"),
        (5.0, 5.0, 6.0, "unknown"), (1.0, 0.0, 6.0, "yes"), (0.0, 4.0, 6.0, "no"), (1.0, 1.0, 12.0, "no"),
    ],
)  # fmt: skip
def test_pain_decides_where_there_was_enough_to_lose(pain: float, after: float, moved_to: float, helped: str) -> None:
    assert cue_outcome("hips", pair(12.0, moved_to, after), pain).helped == helped


def test_one_thing_better_and_another_worse_is_no_answer() -> None:
    def both(drop_deg: float, toe_cm: float, mark: str):
        return clip_of(
            values("pelvic_drop", around(drop_deg), verdict=Verdict.FAIL),
            values("knee_over_toe", around(toe_cm), unit="cm"), mark=mark,
        )  # fmt: skip

    found = pair_of(labelled(both(12.0, 2.0, "a"), Role.BASELINE), labelled(both(6.0, 6.0, "b"), Role.HIPS))
    outcome = cue_outcome("hips", found, None)
    assert outcome.helped == "unknown"
    assert len(outcome.reasons) == 2


HELPED = ("yes", "no", "unknown")


@pytest.mark.parametrize(("hips", "feet"), list(product(HELPED, HELPED)))
def test_exchanging_the_cues_exchanges_the_answer(hips: str, feet: str) -> None:
    there, back = decide({"hips": hips, "feet": feet}), decide({"hips": feet, "feet": hips})
    assert back == SWAPPED.get(there, there)


def test_the_answers() -> None:
    assert decide({"hips": "yes", "feet": "yes"}) is Decision.BOTH
    assert decide({"hips": "no", "feet": "no"}) is Decision.NEITHER
    assert decide({"hips": "no"}) is Decision.CANNOT_TELL
    assert decide({"feet": "yes"}) is Decision.FEET
    assert decide({}) is Decision.CANNOT_TELL


steps = st.lists(st.floats(-10.0, 25.0), min_size=4, max_size=10).map(np.array)
pains = st.none() | st.floats(0.0, 10.0)


@given(steps, steps, steps, pains, pains, pains)
def test_whole_trials_are_symmetric_too(
    first: np.ndarray, one: np.ndarray, two: np.ndarray, pain: float | None, pain_one: float | None,
    pain_two: float | None,
) -> None:  # fmt: skip
    base = labelled(clip_of(values("pelvic_drop", first, verdict=Verdict.FAIL), mark="a"), Role.BASELINE, pain)
    a, b = (clip_of(values("pelvic_drop", found), mark=mark) for found, mark in ((one, "b"), (two, "c")))
    there = compare_clips([base, labelled(a, Role.HIPS, pain_one), labelled(b, Role.FEET, pain_two)], TODAY)
    back = compare_clips([base, labelled(a, Role.FEET, pain_one), labelled(b, Role.HIPS, pain_two)], TODAY)
    assert there.decision is not None
    assert back.decision == SWAPPED.get(there.decision, there.decision)
    assert [pair.changes for pair in there.pairs] == [pair.changes for pair in back.pairs]


def test_a_change_reads_with_its_sign_and_its_interval() -> None:
    change = paired_change(values("pelvic_drop", around(9.0)), values("pelvic_drop", around(5.0)), same_setup=True)
    assert change_text(change) == "−4° ± 3°"
