from __future__ import annotations

import numpy as np
import pytest

from analyzer.assessment import Assessment, Verdict
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Timeline
from analyzer.overlay.palette import rgb
from analyzer.overlay.panel import HEAD, WINDOW_S, PanelAnnotator, free_corner, most_relevant, panel_size, shown_curve
from analyzer.overlay.shapes import box_of
from tests.report import samples

SIZE_PX = (1280, 720)


def panel(assessment: Assessment, corner: tuple[float, float] = (800.0, 60.0)) -> PanelAnnotator:
    shown = shown_curve(assessment)
    assert shown is not None
    return PanelAnnotator(assessment, shown, corner, panel_size(SIZE_PX))


def test_what_has_most_to_work_on_is_shown() -> None:
    relevant = most_relevant(samples.front_run())
    assert relevant is not None
    assert (relevant.metric, relevant.side.value, relevant.verdict) == ("knee_valgus", "left", Verdict.FAIL)


def test_a_repetition_that_missed_its_target_counts_more_than_a_clip_on_target() -> None:
    relevant = most_relevant(samples.step_ups())
    assert relevant is not None
    assert relevant.side.value == "right"


def test_where_nothing_was_measured_there_is_no_curve() -> None:
    assessment = samples.front_run()
    assert shown_curve(assessment.model_copy(update={"measurements": ()}).with_motion(assessment.motion)) is None


def test_the_curve_runs_through_the_values_that_were_read() -> None:
    assessment = samples.front_run()
    shown = shown_curve(assessment)
    assert shown is not None
    off = [assessment.motion.at(shown.values, event.t_s) - event.value for event in shown.measurement.per_event]
    assert np.median(off) == pytest.approx(0.0, abs=1e-9)
    assert all(shown.low < event.value < shown.high for event in shown.measurement.per_event)
    assert shown.low < 7.0 < shown.high  # the target's edge


def drawn(annotator: PanelAnnotator, assessment: Assessment, time_s: float) -> tuple[np.ndarray, int]:
    """The plot (h, w, 3) on black, without the title above it, and in which of its columns the play head stands."""
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    annotator.annotate(picture, Timeline(assessment.motion).at(time_s))
    width, height = panel_size(SIZE_PX)
    text = Pen.of(SIZE_PX, float("nan")).small
    plot = picture[60 + 2 * text : 60 + height - text, 800 : 800 + width]
    return plot, int(np.flatnonzero((plot > 250).all(axis=(0, 2))).mean())


def test_the_play_head_stands_still_and_the_curve_runs_past_it() -> None:
    assessment = samples.front_run(n=120)
    annotator, width, text = panel(assessment), panel_size(SIZE_PX)[0], Pen.of(SIZE_PX, float("nan")).small
    shift = 60
    later_s = shift / (width - 2 * round(text / 2)) * WINDOW_S
    (before, head), (after, still) = (drawn(annotator, assessment, time_s) for time_s in (1.5, 1.5 + later_s))
    assert head == still == pytest.approx(HEAD * width, abs=0.02 * width)
    passed = np.s_[:, text + shift : head - 4]
    moved = np.roll(after, shift, axis=1)
    assert (before[passed].max(axis=(0, 2)) > 200).any()
    assert (np.abs(before[passed].astype(int) - moved[passed]).max(axis=2) > 60).mean() < 0.02
    assert (np.abs(before[passed].astype(int) - after[passed]).max(axis=2) > 60).mean() > 0.02


def test_an_event_passes_the_play_head_as_it_happens() -> None:
    assessment = samples.front_run(n=120)
    event = assessment.of("knee_valgus", "left").per_event[2]
    plot, head = drawn(panel(assessment), assessment, event.t_s)
    around = plot[:, head - 30 : head + 30].astype(int)
    sign = (np.abs(around - rgb(Verdict.FAIL)).max(axis=2) < 3).any(axis=0)
    assert np.flatnonzero(sign).mean() == pytest.approx(30, abs=2.0)


@pytest.mark.parametrize("time_s", [0.0, 0.7, 1.99, 50.0])
def test_nothing_leaves_the_panel(time_s: float) -> None:
    assessment = samples.front_run()
    layer = panel(assessment).shapes(Timeline(assessment.motion).at(time_s), SIZE_PX)
    box = box_of(layer)
    width, height = panel_size(SIZE_PX)
    assert box is not None
    assert box[0] >= 800.0 - 10
    assert box[1] >= 60.0 - 10
    assert box[2] <= 800.0 + width + 10
    assert box[3] <= 60.0 + height + 10


@pytest.mark.parametrize("place", [(200.0, 150.0), (1100.0, 150.0), (1100.0, 600.0), (200.0, 600.0)])
def test_the_panel_keeps_off_the_person(place: tuple[float, float]) -> None:
    places = np.full((30, 33, 2), place) + np.random.default_rng(0).normal(0, 30, (30, 33, 2))
    size = panel_size(SIZE_PX)
    x, y = free_corner(places, SIZE_PX, size, 50.0, 60.0)
    inside = (places >= [x, y]).all(axis=-1) & (places <= [x + size[0], y + size[1]]).all(axis=-1)
    assert inside.mean() < 0.05
    assert 50.0 < y <= 720 - 60 - size[1]
    assert 0 < x < 1280 - size[0]


@pytest.mark.parametrize("size_px", [(360, 640), (1080, 1920), (1920, 1080), (640, 360)])
def test_the_panel_fits_the_picture(size_px: tuple[int, int]) -> None:
    width, height = panel_size(size_px)
    assert 0.25 * size_px[0] < width < 0.7 * size_px[0]
    assert height < 0.3 * size_px[1]
