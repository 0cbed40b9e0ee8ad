"""Values, signs, gates and uncertainty on figures whose every angle is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics import measure as machinery
from analyzer.metrics.knee_over_toe import knee_over_toe
from analyzer.metrics.measure import measure, measure_one
from analyzer.metrics.measurement import Drift, Measurement
from analyzer.metrics.readings import SUSTAINED_S, read
from analyzer.metrics.registry import all_metrics
from analyzer.motion.body import centre_of_mass
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

HOW = figures.Runner(
    strike_deg=12.0, reach_m=0.2, lean_left_deg=3.0, drop_deg={Side.LEFT: 8.0, Side.RIGHT: 2.0},
    swivel_deg={Side.LEFT: 18.0, Side.RIGHT: -4.0},
)  # fmt: skip
RUN = figures.run(HOW)
REPS = figures.step_up(figures.Stepper(swivel_deg={Side.LEFT: 15.0, Side.RIGHT: 2.0}))
VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]


def of(measured: tuple[Measurement, ...], metric: str, side: Side) -> Measurement:
    (found,) = [each for each in measured if each.metric == metric and each.side is side]
    return found


def frontal_angle(figure: figures.Figure, side: Side) -> Floats:
    """Hip-knee-ankle in the plane across the direction of travel, + knee inwards."""
    hip, knee, ankle = (figure.joint(side, name)[:, 1:] for name in ("hip", "knee", "ankle"))

    def inward(top: Floats, bottom: Floats) -> Floats:
        return -figures.OUT[side] * np.arctan2(bottom[:, 0] - top[:, 0], top[:, 1] - bottom[:, 1])

    return np.asarray(np.degrees(inward(hip, knee) - inward(knee, ankle)))


def forward_angle(figure: figures.Figure, side: Side, top: str, bottom: str) -> Floats:
    """Of the line downwards from top to bottom, + when the bottom is ahead."""
    line = figure.joint(side, bottom) - figure.joint(side, top)
    return np.asarray(np.degrees(np.arctan2(line[:, 0], -line[:, 2])))


def true_values(side: Side) -> dict[str, float]:
    steps = [step for step in RUN.steps if step.side is side]
    contact, mid = (
        lambda curve, name=name: float(np.median([RUN.at(curve, getattr(step, name)) for step in steps]))
        for name in ("contact_s", "mid_stance_s")
    )
    com = centre_of_mass(RUN.joints[..., [0, 2]])
    ahead = RUN.joint(side, "ankle")[:, 0] - com[:, 0]
    knee, toe = RUN.joint(side, "knee"), RUN.joint(side, "toe")
    shank = forward_angle(RUN, side, "knee", "ankle")
    return {
        "knee_valgus": mid(frontal_angle(RUN, side)),
        "knee_over_toe": mid(-figures.OUT[side] * 100.0 * (knee - toe)[:, 1]),
        "pelvic_drop": HOW.drop_deg[side],
        "trunk_lean_lateral": figures.OUT[side] * HOW.lean_left_deg,
        "trunk_lean_forward": HOW.lean_forward_deg,
        "foot_strike_position": 100.0 * contact(ahead),
        "shank_angle": contact(shank),
        "knee_flexion_contact": contact(forward_angle(RUN, side, "hip", "knee") - shank),
    }


TOLERANCE = {"deg": 2.0, "cm": 1.0}


@pytest.mark.parametrize("view", VIEWS)
def test_running_values_are_those_of_the_figure(view: View) -> None:
    measured = measure(figures.shown(RUN, view))
    checked = 0
    for side in SIDES:
        for metric, true in true_values(side).items():
            found = of(measured, metric, side)
            if found.value is not None:
                assert found.value == pytest.approx(true, abs=TOLERANCE[found.unit]), (metric, side)
                checked += 1
    assert checked == 8
    assert of(measured, "cadence", Side.BOTH).value == pytest.approx(HOW.cadence, abs=0.01)


def test_the_known_pose_has_angles_large_enough_to_tell_signs() -> None:
    left, right = true_values(Side.LEFT), true_values(Side.RIGHT)
    assert left["knee_valgus"] > 8.0
    assert right["knee_valgus"] < 0.0
    assert left["shank_angle"] > 3.0
    assert left["foot_strike_position"] > 8.0


@pytest.mark.parametrize("yaw", [-8.0, 8.0])
def test_a_camera_aside_does_not_bend_the_knee(yaw: float) -> None:
    measured = measure(figures.shown(RUN, View.FRONT, yaw_deg=yaw))
    for side in SIDES:
        found = of(measured, "knee_valgus", side)
        assert found.value == pytest.approx(true_values(side)["knee_valgus"], abs=4.0)


@pytest.mark.parametrize("yaw", [-8.0, 0.0, 8.0])
def test_a_camera_aside_does_not_put_a_straight_knee_beside_its_toe(yaw: float) -> None:
    """On top of the box: 8 degrees would make 2.4 cm of a toe 17 cm ahead of the knee."""
    joints = REPS.joints.copy()
    for side in SIDES:
        joints[:, point(side, "knee")] = 0.5 * (REPS.joint(side, "hip") + REPS.joint(side, "ankle"))
    straight = replace(REPS, joints=joints)
    motion = figures.shown(straight, View.FRONT, yaw_deg=yaw)
    for rep in straight.reps:
        knee, toe = (straight.at(straight.joint(rep.side, part)[:, 1], rep.top_s) for part in ("knee", "toe"))
        seen = straight.at(knee_over_toe(motion, rep.side), rep.top_s)
        assert seen == pytest.approx(-figures.OUT[rep.side] * 100.0 * (knee - toe), abs=0.8)


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_repetitions_take_the_largest_value_of_the_single_leg_phase(view: View) -> None:
    measured = measure(figures.shown(REPS, view))
    for side in SIDES:
        found = of(measured, "knee_valgus", side)
        true = []
        for rep in (rep for rep in REPS.reps if rep.side is side):
            alone = (REPS.times_s >= rep.loaded[0][0]) & (REPS.times_s <= rep.loaded[0][1])
            true.append(frontal_angle(REPS, side)[alone].max())
            shown = [event for event in found.per_event if event.index == rep.index]
            assert len(shown) == 1
            assert rep.loaded[0][0] <= shown[0].time_s <= rep.loaded[0][1]
        # nobody's model drew the figure, so that what is taken off for it, 2.4 degrees and a quarter, is missing here
        more, less = (1.25, 2.4) if view is View.FRONT else (1.0, 0.0)
        assert found.value == pytest.approx(more * (np.median(true) - less), abs=more * 2.5)
        assert of(measured, "rep_count", side).value == 2.0


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("figure", [RUN, REPS], ids=["run", "step-up"])
def test_a_value_has_all_that_belongs_to_it_and_else_there_is_a_reason(figure: figures.Figure, view: View) -> None:
    motion = figures.shown(figure, view)
    for found in measure(motion):
        assert (found.value is None) != (not found.reason)
        if found.value is None:
            assert (found.uncertainty, found.n, found.per_event) == (None, 0, ())
            continue
        assert found.uncertainty is not None
        assert found.uncertainty > 0.0 or found.unit == "count"
        assert found.n == len(found.per_event) > 0
        assert found.evidence_s is not None
        assert motion.times_s[0] <= found.evidence_s <= motion.times_s[-1]
        assert [event.index for event in found.per_event] == sorted({event.index for event in found.per_event})


@pytest.mark.parametrize("view", [*VIEWS, View.OBLIQUE])
def test_another_view_gives_no_value_and_says_what_to_film(view: View) -> None:
    measured = measure(figures.motion(RUN, figures.filmed(RUN, View.FRONT), figures.camera(view)))
    for side in SIDES:
        frontal, sagittal = (of(measured, name, side) for name in ("knee_valgus", "trunk_lean_forward"))
        assert (frontal.value is None) == (view not in FRONTAL)
        assert (sagittal.value is None) == (view not in SAGITTAL)
        if view not in FRONTAL:
            assert "film from the front or the back" in frontal.reason
        if view not in SAGITTAL:
            assert "film from the side" in sagittal.reason


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_too_few_steps_give_no_value(kept: int) -> None:
    whole = figures.shown(RUN, View.LEFT)
    left = [step for step in whole.steps if step.side is Side.LEFT][:kept]
    measured = measure(replace(whole, steps=tuple(left)))
    found = of(measured, "shank_angle", Side.LEFT)
    assert found.value is None
    assert found.reason.startswith(f"Only {kept} clear")
    assert of(measured, "cadence", Side.BOTH).value is None


@pytest.mark.parametrize("name", ["shank_angle", "knee_flexion_contact", "foot_strike_angle"])
def test_fewer_events_are_less_certain(name: str) -> None:
    (metric,) = [each for each in all_metrics() if each.name == name]
    wider = []
    for seed in range(8):
        track = figures.filmed(RUN, View.LEFT, noise_m=0.015, seed=seed)
        many = figures.motion(RUN, track, figures.camera(View.LEFT))
        few = replace(many, steps=many.steps[4:10])
        widths = [of(measure_one(metric, motion), name, Side.LEFT).uncertainty or 0.0 for motion in (many, few)]
        wider.append(widths[1] - widths[0])
    assert np.mean(wider) > 0.0


def test_an_uncertain_camera_makes_uncertain_knees() -> None:
    sure = figures.shown(RUN, View.FRONT)
    unsure = replace(sure, camera=replace(sure.camera, yaw_error_deg=8.0))
    widths = [of(measure(motion), "knee_valgus", Side.LEFT).uncertainty or 0.0 for motion in (sure, unsure)]
    assert widths[1] > widths[0] + 5.0


def test_lengths_need_a_size() -> None:
    motion = replace(figures.shown(RUN, View.LEFT), scale=None)
    found = of(measure(motion), "foot_strike_position", Side.LEFT)
    assert found.value is None
    assert "whole body" in found.reason


def test_a_leg_never_seen_is_not_measured() -> None:
    motion = figures.shown(RUN, View.FRONT)
    motion.track.points_px[:, 25] = np.nan
    assert of(measure(motion), "knee_valgus", Side.LEFT).value is None
    assert of(measure(motion), "knee_valgus", Side.RIGHT).value is not None


def test_other_activities_have_no_running_metrics() -> None:
    motion = replace(figures.shown(REPS, View.FRONT), activity=Activity.UNKNOWN)
    assert measure(motion) == ()


def test_the_cycle_holds_the_curve_from_step_to_step() -> None:
    found = of(measure(figures.shown(RUN, View.LEFT)), "trunk_lean_forward", Side.LEFT)
    assert found.cycle is not None
    assert found.cycle.percent[[0, -1]].tolist() == [0.0, 100.0]
    np.testing.assert_allclose(found.cycle.mean, HOW.lean_forward_deg, atol=0.5)
    # mid-stance of a contact that lasts 0.67 of the step
    assert found.cycle.mark_percent == pytest.approx(100.0 * HOW.duty, abs=1.0)


def test_a_measurement_is_a_value_or_a_reason() -> None:
    for wrong in ({}, {"value": 1.0, "reason": "why"}, {"value": float("nan")}):
        with pytest.raises(ValueError, match="cadence"):
            Measurement("cadence", Side.BOTH, "steps/min", **wrong)  # type: ignore[arg-type]


def test_an_unknown_height_makes_a_single_step_as_unsure_as_the_clip() -> None:
    motion = figures.shown(RUN, View.LEFT)
    assert motion.scale is not None
    sure, unsure = (
        of(
            measure(replace(motion, scale=replace(motion.scale, relative_error=error))),
            "foot_strike_position",
            Side.LEFT,
        )
        for error in (0.0, 0.1)
    )
    assert sure.value is not None
    added = 1.96 * 0.1 * sure.value
    for which in ("uncertainty", "event_uncertainty"):
        before, after = getattr(sure, which), getattr(unsure, which)
        assert after == pytest.approx(np.hypot(before, added), rel=0.02)


def test_changes_over_the_clip_are_told_of_steps_whose_times_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Drift(1.0, 0.5, 1.5, 0.0, 1.0, 0.5, clear=True)
    monkeypatch.setattr(machinery, "drift_of", lambda events, shared=1: told)
    front, side = (measure(figures.shown(RUN, view)) for view in (View.FRONT, View.LEFT))
    assert of(side, "contact_time", Side.LEFT).drift is told
    assert of(front, "contact_time", Side.LEFT).drift is None
    assert of(front, "knee_valgus", Side.LEFT).drift is told
    assert {each.drift for each in measure(figures.shown(REPS, View.FRONT))} == {None}


def test_a_largest_value_is_told_at_its_time() -> None:
    motion = figures.shown(REPS, View.FRONT)
    (valgus,) = [each for each in all_metrics() if each.name == "knee_valgus"]
    for rep in REPS.reps:
        peak_s = rep.loaded[0][0] + 0.4 * (rep.loaded[0][1] - rep.loaded[0][0])
        (found,) = [
            reading.event
            for reading in read(valgus, motion, -np.abs(motion.times_s - peak_s), rep.side)
            if reading.event.index == rep.index
        ]
        assert found.time_s == pytest.approx(peak_s, abs=SUSTAINED_S / 4)
