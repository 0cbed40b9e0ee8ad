from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Assessment, Verdict
from analyzer.overlay.hud import BannerAnnotator, FooterAnnotator, wrap
from analyzer.overlay.moment import Timeline
from analyzer.overlay.palette import rgb
from analyzer.overlay.stamps import text_width
from tests.report import samples


def footer(assessment: Assessment, time_s: float, width: int = 1280) -> np.ndarray:
    picture = np.full((720, width, 3), samples.GROUND, np.uint8)
    FooterAnnotator(assessment).annotate(picture, Timeline(assessment.motion).at(time_s))
    return picture


def count(picture: np.ndarray, verdict: Verdict) -> int:
    return int((np.abs(picture.astype(int) - rgb(verdict)).max(axis=2) <= 3).sum())


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=30), st.integers(150, 900))
def test_a_headline_is_wrapped_without_losing_words(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, 20, width, 2)
    assert len(lines) <= 2
    assert all(text_width(line, 20, bold=True) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert " ".join(lines) == text


def test_the_banner_covers_the_top_only() -> None:
    assessment = samples.front_run()
    picture = np.full((640, 360, 3), samples.GROUND, np.uint8)
    BannerAnnotator(assessment).annotate(picture, Timeline(assessment.motion).at(0.2))
    assert (picture[0] < samples.GROUND).all()
    assert (picture[120:] == samples.GROUND).all()
    assert count(picture, Verdict.FAIL) > 30


def test_a_long_headline_stays_in_the_picture() -> None:
    assessment = samples.front_run().model_copy(update={"headline": "never ending " * 60})
    picture = np.full((640, 360, 3), samples.GROUND, np.uint8)
    BannerAnnotator(assessment).annotate(picture, Timeline(samples.front_run().motion).at(0.2))
    assert (picture[120:] == samples.GROUND).all()


def test_each_finished_repetition_leaves_a_sign() -> None:
    assessment = samples.step_ups()
    passes, misses = (
        [count(footer(assessment, time_s), verdict) for time_s in (0.05, 0.95, 1.95, 2.95, 3.95)]
        for verdict in (Verdict.PASS, Verdict.FAIL)
    )
    assert passes[0] < passes[1] == passes[2] < passes[3] == passes[4]
    assert misses[0] == misses[1] < misses[2] == misses[3] < misses[4]


def test_steps_and_time_are_counted() -> None:
    assessment = samples.front_run()
    steps = assessment.motion.steps
    before, after = (footer(assessment, steps[3].contact_s + offset) for offset in (-0.01, 0.01))
    assert (before[:, :300] != after[:, :300]).any()
    early, late = footer(assessment, steps[3].contact_s + 0.01), footer(assessment, steps[3].contact_s + 0.21)
    assert (early[:, 1100:] != late[:, 1100:]).any()


def test_the_bar_keeps_its_height_through_the_clip() -> None:
    assessment = samples.step_ups()
    for width in (360, 720, 1280):
        tops = {
            int(np.argmax((footer(assessment, time_s, width) != samples.GROUND).any(axis=(1, 2))))
            for time_s in (0.05, 1.5, 3.95)
        }
        assert len(tops) == 1


def test_slow_motion_is_said() -> None:
    plain, slow = samples.front_run(), samples.front_run(slow_motion_factor=8.0)
    assert (footer(plain, 0.5)[:, 640:] != footer(slow, 0.5)[:, 640:]).any()
