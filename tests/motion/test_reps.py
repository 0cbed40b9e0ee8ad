"""Step-ups and squats counted exactly, with the leg that leads."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from analyzer.motion.curves import hysteresis, runs
from analyzer.motion.reps import find_step_ups, look_for_step_ups
from analyzer.motion.squats import find_squats, look_for_squats
from analyzer.motion.types import Activity, Rep, View, Why
from analyzer.pose.clean import clean
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack
from tests.depth import examples
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
WITHIN_S = 0.15
LEADS = (Side.LEFT, Side.LEFT, Side.RIGHT, Side.LEFT)


def step_ups(track: PoseTrack) -> tuple[Rep, ...]:
    return find_step_ups(clean(track).track)


@pytest.mark.parametrize("view", VIEWS)
@examples(3, phases=[Phase.generate])
@given(
    leads=st.lists(st.sampled_from(SIDES), min_size=1, max_size=5),
    box_m=st.floats(0.18, 0.30),
    fps=st.sampled_from([24.0, 30.0, 60.0]),
    pace=st.floats(0.8, 1.6),
)
def test_the_figures_repetitions_are_counted_with_the_leg_that_leads(
    view: View, leads: list[Side], box_m: float, fps: float, pace: float
) -> None:
    figure = figures.step_up(figures.Stepper(tuple(leads), box_m=box_m, fps=fps, pace=pace))
    reps = step_ups(figures.filmed(figure, view, noise_m=0.004))
    assert [rep.side for rep in reps] == leads
    for rep, true in zip(reps, figure.reps, strict=True):
        np.testing.assert_allclose([rep.start_s, rep.end_s], [true.start_s, true.end_s], atol=WITHIN_S)
        np.testing.assert_allclose(rep.top_s, true.top_s, atol=WITHIN_S)
        assert rep.phases is not None
        assert rep.start_s < rep.phases.placed_s < rep.phases.joined_s
        assert rep.phases.trail_off_s < rep.top_s <= rep.phases.lowering_s < rep.phases.floor_s < rep.end_s
        # judged only while the other foot is off the floor for certain
        (start, end), (true_start, true_end) = rep.loaded[0], true.loaded[0]
        assert true_start - 0.05 <= start < end <= true_end + 0.05
        assert end - start > 0.6 * (true_end - true_start)


@pytest.mark.parametrize("view", [View.LEFT, View.FRONT])
def test_speed_of_play_changes_only_times(view: View) -> None:
    slow = step_ups(figures.filmed(figures.step_up(figures.Stepper(LEADS, fps=30)), view, noise_m=0.004))
    fast = step_ups(figures.filmed(figures.step_up(figures.Stepper(LEADS, fps=60, pace=2)), view, noise_m=0.004))
    assert [rep.side for rep in slow] == [rep.side for rep in fast] == list(LEADS)
    np.testing.assert_allclose([rep.top_s for rep in fast], [rep.top_s / 2 for rep in slow], atol=0.1)


@pytest.mark.parametrize(
    ("view", "start_s", "end_s", "whole"),
    [(View.LEFT, 2.7, 22.0, LEADS[1:]), (View.FRONT, 2.7, 22.0, LEADS[1:]), (View.RIGHT, 0.0, 17.5, LEADS[:3])],
)
def test_a_repetition_cut_off_by_the_clip_is_not_counted(
    view: View, start_s: float, end_s: float, whole: tuple[Side, ...]
) -> None:
    track = figures.filmed(figures.step_up(figures.Stepper(LEADS)), view, noise_m=0.004)
    found = look_for_step_ups(clean(figures.cut(track, start_s, end_s)).track)
    assert [rep.side for rep in found.reps] == list(whole)
    assert [each.why for each in found.unfinished] == [Why.CUT_OFF]


@pytest.mark.parametrize(
    ("how", "view"),
    [
        (figures.Stepper(LEADS[:2], sideways=True), View.FRONT),
        (figures.Stepper(LEADS[:2], sideways=True), View.RIGHT),
        (figures.Stepper(LEADS[:2] * 2, stays=True), View.BACK),
        (figures.Stepper(LEADS[:2] * 2, stays=True), View.LEFT),
    ],
)
def test_sideways_and_with_a_foot_that_stays_on_the_box(how: figures.Stepper, view: View) -> None:
    how = replace(how, leads=(Side.LEFT,) * len(how.leads))
    reps = step_ups(figures.filmed(figures.step_up(how), view, noise_m=0.004))
    assert [rep.side for rep in reps] == list(how.leads)
    assert [np.isfinite(rep.phases.placed_s) for rep in reps if rep.phases] == [
        index == 0 or not how.stays for index in range(len(how.leads))
    ]


@pytest.mark.parametrize("view", [View.RIGHT, View.BACK])
def test_a_rise_that_is_broken_off_is_told_and_not_counted(view: View) -> None:
    how = figures.Stepper(LEADS, reach={1: 0.62})
    found = look_for_step_ups(clean(figures.filmed(figures.step_up(how), view, noise_m=0.004)).track)
    assert [rep.side for rep in found.reps] == [LEADS[0], *LEADS[2:]]
    assert [each.why for each in found.unfinished] == [Why.NOT_TO_THE_TOP]


def moved_aside(track: PoseTrack, side: Side, parts: tuple[str, ...], start_s: float, end_s: float) -> PoseTrack:
    """The track with points of a leg put out by a hand's breadth and back, evenly, between two times."""
    points = track.points_px.copy()
    share = np.clip((track.times_s - start_s) / (end_s - start_s), 0.0, 1.0)
    for part in parts:
        points[:, point(side, part), 0] += 0.06 * 0.6 * track.size_px[1] * np.sin(np.pi * share)
    return replace(track, points_px=points)


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_one_leg_carries_from_when_the_hips_rise_though_the_other_toe_seems_to_have_left(view: View) -> None:
    figure = figures.step_up(figures.Stepper(LEADS[:1]))
    (true,) = figure.reps
    off_s = true.loaded[0][0]
    early = moved_aside(figures.filmed(figure, view, noise_m=0.004), LEADS[0].other, ("toe",), off_s - 0.5, off_s + 0.5)
    (rep,) = step_ups(early)
    assert rep.phases is not None
    assert rep.loaded[0][0] == rep.phases.trail_off_s == pytest.approx(off_s, abs=0.15)


