from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.metrics.foot_strike_angle import DRAWN
from analyzer.metrics.registry import BEHIND, Metric, RepMetric, StepMetric, all_metrics
from analyzer.motion.types import SAGITTAL, Motion, View
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.sketch import AngleSketch, GapSketch, rotated
from analyzer.overlay.sketches import DRAWINGS, NOTHING_DRAWN
from analyzer.pose.landmarks import SIDES, Side, point
from tests.depth import examples
from tests.report import samples

METRICS = {metric.name: metric for metric in all_metrics() if isinstance(metric, Metric | StepMetric | RepMetric)}
CURVES = {name: metric for name, metric in METRICS.items() if isinstance(metric, Metric)}
FRAME = 3


def shaken(view: View, seed: int) -> Motion:
    """A person in a pose that nobody stands in, the same all through the clip but for some noise."""
    random = np.random.default_rng(seed)
    pose = samples.standing_px(view) + random.normal(0.0, 12.0, (33, 2))
    frames = pose[None] + random.normal(0.0, 1.0, (30, 33, 2))
    return samples.motion_of(samples.track_of(frames, 30.0), view, steps=samples.steps_between(1.0))


def apart_deg(one: float, other: float) -> float:
    return (one - other + 180.0) % 360.0 - 180.0


def test_every_metric_is_drawn_or_said_to_have_nothing_to_draw() -> None:
    assert {metric.name for metric in all_metrics()} <= set(DRAWINGS) | NOTHING_DRAWN
    assert not set(DRAWINGS) & NOTHING_DRAWN


@pytest.mark.parametrize("name", sorted(set(DRAWINGS) & set(CURVES)))
@given(seed=st.integers(0, 10_000), first_view=st.booleans(), side=st.sampled_from(SIDES))
@examples(15)
def test_what_is_drawn_is_what_was_measured(name: str, seed: int, first_view: bool, side: Side) -> None:
    views = sorted(CURVES[name].views, key=lambda view: view.value)
    motion = shaken(views[0] if first_view else views[-1], seed)
    measured = float(CURVES[name].curve(motion, side)[FRAME])
    moment = Timeline(motion).at(float(motion.times_s[FRAME])).seen(0.5, (10.0, 20.0))
    sketch = DRAWINGS[name].at(moment, side, measured)
    if isinstance(sketch, AngleSketch):
        assert apart_deg(sketch.value_deg, measured) == pytest.approx(0.0, abs=1e-6)
    else:
        assert sketch.value_px * moment.cm_per_px == pytest.approx(measured, abs=1e-6)


STIFF = ("foot_strike_angle",)
"""Drawn with the ankle that the pose model sees, measured with the one that is there."""


def stiffness_deg(moment: Moment, side: Side) -> float:
    """By how much higher at the toes the sole is drawn than measured, but for what is the same in every frame."""

    def tilt_deg(first: str, last: str) -> float:
        line = moment.joint(side, last) - moment.joint(side, first)
        return float(np.degrees(np.arctan2(-line[1], moment.motion.camera.facing * line[0])))

    return (1.0 - 1.0 / DRAWN) * (tilt_deg("heel", "toe") - tilt_deg("ankle", "knee"))


@pytest.mark.parametrize("name", sorted(set(DRAWINGS) & set(CURVES)))
@pytest.mark.parametrize("side", SIDES)
def test_from_one_frame_to_the_next_picture_and_metric_change_alike(name: str, side: Side) -> None:
    for view in CURVES[name].views:
        motion = shaken(view, 11)
        curve, drawing = CURVES[name].curve(motion, side), DRAWINGS[name]
        first, second = (Timeline(motion).at(float(motion.times_s[i])) for i in (FRAME, FRAME + 1))
        offset = drawing.offset(first, side, float(curve[FRAME]))
        # the camera adds a little to knee_valgus as the knee bends
        expected = offset + (stiffness_deg(second, side) - stiffness_deg(first, side) if name in STIFF else 0.0)
        assert drawing.offset(second, side, float(curve[FRAME + 1])) == pytest.approx(expected, abs=0.7)


