"""Where the phone stood."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from analyzer.motion.camera import (
    FRONTAL_WITHIN_DEG,
    MODEL_YAW_DEG,
    feet_turn_deg,
    see_camera,
    trunk_azimuth_deg,
)
from analyzer.motion.types import View
from tests.depth import examples
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
FIGURES = {"run": figures.run(), "step_up": figures.step_up(), "squat": figures.squat()}
MODEL_ERROR_DEG = max(abs(yaw) for yaw in MODEL_YAW_DEG.values())
"""The pose model turns trunks by as much; figures are not turned, so they are read askew by it."""


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", FIGURES)
@examples(5, phases=[Phase.generate])
@given(yaw=st.floats(-6, 6))
def test_view_and_yaw_of_the_figure(name: str, view: View, yaw: float) -> None:
    seen = see_camera(figures.filmed(FIGURES[name], view, yaw_deg=yaw, noise_m=0.004))
    assert seen.view is view
    assert seen.yaw_deg == pytest.approx(yaw, abs=MODEL_ERROR_DEG + 3.0)
    assert seen.facing == {View.LEFT: -1, View.RIGHT: 1}.get(view, 0)
    assert 0.0 <= seen.confidence <= 1.0


@examples(20, phases=[Phase.generate])
@given(azimuth=st.floats(-180, 180), share=st.floats(0.3, 0.8))
def test_azimuth_grows_from_the_front_over_the_left_to_the_back(azimuth: float, share: float) -> None:
    track = figures.filmed(FIGURES["squat"], View.FRONT, yaw_deg=azimuth, share=share)
    found, spread = trunk_azimuth_deg(track)
    assert abs((found - azimuth + 180) % 360 - 180) < 6.0
    assert spread < 3.0


@pytest.mark.parametrize("azimuth", [45.0, 135.0, -45.0, -135.0])
def test_halfway_between_views_is_oblique(azimuth: float) -> None:
    seen = see_camera(figures.filmed(FIGURES["squat"], View.FRONT, yaw_deg=azimuth))
    assert seen.view is View.OBLIQUE
    assert seen.facing == 0


def test_a_view_that_the_user_states_is_believed() -> None:
    seen = see_camera(figures.filmed(FIGURES["run"], View.FRONT, yaw_deg=FRONTAL_WITHIN_DEG + 12), View.FRONT)
    assert (seen.view, seen.confidence) == (View.FRONT, 1.0)
    assert seen.yaw_deg > FRONTAL_WITHIN_DEG


@pytest.mark.parametrize("view", VIEWS)
def test_mirroring_exchanges_the_sides_and_keeps_front_and_back(view: View) -> None:
    track = figures.filmed(FIGURES["run"], view, noise_m=0.004)
    other = {View.LEFT: View.RIGHT, View.RIGHT: View.LEFT}.get(view, view)
    assert see_camera(track.mirrored()).view is other


@pytest.mark.parametrize("yaw", [-10.0, 0.0, 10.0])
def test_feet_tell_a_turn(yaw: float) -> None:
    track = figures.filmed(FIGURES["squat"], View.FRONT, yaw_deg=yaw)
    # the turn of the person is against that of the camera
    assert feet_turn_deg(track) == pytest.approx(yaw, abs=3.0)
