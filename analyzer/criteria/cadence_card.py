"""The cadence card: what the cadence is, a little more of it, what that did elsewhere, and the impacts of a run."""

from __future__ import annotations

from analyzer.criteria.tables import CadenceCardTable, Criteria
from analyzer.criteria.verdict import Judged
from analyzer.measured import CadenceCard, CadenceTarget
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import Side
from analyzer.verdicts import Verdict


def cadence_card(judged: tuple[Judged, ...], motion: Motion, criteria: Criteria) -> CadenceCard | None:
    """The card of a run; None where no cadence was measured."""
    rules = criteria.cadence_card
    cadence = _of_both(judged, "cadence")
    if cadence is None or cadence.value is None or cadence.uncertainty is None:
        return None
    consider = _worth_a_try(judged, cadence.value, motion, rules)
    per_km = _of_both(judged, "impacts_per_km")
    known = per_km is not None and per_km.value is not None and per_km.uncertainty is not None
    impacts = rules.distance_km * per_km.value if known and per_km and per_km.value else None
    return CadenceCard(
        title=rules.title,
        steps_per_min=cadence.value,
        uncertainty=cadence.uncertainty,
        targets=tuple(
            CadenceTarget(percent=more, steps_per_min=faster, every_second=faster / 2.0)
            for more in rules.more_percent
            for faster in (cadence.value * (1.0 + more / 100.0),)
        ),
        consider=consider,
        advice=rules.consider if consider else rules.leave,
        laboratory=rules.laboratory,
        source=rules.source,
        distance_km=rules.distance_km,
        impacts=impacts,
        impacts_uncertainty=rules.distance_km * (per_km.uncertainty or 0.0) if impacts and per_km else None,
        article_impacts=rules.article_impacts,
        impacts_sentence=_impacts_sentence(impacts, rules),
    )


def _of_both(judged: tuple[Judged, ...], metric: str) -> Measurement | None:
    found = [each.measurement for each in judged if each.measurement.metric == metric]
    return next((each for each in found if each.side is Side.BOTH), None)


def _worth_a_try(judged: tuple[Judged, ...], cadence: float, motion: Motion, rules: CadenceCardTable) -> bool:
    """Few steps at a pace that is not slow, and a foot that lands far ahead or on a straight leg."""
    slow = motion.speed_mps is not None and motion.speed_mps < rules.slow_below_mps
    reaching = any(
        each.measurement.metric in rules.with_any_of and each.verdict in (Verdict.BORDERLINE, Verdict.FAIL)
        for each in judged
    )
    return cadence < rules.low_below and not slow and reaching


def _impacts_sentence(impacts: float | None, rules: CadenceCardTable) -> str:
    words = {"distance": f"{rules.distance_km:g}", "article": f"{rules.article_impacts:,}"}
    if impacts is None:
        return rules.no_speed.format(**words)
    each = round(impacts / 2.0, -2)
    return rules.impacts.format(impacts=f"{round(impacts, -2):,.0f}", each=f"{each:,.0f}", **words)
