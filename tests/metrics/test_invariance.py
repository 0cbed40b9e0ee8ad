"""What a clip happens to be like changes no metric: its mirror image, distance, place, frame rate and picture size."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analyzer.metrics.measure import measure_one
from analyzer.metrics.registry import ANY_VIEW, AnyMetric, WholeMetric, all_metrics
from analyzer.motion.types import FRONTAL, Camera, Motion, View
from analyzer.pose.landmarks import Side
from tests.motion import figures

UNEVEN = {Side.LEFT: 14.0, Side.RIGHT: 2.0}
HOW = figures.Runner(drop_deg={Side.LEFT: 6.0, Side.RIGHT: 2.0}, swivel_deg=UNEVEN, lean_left_deg=2.0)
RUN, STEP_UP = figures.run(HOW), figures.step_up(figures.Stepper(swivel_deg=UNEVEN))
MIRRORED = {View.LEFT: View.RIGHT, View.RIGHT: View.LEFT}
CLOSE = {
    "deg": 0.5, "cm": 0.5, "count": 0.0, "steps/min": 0.1, "ms": 1e-6, "fraction": 1e-9, "%": 1e-6, "kN/m": 1e-6,
    "steps/km": 0.5,
}  # fmt: skip
"""Of angles and lengths read between frames; times come from the figure's own events."""

Key = tuple[str, Side]


def shown_from(metric: AnyMetric) -> list[View]:
    """Views to try a metric from: all that show it, or two where every view does."""
    if isinstance(metric, WholeMetric) or metric.views == ANY_VIEW:
        return [View.FRONT, View.LEFT]
    return sorted(metric.views)


CASES = [
    (each.name, figure, view)
    for each in all_metrics()
    for figure in (RUN, STEP_UP)
    if figure.activity in each.activities
    for view in shown_from(each)
]


def ids(value: object) -> str:
    return str(getattr(getattr(value, "activity", value), "value", value))


every_metric = pytest.mark.parametrize(("name", "figure", "view"), CASES, ids=ids)


def values(motion: Motion, name: str) -> dict[Side, float]:
    (metric,) = [each for each in all_metrics() if each.name == name]
    found = {each.side: each.value for each in measure_one(metric, motion)}
    assert None not in found.values()
    return found  # type: ignore[return-value]


@lru_cache(maxsize=64)
def shown(running: bool, view: View, how: tuple[tuple[str, object], ...] = ()) -> Motion:
    return figures.shown(RUN if running else STEP_UP, view, **dict(how))


@lru_cache(maxsize=32)
def shown_at_rate(running: bool, fps: float, view: View) -> Motion:
    stepper = figures.Stepper(swivel_deg=UNEVEN, fps=fps)
    return figures.shown(figures.run(replace(HOW, fps=fps)) if running else figures.step_up(stepper), view)


@lru_cache(maxsize=256)
def usual(name: str, running: bool, view: View) -> dict[Side, float]:
    """The values of the figure as it is."""
    return values(shown(running, view), name)


def agree(here: dict[Side, float], there: dict[Side, float], within: float) -> None:
    assert here.keys() == there.keys()
    assert len(here) > 0
    for side, value in here.items():
        assert there[side] == pytest.approx(value, abs=within)


def unit(name: str) -> str:
    return next(each for each in all_metrics() if each.name == name).unit


def test_every_metric_is_tried() -> None:
    assert {name for name, _, _ in CASES} == {each.name for each in all_metrics()}


@every_metric
def test_a_mirror_exchanges_left_and_right_and_keeps_signs(name: str, figure: figures.Figure, view: View) -> None:
    here = shown(figure is RUN, view, (("yaw_deg", 4.0),))
    seen = MIRRORED.get(view, view)
    camera = replace(here.camera, view=seen, yaw_deg=-here.camera.yaw_deg, facing=-here.camera.facing)
    other = replace(
        figures.motion(figure, here.track.mirrored(), camera),
        steps=tuple(replace(step, side=step.side.other) for step in here.steps),
        reps=tuple(replace(rep, side=rep.side.other) for rep in here.reps),
    )
    there = {side.other: value for side, value in values(other, name).items()}
    agree(values(here, name), there, 1e-6)


@every_metric
@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(factor=st.floats(0.3, 3.0))
def test_resolution_changes_nothing(name: str, figure: figures.Figure, view: View, factor: float) -> None:
    here = shown(figure is RUN, view)
    width, height = here.track.size_px
    size = (round(width * factor), round(height * factor))
    track = replace(here.track, points_px=here.track.points_px * (size[0] / width), size_px=size)
    agree(usual(name, figure is RUN, view), values(figures.motion(figure, track, here.camera), name), 0.1)


@every_metric
@pytest.mark.parametrize("share", [0.35, 0.8])
def test_distance_changes_little(name: str, figure: figures.Figure, view: View, share: float) -> None:
    # nearer, the perspective is stronger: what is left of it must stay below a degree or so
    within = {"deg": 1.5, "cm": 1.0}.get(unit(name), CLOSE[unit(name)])
    agree(usual(name, figure is RUN, view), values(shown(figure is RUN, view, (("share", share),)), name), within)


@every_metric
@pytest.mark.parametrize("aside_m", [-0.4, 0.4])
def test_place_in_the_picture_changes_little(name: str, figure: figures.Figure, view: View, aside_m: float) -> None:
    across = [0.0, aside_m, 0.0] if view in FRONTAL else [aside_m, 0.0, 0.0]
    moved = replace(figure, joints=figure.joints + np.array(across))
    # seen by 7 degrees from aside, which is taken off bent knees
    within = {"deg": 2.5, "cm": 2.5}.get(unit(name), CLOSE[unit(name)])
    agree(usual(name, figure is RUN, view), values(figures.shown(moved, view), name), within)


@every_metric
@pytest.mark.parametrize("fps", [30.0, 120.0])
def test_frame_rate_changes_little(name: str, figure: figures.Figure, view: View, fps: float) -> None:
    # around contact a leg turns by some 5 degrees from frame to frame, and values are read between two of them
    contact = name in ("foot_strike_angle", "knee_flexion_contact", "shank_angle", "rearfoot_angle")
    within = 3.0 if contact else max(CLOSE[unit(name)], 1.0 if unit(name) in ("deg", "cm") else 0.0)
    agree(usual(name, figure is RUN, view), values(shown_at_rate(figure is RUN, fps, view), name), within)


@every_metric
@pytest.mark.parametrize("size_px", [(720, 1280), (3840, 2160)])
def test_picture_size_changes_little(name: str, figure: figures.Figure, view: View, size_px: tuple[int, int]) -> None:
    within = {"deg": 1.0, "cm": 0.7}.get(unit(name), CLOSE[unit(name)])
    agree(
        usual(name, figure is RUN, view),
        values(shown(figure is RUN, view, (("size_px", size_px),)), name),
        within,
    )


def test_the_metrics_need_the_camera_to_tell_which_way_is_in() -> None:
    track = figures.filmed(RUN, View.FRONT)
    front, back = (
        values(figures.motion(RUN, track, Camera(view, 0.0, 2.0, 0.0, 0, 1.0)), "trunk_lean_lateral")
        for view in sorted(FRONTAL, reverse=True)
    )
    agree(front, {side: -value for side, value in back.items()}, 1e-6)
