"""The yardstick itself: made-up errors come out as what they were made."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analyzer.motion.types import Motion, View
from tests.report import samples

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def yardstick(monkeypatch):
    """`benchmarks/` is a folder of scripts, not a package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import event_errors
    import truth

    yield event_errors.compare_events, truth.Event
    for name in ("event_errors", "truth", "naive"):
        sys.modules.pop(name, None)


@pytest.fixture
def motion() -> Motion:
    track = samples.track_of(samples.run_frames(View.LEFT, 240, 60.0), 60.0)
    return samples.motion_of(track, View.LEFT, steps=samples.steps_between(4.0))


def true_events(motion: Motion, event: type, early_s: float = 0.0) -> list:
    return [event(step.contact_s - early_s, step.toe_off_s, step.side) for step in motion.steps]


def test_a_shift_is_read_as_late_by_that_much(yardstick, motion):
    compare, event = yardstick

    errors = compare(true_events(motion, event, early_s=0.02), motion)

    assert errors.contact_ms == pytest.approx(np.full(errors.true_steps, 20.0))
    assert errors.toe_off_ms == pytest.approx(np.zeros(errors.true_steps), abs=1e-9)
    assert (errors.missed, errors.invented, errors.wrong_foot) == (0, 0, 0)
    assert errors.cadence_error == pytest.approx(0.0, abs=1e-9)


def test_a_step_that_was_not_seen_is_missed(yardstick, motion):
    compare, event = yardstick
    blind = replace(motion, steps=motion.steps[:4] + motion.steps[5:])

    assert compare(true_events(motion, event), blind).missed == 1


def test_a_step_that_was_not_there_is_invented(yardstick, motion):
    compare, event = yardstick
    events = true_events(motion, event)

    assert compare(events[:4] + events[5:], motion).invented == 1


def test_exchanged_feet_are_wrong_feet(yardstick, motion):
    compare, event = yardstick
    exchanged = [event(e.contact_s, e.toe_off_s, e.side.other) for e in true_events(motion, event)]

    errors = compare(exchanged, motion)

    assert errors.wrong_foot == errors.true_steps > 0