@pytest.mark.parametrize("view", [View.LEFT, View.BACK])
def test_a_foot_that_carries_does_not_step_up(view: View) -> None:
    figure = figures.step_up(figures.Stepper(LEADS[:1]))
    (true,) = figure.reps
    start_s = true.loaded[0][0] + 0.1
    parts = ("ankle", "heel", "toe")
    wobbly = moved_aside(figures.filmed(figure, view, noise_m=0.004), LEADS[0], parts, start_s, start_s + 0.5)
    (rep,) = step_ups(wobbly)
    assert rep.phases is not None
    assert rep.start_s == pytest.approx(true.start_s, abs=WITHIN_S)
    assert rep.start_s < rep.phases.placed_s <= rep.phases.trail_off_s


@pytest.mark.parametrize(
    ("figure", "view"),
    [
        (figures.run(), View.LEFT), (figures.run(), View.FRONT),
        (figures.squat(), View.RIGHT), (figures.squat(), View.BACK),
    ],
)  # fmt: skip
def test_running_and_squatting_figures_make_no_step_ups(figure: figures.Figure, view: View) -> None:
    assert step_ups(figures.filmed(figure, view, noise_m=0.004)) == ()


@pytest.mark.parametrize("view", VIEWS)
def test_squats_are_counted_for_both_legs(view: View) -> None:
    kind, reps = find_squats(clean(figures.filmed(figures.squat(reps=3), view, noise_m=0.004)).track)
    assert kind is Activity.SQUAT
    assert [rep.side for rep in reps] == [Side.BOTH] * 3
    for count, rep in enumerate(reps):
        np.testing.assert_allclose(
            [rep.start_s, rep.top_s, rep.end_s], [1 + 3 * count, 2.5 + 3 * count, 4 + 3 * count], atol=WITHIN_S
        )


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
def test_a_squat_with_feet_far_apart_is_none_on_one_leg_though_the_far_foot_stands_higher(view: View) -> None:
    figure = figures.squat(reps=2)
    joints = figure.joints.copy()
    for side in SIDES:
        for part in ("knee", "ankle", "heel", "toe"):
            joints[:, point(side, part), 1] += 0.10 * figures.OUT[side]
    track = figures.filmed(replace(figure, joints=joints), view, noise_m=0.004)
    lower, higher = (
        np.median(track.points_px[:, point(s, "ankle"), 1]) for s in (Side(view.value), Side(view.value).other)
    )
    assert (lower - higher) / (0.6 * track.size_px[1]) > 0.045
    assert find_squats(clean(track).track)[0] is Activity.SQUAT


def test_a_squat_that_the_clip_cuts_off_is_told() -> None:
    track = figures.cut(figures.filmed(figures.squat(reps=3), View.FRONT, noise_m=0.004), 0.0, 8.6)
    _, found = look_for_squats(clean(track).track)
    assert len(found.reps) == 2
    assert [each.why for each in found.unfinished] == [Why.CUT_OFF]


def test_nobody_makes_no_repetition() -> None:
    track = figures.filmed(figures.step_up(), View.FRONT)
    track.points_px[:] = np.nan
    assert find_step_ups(track) == ()
    assert find_squats(track) == (Activity.UNKNOWN, ())


@given(st.lists(st.booleans(), max_size=40))
def test_runs_are_the_unbroken_stretches(good: list[bool]) -> None:
    found = runs(np.array(good, bool))
    inside = {i for first, last in found for i in range(first, last + 1)}
    assert inside == {i for i, yes in enumerate(good) if yes}
    assert all(b[0] > a[1] + 1 for a, b in pairwise(found))


def test_hysteresis_wants_a_peak_and_does_not_break_at_a_dip() -> None:
    curve = np.array([0.0, 0.4, 0.6, 0.4, 0.6, 0.2, 0.4, 0.0, np.nan])
    assert hysteresis(curve, 0.5, 0.3) == [(1, 4)]


def test_a_pause_on_the_way_up_lasts_as_long_as_it_did() -> None:
    track = figures.filmed(figures.step_up(figures.Stepper(LEADS[:2])), View.LEFT, noise_m=0.002)
    # the clip's clock stands still for everybody in the middle of the first rise, 2.5 s after its start
    halt = int(np.searchsorted(track.times_s, 2.5))
    order = np.concatenate([np.arange(halt), np.full(18, halt), np.arange(halt, len(track))])
    held = replace(
        track, times_s=np.arange(len(order)) / 30.0, points_px=track.points_px[order],
        visibility=track.visibility[order], world_m=track.world_m[order],
    )  # fmt: skip
    first, second = (rep.phases for rep in step_ups(held))
    assert first is not None
    assert second is not None
    assert first.hesitation_s == pytest.approx(0.6, abs=0.15)
    assert second.hesitation_s < 0.1
