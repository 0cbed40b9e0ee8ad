from __future__ import annotations

import pytest

from analyzer.assessment import Assessment, EventInfo, MeasurementInfo, RepInfo, Verdict
from analyzer.overlay.standing import missed_reps, of_clip, of_event
from analyzer.pose.landmarks import Side
from tests.report import samples


def event(index: int, value: float) -> EventInfo:
    return EventInfo(index=index, t_s=0.5, value=value)


def judged(verdict: Verdict, side: Side = Side.RIGHT) -> MeasurementInfo:
    return samples.step_ups().of("knee_valgus", side).model_copy(update={"verdict": verdict})


def with_reps(*reps: RepInfo) -> Assessment:
    return samples.step_ups().model_copy(update={"reps": reps})


def rep(index: int, verdict: Verdict, *reasons: str, side: Side = Side.RIGHT) -> RepInfo:
    return RepInfo(index=index, side=side, start_s=0.0, top_s=1.0, end_s=2.0, verdict=verdict, reasons=reasons)


KNEE, HIP = "knee moving inwards", "hip drop"


@pytest.mark.parametrize("clips", [Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL, Verdict.INFO])
def test_what_made_a_repetition_miss_stands_as_missed(clips: Verdict) -> None:
    assessment = with_reps(rep(0, Verdict.FAIL, KNEE, HIP), rep(1, Verdict.PASS), rep(2, Verdict.FAIL, HIP))
    assert of_clip(assessment, judged(clips)) is Verdict.FAIL
    assert missed_reps(assessment, judged(clips)) == 1


@pytest.mark.parametrize("clips", [Verdict.PASS, Verdict.BORDERLINE, Verdict.INFO])
def test_others_keep_the_clips_verdict(clips: Verdict) -> None:
    assessment = with_reps(
        rep(0, Verdict.FAIL, HIP), rep(1, Verdict.FAIL, KNEE, side=Side.LEFT), rep(2, Verdict.BORDERLINE, KNEE)
    )
    assert of_clip(assessment, judged(clips)) is clips


def test_a_repetition_says_itself_what_it_was() -> None:
    assessment = with_reps(rep(0, Verdict.FAIL, KNEE), rep(1, Verdict.BORDERLINE, KNEE), rep(2, Verdict.PASS))
    found = [of_event(assessment, judged(Verdict.INFO), event(index, 12.0)) for index in (0, 1, 2)]
    assert found == [Verdict.FAIL, Verdict.BORDERLINE, Verdict.INFO]


def test_what_a_repetition_does_not_blame_is_not_shown_as_missed() -> None:
    assessment = with_reps(rep(0, Verdict.FAIL, HIP), rep(1, Verdict.BORDERLINE, HIP), rep(2, Verdict.PASS))
    found = [of_event(assessment, judged(Verdict.FAIL), event(index, 30.0)) for index in (0, 1, 2)]
    assert found == [Verdict.BORDERLINE, Verdict.PASS, Verdict.PASS]


@pytest.mark.parametrize(
    ("clips", "value", "shown"),
    [
        (Verdict.PASS, 30.0, Verdict.PASS),
        (Verdict.BORDERLINE, 30.0, Verdict.BORDERLINE),
        (Verdict.FAIL, 30.0, Verdict.FAIL),
        (Verdict.FAIL, 9.0, Verdict.BORDERLINE),
        (Verdict.FAIL, 3.0, Verdict.PASS),
        (Verdict.INFO, 3.0, Verdict.INFO),
    ],
)
def test_a_step_is_never_shown_as_worse_than_the_clip(clips: Verdict, value: float, shown: Verdict) -> None:
    run = samples.front_run()
    knee = run.of("knee_valgus", Side.LEFT).model_copy(update={"verdict": clips})
    assert of_event(run, knee, event(0, value)) is shown


def test_without_limits_there_is_no_verdict() -> None:
    run = samples.side_run()
    assert of_event(run, run.of("foot_strike_angle", "left"), event(0, 40.0)) is Verdict.INFO
