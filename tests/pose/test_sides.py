"""Legs that the model exchanged for a few frames are given back, and others are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analyzer.arrays import Bools, Floats
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.sides import GROUPS, PARTS, exchanged, repair_sides
from analyzer.pose.track import PoseTrack
from tests.motion import figures, forceplate, shared

LEGS = [point(side, name) for side in SIDES for name in PARTS]
TRACKS = {
    (kind, view): figures.filmed(make(), view, noise_m=0.004)
    for kind, make in (("run", figures.run), ("step_up", figures.step_up))
    for view in View
    if view is not View.OBLIQUE
}
NEAR_PX = 15.0
"""4 cm: two points as near to each other cannot be told apart, and need not be."""


def stretches(n: int, rng: np.random.Generator, fps: float) -> Bools:
    """(n,) True on a few stretches of up to a quarter of a second, at least as far apart."""
    out = np.zeros(n, bool)
    at = int(rng.integers(3, 20))
    longest = max(2, int(0.25 * fps))
    while at < n - longest - 3:
        length = int(rng.integers(1, longest + 1))
        out[at : at + length] = True
        at += length + int(rng.integers(longest, 6 * longest))
    return out


def with_exchange(points: Floats, group: tuple[str, ...], when: Bools) -> Floats:
    out = points.copy()
    for name in group:
        left, right = (point(side, name) for side in SIDES)
        out[when, left], out[when, right] = points[when, right], points[when, left]
    return out


def shares(track: PoseTrack, group: tuple[str, ...], when: Bools) -> tuple[float, float]:
    """Share of the exchanged frames put right, and of the others spoiled."""
    given_back, _ = repair_sides(with_exchange(track.points_px, group, when), track.times_s)
    off = np.linalg.norm(given_back[:, LEGS] - track.points_px[:, LEGS], axis=2).max(axis=1) > NEAR_PX
    return float((~off[when]).mean()), float(off[~when].mean())


@pytest.mark.parametrize("group", GROUPS[1:], ids=["leg", "shank and foot", "foot"])
@pytest.mark.parametrize("case", TRACKS, ids=lambda case: f"{case[0]} {case[1].value}")
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_exchanges_are_undone(case: tuple[str, View], group: tuple[str, ...], seed: int) -> None:
    track = TRACKS[case]
    right, spoiled = shares(track, group, stretches(len(track), np.random.default_rng(seed), track.rate_hz))
    assert right >= 0.95
    assert spoiled < 0.01


@shared.needs_mocap
@pytest.mark.parametrize("group", GROUPS[1:], ids=["leg", "shank and foot", "foot"])
@pytest.mark.parametrize("view", [View.LEFT, View.FRONT])
def test_exchanges_of_real_runners_are_undone(view: View, group: tuple[str, ...]) -> None:
    track, _ = forceplate.recorded(forceplate.RUNNERS[0], view, 60)
    right, spoiled = shares(track, group, stretches(len(track), np.random.default_rng(3), 60))
    assert right >= 0.95
    assert spoiled < 0.01


@pytest.mark.parametrize("case", TRACKS, ids=lambda case: f"{case[0]} {case[1].value}")
def test_a_track_without_exchanges_is_left_alone(case: tuple[str, View]) -> None:
    track = TRACKS[case]
    points, changed = repair_sides(track.points_px, track.times_s)
    assert np.abs(points - track.points_px).max() < NEAR_PX
    assert changed.any(axis=1).mean() < 0.01


def test_what_was_changed_is_told() -> None:
    track = TRACKS["step_up", View.FRONT]
    when = np.zeros(len(track), bool)
    when[100:105] = True
    _, changed = repair_sides(with_exchange(track.points_px, PARTS, when), track.times_s)
    np.testing.assert_array_equal(changed[:, point(Side.LEFT, "knee")], when)
    np.testing.assert_array_equal(changed[:, point(Side.RIGHT, "ankle")], when)
    assert not changed[:, point(Side.LEFT, "hip")].any()


@pytest.mark.parametrize("case", [("run", View.LEFT), ("step_up", View.FRONT)])
def test_gaps_do_not_disturb_it(case: tuple[str, View]) -> None:
    track = TRACKS[case]
    rng = np.random.default_rng(5)
    points = track.points_px.copy()
    points[rng.random(len(track)) < 0.05] = np.nan
    given_back, changed = repair_sides(points, track.times_s)
    assert changed.mean() < 0.01
    np.testing.assert_array_equal(np.isnan(given_back), np.isnan(points))


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_hardly_any_frames_are_left_as_they_are(n: int) -> None:
    track = TRACKS["run", View.LEFT]
    assert not exchanged(track.points_px[:n], track.times_s[:n]).any()


def test_nobody_seen_is_no_exchange() -> None:
    points, changed = repair_sides(np.full((20, 33, 2), np.nan), np.arange(20) / 30.0)
    assert np.isnan(points).all()
    assert not changed.any()
