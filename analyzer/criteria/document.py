"""The criteria as a document: all that is measured, how, from where, against what, how surely and by which source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from analyzer.criteria.describe import (
    UNITS,
    Definition,
    definition,
    moment_words,
    target_words,
    view_words,
)
from analyzer.criteria.document_exercises import exercise_entries, form_entries
from analyzer.criteria.tables import Criteria, DocumentWords, MetricCriteria
from analyzer.metrics.registry import AnyMetric, Errors, Metric, StepMetric, WholeMetric, all_metrics
from analyzer.pose.belief import DOUBT

TEMPLATE: Final = "criteria.md.j2"
PARTS: Final = ("foot", "knee", "hip", "trunk", "rhythm")


@dataclass(frozen=True)
class Entry:
    """What the document says of one metric."""

    metric: AnyMetric
    words: MetricCriteria
    definition: Definition
    unit: str
    view: str
    moment: str
    unsure: str


@dataclass(frozen=True)
class Example:
    """A line of a coach's own file."""

    metric: str
    activity: str
    key: str
    value: float


def criteria_document(criteria: Criteria) -> str:
    """The document in Markdown, from the ground up and the weightiest first."""
    environment = Environment(
        loader=PackageLoader("analyzer.criteria"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["target_words"] = target_words
    environment.filters["spoken"] = lambda activity: criteria.document.activities[activity]
    environment.filters["title_of"] = lambda name: criteria.metric[name].title.lower()
    entries = [_entry(metric, criteria) for metric in all_metrics()]
    entries.sort(key=lambda entry: (PARTS.index(entry.words.chain), -entry.words.weight, entry.metric.name))
    text = environment.get_template(TEMPLATE).render(
        metrics=entries,
        quantities=form_entries(criteria),
        exercises=exercise_entries(criteria),
        criteria=criteria,
        own=criteria.own,
        verdicts=criteria.document.verdicts,
        example=Example("knee_valgus", "running", "pass_high", 8.0),
    )
    return text.rstrip() + "\n"


def _entry(metric: AnyMetric, criteria: Criteria) -> Entry:
    told = definition(metric)
    return Entry(
        metric=metric,
        words=criteria.metric[metric.name],
        definition=told,
        unit=criteria.document.units.get(metric.unit, metric.unit),
        view=view_words(metric),
        moment=moment_words(metric),
        unsure=_unsure(metric, told, criteria.document),
    )


def _unsure(metric: AnyMetric, told: Definition, words: DocumentWords) -> str:
    """The parts of the interval, as `analyzer.metrics.measure` puts them together."""
    if isinstance(metric, WholeMetric):
        return told.uncertainty
    unit = UNITS[metric.unit]
    parts = [words.pose.format(mean=f"{metric.pose_error:g}{unit}", single=f"{metric.event_error:g}{unit}")]
    if not isinstance(metric, StepMetric) and metric.hidden > 1.0:
        parts.append(words.hidden.format(factor=f"{metric.hidden:g}"))
    if isinstance(metric, Metric):
        parts += [words.leg.format(factor=f"{max(DOUBT[1]):g}")] if metric.of_leg else []
        parts += [words.yaw.format(value=f"{metric.per_yaw:g}{unit}")] if metric.per_yaw else []
        parts += [_instead(metric.clothed, unit, words.clothed)] if metric.clothed else []
        parts += [_instead(metric.repeated, unit, words.repeated)] if metric.repeated else []
        parts += [words.roll.format(value=f"{metric.per_roll:g}{unit}")] if metric.per_roll else []
    timed = isinstance(metric, Metric) and metric.timed
    timed |= isinstance(metric, StepMetric) and bool(metric.per_contact_s or metric.per_toe_off_s)
    parts += [words.time] if timed else []
    parts += [words.scale] if metric.scaled else []
    said = f"{'; '.join([*parts, words.spread])}."
    if isinstance(metric, Metric) and metric.zeroed:
        said = f"{said} {words.zeroed}"
    return said[:1].upper() + said[1:]


def _instead(errors: Errors, unit: str, words: str) -> str:
    """What the pose model's errors and the camera's turn amount to where they are others."""
    numbers = {"mean": errors.pose_error, "single": errors.event_error, "yaw": errors.per_yaw}
    return words.format(**{name: f"{number:g}{unit}" for name, number in numbers.items()})
