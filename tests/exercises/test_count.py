"""Repetitions of drawn people whose every joint is known: how many, whose, when; whatever the view, rate and size."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.exercises.perform import performed
from analyzer.motion.types import Activity, Motion, Rep, View, Why
from analyzer.motion.understand import understand
from analyzer.pose.landmarks import Side
from analyzer.pose.track import PoseTrack
from tests.motion import figures
from tests.motion.exercisers import MAKERS, crab_walk, high_knees, rdl, skip, split_squat

QUICK = {
    Activity.BOX_JUMP, Activity.DOUBLE_LEG_SKIP, Activity.SINGLE_LEG_SKIP, Activity.HIGH_KNEES, Activity.OVERHEAD_KNEES,
}  # fmt: skip
HOLDS = {Activity.HIP_HINGE_HOLD, Activity.HAMSTRING_BRIDGE, Activity.DOOR_FRAME, Activity.WALL_CALF_STRIDE}
BEST = {
    Activity.CRAB_WALK: View.FRONT, Activity.LUNGE: View.FRONT, Activity.DOUBLE_LEG_SKIP: View.FRONT,
    Activity.SINGLE_LEG_SKIP: View.FRONT, Activity.HIGH_KNEES: View.FRONT, Activity.OVERHEAD_KNEES: View.FRONT,
}  # fmt: skip
SEEN_FROM_ANYWHERE = sorted(set(MAKERS) - HOLDS - {Activity.CRAB_WALK}, key=lambda activity: activity.value)
NOISE_M = 0.006
"""Of every joint in every frame, as pose models have it in a clip of good light."""

SLOW = [
    Activity.LUNGE, Activity.RDL, Activity.SINGLE_LEG_RDL, Activity.SPLIT_SQUAT, Activity.HIP_THRUST,
    Activity.CRAB_WALK,
]  # fmt: skip
WITHIN_S = 0.15
"""What the project asks of repetition bounds."""

OF_THE_WAY = 0.06
"""How much of the way down lies between two shapes of a smooth movement that both look alike further on."""

every_exercise = pytest.mark.parametrize(
    "doing", sorted(MAKERS, key=lambda activity: activity.value), ids=lambda doing: doing.value
)


SHARED = {
    Activity.OVERHEAD_KNEES, Activity.WALL_CALF_STRIDE, Activity.SINGLE_LEG_SKIP, Activity.HIP_HINGE_HOLD,
}  # fmt: skip
of_its_own_kind = pytest.mark.parametrize(
    "doing", sorted(set(MAKERS) - SHARED, key=lambda activity: activity.value), ids=lambda doing: doing.value
)
"""Those whose rule no other one has."""


def best(doing: Activity) -> View:
    return BEST.get(doing, View.LEFT)


def rate(doing: Activity) -> float:
    return 60.0 if doing in QUICK else 30.0


@lru_cache(maxsize=64)
def filmed(doing: Activity, view: View, fps: float, pace: float = 1.0) -> PoseTrack:
    return figures.filmed(MAKERS[doing](fps=fps, pace=pace), view, noise_m=NOISE_M, seed=3)


def seen(track: PoseTrack, doing: Activity, view: View | None) -> Motion:
    return performed(understand(track, clip_fps=track.rate_hz, activity=doing, view=view))


@lru_cache(maxsize=64)
def counted(doing: Activity, view: View, fps: float) -> Motion:
    return seen(filmed(doing, view, fps), doing, view)


def offsets(found: tuple[Rep, ...], true: tuple[Rep, ...]) -> Floats:
    """(k, 3) s by which begin, turn and end are off."""
    pairs = zip(found, true, strict=True)
    return np.array([[a.start_s - b.start_s, a.top_s - b.top_s, a.end_s - b.end_s] for a, b in pairs])


def sides(reps: tuple[Rep, ...]) -> list[Side]:
    return [rep.side for rep in reps]


@every_exercise
def test_count_and_sides_are_exact(doing: Activity) -> None:
    true = MAKERS[doing](fps=rate(doing)).reps
    motion = counted(doing, best(doing), rate(doing))
    assert sides(motion.reps) == sides(true)
    assert motion.unfinished == ()


@pytest.mark.parametrize("doing", SEEN_FROM_ANYWHERE, ids=lambda doing: doing.value)
def test_a_view_that_shows_less_still_counts(doing: Activity) -> None:
    true = MAKERS[doing](fps=rate(doing)).reps
    assert sides(counted(doing, View.BACK, rate(doing)).reps) == sides(true)


@pytest.mark.parametrize(
    "doing",
    [
        Activity.LUNGE,
        Activity.RDL,
        Activity.SINGLE_LEG_RDL,
        Activity.SPLIT_SQUAT,
        Activity.HIP_THRUST,
        Activity.CRAB_WALK,
    ],
    ids=lambda doing: doing.value,
)
@pytest.mark.parametrize("fps", [5.0, 30.0])
def test_bounds_of_slow_exercises_are_close(doing: Activity, fps: float) -> None:
    true = MAKERS[doing](fps=fps).reps
    found = counted(doing, best(doing), fps).reps
    longest_s = max(rep.top_s - rep.start_s for rep in true)
    within = max(WITHIN_S, OF_THE_WAY * longest_s) + (1.0 / fps if fps < 10 else 0.0)
    off = offsets(found, true)
    assert np.abs(np.median(off, axis=0)).max() <= within


@pytest.mark.parametrize("doing", [Activity.BOX_JUMP, Activity.DOUBLE_LEG_SKIP], ids=lambda doing: doing.value)
def test_jumps_begin_and_end_on_the_floor(doing: Activity) -> None:
    true = MAKERS[doing](fps=60.0).reps
    found = counted(doing, View.LEFT, 60.0).reps
    off = offsets(found, true)
    assert np.abs(np.median(off, axis=0)).max() <= WITHIN_S


def test_240_frames_a_second_count_the_same() -> None:
    track = figures.filmed(rdl(count=1, fps=240.0), View.LEFT, noise_m=NOISE_M)
    assert len(seen(track, Activity.RDL, View.LEFT).reps) == 1
    track = figures.filmed(skip(count=3, fps=240.0), View.FRONT, noise_m=NOISE_M)
    assert len(seen(track, Activity.DOUBLE_LEG_SKIP, View.FRONT).reps) == 3


@of_its_own_kind
def test_a_mirror_exchanges_the_sides_and_nothing_else(doing: Activity) -> None:
    view = best(doing)
    track = filmed(doing, view, rate(doing))
    there = {View.LEFT: View.RIGHT}.get(view, view)
    here, mirrored = counted(doing, view, rate(doing)).reps, seen(track.mirrored(), doing, there).reps
    assert [side.other for side in sides(here)] == sides(mirrored)
    for one, other in zip(here, mirrored, strict=True):
        assert (one.start_s, one.top_s, one.end_s) == pytest.approx((other.start_s, other.top_s, other.end_s), abs=0.02)


@of_its_own_kind
def test_the_speed_of_play_changes_times_only(doing: Activity) -> None:
    view, slower = best(doing), 1.25
    track = filmed(doing, view, rate(doing))
    here = counted(doing, view, rate(doing)).reps
    slow = seen(replace(track, times_s=track.times_s * slower), doing, view).reps
    assert sides(here) == sides(slow)
    for one, other in zip(here, slow, strict=True):
        assert np.array([one.start_s, one.top_s, one.end_s]) * slower == pytest.approx(
            [other.start_s, other.top_s, other.end_s], abs=0.15
        )


@pytest.mark.parametrize(
    "doing", [Activity.RDL, Activity.LUNGE, Activity.CRAB_WALK, Activity.DOUBLE_LEG_SKIP, Activity.HIGH_KNEES],
    ids=lambda doing: doing.value,
)  # fmt: skip
def test_the_pictures_size_changes_nothing(doing: Activity) -> None:
    view = best(doing)
    track = filmed(doing, view, rate(doing))
    small = replace(track, points_px=track.points_px * 0.25, size_px=(320, 320))
    here, there = counted(doing, view, rate(doing)).reps, seen(small, doing, view).reps
    assert sides(here) == sides(there)
    assert [rep.top_s for rep in here] == pytest.approx([rep.top_s for rep in there], abs=0.01)


def test_nobody_who_stands_repeats_anything() -> None:
    still = np.tile(figures.squat(reps=1).joints[:1], (150, 1, 1))
    figure = figures.Figure(np.arange(150) / 30.0, still, Activity.RDL)
    standing = seen(figures.filmed(figure, View.FRONT, noise_m=NOISE_M), Activity.RDL, View.FRONT)
    for doing in sorted(set(MAKERS) - {Activity.DOOR_FRAME, Activity.WALL_CALF_STRIDE}, key=lambda each: each.value):
        assert performed(replace(standing, activity=doing)).reps == (), doing


@pytest.mark.parametrize(
    "doing", [Activity.LUNGE, Activity.RDL, Activity.SPLIT_SQUAT, Activity.HIP_THRUST], ids=lambda doing: doing.value
)
def test_a_repetition_that_the_clip_cuts_off_is_told_and_not_counted(doing: Activity) -> None:
    whole = MAKERS[doing](fps=30.0)
    track = filmed(doing, View.LEFT, 30.0)
    cut = figures.cut(track, 0.0, whole.reps[-1].top_s + 0.1)
    motion = seen(cut, doing, View.LEFT)
    assert len(motion.reps) == len(whole.reps) - 1
    assert [each.why for each in motion.unfinished] == [Why.CUT_OFF]
    begun = seen(figures.cut(track, whole.reps[0].top_s, whole.times_s[-1]), doing, View.LEFT)
    assert len(begun.reps) == len(whole.reps) - 1
    assert [each.why for each in begun.unfinished] == [Why.CUT_OFF]


def test_a_hold_that_fills_the_clip_is_a_hold() -> None:
    doing = Activity.HIP_HINGE_HOLD
    whole = MAKERS[doing]()
    first = whole.reps[0]
    track = figures.cut(filmed(doing, View.LEFT, 30.0), first.start_s + 2.0, first.end_s - 2.0)
    (rep,) = seen(track, doing, View.LEFT).reps
    assert rep.side is first.side
    assert rep.end_s - rep.start_s == pytest.approx(float(np.ptp(track.times_s)), abs=0.1)


@pytest.mark.parametrize("named", [Activity.LUNGE, Activity.SPLIT_SQUAT], ids=lambda named: named.value)
def test_squats_are_no_lunges_whatever_they_are_called(named: Activity) -> None:
    track = figures.filmed(figures.squat(), View.FRONT, noise_m=NOISE_M)
    assert seen(track, named, View.FRONT).reps == ()


def test_rising_on_the_toes_is_no_jump() -> None:
    times = np.arange(0.0, 8.0, 1.0 / 60.0)
    up = np.clip(np.sin(np.pi * times), 0.0, None)
    raised = figures.balance(fps=60.0)
    joints = np.tile(raised.joints[:1], (len(times), 1, 1))
    joints[..., 2] += 0.08 * up[:, None]
    for side in ("left", "right"):
        joints[:, figures.INDEX[f"{side}_foot_index"], 2] -= 0.08 * up
    figure = figures.Figure(times, joints, Activity.DOUBLE_LEG_SKIP)
    track = figures.filmed(figure, View.LEFT, noise_m=0.003)
    assert seen(track, Activity.DOUBLE_LEG_SKIP, View.LEFT).reps == ()


def test_skipping_on_one_leg_is_not_counted_as_on_both() -> None:
    track = figures.filmed(skip(side=Side.RIGHT), View.FRONT, noise_m=NOISE_M)
    assert seen(track, Activity.DOUBLE_LEG_SKIP, View.FRONT).reps == ()
    assert set(sides(seen(track, Activity.HOP, View.FRONT).reps)) == {Side.RIGHT}


def test_the_front_leg_of_a_split_squat_is_told_on_either_side() -> None:
    for side in (Side.LEFT, Side.RIGHT):
        for view in (View.LEFT, View.FRONT):
            track = figures.filmed(split_squat(side=side, count=2), view, noise_m=NOISE_M)
            assert sides(seen(track, Activity.SPLIT_SQUAT, view).reps) == [side, side]


def test_a_crab_walk_from_the_side_counts_nothing_rather_than_something() -> None:
    track = figures.filmed(crab_walk(), View.LEFT, noise_m=NOISE_M)
    assert seen(track, Activity.CRAB_WALK, View.LEFT).reps == ()


def test_knees_that_hardly_rise_are_no_high_knees() -> None:
    track = figures.filmed(high_knees(thigh_deg=35.0), View.FRONT, noise_m=NOISE_M)
    assert seen(track, Activity.HIGH_KNEES, View.FRONT).reps == ()
