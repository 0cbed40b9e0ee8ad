"""Curves over the cycle: smooth at any frame rate, true in shape, with the spread between steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.metrics.measure import measure_one
from analyzer.metrics.measurement import Cycle
from analyzer.metrics.registry import Metric, all_metrics
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import Side
from tests.motion import figures

METRICS = {each.name: each for each in all_metrics()}
HOW = figures.Runner(cadence=169.3, duration_s=8.0)


def seen(fps: float, noise_m: float = 0.0) -> Motion:
    figure = figures.run(replace(HOW, fps=fps))
    return figures.motion(figure, figures.filmed(figure, View.LEFT, noise_m=noise_m), figures.camera(View.LEFT))


def cycle(motion: Motion, name: str, side: Side = Side.LEFT) -> Cycle:
    (found,) = [each for each in measure_one(METRICS[name], motion) if each.side is side]
    assert found.cycle is not None
    return found.cycle


def roughness(values: Floats) -> float:
    return float(np.abs(np.diff(values, 2)).max())


@pytest.mark.parametrize("name", ["knee_flexion_midstance", "shank_angle"])
def test_thirty_frames_a_second_give_the_curve_of_two_hundred_and_forty(name: str) -> None:
    fine, coarse = cycle(seen(240.0), name), cycle(seen(30.0), name)
    assert np.abs(fine.mean - coarse.mean).max() < 2.5
    assert roughness(coarse.mean) < 2.0 * roughness(fine.mean) + 0.5


def test_the_curve_is_that_of_the_leg() -> None:
    motion = seen(60.0)
    metric = METRICS["shank_angle"]
    assert isinstance(metric, Metric)
    curve = metric.curve(motion, Side.LEFT)
    folded = cycle(motion, "shank_angle")
    assert folded.percent == pytest.approx(np.arange(101.0))
    step = next(step for step in motion.steps if step.side is Side.LEFT)
    times = step.contact_s + folded.percent / 100.0 * HOW.stride_s / 2.0
    inside = (folded.percent > 10.0) & (folded.percent < 90.0)
    assert folded.mean[inside] == pytest.approx(np.interp(times, motion.times_s, curve)[inside], abs=1.0)


def test_what_happens_in_the_swing_is_shown_over_the_stride() -> None:
    figure = figures.run(HOW)
    (found, _) = measure_one(METRICS["leg_swing_out"], figures.shown(figure, View.FRONT))
    assert found.cycle is not None
    assert "stride" in found.cycle.label
    assert found.cycle.mark_percent is not None
    assert 100.0 * HOW.duty < found.cycle.mark_percent <= 100.001


def test_noise_shows_as_spread() -> None:
    calm, shaken = (float(np.nanmedian(cycle(seen(60.0, noise), "shank_angle").sd)) for noise in (0.0, 0.01))
    # a centimetre at both ends of a shank of 43 cm
    assert shaken - calm == pytest.approx(np.degrees(0.01 * 2**0.5 / figures.SHANK_M), rel=0.35)


def test_where_less_than_half_the_steps_were_seen_there_is_no_curve() -> None:
    motion = seen(60.0)
    hidden = np.zeros(len(motion.track), bool)
    for step in [step for step in motion.steps if step.side is Side.LEFT][2:]:
        hidden |= (motion.times_s > step.contact_s + 0.12) & (motion.times_s < step.contact_s + 0.25)
    points = motion.track.points_px.copy()
    points[hidden] = np.nan
    folded = cycle(replace(motion, track=replace(motion.track, points_px=points)), "shank_angle")
    assert np.isfinite(folded.mean[:20]).all()
    assert np.isnan(folded.mean[55])
