"""Changes are as sure as they are said to be: coverage, floors, and nothing found in a clip against itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Limits, Verdict
from analyzer.compare.paired import off_target, paired_change, spread_half_width, towards_target
from analyzer.compare.tables import load_compare
from analyzer.compare.types import Basis
from tests.compare.clips import around, values

TABLE = load_compare()
DOUBT = 0.025
numbers = st.floats(-60.0, 60.0, allow_nan=False)
steps = st.lists(numbers, min_size=1, max_size=20).map(np.array)


@pytest.mark.parametrize("counts", [(7, 7), (10, 14), (28, 28)])
@pytest.mark.parametrize("name", ["normal", "long_tailed", "lopsided"])
def test_false_alarms_stay_near_one_in_twenty(counts: tuple[int, int], name: str) -> None:
    rng = np.random.default_rng(7)
    draw = {
        "normal": lambda n: rng.normal(size=n),
        "long_tailed": lambda n: rng.standard_t(4, n),
        "lopsided": lambda n: rng.gamma(3.0, size=n),
    }[name]
    alarms = 0
    for _ in range(600):
        first, other = draw(counts[0]), draw(counts[1])
        alarms += abs(np.median(other) - np.median(first)) > spread_half_width(first, other, DOUBT)
    assert alarms / 600 <= 0.065
    if name == "normal":
        assert alarms / 600 >= 0.012, "an interval that is never wrong is too wide"


def test_a_change_of_one_spread_is_found_in_many_steps() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(200):
        first, other = rng.normal(0.0, 1.0, 28), rng.normal(1.25, 1.0, 28)
        found += abs(np.median(other) - np.median(first)) > spread_half_width(first, other, DOUBT)
    assert found / 200 > 0.8


@given(steps, st.booleans(), st.sampled_from(sorted(TABLE.metric)))
def test_a_clip_against_itself_never_changes(found: np.ndarray, same: bool, metric: str) -> None:
    one = values(metric, found, unit=TABLE.metric[metric].unit)
    change = paired_change(one, one, same_setup=same)
    assert change.change == 0.0
    assert not change.real
    assert change.towards is None


@given(steps, steps, st.booleans(), st.sampled_from(sorted(TABLE.metric)), st.integers(1, 30))
def test_no_interval_is_below_the_smallest_detectable_change(
    first: np.ndarray, other: np.ndarray, same: bool, metric: str, family: int
) -> None:
    unit = TABLE.metric[metric].unit
    change = paired_change(
        values(metric, first, unit=unit), values(metric, other, unit=unit), same_setup=same, family=family
    )
    assert change.uncertainty >= TABLE.metric[metric].smallest
    assert change.real == (abs(change.change) > change.uncertainty)


@given(steps, steps, st.booleans())
def test_there_and_back_are_mirror_images(first: np.ndarray, other: np.ndarray, same: bool) -> None:
    there = paired_change(values("knee_valgus", first), values("knee_valgus", other), same_setup=same)
    back = paired_change(values("knee_valgus", other), values("knee_valgus", first), same_setup=same)
    assert there.change == -back.change
    assert there.uncertainty == pytest.approx(back.uncertainty)
    assert {there.towards, back.towards} in ({None}, {"better", "worse"})


def test_in_the_same_set_up_what_both_clips_get_wrong_drops_out() -> None:
    first, other = values("pelvic_drop", around(9.0)), values("pelvic_drop", around(5.0))
    same = paired_change(first, other, same_setup=True)
    moved = paired_change(first, other, same_setup=False)
    assert same.real
    assert same.basis is Basis.SMALLEST
    assert same.uncertainty == TABLE.metric["pelvic_drop"].smallest
    assert not moved.real
    assert moved.basis is Basis.WHOLE
    assert moved.uncertainty == pytest.approx(np.hypot(6.0, 6.0), rel=1e-3)


def test_wide_steps_widen_the_interval_beyond_the_floor() -> None:
    change = paired_change(
        values("pelvic_drop", around(9.0, spread=12.0)),
        values("pelvic_drop", around(5.0, spread=12.0)),
        same_setup=True,
    )
    assert change.basis is Basis.STEPS
    assert change.uncertainty > TABLE.metric["pelvic_drop"].smallest


@pytest.mark.parametrize(("metric", "unit"), [("cadence", "steps/min"), ("something_new", "deg")])
def test_where_nothing_cancels_the_whole_uncertainty_counts(metric: str, unit: str) -> None:
    change = paired_change(
        values(metric, around(170.0), unit=unit, uncertainty=3.0),
        values(metric, around(174.0), unit=unit, uncertainty=4.0),
        same_setup=True,
    )
    assert change.basis is Basis.WHOLE
    assert change.uncertainty == pytest.approx(5.0, rel=1e-3)


def test_a_single_step_has_no_spread_and_so_the_whole_uncertainty() -> None:
    change = paired_change(values("pelvic_drop", around(9.0, 1)), values("pelvic_drop", around(2.0)), same_setup=True)
    assert change.basis is Basis.WHOLE


def test_looking_at_many_numbers_widens_each_interval() -> None:
    first, other = (
        values("knee_over_toe", around(5.0, spread=4.0), unit="cm"),
        values("knee_over_toe", around(3.0, spread=4.0), unit="cm"),
    )
    alone, many = (paired_change(first, other, same_setup=True, family=f).uncertainty for f in (1, 20))
    assert many > 1.3 * alone


def test_days_apart_read_the_landing_knee_less_alike() -> None:
    first, other = values("knee_flexion_contact", around(5.0)), values("knee_flexion_contact", around(15.0))
    assert paired_change(first, other, same_setup=True).real
    assert not paired_change(first, other, same_setup=True, same_day=False).real


@pytest.mark.parametrize(
    ("before", "after", "better", "said"),
    [
        (15.0, 8.0, "lower", "better"), (8.0, 15.0, "lower", "worse"), (6.0, -3.0, "lower", None),
        (15.0, 8.0, "none", None), (-3.0, 9.0, "target", "worse"), (15.0, 5.0, "target", "better"),
    ],
)  # fmt: skip
def test_better_is_nearer_to_the_target(before: float, after: float, better: str, said: str | None) -> None:
    assert towards_target(before, after, Limits(pass_high=7.0, source="test"), better) == said


@pytest.mark.parametrize(
    ("better", "said"), [("lower", "better"), ("higher", "worse"), ("target", None), ("none", None)]
)
def test_without_a_target_the_table_says_what_is_better(better: str, said: str | None) -> None:
    assert towards_target(9.0, 5.0, None, better) == said


@pytest.mark.parametrize(("value", "off"), [(5.0, 0.0), (12.0, 2.0), (1.0, 3.0), (4.0, 0.0), (10.0, 0.0)])
def test_a_value_in_its_range_is_not_off_target(value: float, off: float) -> None:
    assert off_target(value, Limits(pass_low=4.0, pass_high=10.0, source="test")) == off


def test_what_was_not_measured_cannot_be_compared() -> None:
    gone = values("knee_valgus", around(5.0)).model_copy(update={"value": None, "verdict": Verdict.NOT_MEASURED})
    with pytest.raises(ValueError, match="no value"):
        paired_change(gone, gone, same_setup=True)
