"""A runner's pelvis by the edges of their clothes: sign, what hangs askew, and when there are none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics.registry import Metric, all_metrics
from analyzer.motion.pelvis import by_clothes, drop_deg
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import SIDES, Side
from tests.motion import figures

RUN = figures.run()
DROP_DEG = 6.0


def clothed(view: View, askew_deg: float = 0.0) -> Motion:
    """The free hip sinks by `DROP_DEG` in mid-stance, in clothes that hang askew."""
    motion = figures.shown(RUN, view)
    tilt = np.full(len(motion.track), askew_deg)
    for step in motion.steps:
        # from the front the person's left, free while the right leg stands, is at the picture's right
        lower_at_the_right = (step.side is Side.RIGHT) == (view is View.FRONT)
        near = np.exp(-(((motion.times_s - step.mid_stance_s) / 0.08) ** 2))
        tilt += (1.0 if lower_at_the_right else -1.0) * DROP_DEG * near
    return replace(motion, track=replace(motion.track, waist_deg=tilt))


def at_mid_stance(motion: Motion, curve: Floats, side: Side) -> float:
    return float(np.median([motion.at(curve, step.mid_stance_s) for step in motion.steps if step.side is side]))


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
@pytest.mark.parametrize("askew_deg", [-4.0, 0.0, 7.0])
def test_the_free_hip_sinks_however_the_clothes_hang(view: View, askew_deg: float) -> None:
    motion = clothed(view, askew_deg)
    assert by_clothes(motion)
    for side in SIDES:
        assert at_mid_stance(motion, drop_deg(motion, side), side) == pytest.approx(DROP_DEG, abs=0.3)


def test_without_pictures_the_line_between_the_hips_is_all_there_is() -> None:
    motion = figures.shown(RUN, View.FRONT)
    assert not by_clothes(motion)
    assert np.isfinite(drop_deg(motion, Side.LEFT)).all()


def test_clothes_that_were_hardly_seen_are_not_believed() -> None:
    motion = clothed(View.FRONT)
    unseen = np.full(len(motion.track), np.nan)
    assert not by_clothes(replace(motion, track=replace(motion.track, waist_deg=unseen)))
    reps = figures.shown(figures.step_up(), View.FRONT)
    assert not by_clothes(replace(reps, track=replace(reps.track, waist_deg=np.zeros(len(reps.track)))))


def test_by_clothes_it_is_surer() -> None:
    (metric,) = [each for each in all_metrics() if each.name == "pelvic_drop"]
    assert isinstance(metric, Metric)
    plain, seen = figures.shown(RUN, View.FRONT), clothed(View.FRONT)
    assert metric.errors(seen).pose_error < metric.errors(plain).pose_error
