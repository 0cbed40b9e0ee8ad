"""The criteria as a document tell everything of every metric."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from analyzer.criteria.describe import definition, target_words
from analyzer.criteria.document import criteria_document
from analyzer.criteria.tables import load_criteria
from analyzer.exercises.curves import curve_words
from analyzer.exercises.tables import Exercise, Quantity, load_exercises
from analyzer.metrics.registry import AnyMetric, Metric, StepMetric, WholeMetric, all_metrics
from analyzer.motion.types import Activity

CRITERIA = load_criteria()
DOCUMENT = criteria_document(CRITERIA)
SECTIONS = {
    name: section
    for section in DOCUMENT.split("\n## ")
    if (found := re.search(r"^`(\w+)`", section, re.MULTILINE)) and (name := found[1])
}
EXERCISES = load_exercises()
by_name = pytest.mark.parametrize("metric", all_metrics(), ids=lambda metric: metric.name)


def test_every_movement_has_a_name() -> None:
    assert set(CRITERIA.document.activities) == set(Activity)


def test_every_metric_and_every_quantity_of_an_exercise_has_one_section() -> None:
    assert sorted(SECTIONS) == sorted([*(metric.name for metric in all_metrics()), *EXERCISES.quantity])
    assert len(re.findall(r"^`\w+`", DOCUMENT, re.MULTILINE)) == len(SECTIONS)


@by_name
def test_a_section_has_title_definition_view_uncertainty_and_source(metric: AnyMetric) -> None:
    section, told = SECTIONS[metric.name], definition(metric)
    assert section.startswith(CRITERIA.metric[metric.name].title)
    assert len(told.text) > 40
    assert f"**Definition:** {told.text}" in section
    assert told.source
    assert f"**Source of the method:** {told.source}" in section
    assert re.search(r"\*\*View:\*\* (any side|front or back|side|back)\. \w", section)
    assert re.search(r"\*\*Read:\*\* \w", section)
    assert re.search(r"\*\*Uncertainty:\*\* \w", section)
    assert (isinstance(metric, WholeMetric)) == bool(told.uncertainty), "curves tell it by their numbers"


@by_name
def test_limits_are_all_there_or_it_says_that_there_are_none(metric: AnyMetric) -> None:
    section, limits = SECTIONS[metric.name], CRITERIA.metric[metric.name].limits
    assert ("for information only" in section.replace("*for information*", "")) == (not limits)
    for target in limits:
        assert target_words(target) in section
        assert target.source in section


@by_name
def test_every_sentence_that_a_client_reads_is_there(metric: AnyMetric) -> None:
    for sentence in CRITERIA.metric[metric.name].say.values():
        assert sentence in SECTIONS[metric.name]


@by_name
def test_the_parts_of_the_interval_are_those_that_the_metric_has(metric: AnyMetric) -> None:
    said = SECTIONS[metric.name].split("**Uncertainty:** ")[1].split("\n")[0]
    if isinstance(metric, (Metric, StepMetric)):
        assert f"{metric.pose_error:g}" in said
        assert ("person's size" in said) == metric.scaled
    if isinstance(metric, Metric):
        assert ("camera's turn" in said) == bool(metric.per_yaw)
        assert ("phone's tilt" in said) == bool(metric.per_roll)
        assert ("landing and toe-off are timed" in said) == metric.timed
        assert ("far side" in said) == (metric.hidden > 1.0)
        assert ("leg was hidden" in said) == metric.of_leg


@pytest.mark.parametrize("name", EXERCISES.quantity)
def test_a_quantity_is_told_with_where_it_comes_from(name: str) -> None:
    section, quantity = SECTIONS[name], EXERCISES.quantity[name]
    words = CRITERIA.metric[name]
    assert section.startswith(words.title)
    assert len(curve_words(quantity.curve)) > 10
    assert f"**Definition:** {curve_words(quantity.curve)}" in section
    assert f"{quantity.pose_error:g}" in section.split("**Uncertainty:** ")[1].split("\n")[0]
    assert ("own standing" in section) == quantity.zeroed
    assert f"**Source of the uncertainty:** {quantity.because}" in section
    assert ("for information only" in section) == (not words.limits)
    for told in [*(target_words(target) for target in words.limits), *(t.source for t in words.limits)]:
        assert told in section
    for sentence in words.say.values():
        assert sentence in section
    assert any(
        CRITERIA.document.activities[activity] in section.split("\n")[0]
        for activity, each in EXERCISES.exercise.items()
        if name in each.checks
    )


@pytest.mark.parametrize("exercise", EXERCISES.exercise.values(), ids=lambda exercise: exercise.title)
def test_an_exercise_is_told_with_what_counts_and_what_is_checked(exercise: Exercise) -> None:
    (told,) = (line for line in DOCUMENT.split("\n") if line.startswith(f"**{exercise.title}.**"))
    assert exercise.source in told
    assert (exercise.phase.because if exercise.phase else CRITERIA.document.recognised) in told
    titles = [CRITERIA.metric[name].title.lower() for name in exercise.checks]
    assert f"Checked: {', '.join(titles) or CRITERIA.document.unchecked}." in told


def test_every_way_of_reading_a_quantity_has_words() -> None:
    for key, words in (("reading", "readings"), ("legs", "legs"), ("seen_from", "seen_from")):
        assert set(get_args(Quantity.model_fields[key].annotation)) == set(getattr(CRITERIA.document, words))
