"""What checks read of drawn people, against the same worked out from the people's joints."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.exercises.checks import measure_checks
from analyzer.exercises.tables import load_exercises
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, Motion, View
from analyzer.pose.landmarks import Side
from tests.motion import exercisers as drawn
from tests.motion import figures
from tests.motion.figures import HEIGHT_M, Figure

TABLE = load_exercises().quantity
CLOSE = {"deg": 2.0, "cm": 1.0, "ratio": 0.04, "% height": 1.0}
"""Of drawn people without noise; what is left is the perspective of a phone that stands near."""


def checks(motion: Motion, name: str) -> dict[Side, Measurement]:
    return {each.side: each for each in measure_checks(motion) if each.metric == name}


def place(figure: Figure, name: str, time_s: float) -> np.ndarray:
    """(3,) m of a landmark, or of the middle of both where the name has no side."""
    if name.startswith(("left", "right")):
        points = figure.joints[:, figures.INDEX[name]]
    else:
        points = 0.5 * (
            figure.joints[:, figures.INDEX[f"left_{name}"]] + figure.joints[:, figures.INDEX[f"right_{name}"]]
        )
    return np.array([np.interp(time_s, figure.times_s, points[:, axis]) for axis in range(3)])


def bend(figure: Figure, names: tuple[str, str, str], time_s: float) -> float:
    """Deg by which a chain of three points bends in the plane that a camera at the side sees."""
    return drawn.angle_deg(*(place(figure, name, time_s)[[0, 2]] for name in names))


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT], ids=lambda view: view.value)
@pytest.mark.parametrize("knee_deg", [8.0, 35.0])
def test_a_deadlift_is_read_as_it_was_made(view: View, knee_deg: float) -> None:
    figure = drawn.rdl(count=2, knee_deg=knee_deg)
    motion, rep = figures.shown(figure, view), figure.reps[0]
    near = view.value
    knee = (f"{near}_hip", f"{near}_knee", f"{near}_ankle")
    hip = ("shoulder", "hip", f"{near}_knee")
    (bent,) = checks(motion, "knee_bend_change").values()
    (hinge,) = checks(motion, "hip_hinge").values()
    assert bent.side.value == hinge.side.value == near
    assert bent.value == pytest.approx(bend(figure, knee, rep.top_s) - bend(figure, knee, rep.start_s), abs=2.0)
    assert hinge.value == pytest.approx(bend(figure, hip, rep.top_s) - bend(figure, hip, rep.start_s), abs=2.0)
    (line,) = checks(motion, "head_line").values()
    assert line.value == pytest.approx(0.0, abs=2.0)
    (hands,) = checks(motion, "hands_height").values()
    wrist, ankle = place(figure, f"{near}_wrist", rep.top_s), place(figure, f"{near}_ankle", rep.top_s)
    assert hands.value == pytest.approx(100.0 * (wrist - ankle)[2] / HEIGHT_M, abs=1.5)


@pytest.mark.parametrize("reach", [1.0, 0.5])
def test_a_hip_thrust_that_does_not_get_up_is_read_so(reach: float) -> None:
    figure = drawn.hip_thrust(count=2, reach=reach)
    (open_,) = checks(figures.shown(figure, View.LEFT), "hip_lockout").values()
    true = bend(figure, ("shoulder", "hip", "left_knee"), figure.reps[0].top_s)
    assert open_.value is not None
    assert abs(open_.value) == pytest.approx(true, abs=2.0)


@pytest.mark.parametrize("swivel_deg", [0.0, 25.0])
def test_a_crab_walks_knees_are_read_at_every_step_on_both_legs(swivel_deg: float) -> None:
    figure = drawn.crab_walk(swivel_deg=swivel_deg)
    motion = figures.shown(figure, View.FRONT)
    found = checks(motion, "shin_inward")
    assert set(found) == {Side.LEFT, Side.RIGHT}
    for side, measured in found.items():
        assert measured.n == len(figure.reps)
        span = figure.joint(side, "knee") - figure.joint(side, "ankle")
        inward = np.degrees(np.arctan2(-figures.OUT[side] * span[:, 1], span[:, 2]))
        for event in measured.per_event:
            rep = figure.reps[event.index]
            inside = (figure.times_s >= rep.start_s) & (figure.times_s <= rep.end_s)
            assert event.value == pytest.approx(inward[inside].max(), abs=measured.event_uncertainty)


def test_skipping_with_knees_together_is_read_at_the_landings() -> None:
    for swivel_deg in (0.0, 30.0):
        figure = drawn.skip(swivel_deg=swivel_deg)
        motion = figures.shown(figure, View.FRONT)
        reps = tuple(
            type(rep)(rep.index, rep.side, rep.start_s, rep.top_s, rep.end_s, ((rep.end_s, rep.end_s + 0.2),))
            for rep in figure.reps
        )
        (measured,) = checks(type(motion)(**(motion.__dict__ | {"reps": reps})), "landing_knees_apart").values()
        apart = {
            name: np.abs(figure.joint(Side.LEFT, name)[:, 1] - figure.joint(Side.RIGHT, name)[:, 1])
            for name in ("knee", "ankle")
        }
        ratio = apart["knee"] / apart["ankle"]
        for event in measured.per_event:
            start_s, end_s = reps[event.index].loaded[0]
            inside = (figure.times_s >= start_s) & (figure.times_s <= end_s)
            lasting = np.lib.stride_tricks.sliding_window_view(ratio[inside], 7).max(axis=1)
            assert event.value == pytest.approx(lasting.min(), abs=0.06)


@pytest.mark.parametrize("thigh_deg", [60.0, 88.0])
@pytest.mark.parametrize("view", [View.LEFT, View.FRONT], ids=lambda view: view.value)
def test_high_knees_are_as_high_as_they_were(view: View, thigh_deg: float) -> None:
    figure = drawn.high_knees(thigh_deg=thigh_deg, count=6)
    found = checks(figures.shown(figure, view), "knee_height")
    assert set(found) == {Side.LEFT, Side.RIGHT}
    for measured in found.values():
        # a thigh about level seems level over some degrees
        assert measured.value == pytest.approx(thigh_deg - 90.0, abs=5.0)


def test_hands_over_the_head_are_read_over_the_ears() -> None:
    figure = drawn.overhead_knees(count=4)
    (measured,) = checks(figures.shown(figure, View.FRONT), "hands_overhead").values()
    ear, wrist = (place(figure, name, 2.0) for name in ("ear", "wrist"))
    assert measured.value == pytest.approx(100.0 * (wrist - ear)[2] / HEIGHT_M, abs=1.5)


def test_the_knee_of_a_held_push_is_read() -> None:
    figure = drawn.held_on_one_leg(knee_deg=25.0)
    found = checks(figures.shown(figure, View.LEFT), "held_knee_bend")
    assert found[Side.LEFT].value == pytest.approx(25.0, abs=2.0)


@pytest.mark.parametrize(
    "doing", sorted(drawn.MAKERS, key=lambda activity: activity.value), ids=lambda doing: doing.value
)
@pytest.mark.parametrize("view", [View.FRONT, View.LEFT, View.OBLIQUE], ids=lambda view: view.value)
def test_there_is_a_value_with_its_doubt_or_a_reason_that_names_the_view(doing: Activity, view: View) -> None:
    figure = drawn.MAKERS[doing]()
    motion = figures.motion(figure, figures.filmed(figure, View.FRONT), figures.camera(view))
    if view is View.LEFT:
        motion = figures.shown(figure, View.LEFT)
    for measured in measure_checks(motion):
        quantity = TABLE[measured.metric]
        if view in quantity.views:
            assert measured.value is not None, measured.reason
            assert measured.uncertainty is not None
            assert measured.uncertainty >= 1.96 * quantity.pose_error
            assert figure.times_s[0] <= (measured.evidence_s or -1.0) <= figure.times_s[-1]
        else:
            assert measured.value is None
            assert "film from" in measured.reason


@pytest.mark.parametrize("name", ["knee_bend_change", "hip_hinge", "head_line", "hands_from_shins", "hands_height"])
def test_a_mirror_changes_no_value(name: str) -> None:
    figure = drawn.rdl(count=2)
    here = figures.shown(figure, View.LEFT)
    there = figures.motion(figure, here.track.mirrored(), figures.camera(View.RIGHT))
    (one,), (other,) = checks(here, name).values(), checks(there, name).values()
    assert one.side is other.side.other
    assert one.value == pytest.approx(other.value, abs=1e-6)
