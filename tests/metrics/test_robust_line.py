"""The line is the one that scipy finds, whatever the events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from analyzer.metrics.robust_line import robust_line


@given(
    apart_s=st.lists(st.floats(0.2, 2.0), min_size=3, max_size=30),
    # a few levels only, so that events are often equal
    levels=st.lists(st.integers(-5, 5), min_size=30, max_size=30),
)
def test_it_is_the_line_that_scipy_finds(apart_s: list[float], levels: list[int]) -> None:
    times_s, values = np.cumsum(apart_s), np.array(levels[: len(apart_s)], float)
    ours, theirs = robust_line(times_s, values), theilslopes(values, times_s)
    found = (ours.slope, ours.level, ours.low, ours.high)
    assert found == pytest.approx((theirs.slope, theirs.intercept, theirs.low_slope, theirs.high_slope), abs=1e-9)


def test_a_wild_event_does_not_turn_it() -> None:
    times_s = np.arange(20.0)
    values = 3.0 + 0.5 * times_s
    values[4] += 100.0
    found = robust_line(times_s, values)
    assert found.slope == pytest.approx(0.5)
    assert found.level == pytest.approx(3.0, abs=0.5)
