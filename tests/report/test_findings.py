"""A finding is one metric with both its sides, the worse one first, and what its charts show."""

from __future__ import annotations

import pytest

from analyzer.assessment import RepInfo, Verdict
from analyzer.pose.landmarks import Side
from analyzer.report.findings import finding_of, judged_percent
from tests.report import samples

RUN = samples.front_run()


def sides(metric: str) -> list:
    return [m for m in RUN.measurements if m.metric == metric]


def test_the_worse_side_leads() -> None:
    made = finding_of(RUN, [RUN.of("knee_valgus", "right"), RUN.of("knee_valgus", "left")], {}, 1)
    assert [(r.side, r.mark.look) for r in made.readings] == [("left", Verdict.FAIL), ("right", Verdict.PASS)]
    assert made.mark.look is Verdict.FAIL
    assert made.told == RUN.of("knee_valgus", "left").sentence


def test_what_holds_for_both_sides_is_said_once() -> None:
    both = [m.model_copy(update={"verdict": Verdict.PASS, "sentence": f"The {m.side.value} knee stays in line."})
            for m in sides("knee_valgus")]  # fmt: skip
    assert finding_of(RUN, both[::-1], {}).told == "The left and right knee stays in line."


def test_pictures_are_told_with_time_number_and_what_is_drawn() -> None:
    left = RUN.of("knee_valgus", "left")
    made = finding_of(RUN, sides("knee_valgus"), {("knee_valgus", Side.LEFT): b"\xff\xd8", ("other", Side.LEFT): b"x"})
    (reading,) = made.shown
    still = reading.still
    assert still is not None
    assert f"{left.evidence_s:.1f} s" in still.caption
    assert "white outline" in still.caption
    assert "13° ± 3°" in still.alt


def test_on_target_no_outline_is_spoken_of() -> None:
    made = finding_of(RUN, [RUN.of("knee_valgus", "right")], {("knee_valgus", Side.RIGHT): b"\xff\xd8"})
    still = made.readings[0].still
    assert still is not None
    assert "Green: the target." in still.caption
    assert "outline" not in still.caption


def test_the_caption_tells_only_of_what_is_drawn() -> None:
    full = finding_of(RUN, sides("knee_valgus"), {})
    assert "Dashed: the right side." in full.caption
    assert "Dot: where it is read" in full.caption
    bare = [m.model_copy(update={"cycle": None, "per_event": ()}) for m in sides("knee_valgus")]
    assert finding_of(RUN, bare, {}).caption == ""
    brief = finding_of(RUN, sides("knee_valgus"), {}, brief=True)
    assert brief.charts.dots is None
    assert "Small dots" not in brief.caption


def rep(side: Side, start_s: float, *loaded: tuple[float, float]) -> RepInfo:
    return RepInfo(
        index=0,
        side=side,
        start_s=start_s,
        top_s=start_s + 1.0,
        end_s=start_s + 2.0,
        verdict=Verdict.PASS,
        loaded=loaded,
    )


@pytest.mark.parametrize(
    ("reps", "windows"),
    [
        ((), ()),
        ((rep(Side.LEFT, 0.0, (0.5, 1.5)),), ((25.0, 75.0),)),
        ((rep(Side.LEFT, 0.0, (0.4, 1.5)), rep(Side.LEFT, 10.0, (10.6, 11.7))), ((25.0, 80.0),)),
        ((rep(Side.RIGHT, 0.0, (0.5, 1.5)),), ()),
        ((rep(Side.LEFT, 0.0, (0.5, 1.5)), rep(Side.LEFT, 4.0, (4.2, 4.4), (5.0, 5.5))), ()),
        ((rep(Side.LEFT, 0.0),), ()),
    ],
)
def test_a_repetitions_target_is_drawn_where_the_leg_carries(
    reps: tuple[RepInfo, ...], windows: tuple[tuple[float, float], ...]
) -> None:
    found = judged_percent(RUN.model_copy(update={"reps": reps}), Side.LEFT)
    assert len(found) == len(windows)
    assert [edge for window in found for edge in window] == pytest.approx(
        [edge for window in windows for edge in window]
    )
