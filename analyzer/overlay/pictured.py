"""What a measurement's key frame shows, told without drawing it."""

from __future__ import annotations

from analyzer.measured import EventInfo, MeasurementInfo
from analyzer.overlay.ghost import BENDS, edge_beyond
from analyzer.overlay.sketches import DRAWINGS


def can_be_shown(measurement: MeasurementInfo) -> bool:
    """Whether there is a key frame to make: something drawn for the metric, and an instant that shows it."""
    return measurement.metric in DRAWINGS and measurement.value is not None and measurement.evidence_s is not None


def has_ghost(measurement: MeasurementInfo) -> bool:
    """Whether a key frame shows the body on target besides as it was: off target, and in a way that can be drawn."""
    return measurement.metric in BENDS and edge_beyond(measurement.limits, shown_value(measurement)) is not None


def shown_value(measurement: MeasurementInfo) -> float:
    """What the metric reads in the key frame: the event's own value, else the clip's; NaN without one."""
    event = shown_event(measurement)
    value = event.value if event is not None else measurement.value
    return float("nan") if value is None else value


def shown_event(measurement: MeasurementInfo) -> EventInfo | None:
    """The event that the evidence frame belongs to."""
    if not measurement.per_event or measurement.evidence_s is None:
        return None
    evidence_s = measurement.evidence_s
    nearest = min(measurement.per_event, key=lambda event: abs(event.t_s - evidence_s))
    return nearest if abs(nearest.t_s - evidence_s) < 0.05 else None
