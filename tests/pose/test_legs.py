"""Legs that the model exchanged, or put both in one place, are sorted out, and others are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Bools, Floats
from analyzer.motion.types import View
from analyzer.pose.clean import body_height_px
from analyzer.pose.landmarks import LEG_POINTS, LEGS_FROM, SIDES, Side, point
from analyzer.pose.legs import sort_legs
from analyzer.pose.track import Places, PoseTrack
from tests.motion import figures, forceplate, shared

PARTS = ("knee", "ankle", "heel", "toe")
GROUPS = (PARTS, PARTS[1:], PARTS[2:])
FIGURES = {
    "run": figures.run(figures.Runner(duration_s=4.0)),
    "step_up": figures.step_up(figures.Stepper((Side.LEFT, Side.RIGHT))),
}
TRACKS = {
    (kind, view): figures.filmed(figure, view, noise_m=0.004)
    for kind, figure in FIGURES.items()
    for view in View
    if view is not View.OBLIQUE
}
UNLIKE = [("run", View.LEFT), ("run", View.FRONT), ("step_up", View.RIGHT), ("step_up", View.BACK)]
"""A few of them, since the other side and the other end of a person show much the same."""
SPOILED = [*((case, PARTS) for case in TRACKS), *((case, group) for case in UNLIKE for group in GROUPS[1:])]
NEAR = 0.03
"""Body heights, 5 cm: two points as near to each other cannot be told apart, and need not be."""


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


def put_together(points: Floats, when: Bools) -> Floats:
    """Both legs where the left one is."""
    out = points.copy()
    for name in PARTS:
        left, right = (point(side, name) for side in SIDES)
        out[when, right] = points[when, left]
    return out


def with_places(track: PoseTrack, truth: Floats) -> PoseTrack:
    """The track with maps that saw the true places of both legs, the own one hardly more than the other."""
    here = truth[:, LEG_POINTS, None]
    partner = truth[:, [LEGS_FROM + (row ^ 1) for row in range(8)], None]
    px = np.concatenate([here, partner], axis=2)
    belief = np.zeros(px.shape)
    belief[:, :, 0] = (0.5, 0.4)
    belief[:, :, 1] = (0.4, 0.5)
    return replace(track, places=Places(px, belief))


def near_px(track: PoseTrack) -> float:
    return NEAR * body_height_px(track.points_px)


def sorted_out(track: PoseTrack) -> Floats:
    return sort_legs(track, body_height_px(track.points_px))


def shares(track: PoseTrack, spoiled: PoseTrack, when: Bools) -> tuple[float, float]:
    """Share of the spoiled frames put right, and of the others spoiled."""
    off = np.linalg.norm((sorted_out(spoiled) - track.points_px)[:, LEG_POINTS], axis=2).max(axis=1) > near_px(track)
    return float((~off[when]).mean()), float(off[~when].mean())


@pytest.mark.parametrize(
    ("case", "group"), SPOILED, ids=[f"{case[0]} {case[1].value} {' '.join(group)}" for case, group in SPOILED]
)
def test_exchanges_are_undone(case: tuple[str, View], group: tuple[str, ...]) -> None:
    """Over several draws together: a single stretch may fall where the legs stand hardly apart."""
    track = TRACKS[case]
    draws = []
    for seed in range(3):
        when = stretches(len(track), np.random.default_rng(seed), track.rate_hz)
        draws.append(shares(track, replace(track, points_px=with_exchange(track.points_px, group, when)), when))
    right, spoiled = np.mean(draws, axis=0)
    assert right >= 0.95
    assert spoiled < 0.01


@shared.needs_mocap
@pytest.mark.parametrize("group", GROUPS, ids=["leg", "shank and foot", "foot"])
@pytest.mark.parametrize("view", [View.LEFT, View.FRONT])
def test_exchanges_of_real_runners_are_undone(view: View, group: tuple[str, ...]) -> None:
    track, _ = forceplate.recorded(forceplate.RUNNERS[0], view, 60, seconds=8.0)
    when = stretches(len(track), np.random.default_rng(3), 60)
    right, spoiled = shares(track, replace(track, points_px=with_exchange(track.points_px, group, when)), when)
    assert right >= 0.95
    assert spoiled < 0.01


@pytest.mark.parametrize("case", TRACKS, ids=lambda case: f"{case[0]} {case[1].value}")
def test_two_legs_in_one_place_are_parted_where_the_maps_saw_both(case: tuple[str, View]) -> None:
    track = TRACKS[case]
    when = stretches(len(track), np.random.default_rng(0), track.rate_hz)
    together = replace(track, points_px=put_together(track.points_px, when))
    right, spoiled = shares(track, with_places(together, track.points_px), when)
    assert right >= 0.95
    assert spoiled < 0.01


@pytest.mark.parametrize("case", [("run", View.LEFT), ("step_up", View.RIGHT)], ids=lambda case: case[0])
def test_legs_are_parted_beside_a_gap_in_the_clip(case: tuple[str, View]) -> None:
    """The last movement before half a second without frames must not be carried on through it."""
    right, all_of_them = 0, 0
    for seed in range(3):
        rng, whole = np.random.default_rng(seed), TRACKS[case]
        keep = np.ones(len(whole), bool)
        for _ in range(3):
            first = int(rng.integers(20, len(whole) - 60))
            keep[first : first + int(rng.integers(6, 40))] = False
        track = replace(
            whole, times_s=whole.times_s[keep], points_px=whole.points_px[keep], visibility=whole.visibility[keep],
            world_m=whole.world_m[keep],
        )  # fmt: skip
        when = np.zeros(len(track), bool)
        for edge in np.flatnonzero(np.diff(np.flatnonzero(keep)) > 1):
            when[edge - 4 : edge + 6] = True
        together = with_places(replace(track, points_px=put_together(track.points_px, when)), track.points_px)
        share, _ = shares(track, together, when)
        right, all_of_them = right + share * when.sum(), all_of_them + when.sum()
    assert right / all_of_them >= 0.95


def behind_the_near_leg(track: PoseTrack, when: Bools) -> PoseTrack:
    """Points and maps that show only the left leg in some frames."""
    seen = with_places(track, track.points_px)
    assert seen.places is not None
    px, belief = seen.places.px.copy(), seen.places.belief.copy()
    own = np.array([row & ~1 for row in range(len(LEG_POINTS))])
    px[when] = px[when][:, own]
    px[when, :, 1], belief[when, :, 1] = np.nan, 0.0
    return replace(seen, points_px=put_together(track.points_px, when), places=Places(px, belief))


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
def test_a_leg_that_no_map_shows_is_unknown_rather_than_in_the_other_ones_place(view: View) -> None:
    track, tall_px = TRACKS["run", view], body_height_px(TRACKS["run", view].points_px)
    when = np.zeros(len(track), bool)
    for first in range(20, len(track) - 10, 45):
        when[first : first + round(0.12 * track.rate_hz)] = True
    given_back = sorted_out(behind_the_near_leg(track, when))
    ankles, far = [point(side, "ankle") for side in SIDES], point(Side.RIGHT, "ankle")
    apart = np.linalg.norm(track.points_px[:, ankles[0]] - track.points_px[:, ankles[1]], axis=1)
    elsewhere = when & (apart > 0.1 * tall_px)
    assert elsewhere.sum() >= 20
    off = np.linalg.norm(given_back - track.points_px, axis=2)
    assert np.mean(np.isnan(off[elsewhere, far]) | (off[elsewhere, far] < near_px(track))) >= 0.9
    assert np.mean(off[when, ankles[0]] < near_px(track)) >= 0.95
    assert not np.isnan(off[~when]).any()


def with_box_edges(track: PoseTrack, when: Bools) -> PoseTrack:
    """Maps of the toes that show the edge of a box above them on some frames, half believed in."""
    seen = with_places(track, track.points_px)
    px = seen.places.px[:, :, :1].copy()
    belief = np.zeros(px.shape)
    belief[..., 0] = 0.8
    toes = [point(side, "toe") - LEGS_FROM for side in SIDES]
    px[np.ix_(when, toes, [0], [1])] -= 0.055 * body_height_px(track.points_px)
    belief[np.ix_(when, toes, [0], [0])] = 0.55
    return replace(track, places=Places(px, belief))


def test_toes_hidden_behind_a_box_stay_where_the_model_says_not_at_its_edge() -> None:
    track = TRACKS["step_up", View.FRONT]
    when = (track.times_s > 1.0) & (track.times_s < 2.5)
    hidden, tall_px = with_box_edges(track, when), body_height_px(track.points_px)
    toes = [point(side, "toe") for side in SIDES]
    off = np.linalg.norm((sort_legs(hidden, tall_px, slow=True) - track.points_px)[:, toes], axis=2) / tall_px
    assert off.max() < 0.01


@pytest.mark.parametrize("case", TRACKS, ids=lambda case: f"{case[0]} {case[1].value}")
def test_a_track_without_exchanges_is_left_alone(case: tuple[str, View]) -> None:
    track = TRACKS[case]
    assert np.abs(sorted_out(track) - track.points_px).max() < near_px(track)


def test_sides_follow_the_mirror() -> None:
    track = TRACKS["run", View.LEFT]
    when = stretches(len(track), np.random.default_rng(1), track.rate_hz)
    spoiled = with_places(replace(track, points_px=put_together(track.points_px, when)), track.points_px)
    there = sorted_out(spoiled.mirrored())
    back = replace(spoiled.mirrored(), points_px=there).mirrored().points_px
    np.testing.assert_allclose(back, sorted_out(spoiled), atol=near_px(track))


@pytest.mark.parametrize("case", [("run", View.LEFT), ("step_up", View.FRONT)])
def test_gaps_stay_gaps(case: tuple[str, View]) -> None:
    track = TRACKS[case]
    points = track.points_px.copy()
    points[np.random.default_rng(5).random(len(track)) < 0.05] = np.nan
    np.testing.assert_array_equal(np.isnan(sorted_out(replace(track, points_px=points))), np.isnan(points))


def test_a_point_outside_the_picture_stays_unknown() -> None:
    track = TRACKS["run", View.LEFT]
    points = track.points_px.copy()
    points[40:60, point(Side.LEFT, "toe")] = np.nan
    given_back = sorted_out(replace(track, points_px=points))
    np.testing.assert_array_equal(np.isnan(given_back), np.isnan(points))


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_hardly_any_frames_are_left_as_they_are(n: int) -> None:
    track = TRACKS["run", View.LEFT]
    short = replace(
        track, times_s=track.times_s[:n], points_px=track.points_px[:n], visibility=track.visibility[:n],
        world_m=track.world_m[:n],
    )  # fmt: skip
    np.testing.assert_allclose(sort_legs(short, 600.0), short.points_px, atol=near_px(track))


def test_nobody_seen_is_nobody_sorted() -> None:
    track = TRACKS["run", View.LEFT]
    nobody = replace(track, points_px=np.full_like(track.points_px, np.nan))
    assert np.isnan(sort_legs(nobody, float("nan"))).all()
