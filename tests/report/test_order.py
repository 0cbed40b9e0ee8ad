from __future__ import annotations

import pytest

from analyzer.assessment import Assessment, Limits, MeasurementInfo, Verdict
from analyzer.metrics.registry import Metric, all_metrics
from analyzer.pose.landmarks import Side
from analyzer.report.order import CHAIN, by_weight, excess, of_part, priorities
from tests.report import samples


def judged(metric: str, value: float | None, verdict: Verdict, limits: Limits | None = None) -> MeasurementInfo:
    return MeasurementInfo(
        metric=metric, title=metric, side=Side.LEFT, value=value, unit="deg", uncertainty=2.0, n=3, per_event=(),
        evidence_s=None, verdict=verdict, reason="" if value is not None else "why", sentence="", limits=limits,
    )  # fmt: skip


RUN = samples.front_run()


def with_only(*measurements: MeasurementInfo) -> Assessment:
    return RUN.model_copy(update={"measurements": measurements})


HIGH = Limits(pass_high=7.0, fail_high=11.0, source="x")
RANGE = Limits(pass_low=4.0, pass_high=12.0, fail_low=1.0, fail_high=16.0, source="x")


@pytest.mark.parametrize(
    ("value", "limits", "widths"),
    [
        (6.0, HIGH, 0.0),
        (9.0, HIGH, 0.5),
        (15.0, HIGH, 2.0),
        (8.0, RANGE, 0.0),
        (2.5, RANGE, 0.5),
        (14.0, RANGE, 0.5),
        (9.0, Limits(pass_high=7.0, source="x"), 1.0),
        (9.0, None, 0.0),
        (None, HIGH, 0.0),
    ],
)
def test_excess_counts_widths_of_the_borderline_zone(value: float | None, limits: Limits | None, widths: float) -> None:
    assert excess(judged("knee_valgus", value, Verdict.PASS, limits)) == pytest.approx(widths)


def test_the_heaviest_comes_first() -> None:
    some = [
        judged("a", 5.0, Verdict.PASS, HIGH),
        judged("b", 9.0, Verdict.BORDERLINE, HIGH),
        judged("c", 12.0, Verdict.FAIL, HIGH),
        judged("d", 20.0, Verdict.FAIL, HIGH),
        judged("e", 1.0, Verdict.INFO),
    ]
    assert [m.metric for m in by_weight(RUN, some)] == ["d", "c", "b", "a", "e"]


def test_at_most_two_priorities_and_never_one_metric_twice() -> None:
    four = [judged(name, value, Verdict.FAIL, HIGH) for name, value in (("a", 30), ("a", 20), ("b", 15), ("c", 12))]
    assert [(m.metric, m.value) for m in priorities(with_only(*four))] == [("a", 30.0), ("b", 15.0)]


def test_borderline_is_a_priority_only_where_nothing_is_missed() -> None:
    border = [judged("a", 9.0, Verdict.BORDERLINE, HIGH), judged("b", 10.0, Verdict.BORDERLINE, HIGH)]
    assert [m.metric for m in priorities(with_only(*border))] == ["b"]
    assert [m.metric for m in priorities(with_only(*border, judged("c", 12.0, Verdict.FAIL, HIGH)))] == ["c"]
    assert priorities(with_only(judged("a", 5.0, Verdict.PASS, HIGH))) == []


def test_among_the_missed_the_criteria_say_what_weighs_most() -> None:
    knee, lean = (judged(name, 12.0, Verdict.FAIL, HIGH) for name in ("knee_over_toe", "trunk_lean_lateral"))
    far_lean = lean.model_copy(update={"value": 40.0})
    assert by_weight(RUN, [far_lean, knee, lean]) == [knee, far_lean, lean]


def test_every_curve_metric_has_its_place_on_the_body() -> None:
    for metric in all_metrics():
        if isinstance(metric, Metric):
            here = [part for part in CHAIN if of_part(judged(metric.name, 1.0, Verdict.INFO), part)]
            assert len(here) == 1


def test_an_unknown_metric_has_no_place_and_does_no_harm() -> None:
    unknown = judged("from_the_future", 1.0, Verdict.INFO)
    assert not any(of_part(unknown, part) for part in CHAIN)
    assert by_weight(RUN, [unknown]) == [unknown]


def test_what_made_a_repetition_miss_is_a_priority_even_if_the_clip_cannot_tell() -> None:
    assessment = samples.step_ups()
    knees = tuple(
        m.model_copy(update={"verdict": Verdict.INFO, "reason": "Too wide."}) if m.verdict is Verdict.FAIL else m
        for m in assessment.measurements
    )
    first = priorities(assessment.model_copy(update={"measurements": knees}))
    assert [(m.metric, m.side) for m in first] == [("knee_valgus", Side.RIGHT)]
