"""The foot's angle at landing, of a figure whose ankles are drawn as stiff as the pose model draws them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics.foot_strike_angle import DRAWN, OWN, SQUARE_DEG, foot_strike_angle
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import SIDES, Side, point
from tests.motion import figures


def tilt_deg(line: Floats, facing: int) -> Floats:
    return np.asarray(np.degrees(np.arctan2(-line[:, 1], facing * line[:, 0])))


def stiffly_drawn(motion: Motion, shoe_deg: float = 0.0) -> Motion:
    """Heel and toe turned about the ankle, until its bend is the share that the model draws, in such shoes."""
    points = motion.track.points_px.copy()
    facing = motion.camera.facing
    for side in SIDES:
        ankle = motion.joint(side, "ankle")
        sole = tilt_deg(motion.joint(side, "toe") - motion.joint(side, "heel"), facing)
        bend = sole - (tilt_deg(motion.joint(side, "knee") - ankle, facing) - 90.0)
        turn = -facing * np.radians(SQUARE_DEG + DRAWN * bend + shoe_deg - bend)
        for part in ("heel", "toe"):
            x, y = (motion.joint(side, part) - ankle).T
            turned = np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], axis=1)
            points[:, point(side, part)] = ankle + turned
    return replace(motion, track=replace(motion.track, points_px=points))


def landed_deg(motion: Motion, side: Side) -> float:
    curve = foot_strike_angle(motion, side)
    return float(np.median([motion.at(curve, step.contact_s) for step in motion.steps if step.side is side]))


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
@pytest.mark.parametrize("strike_deg", [-8.0, 0.0, 15.0])
def test_an_ankle_drawn_too_stiff_is_bent_again(view: View, strike_deg: float) -> None:
    motion = stiffly_drawn(figures.shown(figures.run(figures.Runner(strike_deg=strike_deg)), view))
    for side in SIDES:
        assert landed_deg(motion, side) == pytest.approx(strike_deg, abs=1.5)


def test_of_a_shoe_that_tips_the_sole_a_part_is_taken_off() -> None:
    motion = figures.shown(figures.run(figures.Runner(strike_deg=10.0)), View.LEFT)
    level, tipped = (landed_deg(stiffly_drawn(motion, shoe), Side.LEFT) for shoe in (0.0, 6.0))
    assert tipped - level == pytest.approx((1.0 - OWN) * 6.0 / DRAWN, abs=0.2)


def test_a_runner_whose_flat_foot_was_never_seen_has_no_angle() -> None:
    motion = figures.shown(figures.run(), View.LEFT)
    assert np.isnan(foot_strike_angle(replace(motion, steps=()), Side.LEFT)).all()
