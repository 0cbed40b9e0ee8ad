"""The criteria as data: sound limits with sources, and words that a client may read."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from analyzer.criteria.tables import Criteria, MetricCriteria, Target, load_criteria

CRITERIA = load_criteria()
TARGETS = [(name, target) for name, words in CRITERIA.metric.items() for target in words.limits]
AVOIDED = re.compile(r"diagnos|risk|abnormal|weak|injur", re.IGNORECASE)


def spoken(words: MetricCriteria) -> list[str]:
    return [words.title, words.meaning, words.film, *words.say.values()]


@pytest.mark.parametrize("name", CRITERIA.metric)
def test_nothing_said_to_a_client_frightens_or_diagnoses(name: str) -> None:
    for text in spoken(CRITERIA.metric[name]):
        assert not AVOIDED.search(text), text


@pytest.mark.parametrize("name", CRITERIA.metric)
def test_every_metric_that_is_judged_can_say_each_verdict(name: str) -> None:
    words = CRITERIA.metric[name]
    can_miss = any(target.fail_high is not None or target.fail_low is not None for target in words.limits)
    needed = {"info"} | ({"pass", "borderline"} if words.limits else set()) | ({"fail"} if can_miss else set())
    assert set(words.say) >= needed
    assert "fail" not in words.say or "worth working on" in words.say["fail"]
    assert can_miss == ("fail" in words.say)


@pytest.mark.parametrize(("name", "target"), TARGETS)
def test_limits_leave_room_between_pass_and_fail_and_say_where_they_come_from(name: str, target: Target) -> None:
    pairs = [(target.pass_high, target.fail_high, 1.0), (target.pass_low, target.fail_low, -1.0)]
    assert any(near is not None for near, _, _ in pairs)
    for near, far, sign in pairs:
        assert near is not None or far is None
        if near is not None and far is not None:
            assert sign * (far - near) > 0
    if target.pass_low is not None and target.pass_high is not None:
        assert target.pass_low < target.pass_high
    assert len(target.source) > 20
    assert target.published or "No published cut-off" in target.source or "lateral step-down" in target.source.lower()


@pytest.mark.parametrize("name", CRITERIA.metric)
def test_no_activity_has_two_targets(name: str) -> None:
    activities = [a for target in CRITERIA.metric[name].limits for a in target.activities]
    assert len(activities) == len(set(activities))


def test_the_step_up_test_asks_for_ten_on_a_box_of_eight_to_ten_inches() -> None:
    test = CRITERIA.step_up_test
    assert test.needed == 10
    assert test.lowest_box_cm <= 8 * 2.54
    assert test.highest_box_cm >= 10 * 2.54 - 0.5


def test_a_misspelt_key_is_refused() -> None:
    whole = CRITERIA.model_dump(mode="json")
    whole["metric"]["cadence"]["titel"] = "Cadence"
    with pytest.raises(ValidationError, match="titel"):
        Criteria.model_validate(whole)
