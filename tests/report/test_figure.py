"""The figure marks each part of each side where it is on the body, with its heaviest finding."""

from __future__ import annotations

import pytest

from analyzer.assessment import Assessment, Verdict
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES
from analyzer.report.figure import HEIGHT, WIDTH, BodyFigure, body_figure
from analyzer.wording import reading_text
from tests.report import samples


def figure(assessment: Assessment) -> BodyFigure:
    made = body_figure(assessment)
    assert made is not None
    return made


def seen(view: View) -> Assessment:
    run = samples.front_run()
    return run.model_copy(update={"camera": run.camera.model_copy(update={"view": view})})


@pytest.mark.parametrize(("view", "left_is_left"), [(View.FRONT, False), (View.BACK, True), (View.LEFT, False)])
def test_the_persons_left_stands_where_the_picture_has_it(view: View, left_is_left: bool) -> None:
    made = figure(seen(view))
    assert made.from_behind is left_is_left
    for callout in made.callouts:
        assert callout.on_left is ((callout.side == "left") is left_is_left)
        assert (callout.x < WIDTH / 2) is callout.on_left
        assert callout.edge == (0.0 if callout.on_left else WIDTH)
        assert 0.0 < callout.level < HEIGHT


def test_parts_come_from_the_ground_up_and_left_before_right() -> None:
    rows = figure(samples.front_run()).rows
    assert [row.part for row in rows] == ["Foot", "Knee", "Hip", "Trunk"]
    assert all([cell.side for cell in row.cells] == ["left", "right"] for row in rows)
    heights = [row.cells[0].y for row in rows]
    assert heights == sorted(heights, reverse=True)


def test_each_callout_has_its_number_with_the_uncertainty_and_leads_to_its_finding() -> None:
    run = samples.front_run()
    knee, hip = (row.cells[0] for row in figure(run).rows[1:3])
    assert (knee.mark.look, hip.mark.look) == (Verdict.FAIL, Verdict.BORDERLINE)
    assert knee.reading == reading_text(run.of("knee_valgus", "left"))
    assert knee.anchor == "knee_valgus"


def stepped(**verdicts: Verdict) -> BodyFigure:
    """Step-ups of which those metrics came out so, on both sides, and no repetition missed a target."""
    seen = samples.step_ups()
    template = seen.of("knee_valgus", "left")
    rows = tuple(
        template.model_copy(update={"metric": name, "title": name, "side": side, "verdict": verdict})
        for name, verdict in verdicts.items()
        for side in SIDES
    )
    return figure(seen.model_copy(update={"measurements": rows, "reps": ()}))


def test_a_part_is_not_on_target_on_the_strength_of_what_nobody_asks_for() -> None:
    hips = stepped(balance_sway=Verdict.PASS, pelvic_drop=Verdict.INFO).rows[2].cells
    assert [(hip.mark.look, hip.mark.word) for hip in hips] == [(Verdict.INFO, "not judged")] * 2
    assert all("pelvic_drop" in hip.caveat and "balance_sway" in hip.caveat for hip in hips)


def test_a_part_of_which_something_was_judged_says_what_was_not() -> None:
    knee = stepped(knee_over_toe=Verdict.PASS, knee_valgus=Verdict.INFO).rows[1].cells[0]
    assert knee.mark.look is Verdict.PASS
    assert "knee_valgus" in knee.caveat
    assert "knee_over_toe" not in knee.caveat


@pytest.mark.parametrize("drop", [Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL])
def test_a_part_judged_by_what_is_asked_of_it_has_no_caveat(drop: Verdict) -> None:
    hip = stepped(balance_sway=Verdict.PASS, pelvic_drop=drop).rows[2].cells[0]
    assert (hip.mark.look, hip.caveat) == (drop, "")


def test_what_was_not_measured_has_a_mark_and_no_number() -> None:
    foot = figure(samples.front_run()).rows[0].cells[0]
    assert foot.mark.look is Verdict.NOT_MEASURED
    assert (foot.reading, foot.title, foot.anchor) == ("", "", "")


def test_a_clip_without_any_part_has_no_figure() -> None:
    run = samples.front_run()
    cadence = tuple(m for m in run.measurements if m.metric == "cadence")
    assert body_figure(run.model_copy(update={"measurements": cadence})) is None
