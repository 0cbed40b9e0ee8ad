"""What matters most, and where on the body it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.criteria.tables import MetricCriteria, load_criteria
from analyzer.overlay.palette import HARSHNESS
from analyzer.overlay.standing import of_clip

CHAIN: Final = ("foot", "knee", "hip", "trunk")
"""Parts of the body from the ground up, as the criteria name them."""

MOST_PRIORITIES: Final = 2


def told_of(metric: str) -> MetricCriteria | None:
    """What the criteria say of a metric; None for one that this version does not know."""
    return load_criteria().metric.get(metric)


def of_part(measurement: MeasurementInfo, part: str) -> bool:
    """Whether the measurement tells of that part of the body."""
    told = told_of(measurement.metric)
    return told is not None and told.chain == part


def excess(measurement: MeasurementInfo) -> float:
    """How far the value is beyond its target, in widths of the borderline zone; 0 on target."""
    limits, value = measurement.limits, measurement.value
    if limits is None or value is None:
        return 0.0
    beyond = 0.0
    for near, far, sign in (
        (limits.pass_low, limits.fail_low, -1.0),
        (limits.pass_high, limits.fail_high, 1.0),
    ):
        if near is None:
            continue
        zone = abs(far - near) if far is not None else measurement.uncertainty or 0.0
        beyond = max(beyond, sign * (value - near) / (zone or 1.0))
    return beyond


def by_weight(assessment: Assessment, measurements: Iterable[MeasurementInfo]) -> list[MeasurementInfo]:
    """Heaviest first: by verdict, then by the criteria's weight, then by how far beyond the target."""

    def key(measurement: MeasurementInfo) -> tuple[int, int, float]:
        told = told_of(measurement.metric)
        weight = told.weight if told is not None else 0
        return -HARSHNESS.index(of_clip(assessment, measurement)), -weight, -excess(measurement)

    return sorted(measurements, key=key)


def priorities(assessment: Assessment) -> list[MeasurementInfo]:
    """At most two measurements to work on first, of different metrics; a borderline one if nothing is missed."""
    heavy = [
        (of_clip(assessment, measurement), measurement)
        for measurement in by_weight(assessment, assessment.measurements)
    ]
    missed = [measurement for verdict, measurement in heavy if verdict is Verdict.FAIL]
    borderline = [measurement for verdict, measurement in heavy if verdict is Verdict.BORDERLINE]
    chosen: list[MeasurementInfo] = []
    for measurement in missed or borderline[:1]:
        if all(measurement.metric != other.metric for other in chosen):
            chosen.append(measurement)
    return chosen[:MOST_PRIORITIES]