@pytest.mark.parametrize("name", sorted(DRAWINGS))
@pytest.mark.parametrize("side", SIDES)
def test_drawn_lines_stand_on_the_joints(name: str, side: Side) -> None:
    views = METRICS[name].views
    motion = shaken(View.LEFT if views == SAGITTAL else View.BACK if views == BEHIND else View.FRONT, 5)
    moment = Timeline(motion).at(0.1)
    sketch = DRAWINGS[name].sketch(moment, side)
    anchors = {
        "knee_over_toe": ("mark", moment.joint(side, "knee")),
        "knee_valgus": ("vertex", moment.joint(side, "knee")),
        "pelvic_drop": ("vertex", moment.joint(side, "hip")),
        "trunk_lean_lateral": ("vertex", moment.middle("hip")),
        "trunk_lean_forward": ("vertex", moment.middle("hip")),
        "foot_strike_position": ("mark", moment.joint(side, "ankle")),
        "foot_strike_angle": ("vertex", moment.joint(side, "heel")),
        "knee_flexion_contact": ("vertex", moment.joint(side, "knee")),
        "shank_angle": ("vertex", moment.joint(side, "knee")),
        "knee_flexion_midstance": ("vertex", moment.joint(side, "knee")),
        "hip_extension": ("vertex", moment.joint(side, "hip")),
        "pelvic_tilt_proxy": ("vertex", moment.joint(side, "hip")),
        "hip_adduction": ("vertex", moment.joint(side, "hip")),
        "rearfoot_angle": ("vertex", moment.joint(side, "ankle")),
        "step_width": ("mark", moment.joint(side, "ankle")),
        "leg_swing_out": ("mark", moment.joint(side, "ankle")),
        "full_extension": ("vertex", moment.joint(side, "knee")),
        "squat_depth": ("vertex", moment.joint(side, "knee")),
        "trunk_shank_angle": ("vertex", moment.middle("hip")),
    }
    attribute, place = anchors[name]
    assert getattr(sketch, attribute) == pytest.approx(place)


def test_a_knee_that_moves_inwards_opens_the_angle_outwards_and_reads_positive() -> None:
    for view in (View.FRONT, View.BACK):
        pose = samples.bent(samples.standing_px(view), Side.LEFT, 20.0)
        motion = samples.motion_of(samples.track_of(np.repeat(pose[None], 5, axis=0), 30.0), view)
        moment = Timeline(motion).at(0.0)
        sketch = DRAWINGS["knee_valgus"].sketch(moment, Side.LEFT)
        thigh, shank = 0.24 * samples.BODY_PX, 0.20 * samples.BODY_PX
        expected = math.degrees(math.atan(20.0 / thigh) + math.atan(20.0 / shank))
        assert isinstance(sketch, AngleSketch)
        assert sketch.value_deg == pytest.approx(expected)
        assert sketch.label_towards[0] * motion.medial(Side.LEFT) < 0


def test_the_foot_ahead_of_the_body_reads_positive_either_way() -> None:
    for view in SAGITTAL:
        motion = samples.motion_of(samples.track_of(np.repeat(samples.standing_px(view)[None], 5, axis=0), 30.0), view)
        moment = Timeline(motion).at(0.0)
        points = moment.points_px.copy()
        points[point(Side.LEFT, "ankle"), 0] = moment.com_px[0] + 40.0 * motion.camera.facing
        sketch = DRAWINGS["foot_strike_position"].sketch(replace(moment, points_px=points), Side.LEFT)
        assert isinstance(sketch, GapSketch)
        assert sketch.value_px == pytest.approx(40.0)
        assert sketch.base == pytest.approx([moment.com_px[0], sketch.mark[1]])


@given(st.floats(-80, 80), st.floats(5, 300), st.sampled_from((-1.0, 1.0)), st.floats(0, 360))
def test_a_ray_leads_back_to_its_value(value: float, length: float, turn: float, heading: float) -> None:
    vertex = np.array([50.0, 70.0])
    blank = AngleSketch(vertex, rotated(np.array([0.0, 1.0]), heading), vertex, turn, vertex, 100.0, vertex, vertex)
    assert replace(blank, end=blank.ray(value, length)).value_deg == pytest.approx(value, abs=1e-6)


def test_unseen_joints_give_numbers_that_are_not_numbers() -> None:
    motion = samples.motion_of(samples.track_of(np.full((5, 33, 2), np.nan), 30.0))
    for drawing in DRAWINGS.values():
        sketch = drawing.at(Timeline(motion).at(0.0), Side.LEFT, 3.0)
        assert math.isnan(sketch.value_deg if isinstance(sketch, AngleSketch) else sketch.value_px)


@pytest.mark.parametrize("side", SIDES)
def test_hips_are_drawn_as_their_clothes_tilt(side: Side) -> None:
    motion = shaken(View.FRONT, 3)
    tilts = 6.0 * np.sin(7.0 * motion.times_s)
    motion = replace(motion, track=replace(motion.track, waist_deg=tilts))
    moment = Timeline(motion).at(float(motion.times_s[FRAME]))
    measured = float(CURVES["pelvic_drop"].curve(motion, side)[FRAME])
    assert DRAWINGS["pelvic_drop"].offset(moment, side, measured) == pytest.approx(0.0, abs=1e-6)
