"""What matters most, and where on the body it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analyzer.assessment import MeasurementInfo, Verdict
from analyzer.overlay.palette import HARSHNESS

CHAIN: Final = {
    "Foot": ("foot_strike_position", "foot_strike_angle"),
    "Knee": ("knee_over_toe", "knee_valgus", "knee_flexion_contact", "shank_angle"),
    "Hip": ("pelvic_drop",),
    "Trunk": ("trunk_lean_lateral", "trunk_lean_forward"),
}
"""The body from the ground up, and the metrics that tell of each part."""

MOST_PRIORITIES: Final = 2


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


def by_weight(measurements: Iterable[MeasurementInfo]) -> list[MeasurementInfo]:
    """Heaviest first: by verdict, then by how far beyond the target."""
    return sorted(measurements, key=lambda m: (-HARSHNESS.index(m.verdict), -excess(m)))


def priorities(measurements: Iterable[MeasurementInfo]) -> list[MeasurementInfo]:
    """At most two measurements to work on first, of different metrics; a borderline one if nothing is missed."""
    heavy = by_weight(m for m in measurements if m.verdict in (Verdict.FAIL, Verdict.BORDERLINE))
    missed = [m for m in heavy if m.verdict is Verdict.FAIL]
    chosen: list[MeasurementInfo] = []
    for measurement in missed or heavy[:1]:
        if all(measurement.metric != other.metric for other in chosen):
            chosen.append(measurement)
    return chosen[:MOST_PRIORITIES]
