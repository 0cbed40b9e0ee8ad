"""What is read where the carrying knee is bent by the same amount, on figures whose joints are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics.at_bend import BEND_DEG, at_bend
from analyzer.metrics.front_bend import bend_from_front_deg
from analyzer.metrics.measure import measure_one
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

METRICS = {each.name: each for each in all_metrics()}


def true_bend_deg(figure: figures.Figure, side: Side) -> Floats:
    hip, knee, ankle = (figure.joint(side, name) for name in ("hip", "knee", "ankle"))
    up, down = hip - knee, ankle - knee
    cosine = (up * down).sum(axis=1) / np.linalg.norm(up, axis=1) / np.linalg.norm(down, axis=1)
    return np.asarray(180.0 - np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_the_knee_has_that_bend_when_it_is_said_to(view: View) -> None:
    figure = figures.step_up()
    motion = figures.shown(figure, view)
    for rep in figure.reps:
        found = at_bend(motion, rep, np.zeros(len(motion.track)))
        assert found is not None
        assert rep.loaded[0][0] <= found[0] <= rep.loaded[0][1]
        assert figure.at(true_bend_deg(figure, rep.side), found[0]) == pytest.approx(BEND_DEG, abs=10.0)


def test_it_is_the_mean_of_the_way_up_and_the_way_down() -> None:
    figure = figures.step_up()
    motion, rep = figures.shown(figure, View.FRONT), figure.reps[0]
    up = (motion.times_s < rep.top_s).astype(float)
    assert at_bend(motion, rep, 10.0 * up) == (pytest.approx(at_bend(motion, rep, up)[0]), pytest.approx(5.0))  # type: ignore[index]


def test_a_leg_that_stays_straight_has_no_value() -> None:
    figure = figures.step_up()
    joints = figure.joints.copy()
    for side in SIDES:
        for name, above_m in (("knee", figures.SHANK_M), ("hip", figures.SHANK_M + figures.THIGH_M)):
            joints[:, point(side, name)] = figure.joint(side, "ankle") + np.array([0.0, 0.0, above_m])
    motion = figures.shown(replace(figure, joints=joints), View.FRONT)
    for rep in figure.reps:
        alone = (motion.times_s >= rep.loaded[0][0]) & (motion.times_s <= rep.loaded[0][1])
        assert np.nanmax(bend_from_front_deg(motion, rep.side)[alone]) < BEND_DEG
    (left, _) = measure_one(METRICS["knee_valgus_at_bend"], motion)
    assert left.value is None
    assert left.reason


@pytest.mark.parametrize("name", ["knee_over_toe_at_bend", "knee_valgus_at_bend"])
def test_a_knee_that_falls_inwards_reads_more_than_one_that_does_not(name: str) -> None:
    values = []
    for swivel in (0.0, 12.0):
        how = figures.Stepper(swivel_deg=dict.fromkeys(SIDES, swivel))
        values.append(
            [each.value for each in measure_one(METRICS[name], figures.shown(figures.step_up(how), View.FRONT))]
        )
    straight, inward = np.array(values, dtype=float)
    assert (inward > straight + 2.0).all()
