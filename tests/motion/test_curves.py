"""Crossings, runs, and the ends of smooth movements."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.curves import first_below, last_below, percentile, settled_s

TIMES_S = np.arange(0.0, 4.0, 1 / 30)


def minimum_jerk(x: np.ndarray) -> np.ndarray:
    return 10 * x**3 - 15 * x**4 + 6 * x**5


def raised_cosine(x: np.ndarray) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(np.pi * x)


@pytest.mark.parametrize("shape", [minimum_jerk, raised_cosine])
@pytest.mark.parametrize("took_s", [0.6, 1.0, 1.6])
def test_a_smooth_movement_is_timed_from_its_first_to_its_last_bit(shape: object, took_s: float) -> None:
    moved = shape(np.clip((TIMES_S - 1.0) / took_s, 0.0, 1.0))  # type: ignore[operator]
    assert settled_s(TIMES_S, moved, len(TIMES_S) - 1, -1) == pytest.approx(1.0, abs=0.05 * took_s)
    assert settled_s(TIMES_S, 1.0 - moved, 0, +1) == pytest.approx(1.0 + took_s, abs=0.05 * took_s)


def test_a_movement_that_never_rests_ends_within_the_clip() -> None:
    assert 0.0 <= settled_s(TIMES_S, np.linspace(1.0, 0.4, len(TIMES_S)), 0, +1) <= TIMES_S[-1]


def test_a_movement_that_is_under_way_as_the_clip_begins_begins_with_it() -> None:
    assert settled_s(TIMES_S, np.linspace(0.4, 1.0, len(TIMES_S)), len(TIMES_S) - 1, -1) == TIMES_S[0]


def test_crossings_are_found_on_either_side_or_not_at_all() -> None:
    curve = np.array([0.0, 2.0, 3.0, 2.0, 1.0])
    assert (last_below(curve, 1.5, 3), first_below(curve, 1.5, 1)) == (0, 4)
    assert (last_below(curve, -1.0, 3), first_below(curve, -1.0, 0)) == (None, None)


def test_percentiles_leave_out_what_is_unknown() -> None:
    assert percentile(np.array([np.nan, 1.0, 3.0]), 50) == 2.0
    assert np.isnan(percentile(np.array([np.nan]), 50))
