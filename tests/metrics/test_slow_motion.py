from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.metrics.measure import measure
from analyzer.metrics.registry import all_metrics
from analyzer.metrics.slow_motion import REASON, TIMED_UNITS
from analyzer.motion.tempo import motion_at_pace
from analyzer.motion.types import Motion, Tempo, View
from tests.motion import figures

TIMELESS_UNITS = {"deg", "cm", "%", "% leg", "fraction", "count", "ratio", "% height"}
RUN = figures.run()
FACTOR = 8.0


def in_slow_motion(motion: Motion) -> Motion:
    return replace(motion_at_pace(motion, FACTOR), tempo=Tempo(FACTOR, 0.07, unknown=True))


def test_every_unit_is_known_to_hold_time_or_not() -> None:
    assert {each.unit for each in all_metrics()} <= TIMED_UNITS | TIMELESS_UNITS


@pytest.mark.parametrize("view", [View.LEFT, View.FRONT])
def test_in_unknown_slow_motion_all_is_measured_but_what_hangs_on_time(view: View) -> None:
    motion = figures.shown(RUN, view, noise_m=0.002)
    for life, slow in zip(measure(motion), measure(in_slow_motion(motion)), strict=True):
        assert (slow.metric, slow.side) == (life.metric, life.side)
        if life.unit in TIMED_UNITS:
            assert (slow.value, slow.reason) == (None, REASON)
        elif life.value is None:
            assert slow.value is None
        else:
            assert slow.value == pytest.approx(life.value)
            assert slow.uncertainty == pytest.approx(life.uncertainty)
            np.testing.assert_allclose(
                [event.time_s for event in slow.per_event], [FACTOR * event.time_s for event in life.per_event]
            )
            assert life.evidence_s is not None
            assert slow.evidence_s == pytest.approx(FACTOR * life.evidence_s)


def test_cadence_is_what_is_left_out() -> None:
    (cadence,) = (m for m in measure(in_slow_motion(figures.shown(RUN, View.LEFT))) if m.metric == "cadence")
    assert "slow motion of unknown factor" in cadence.reason.lower()
    assert "--captured-fps" in cadence.reason
