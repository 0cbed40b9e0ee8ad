"""Contacts and toe-offs: of the stick figure, exactly known, and of two real runners on a force plate.

The bounds are those asked for beside the field's own: foot contact methods from markers err by 10-20 ms against a force
plate (Fellin et al. 2010, doi:10.1016/j.jsams.2010.03.006).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.motion.camera import see_camera
from analyzer.motion.running import cadence_steps_per_min, find_steps
from analyzer.motion.types import SAGITTAL, Step, View
from analyzer.pose.clean import clean
from analyzer.pose.landmarks import Side
from analyzer.pose.track import PoseTrack
from tests.depth import examples
from tests.motion import figures, forceplate, shared

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
EDGE_S = 0.4
SAME_S = 0.12
"""A third of a step: a step found further away is another one."""


def found(track: PoseTrack) -> tuple[Step, ...]:
    cleaned = clean(track).track
    return find_steps(cleaned, see_camera(cleaned))


def errors_s(
    steps: tuple[Step, ...], contact_s: Floats, toe_off_s: Floats, sides: tuple[Side, ...], end_s: float
) -> tuple[Floats, Floats]:
    """Errors of contact and toe-off, after checking that each true step is found once and with its own foot."""
    inside = (contact_s > EDGE_S) & (contact_s < end_s - EDGE_S)
    mine = [step for step in steps if EDGE_S - SAME_S / 2 < step.contact_s < end_s - EDGE_S + SAME_S / 2]
    contacts = np.array([step.contact_s for step in mine])
    pairs = []
    for index in np.flatnonzero(inside):
        near = np.flatnonzero(np.abs(contacts - contact_s[index]) < SAME_S)
        assert len(near) == 1, f"step at {contact_s[index]:.2f} s was found {len(near)} times"
        step = mine[near[0]]
        assert step.side is sides[index]
        pairs.append((step.contact_s - contact_s[index], step.toe_off_s - toe_off_s[index]))
    near_edge = 2
    assert len(mine) - len(pairs) <= near_edge
    spread = np.array(pairs)
    return spread[:, 0], spread[:, 1]


@pytest.mark.parametrize("view", VIEWS)
@examples(3, phases=[Phase.generate])
@given(cadence=st.floats(150, 195), fps=st.sampled_from([30.0, 60.0]), start=st.floats(0.0, 0.3))
def test_the_figures_steps_are_all_found_with_their_foot(view: View, cadence: float, fps: float, start: float) -> None:
    figure = figures.run(figures.Runner(cadence=cadence, fps=fps, start_s=start))
    steps = found(figures.filmed(figure, view, noise_m=0.004))
    truth = [np.array([getattr(step, name) for step in figure.steps]) for name in ("contact_s", "toe_off_s")]
    contact, _ = errors_s(steps, *truth, tuple(step.side for step in figure.steps), 6.0)
    assert np.median(np.abs(contact)) < 0.020
    assert all(a.side is not b.side for a, b in pairwise(steps))
    assert cadence_steps_per_min(np.array([step.contact_s for step in steps]))[0] == pytest.approx(cadence, abs=0.7)


@shared.needs_mocap
@pytest.mark.parametrize(
    ("view", "fps"),
    [(View.LEFT, 30), (View.LEFT, 120), (View.RIGHT, 60), (View.FRONT, 30), (View.BACK, 60)],
)
def test_force_plate_steps_are_found_in_time(view: View, fps: int) -> None:
    contacts, toe_offs = [], []
    for name in forceplate.RUNNERS:
        track, plate = forceplate.recorded(name, view, fps)
        steps = found(track)
        contact, toe_off = errors_s(steps, plate.contact_s, plate.toe_off_s, plate.sides, 15.0)
        measured = cadence_steps_per_min(np.array([step.contact_s for step in steps]))[0]
        assert measured == pytest.approx(cadence_steps_per_min(plate.contact_s)[0], abs=0.5)
        contacts.append(np.abs(contact))
        toe_offs.append(np.abs(toe_off))
        if view in SAGITTAL:
            on_ground = np.nanmedian([step.toe_off_s - step.contact_s for step in steps])
            assert on_ground == pytest.approx(np.median(plate.toe_off_s - plate.contact_s), abs=0.010)
        if view in SAGITTAL and fps >= 60:
            assert np.percentile(np.abs(contact), 95) <= 0.020
    if view in SAGITTAL and fps >= 60:
        assert np.median(np.concatenate(contacts)) <= 0.008
        assert np.percentile(np.concatenate(contacts), 95) <= 0.020
        assert np.median(np.concatenate(toe_offs)) <= 0.012
        assert np.percentile(np.concatenate(toe_offs), 95) <= 0.025


@given(cadence=st.floats(120, 220), count=st.integers(5, 60), jitter_s=st.floats(0.0, 0.01), seed=st.integers(0, 1000))
def test_cadence_is_the_slope_of_contacts_over_steps(cadence: float, count: int, jitter_s: float, seed: int) -> None:
    jitter = np.random.default_rng(seed).uniform(-jitter_s, jitter_s, count)
    value, error = cadence_steps_per_min(1.0 + 60.0 / cadence * np.arange(count) + jitter)
    # the steepest line that fits points moved by no more than that
    assert value == pytest.approx(cadence, rel=3 * jitter_s / (60.0 / cadence) * 2 / (count - 1) + 1e-9)
    assert error >= 0.0


@pytest.mark.parametrize("seconds", [0.2, 0.5])
def test_a_moment_is_too_short_for_steps(seconds: float) -> None:
    figure = figures.run(figures.Runner(duration_s=seconds))
    assert find_steps(figures.filmed(figure, View.LEFT), figures.camera(View.LEFT)) == ()


def test_a_runner_never_seen_makes_no_steps() -> None:
    track = figures.filmed(figures.run(), View.LEFT)
    track.points_px[:] = np.nan
    assert find_steps(track, figures.camera(View.LEFT)) == ()


def test_the_error_of_cadence_is_the_spread_that_mistimed_contacts_bring() -> None:
    random = np.random.default_rng(5)
    found = [cadence_steps_per_min(0.36 * np.arange(20) + random.normal(0.0, 0.01, 20)) for _ in range(600)]
    cadence, error = np.array(found).T
    assert np.sqrt((error**2).mean()) == pytest.approx(cadence.std(), rel=0.1)
