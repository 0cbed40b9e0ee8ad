"""What to do about a finding: the exercises of the plan that are for it, a cadence to try, or a surer clip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.criteria.tables import load_criteria
from analyzer.planned import PlanItem
from analyzer.program.tables import load_program
from analyzer.report.order import told_of
from analyzer.report.words import load_words

MOST_NAMED: Final = 3
"""Exercises named one by one."""


def actions(assessment: Assessment, metric: str, worst: MeasurementInfo, verdict: Verdict) -> Iterable[str]:
    """What to do, in sentences; ``worst`` is the side that stands worst, ``verdict`` how it stands."""
    say, told = load_words().action, told_of(metric)
    for_it = list(_for_metric(assessment, metric))
    if verdict is Verdict.FAIL and for_it:
        yield _exercises(for_it)
    card = assessment.cadence_card
    if card is not None and card.consider and card.targets and metric in load_criteria().cadence_card.with_any_of:
        target = card.targets[0]
        yield say.cadence.format(rate=f"{target.steps_per_min:.0f}", percent=f"{target.percent:g}")
    if verdict is Verdict.BORDERLINE and told is not None and worst.uncertainty:
        yield say.sharper.format(film=_small(told.film))
    if verdict is Verdict.FAIL:
        yield say.retest


def _exercises(items: Sequence[PlanItem]) -> str:
    say, more = load_words().action, len(items) - MOST_NAMED
    named = "; ".join(_small(item.title) for item in items[:MOST_NAMED])
    return say.plan_more.format(exercises=named, more=more) if more > 0 else say.plan.format(exercises=named)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _for_metric(assessment: Assessment, metric: str) -> Iterable[PlanItem]:
    """Items of the plan that the programme names for the metric, in its order."""
    items = {item.exercise: item for item in assessment.plan.items}
    for finding in load_program().finding.values():
        if metric in finding.metrics:
            names = (*finding.running, *finding.extra)
            yield from (items[name] for name in dict.fromkeys(names) if name in items)
            return
