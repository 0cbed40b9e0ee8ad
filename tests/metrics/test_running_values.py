"""Running metrics of feet, hips, times and bounce on a figure whose every angle is known."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics.leg_stiffness import stiffness_kn_m
from analyzer.metrics.measure import measure_one
from analyzer.metrics.measurement import Measurement
from analyzer.metrics.registry import Metric, StepMetric, all_metrics
from analyzer.motion.body import centre_of_mass
from analyzer.motion.calibrate import standing_ankle_out_cm
from analyzer.motion.speed import running_speed
from analyzer.motion.types import Motion, Step, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

HOW = figures.Runner(duration_s=4.5, lean_forward_deg=9.0, drop_deg={Side.LEFT: 7.0, Side.RIGHT: 3.0})
RUN = figures.run(HOW)
SEEN = {view: figures.shown(RUN, view) for view in (View.FRONT, View.BACK, View.LEFT, View.RIGHT)}
METRICS = {each.name: each for each in all_metrics()}


def of(motion: Motion, name: str, side: Side) -> Measurement:
    (found,) = [each for each in measure_one(METRICS[name], motion) if each.side is side]
    return found


def value(motion: Motion, name: str, side: Side) -> float:
    found = of(motion, name, side)
    assert found.value is not None, found.reason
    return found.value


def behind_deg(side: Side) -> Floats:
    """Thigh behind the upright, (n,)."""
    thigh = RUN.joint(side, "knee") - RUN.joint(side, "hip")
    return np.asarray(np.degrees(np.arctan2(-thigh[:, 0], -thigh[:, 2])))


def whole_steps(side: Side) -> list[Step]:
    return [step for step in RUN.steps if step.side is side and np.isfinite(step.toe_off_s)][:-1]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
def test_thigh_at_push_off_and_against_the_trunk(view: View, side: Side) -> None:
    curve = behind_deg(side)
    most = []
    for step in whole_steps(side):
        late = (RUN.times_s >= step.mid_stance_s) & (RUN.times_s <= step.toe_off_s + 0.08)
        most.append(curve[late].max())
    assert np.median(most) > 5.0
    assert value(SEEN[view], "hip_extension", side) == pytest.approx(np.median(most), abs=1.5)
    assert value(SEEN[view], "pelvic_tilt_proxy", side) == pytest.approx(np.median(most) - 9.0, abs=1.5)


@pytest.mark.parametrize("side", SIDES)
def test_knee_bend_at_mid_stance(side: Side) -> None:
    hip, knee, ankle = (RUN.joint(side, name) for name in ("hip", "knee", "ankle"))
    cosine = ((knee - hip) * (ankle - knee)).sum(axis=1) / figures.THIGH_M / figures.SHANK_M
    bend = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    true = np.median([RUN.at(bend, step.mid_stance_s) for step in whole_steps(side)])
    assert value(SEEN[View.LEFT], "knee_flexion_midstance", side) == pytest.approx(true, abs=2.0)


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
@pytest.mark.parametrize("side", SIDES)
def test_hip_adduction_is_the_thigh_s_lean_and_the_drop(view: View, side: Side) -> None:
    thigh = RUN.joint(side, "knee") - RUN.joint(side, "hip")
    inward = np.degrees(np.arctan2(-figures.OUT[side] * thigh[:, 1], -thigh[:, 2]))
    true = np.median([RUN.at(inward, step.mid_stance_s) for step in whole_steps(side)]) + HOW.drop_deg[side]
    assert value(SEEN[view], "hip_adduction", side) == pytest.approx(true, abs=2.0)


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_step_width_is_what_the_model_puts_outside_less_than_the_ankles_are_apart(view: View) -> None:
    motion = SEEN[view]
    habit = 2.0 * standing_ankle_out_cm(motion.camera, 100.0 * figures.HEIGHT_M)
    assert 1.0 < habit < 3.0
    for side in SIDES:
        assert value(motion, "step_width", side) == pytest.approx(10.0 - habit, abs=0.3)


def test_feet_that_cross_have_a_negative_width() -> None:
    points = SEEN[View.FRONT].track.points_px.copy()
    apart = points[:, point(Side.LEFT, "ankle"), 0] - points[:, point(Side.RIGHT, "ankle"), 0]
    for side, sign in ((Side.LEFT, -1.0), (Side.RIGHT, 1.0)):
        points[:, point(side, "ankle"), 0] += sign * apart
    crossed = replace(SEEN[View.FRONT], track=replace(SEEN[View.FRONT].track, points_px=points))
    assert value(crossed, "step_width", Side.LEFT) < -8.0


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
@pytest.mark.parametrize("side", SIDES)
def test_a_leg_swings_out_as_far_as_its_ankle_leaves_the_line_to_the_landing_place(view: View, side: Side) -> None:
    hip, ankle = (figures.OUT[side] * RUN.joint(side, name)[:, 1] for name in ("hip", "ankle"))
    below = RUN.joint(side, "hip")[:, 2] - RUN.joint(side, "ankle")[:, 2]
    steps = [step for step in RUN.steps if step.side is side]
    place, far = (np.median([RUN.at(curve, step.mid_stance_s) for step in steps]) for curve in (ankle, below))
    off = ankle - (hip + np.clip(below / far, 0.0, 1.0) * (place - hip))
    largest = []
    for before, after in itertools.pairwise(steps):
        largest.append(100.0 * off[(RUN.times_s > before.toe_off_s) & (RUN.times_s < after.contact_s)].max())
    assert value(SEEN[view], "leg_swing_out", side) == pytest.approx(np.median(largest), abs=1.0)


@pytest.mark.parametrize("side", SIDES)
def test_a_foot_that_swings_wide_and_turns_out_reads_positive(side: Side) -> None:
    joints = RUN.joints.copy()
    out = figures.OUT[side]
    swing = np.ones(len(RUN.times_s), bool)
    for step in (step for step in RUN.steps if step.side is side):
        swing &= (RUN.times_s < step.contact_s) | (RUN.times_s > step.toe_off_s)
    joints[swing, point(side, "ankle"), 1] += 0.06 * out
    joints[swing, point(side, "toe"), 1] += 0.06 * out
    wide = figures.shown(replace(RUN, joints=joints), View.BACK)
    for name, more, within in (("leg_swing_out", 6.0, 1.5), ("heel_whip", 13.0, 5.0)):
        assert value(wide, name, side) - value(SEEN[View.BACK], name, side) == pytest.approx(more, abs=within)
        assert value(wide, name, side.other) == pytest.approx(value(SEEN[View.BACK], name, side.other), abs=1.0)


@pytest.mark.parametrize("side", SIDES)
def test_a_heel_that_tips_outwards_under_the_shin_reads_everted(side: Side) -> None:
    joints = RUN.joints.copy()
    tipping = np.zeros(len(RUN.times_s))
    for step in (step for step in RUN.steps if step.side is side):
        tipping += np.exp(-(((RUN.times_s - step.mid_stance_s) / 0.04) ** 2))
    joints[:, point(side, "heel"), 1] += 0.02 * figures.OUT[side] * tipping
    tipped = figures.shown(replace(RUN, joints=joints), View.BACK)
    assert value(tipped, "rearfoot_angle", side) > value(SEEN[View.BACK], "rearfoot_angle", side) + 8.0


@pytest.mark.parametrize("view", [View.FRONT, View.LEFT])
def test_times_are_those_of_the_events(view: View) -> None:
    step_s, contact_s = HOW.stride_s / 2.0, HOW.duty * HOW.stride_s
    for side in SIDES:
        assert value(SEEN[view], "contact_time", side) == pytest.approx(1000.0 * contact_s)
        assert value(SEEN[view], "flight_time", side) == pytest.approx(1000.0 * (step_s - contact_s))
        assert value(SEEN[view], "duty_factor", side) == pytest.approx(HOW.duty)


@pytest.mark.parametrize("view", [View.FRONT, View.LEFT])
def test_the_bounce_is_that_of_the_centre_of_mass(view: View) -> None:
    height_cm = 100.0 * centre_of_mass(RUN.joints[..., [0, 2]])[:, 1]
    for side in SIDES:
        true = []
        for step in whole_steps(side):
            inside = (RUN.times_s >= step.contact_s) & (RUN.times_s <= step.contact_s + HOW.stride_s / 2.0)
            true.append(np.ptp(height_cm[inside]))
        assert value(SEEN[view], "vertical_oscillation", side) == pytest.approx(np.median(true), abs=0.4)


def test_uneven_steps_read_positive_when_the_left_one_takes_longer() -> None:
    limping = tuple(
        replace(s, contact_s=s.contact_s + (0.01 if s.side is Side.RIGHT else 0.0)) for s in SEEN[View.FRONT].steps
    )
    found = value(replace(SEEN[View.FRONT], steps=limping), "step_time_symmetry", Side.BOTH)
    # left steps 10 ms longer, right ones 10 ms shorter
    assert found == pytest.approx(100.0 * 0.02 / (HOW.stride_s / 2.0), rel=0.01)


def test_one_stride_tells_less_of_evenness_than_the_clip() -> None:
    found = of(SEEN[View.LEFT], "step_time_symmetry", Side.BOTH)
    assert found.event_uncertainty is not None
    assert found.uncertainty is not None
    assert found.event_uncertainty >= found.uncertainty > 0.0


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
def test_the_ground_tells_the_speed_from_the_side_only(view: View) -> None:
    seen = running_speed(replace(SEEN[view], speed_mps=None))
    assert seen is not None
    assert seen.mps == pytest.approx(HOW.speed_mps, rel=0.03)
    assert seen.source == "seen"
    assert running_speed(replace(SEEN[View.FRONT], speed_mps=None)) is None
    stated = running_speed(replace(SEEN[view], speed_mps=2.0))
    assert stated is not None
    assert (stated.mps, stated.source) == (2.0, "stated")
    # what a treadmill shows is off in proportion
    faster = running_speed(replace(SEEN[view], speed_mps=4.0))
    assert faster is not None
    assert faster.error_mps == pytest.approx(2.0 * stated.error_mps)
    assert 0.0 < stated.error_mps < 0.1


def test_somebody_who_crosses_the_picture_runs_as_fast() -> None:
    across = RUN.joints + (HOW.speed_mps * RUN.times_s)[:, None, None] * np.array([1.0, 0.0, 0.0])
    short = replace(RUN, joints=across - across.mean(axis=(0, 1)) * np.array([1.0, 0.0, 0.0]))
    seen = running_speed(replace(figures.shown(short, View.LEFT, share=0.1), speed_mps=None))
    assert seen is not None
    assert seen.mps == pytest.approx(HOW.speed_mps, rel=0.05)


@pytest.mark.parametrize("part", ["heel", "toe", "ankle"])
def test_one_creeping_point_of_the_foot_leaves_the_speed(part: str) -> None:
    seen = replace(SEEN[View.LEFT], speed_mps=None)
    points_px = seen.track.points_px.copy()
    points_px[:, point(Side.LEFT, part), 0] *= 1.5  # on a belt that carries it half as fast again
    crept = running_speed(replace(seen, track=replace(seen.track, points_px=points_px)))
    assert crept is not None
    assert crept.mps == pytest.approx(HOW.speed_mps, rel=0.06)


def test_impacts_are_cadence_over_speed() -> None:
    motion = replace(SEEN[View.FRONT], speed_mps=2.8)
    assert value(motion, "impacts_per_km", Side.BOTH) == pytest.approx(1000.0 / 2.8 * HOW.cadence / 60.0, rel=0.001)
    unknown = of(replace(motion, speed_mps=None), "impacts_per_km", Side.BOTH)
    assert "--speed-mps" in unknown.reason


def test_stiffness_is_that_of_the_worked_example() -> None:
    # 70 kg, 0.25 s on the ground, 0.10 s in the air: 1.51 kN and 6.0 cm, worked through by hand in the project's notes
    leg_m, speed_mps = 0.93, 3.0
    shortens_m = leg_m - (leg_m**2 - (speed_mps * 0.125) ** 2) ** 0.5
    assert stiffness_kn_m(0.25, 0.10, 70.0, speed_mps, leg_m) == pytest.approx(1.51 / (shortens_m + 0.060), rel=0.02)
    assert np.isnan(stiffness_kn_m(0.25, 0.10, 70.0, 9.0, leg_m))


def test_stiffness_needs_mass_and_speed() -> None:
    whole = replace(SEEN[View.LEFT], speed_mps=HOW.speed_mps)
    assert 5.0 < value(whole, "leg_stiffness", Side.LEFT) < 20.0
    assert "--mass-kg" in of(replace(whole, mass_kg=None), "leg_stiffness", Side.LEFT).reason
    lost = replace(SEEN[View.FRONT], speed_mps=None)
    assert "--speed-mps" in of(lost, "leg_stiffness", Side.LEFT).reason


def test_the_far_leg_is_less_sure_where_the_near_one_hides_it() -> None:
    near, far = (of(SEEN[View.LEFT], "knee_flexion_midstance", side).uncertainty for side in SIDES)
    assert near is not None
    assert far is not None
    assert far > 1.5 * near


@pytest.mark.parametrize("name", ["contact_time", "flight_time", "duty_factor"])
def test_mistimed_events_make_unsure_times(name: str) -> None:
    late = tuple(replace(step, toe_off_error_s=0.06) for step in SEEN[View.LEFT].steps)
    sure, unsure = (of(motion, name, Side.LEFT) for motion in (SEEN[View.LEFT], replace(SEEN[View.LEFT], steps=late)))
    assert (unsure.uncertainty or 0.0) > 2.0 * (sure.uncertainty or 0.0)


def test_a_phone_that_sinks_evenly_does_not_make_the_bounce_larger() -> None:
    still = SEEN[View.LEFT]
    sinking = replace(still, com_px=still.com_px - np.outer(still.times_s, [0.0, 30.0]))
    for side in SIDES:
        steady, moved = (value(motion, "vertical_oscillation", side) for motion in (still, sinking))
        assert moved == pytest.approx(steady, abs=1e-6)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", ["contact_time", "trunk_lean_forward"])
def test_the_interval_adds_what_averages_out_to_what_does_not(name: str, side: Side) -> None:
    motion, metric = SEEN[View.LEFT], METRICS[name]
    measured = of(motion, name, side)
    camera, steps = motion.camera, motion.steps
    if isinstance(metric, StepMetric):
        each = (
            metric.per_contact_s * max(step.contact_error_s for step in steps),
            metric.per_toe_off_s * max(step.toe_off_error_s for step in steps),
        )
    else:
        assert isinstance(metric, Metric)
        each = metric.per_yaw * camera.yaw_error_deg, metric.per_roll * camera.roll_left_deg
    alike = np.hypot(*each) ** 2 + metric.pose_error**2
    values = [event.value for event in measured.per_event]
    assert measured.uncertainty == pytest.approx(1.96 * np.sqrt(alike + np.var(values, ddof=1) / len(values)))
    single = np.hypot(*each) ** 2 + metric.event_error**2
    assert measured.event_uncertainty == pytest.approx(1.96 * np.sqrt(single))
