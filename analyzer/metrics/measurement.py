"""A number, how sure it is, and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.landmarks import Side


@dataclass(frozen=True)
class EventValue:
    """The metric's value at one step or repetition (``index`` counts them over both sides)."""

    index: int
    time_s: float
    value: float


@dataclass(frozen=True)
class Cycle:
    """The metric over the normalised step or repetition.

    Attributes:
        label: what 0 to 100 % means.
        percent: (m,)
        mean: (m,) in the metric's unit.
        sd: (m,) spread between events.
        mark_percent: where within the cycle the metric is read, None if it is read at no fixed place.
    """

    label: str
    percent: Floats
    mean: Floats
    sd: Floats
    mark_percent: float | None = None


@dataclass(frozen=True)
class Drift:
    """How a metric changed while the clip ran, in the metric's unit.

    Attributes:
        per_minute: robust slope.
        low: lower end of its 95 % interval.
        high: upper end.
        first: median of the first third of the events.
        last: median of the last third.
        detectable: the smallest difference between these two that would not be taken for chance.
        clear: whether the change is beyond chance, by slope and by thirds.
    """

    per_minute: float
    low: float
    high: float
    first: float
    last: float
    detectable: float
    clear: bool


@dataclass(frozen=True)
class Measurement:
    """One metric of one side.

    Attributes:
        metric: stable name.
        side: the person's own side; for stance metrics the stance leg.
        value: median over events, None where it was not measured.
        unit: ``deg``, ``cm``, ``ms``, ``steps/min`` or ``count``.
        uncertainty: half width of the 95 % interval, None where there is no value.
        n: number of events behind the value.
        per_event: each event's own value.
        event_uncertainty: half width of the 95 % interval of a single event's value.
        evidence_s: time of the frame that shows it best.
        reason: why there is no value, and what to film instead; empty where there is one.
        cycle: the metric over the movement's cycle.
        drift: how it changed over the clip; None where that is too short to tell.
        outliers: indices of the events that are far from all the others.
    """

    metric: str
    side: Side
    unit: str
    value: float | None = None
    uncertainty: float | None = None
    n: int = 0
    per_event: tuple[EventValue, ...] = ()
    event_uncertainty: float | None = None
    evidence_s: float | None = None
    reason: str = ""
    cycle: Cycle | None = None
    drift: Drift | None = None
    outliers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (not self.reason):
            raise ValueError(f"{self.metric} needs either a value or a reason why there is none.")
        if self.value is not None and not np.isfinite(self.value):
            raise ValueError(f"{self.metric} is not a number; say None and why.")
