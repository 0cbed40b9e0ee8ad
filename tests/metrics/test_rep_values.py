"""What repetitions are measured as, against figures whose movement is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.metrics.box_height import STATED_ERROR_CM, box_height
from analyzer.metrics.measure import measure
from analyzer.metrics.measurement import Measurement
from analyzer.motion.squats import look_for_holds
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

HOW = figures.Stepper((Side.LEFT, Side.RIGHT))


def stepping(view: View, how: figures.Stepper = HOW) -> Motion:
    return figures.shown(figures.step_up(how), view)


def found(motion: Motion, metric: str, side: Side) -> Measurement:
    return next(each for each in measure(motion) if (each.metric, each.side) == (metric, side))


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT, View.FRONT, View.BACK])
@pytest.mark.parametrize("box_m", [0.18, 0.25])
def test_the_boxs_height_is_read_from_any_side(view: View, box_m: float) -> None:
    measured = found(stepping(view, replace(HOW, box_m=box_m)), "box_height", Side.BOTH)
    assert measured.value == pytest.approx(100 * box_m, abs=2.0)
    assert measured.uncertainty is not None
    assert measured.uncertainty < 5.0


def test_a_stated_box_is_believed() -> None:
    stated = found(replace(stepping(View.FRONT), box_cm=23.0), "box_height", Side.BOTH)
    assert stated.value == 23.0
    assert stated.uncertainty == stated.event_uncertainty == pytest.approx(1.96 * STATED_ERROR_CM)


def test_nobody_seen_on_a_box_has_none_measured() -> None:
    (measured,) = box_height(replace(stepping(View.FRONT), reps=()))
    assert measured.value is None
    assert "state the box" in measured.reason


def test_repetitions_that_disagree_make_the_box_less_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    motion, half_widths = stepping(View.LEFT), []
    for apart_cm in (0.0, 3.0):
        monkeypatch.setattr(
            "analyzer.metrics.box_height._rise_cm", lambda _, rep, by=apart_cm: 20.0 + by * (-1) ** rep.index
        )
        (measured,) = box_height(motion)
        assert measured.value == pytest.approx(20.0)
        half_widths.append(measured.uncertainty)
    # what repetitions disagree by averages out over them
    added = (1.96 * 3.0) ** 2 / len(motion.reps)
    assert half_widths[1] ** 2 - half_widths[0] ** 2 == pytest.approx(added)


def test_the_box_is_surer_from_the_side_where_nothing_comes_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.metrics.box_height._rise_cm", lambda *_: 20.0)
    (side,), (front,) = (box_height(stepping(view)) for view in (View.LEFT, View.FRONT))
    assert side.uncertainty < front.uncertainty


@pytest.mark.parametrize("pace", [0.5, 1.0, 2.0])
def test_the_way_down_takes_as_long_as_it_takes(pace: float) -> None:
    measured = found(stepping(View.FRONT, replace(HOW, pace=pace)), "rep_tempo", Side.LEFT)
    assert measured.value == pytest.approx(1.0 / pace, abs=0.01)


def test_a_figure_that_stands_tall_on_the_box_is_at_full_extension() -> None:
    assert found(stepping(View.LEFT), "full_extension", Side.LEFT).value == pytest.approx(0.0, abs=1.0)
    assert "from the side" in found(stepping(View.FRONT), "full_extension", Side.LEFT).reason


def test_toes_that_leave_before_the_hips_rise_do_not_push() -> None:
    assert found(stepping(View.LEFT), "trailing_push_off", Side.LEFT).value == pytest.approx(0.0, abs=2.0)
    late = stepping(View.LEFT)
    reps = tuple(
        replace(rep, phases=replace(rep.phases, trail_off_s=rep.start_s + 1.3)) for rep in late.reps if rep.phases
    )
    # half of a movement that begins and ends alike
    assert found(replace(late, reps=reps), "trailing_push_off", Side.LEFT).value == pytest.approx(50.0, abs=3.0)


@pytest.mark.parametrize("metric", ["box_height", "full_extension", "trailing_push_off"])
def test_repetitions_whose_phases_are_unknown_say_nothing_of_them(metric: str) -> None:
    motion = stepping(View.LEFT)
    motion = replace(motion, reps=tuple(replace(rep, phases=None) for rep in motion.reps))
    measured = found(motion, metric, Side.BOTH if metric == "box_height" else Side.LEFT)
    assert measured.value is None
    assert measured.reason


def test_hips_unseen_until_the_toes_leave_tell_no_push() -> None:
    motion = stepping(View.LEFT)
    points = motion.track.points_px.copy()
    for rep in motion.reps:
        hidden = (motion.times_s >= rep.start_s) & (motion.times_s <= rep.phases.trail_off_s)
        points[hidden] = np.nan
    motion = replace(motion, track=replace(motion.track, points_px=points))
    assert found(motion, "trailing_push_off", Side.LEFT).value is None


def test_a_repetition_whose_knee_is_hidden_while_it_carries_is_left_out() -> None:
    motion = stepping(View.FRONT)
    first = next(rep for rep in motion.reps if rep.side is Side.LEFT)
    points = motion.track.points_px.copy()
    for start_s, end_s in first.loaded:
        points[(motion.times_s >= start_s - 0.1) & (motion.times_s <= end_s + 0.1), point(Side.LEFT, "knee")] = np.nan
    hidden = replace(motion, track=replace(motion.track, points_px=points))
    before, after = ({e.index for e in found(m, "knee_valgus", Side.LEFT).per_event} for m in (motion, hidden))
    assert after == before - {first.index}


@pytest.mark.parametrize("sway_m", [0.0, 0.05])
def test_sway_is_the_spread_of_the_hips_over_the_foot(sway_m: float) -> None:
    measured = found(figures.shown(figures.balance(sway_m=sway_m), View.FRONT), "balance_sway", Side.LEFT)
    assert measured.value == pytest.approx(100 * sway_m / np.sqrt(2.0) / figures.HEIGHT_M, abs=0.15)


def squatting(view: View, depth_m: float = 0.35) -> Motion:
    return figures.shown(figures.squat(reps=2, depth_m=depth_m), view)


@pytest.mark.parametrize("view", [View.LEFT, View.FRONT])
def test_a_deeper_squat_brings_the_thigh_nearer_to_level(view: View) -> None:
    shallow, deep = (found(squatting(view, depth), "squat_depth", Side.BOTH).value for depth in (0.25, 0.42))
    assert shallow is not None
    assert deep is not None
    assert deep < shallow - 15.0


def test_depth_and_trunk_against_shin_are_the_figures() -> None:
    figure = figures.squat(reps=2)
    hip, knee, ankle = (figure.joint(Side.LEFT, name)[75] for name in ("hip", "knee", "ankle"))
    level = np.degrees(np.arcsin((hip - knee)[2] / np.linalg.norm(hip - knee)))
    shin = np.degrees(np.arctan2((knee - ankle)[0], (knee - ankle)[2]))
    motion = squatting(View.LEFT)
    assert found(motion, "squat_depth", Side.BOTH).value == pytest.approx(level, abs=3.0)
    assert found(motion, "trunk_shank_angle", Side.BOTH).value == pytest.approx(15.0 - shin, abs=3.0)


def test_knees_over_the_feet_are_as_far_apart_as_these() -> None:
    figure = figures.squat(reps=2)
    true = min(
        np.abs((figure.joint(Side.LEFT, "knee") - figure.joint(Side.RIGHT, "knee"))[:, 1])
        / np.abs((figure.joint(Side.LEFT, "ankle") - figure.joint(Side.RIGHT, "ankle"))[:, 1])
    )
    assert found(squatting(View.FRONT), "knee_separation", Side.BOTH).value == pytest.approx(true, abs=0.04)


def test_a_hold_lasts_from_lifting_the_foot_to_putting_it_down() -> None:
    motion = figures.shown(figures.balance(), View.FRONT)
    seen = look_for_holds(motion.track).reps
    assert [rep.side for rep in seen] == [Side.LEFT, Side.RIGHT]
    for side in SIDES:
        assert found(replace(motion, reps=seen), "hold_time", side).value == pytest.approx(3.0, abs=0.1)
