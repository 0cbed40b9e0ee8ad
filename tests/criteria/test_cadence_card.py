"""The cadence card: what is told of a little more cadence, and when a try is advised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.assessment import Verdict
from analyzer.criteria.cadence_card import cadence_card
from analyzer.criteria.tables import load_criteria
from analyzer.criteria.verdict import Judged, judge
from analyzer.metrics.measure import measure
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import Side
from tests.motion import figures

CRITERIA = load_criteria()
RUN = figures.shown(figures.run(figures.Runner(cadence=160.0, speed_mps=3.0)), View.LEFT)


def judged(motion: Motion, **verdicts: Verdict) -> tuple[Judged, ...]:
    found = [judge(each, motion, CRITERIA) for each in measure(motion)]
    return tuple(replace(each, verdict=verdicts.get(each.measurement.metric, Verdict.PASS)) for each in found)


def test_targets_are_five_and_ten_per_cent_more_and_impacts_are_those_of_the_speed() -> None:
    motion = replace(RUN, speed_mps=3.0)
    card = cadence_card(judged(motion), motion, CRITERIA)
    assert card is not None
    assert [target.steps_per_min for target in card.targets] == pytest.approx([168.0, 176.0], abs=0.05)
    # 10 km at 3 m/s last 3,333 s, at 160 steps a minute
    assert card.impacts == pytest.approx(8889, abs=5)
    assert card.article_impacts == 12500
    assert "8,900" in card.impacts_sentence
    assert "4,400" in card.impacts_sentence
    assert "12,500" in card.impacts_sentence
    assert "energy" in card.laboratory


@pytest.mark.parametrize(
    ("speed", "shin", "advised"),
    [(3.0, Verdict.FAIL, True), (2.2, Verdict.FAIL, False), (3.0, Verdict.PASS, False)],
)
def test_more_is_advised_only_to_who_reaches_ahead_with_few_steps_and_is_not_slow(
    speed: float, shin: Verdict, advised: bool
) -> None:
    motion = replace(RUN, speed_mps=speed)
    card = cadence_card(judged(motion, shank_angle=shin), motion, CRITERIA)
    assert card is not None
    assert card.consider is advised
    assert "10 %" in card.advice or not advised


def test_without_a_speed_the_card_asks_for_it() -> None:
    motion = figures.shown(figures.run(figures.Runner(cadence=170.0)), View.FRONT)
    motion = replace(motion, speed_mps=None)
    card = cadence_card(judged(motion), motion, CRITERIA)
    assert card is not None
    assert card.impacts is None
    assert "State the running speed" in card.impacts_sentence


def test_no_cadence_no_card() -> None:
    none = Measurement("cadence", Side.BOTH, "steps/min", reason="Too few steps.")
    assert cadence_card((judge(none, RUN, CRITERIA),), RUN, CRITERIA) is None
