"""Pictures of the repetitions that decided a test."""

from __future__ import annotations

from analyzer.assessment import Assessment, Decider, TestInfo
from analyzer.overlay.deciding import MOST_A_SIDE, deciding
from analyzer.pose.landmarks import Side
from analyzer.report.render import render_report
from tests.report import samples

PICTURE = b"\xff\xd8\xff"


def decided(count: int, *, headline: bool = True) -> Assessment:
    """Step-ups whose right side was decided by so many repetitions."""
    made = samples.step_ups()
    by = tuple(
        Decider(
            side=Side.RIGHT, number=n, index=n, metric="knee_valgus", title="Knee moving inwards", t_s=0.4 + 0.1 * n
        )
        for n in range(1, count + 1)
    )
    first = made.tests[0].model_copy(update={"decided_by": by, "headline": headline})
    return made.model_copy(update={"tests": (first, *made.tests[1:])})


def test_each_picture_shows_its_own_instant() -> None:
    shown = deciding(decided(2))
    assert [name for name, _ in shown] == ["knee_valgus_right_rep1.jpg", "knee_valgus_right_rep2.jpg"]
    assert [measurement.evidence_s for _, measurement in shown] == [0.5, 0.6000000000000001]


def test_there_are_no_more_pictures_than_one_looks_at() -> None:
    assert len(deciding(decided(MOST_A_SIDE + 4))) == MOST_A_SIDE


def test_a_test_beside_the_verdict_has_no_pictures() -> None:
    assert deciding(decided(2, headline=False)) == ()


def test_the_report_shows_them_with_their_numbers() -> None:
    page = render_report(decided(2), {}, decided={"knee_valgus_right_rep1.jpg": PICTURE})
    assert "Right, repetition 1: knee moving inwards 16°, at 0.5 s" in page
    assert "Right, repetition 2: knee moving inwards, at 0.6 s" in page
    assert page.count("Frame of the clip: Right, repetition") == 1
    assert "The repetitions that decided it" not in render_report(samples.front_run(), {})


def test_a_test_is_what_it_was() -> None:
    test = decided(1).tests[0]
    assert TestInfo.model_validate_json(test.model_dump_json()) == test
