"""A named exercise, from track to assessment."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.assessment import Assessment, TestVerdict
from analyzer.basis import Basis
from analyzer.cli import app
from analyzer.exercises.perform import performed
from analyzer.motion.types import Activity, View
from analyzer.options import Options
from analyzer.pose.landmarks import Side
from analyzer.pose.models import ModelFile
from analyzer.pose.subject import UNSEEN
from analyzer.report.render import render_report
from analyzer.scoring import score
from analyzer.video.clip import Clip
from tests.motion import exercisers as drawn
from tests.motion import figures

NOISE_M = 0.003


def scored(figure: figures.Figure, view: View, **said: object) -> Assessment:
    track = figures.filmed(figure, view, noise_m=NOISE_M).rounded()
    clip = Clip(
        Path("/nowhere/clip.mp4"), "ab" * 32, *track.size_px, track.times_s, track.rate_hz, track.rate_hz, 0, "h264",
        has_audio=False,
    )  # fmt: skip
    options = Options(height_cm=175.0, **said)  # type: ignore[arg-type]
    return score(Basis(clip, ModelFile(Path("x.task"), "full", "0" * 64), track, UNSEEN, None, options))


def test_a_named_deadlift_is_counted_checked_and_reported() -> None:
    assessment = scored(drawn.rdl(knee_deg=45.0), View.LEFT, activity=Activity.RDL)
    assert assessment.activity is Activity.RDL
    assert len(assessment.reps) == 3
    exercise = assessment.exercise
    assert exercise is not None
    assert (exercise.counts, exercise.verdict) == ({Side.BOTH: 3}, TestVerdict.NOT_YET)
    assert assessment.of("knee_bend_change", Side.LEFT).verdict.value == "fail"
    assert {metric for metric, _ in exercise.checks} >= {"knee_bend_change", "hip_hinge", "rep_tempo"}
    again = Assessment.model_validate_json(assessment.to_json())
    assert again.exercise == exercise
    page = render_report(assessment, {})
    assert "Romanian deadlift: form" in page
    assert "No phone sees whether the back rounds" in page


def test_what_was_named_and_declared_is_kept() -> None:
    assessment = scored(figures.balance(), View.FRONT, activity=Activity.BALANCE, eyes="closed")
    assert (assessment.subject.activity, assessment.subject.eyes) == (Activity.BALANCE, "closed")
    assert assessment.exercise is not None
    assert assessment.exercise.eyes == "closed"
    assert assessment.basis is not None


def test_runners_keep_what_they_had() -> None:
    motion = figures.shown(figures.run(), View.FRONT)
    assert performed(motion) is motion
    steps = figures.shown(figures.step_up(), View.FRONT)
    assert performed(steps) is steps


@pytest.mark.parametrize("words", [["--eyes", "shut"], ["--activity", "plank"]], ids=lambda words: words[0])
def test_a_word_that_is_not_known_is_refused_with_those_that_are(words: list[str]) -> None:
    outcome = CliRunner().invoke(app, ["analyze", "clip.mp4", *words])
    assert outcome.exit_code == 2
    assert "is not known" in outcome.output
