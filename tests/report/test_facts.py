"""Sources and what was not measured, each said once."""

from __future__ import annotations

import pytest

from analyzer.assessment import Limits, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.report.facts import day_of, sources, unmeasured
from tests.report import samples

RUN = samples.front_run()


def missing(title: str, side: str, reason: str) -> MeasurementInfo:
    return RUN.of("foot_strike_position", "left").model_copy(
        update={"title": title, "side": Side(side), "reason": reason}
    )


def test_what_shares_a_reason_stands_together_the_commonest_first() -> None:
    groups = unmeasured(
        [missing("A", "left", "Film once."), missing("B", "left", "Film from the back."),
         missing("B", "right", "Film from the back."), missing("C", "both", "Film from the back.")]
    )  # fmt: skip
    assert [(group.reason, group.titles) for group in groups] == [
        ("Film from the back.", ("B", "C")),
        ("Film once.", ("A (left)",)),
    ]


@pytest.mark.parametrize(
    ("limits", "target", "missed"),
    [
        (Limits(pass_high=7.0, fail_high=11.0, source="x"), "at most 7°", "above 11°"),
        (Limits(pass_low=8.0, fail_low=4.5, source="x"), "at least 8°", "below 4.5°"),
        (Limits(pass_low=4.0, pass_high=12.0, fail_low=1.0, fail_high=16.0, source="x"), "4° to 12°",
         "below 1° or above 16°"),
        (Limits(pass_high=7.0, source="x"), "at most 7°", ""),
    ],
)  # fmt: skip
def test_a_target_says_from_where_on_it_is_missed(limits: Limits, target: str, missed: str) -> None:
    (source,) = sources([RUN.of("knee_valgus", "left").model_copy(update={"limits": limits})])
    assert (source.target, source.missed) == (target, missed)
    assert source.anchor == "source-knee_valgus"


def test_each_target_is_listed_once_and_only_where_a_number_was_held_against_it() -> None:
    assert [source.anchor for source in sources(RUN.measurements)] == [
        "source-knee_valgus", "source-pelvic_drop", "source-trunk_lean_lateral",
    ]  # fmt: skip


@pytest.mark.parametrize(("created", "day"), [("2026-03-01T10:00:00Z", "1 March 2026"), ("soon", "soon")])
def test_days_in_words(created: str, day: str) -> None:
    assert day_of(created) == day
