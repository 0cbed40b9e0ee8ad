"""What can be said where seconds are not real ones: angles, lengths and shares, but nothing that hangs on time.

Metrics are read at the speed that the movement must have had, so that phases and events are found as ever; then their
events are told in the file's seconds again, and whatever has time in its unit is not measured.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Tempo

TIMED_UNITS: Final = frozenset({"ms", "s", "steps/min", "steps/km", "kN/m", "cm/s"})
"""Units with time in them; a force has it squared, and steps per distance come from speed."""

REASON: Final = (
    "Slow motion of unknown factor, so nothing that hangs on time can be told; state the recording rate "
    "(--captured-fps)."
)


def told_in_file_time(measurements: tuple[Measurement, ...], tempo: Tempo) -> tuple[Measurement, ...]:
    """Measurements made at life speed as estimated, with their events back at the file's times."""
    return tuple(_told(each, tempo.factor) for each in measurements)


def _told(measured: Measurement, factor: float) -> Measurement:
    if measured.unit in TIMED_UNITS:
        return Measurement(measured.metric, measured.side, measured.unit, reason=REASON)
    return replace(
        measured,
        per_event=tuple(replace(event, time_s=event.time_s * factor) for event in measured.per_event),
        evidence_s=None if measured.evidence_s is None else measured.evidence_s * factor,
    )
