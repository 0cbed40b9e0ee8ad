"""A change over the clip is told when it is there, and hardly ever when it is not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analyzer.metrics.drift import BEYOND_CHANCE, drift_of, outliers_of
from analyzer.metrics.measurement import EventValue


def events(values: np.ndarray, apart_s: float = 0.7) -> tuple[EventValue, ...]:
    return tuple(EventValue(2 * i, apart_s * i, float(value)) for i, value in enumerate(values))


def steady(seed: int, n: int = 34, alike: float = 0.0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0.0, 1.0, n)
    for i in range(1, n):
        noise[i] = alike * noise[i - 1] + np.sqrt(1.0 - alike**2) * noise[i]
    return noise


def test_a_change_is_found_with_its_size_and_sign() -> None:
    found = drift_of(events(5.0 - 0.2 * np.arange(34) + 0.5 * steady(1)))
    assert found is not None
    assert found.clear
    assert found.per_minute == pytest.approx(-0.2 / 0.7 * 60.0, rel=0.1)
    assert found.low < found.per_minute < found.high < 0.0
    assert found.last - found.first == pytest.approx(-0.2 * 23, rel=0.15)
    assert abs(found.last - found.first) > found.detectable


@pytest.mark.parametrize("alike", [0.0, 0.5])
def test_noise_is_hardly_ever_taken_for_a_change(alike: float) -> None:
    drifts = [drift_of(events(steady(seed, alike=alike))) for seed in range(80)]
    # 0.05 % are asked for; of 80 none or, with likeness of neighbours that is hard to see in 34 events, two
    assert sum(drift is not None and drift.clear for drift in drifts) <= (0 if alike == 0.0 else 2)


def test_the_slope_s_interval_holds_no_slope_about_as_often_as_it_says() -> None:
    drifts = [drift_of(events(steady(seed))) for seed in range(80)]
    held = [drift is not None and drift.low <= 0.0 <= drift.high for drift in drifts]
    assert 0.88 <= np.mean(held) <= 1.0


def test_likeness_of_neighbours_needs_a_larger_change_than_the_same_values_taking_turns() -> None:
    sign = np.arange(32) % 8 < 4
    blocks, turns = (drift_of(events(np.where(up, 1.0, -1.0))) for up in (sign, np.arange(32) % 2 == 0))
    assert blocks is not None
    assert turns is not None
    # neighbours alike by r: 24 pairs within blocks less 7 between them, of 32
    r = (24 - 7) / 32
    fewer = (1 - r) / (1 + r)
    rare = [stats.t.isf(stats.norm.sf(BEYOND_CHANCE), n - 2) for n in (32 * fewer, 32)]
    assert blocks.detectable / turns.detectable == pytest.approx(rare[0] / rare[1] / np.sqrt(fewer), rel=0.1)


def test_values_steadied_over_neighbours_change_less_often_by_chance() -> None:
    """Medians of nine wander; what they share does not show between neighbours once the line is taken off."""
    told = {1: 0, 9: 0}
    for seed in range(80):
        noise = steady(seed, 47)
        medians = np.array([np.median(noise[i : i + 9]) for i in range(39)])
        for shared in told:
            found = drift_of(events(medians), shared)
            told[shared] += found is not None and found.clear
    assert told[9] == 0
    assert told[1] > 0


def test_a_large_change_is_told_of_steadied_values_too() -> None:
    found = drift_of(events(1.0 * np.arange(120) + steady(5, 120)), 9)
    assert found is not None
    assert found.clear


def test_what_never_changes_has_no_drift() -> None:
    found = drift_of(events(np.full(34, 7.0)))
    assert found is not None
    assert (found.per_minute, found.first, found.last, found.clear) == (0.0, 7.0, 7.0, False)


@pytest.mark.parametrize(("n", "apart_s"), [(11, 2.0), (30, 0.3)])
def test_a_short_clip_tells_of_no_change(n: int, apart_s: float) -> None:
    assert drift_of(events(np.arange(float(n)), apart_s)) is None


def test_a_wild_step_is_an_outlier_and_turns_no_slope() -> None:
    values = 0.3 * steady(3)
    values[10] += 8.0
    assert outliers_of(events(values)) == (20,)
    calm, wild = drift_of(events(0.3 * steady(3))), drift_of(events(values))
    assert calm is not None
    assert wild is not None
    assert wild.per_minute == pytest.approx(calm.per_minute, abs=0.2)


def test_steady_drift_makes_no_outliers_and_few_events_have_none() -> None:
    assert outliers_of(events(np.arange(30.0) + 0.1 * steady(4, 30))) == ()
    assert outliers_of(events(np.array([0.0, 0.0, 0.0, 9.0, 0.0]))) == ()
