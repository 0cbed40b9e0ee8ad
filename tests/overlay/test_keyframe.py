from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.errors import ClipError
from analyzer.overlay.keyframe import BODY_HEIGHT_PX, body_frame, crop_box, key_frame, small_key_frame
from analyzer.overlay.palette import rgb
from analyzer.overlay.pictured import can_be_shown
from analyzer.pose.landmarks import Side
from analyzer.video.clip import Clip
from tests.report import samples


def share_of(picture: np.ndarray, verdict: Verdict) -> float:
    return float((np.abs(picture.astype(int) - rgb(verdict)).max(axis=2) <= 4).mean())


def test_the_judged_line_is_large_and_in_its_colour(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    missed = key_frame(assessment, assessment.of("knee_valgus", "left"), clip)
    passed = key_frame(assessment, assessment.of("knee_valgus", "right"), clip)
    assert missed.shape[0] == passed.shape[0] == 800
    assert missed.shape[2] == 3
    assert missed.dtype == np.uint8
    assert share_of(missed, Verdict.FAIL) > 0.002
    assert share_of(passed, Verdict.PASS) > 0.002
    assert share_of(passed, Verdict.FAIL) == 0.0


def test_every_drawn_measurement_has_a_key_frame(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    for measurement in assessment.measurements:
        if can_be_shown(measurement):
            picture = key_frame(assessment, measurement, clip)
            assert 300 <= picture.shape[1] <= 700
            assert picture.std() > 5


def test_a_small_key_frame_shows_the_same(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    measurement = assessment.of("knee_valgus", "left")
    whole, small = (make(assessment, measurement, clip) for make in (key_frame, small_key_frame))
    assert small.shape == (whole.shape[0] // 2, whole.shape[1] // 2, 3)
    assert small.mean() == pytest.approx(whole.mean(), abs=3.0)


def test_what_has_no_place_or_no_value_has_no_key_frame(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    for metric, side in (("cadence", "both"), ("foot_strike_position", "left")):
        measurement = assessment.of(metric, side)
        assert not can_be_shown(measurement)
        with pytest.raises(ValueError, match=metric):
            key_frame(assessment, measurement, clip)


def test_an_instant_at_which_nobody_is_seen_shows_the_whole_picture(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    gone = samples.lost(assessment, 0.0, 9.0)
    picture = key_frame(gone, gone.of("knee_valgus", "left"), clip)
    assert picture.shape[1] / picture.shape[0] == pytest.approx(clip.width / clip.height, abs=0.01)


def test_an_event_that_differs_from_the_clips_value_is_said(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    measurement = assessment.of("knee_valgus", Side.LEFT)

    def all_reading(value: float | None) -> MeasurementInfo:
        events = tuple(event.model_copy(update={"value": value}) for event in measurement.per_event)
        return measurement.model_copy(update={"per_event": events})

    plain, told = (key_frame(assessment, all_reading(value), clip) for value in (measurement.value, 20.0))
    ground, tagged = (np.abs(picture[-50:, :250].astype(int) - samples.GROUND) for picture in (plain, told))
    assert ground.max() < 12
    assert tagged.max() > 100


def test_a_clip_that_is_gone_is_said(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    missing = replace(clip, path=clip.path.with_name("gone.mp4"))
    with pytest.raises(ClipError):
        key_frame(assessment, assessment.of("knee_valgus", "left"), missing)


@given(
    st.lists(st.tuples(st.floats(-300, 2000), st.floats(-300, 1500)), min_size=2, max_size=8),
    st.integers(64, 1920),
    st.integers(64, 1080),
)
def test_the_cut_lies_within_the_picture(places: list[tuple[float, float]], width: int, height: int) -> None:
    left, top, wide, high = crop_box(np.array(places), width, height)
    assert left >= 0
    assert top >= 0
    assert wide >= 1
    assert high >= 1
    assert left + wide <= width
    assert top + high <= height


@given(st.lists(st.tuples(st.floats(700, 1100), st.floats(300, 700)), min_size=2, max_size=8))
def test_the_cut_holds_what_matters(places: list[tuple[float, float]]) -> None:
    points = np.array(places)
    left, top, wide, high = crop_box(points, 1920, 1080)
    assert (points >= [left - 1, top - 1]).all()
    assert (points <= [left + wide + 1, top + high + 1]).all()


def test_a_body_frame_holds_the_whole_body(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = front
    picture = body_frame(assessment, 0.5, clip)
    assert picture.shape[0] <= BODY_HEIGHT_PX
    assert 0.5 < picture.shape[1] / picture.shape[0] < 1.0
    assert picture.std() > 5
