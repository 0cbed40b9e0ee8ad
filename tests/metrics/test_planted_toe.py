"""A foot that carries rests, whatever the pose model makes of it, on figures whose joints are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.metrics.front_bend import bend_from_front_deg
from analyzer.metrics.knee_over_toe import knee_over_toe
from analyzer.metrics.planted_toe import planted_toe_x_px
from analyzer.motion.types import Activity, Motion, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures

TURNED_PX_PER_DEG = 0.5


def toes_turned_in(motion: Motion) -> Motion:
    """The same with toes drawn further inwards the more the knee is bent beyond 30 degrees."""
    points = motion.track.points_px.copy()
    for side in SIDES:
        bent = np.clip(np.nan_to_num(bend_from_front_deg(motion, side)) - 30.0, 0.0, None)
        points[:, point(side, "toe"), 0] += motion.medial(side) * TURNED_PX_PER_DEG * bent
    return replace(motion, track=replace(motion.track, points_px=points))


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_toes_that_are_drawn_inwards_with_a_bent_knee_change_nothing(view: View) -> None:
    figure = figures.step_up()
    motion = figures.shown(figure, view)
    turned = toes_turned_in(motion)
    for rep in figure.reps:
        alone = (motion.times_s >= rep.loaded[0][0]) & (motion.times_s <= rep.loaded[0][1])
        drawn, plain = (each.joint(rep.side, "toe")[alone, 0] for each in (turned, motion))
        assert np.abs(drawn - plain).max() > 5.0
        seen, true = (knee_over_toe(each, rep.side)[alone] for each in (turned, motion))
        assert seen == pytest.approx(true, abs=0.05)


@pytest.mark.parametrize("side", SIDES)
def test_toes_stay_as_drawn_while_the_leg_does_not_carry_alone(side: Side) -> None:
    figure = figures.step_up()
    turned = toes_turned_in(figures.shown(figure, View.FRONT))
    other = np.ones(len(turned.track), bool)
    for rep in (rep for rep in figure.reps if rep.side is side):
        other &= (turned.times_s < rep.loaded[0][0]) | (turned.times_s > rep.loaded[0][1])
    assert planted_toe_x_px(turned, side)[other] == pytest.approx(turned.joint(side, "toe")[other, 0])


def test_a_foot_that_steps_is_followed() -> None:
    turned = toes_turned_in(figures.shown(figures.step_up(), View.FRONT))
    lunging = replace(turned, activity=Activity.LUNGE)
    assert planted_toe_x_px(lunging, Side.LEFT) == pytest.approx(turned.joint(Side.LEFT, "toe")[:, 0])


def test_toes_that_were_not_seen_stay_unseen() -> None:
    motion = figures.shown(figures.step_up(), View.FRONT)
    points = motion.track.points_px.copy()
    hidden = np.arange(len(points)) % 3 == 0
    points[hidden, point(Side.LEFT, "toe")] = np.nan
    seen = planted_toe_x_px(replace(motion, track=replace(motion.track, points_px=points)), Side.LEFT)
    assert np.isnan(seen[hidden]).all()
    assert np.isfinite(seen[~hidden]).all()
