"""Impacts in a kilometre: how often a foot lands on the way.

Positive always. From any side if the speed is stated, else from the side, where the ground's speed is seen. Source:
cadence over speed. The case study counts 12,500 on ten kilometres, which is a step length of 0.80 m. Uncertainty: that
of the cadence and that of the speed, in proportion.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.cadence import cadence
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import RUNNING, WholeMetric
from analyzer.motion.speed import NO_SPEED, running_speed
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import Side

UNIT = "steps/km"


@WholeMetric(unit=UNIT, activities=RUNNING)
def impacts_per_km(motion: Motion) -> list[Measurement]:
    """One measurement for both sides: steps of both feet in a kilometre at this speed."""
    (rate,) = cadence(motion)
    speed = running_speed(motion)
    if rate.value is None or rate.uncertainty is None or speed is None:
        return [Measurement("impacts_per_km", Side.BOTH, UNIT, reason=rate.reason or NO_SPEED)]
    per_rate = 1000.0 / 60.0 / speed.mps
    value = rate.value * per_rate
    relative = np.hypot(rate.uncertainty / rate.value, 1.96 * speed.error_mps / speed.mps)
    return [
        Measurement(
            metric="impacts_per_km", side=Side.BOTH, unit=UNIT, value=value, uncertainty=float(value * relative),
            n=rate.n, per_event=tuple(EventValue(e.index, e.time_s, e.value * per_rate) for e in rate.per_event),
            event_uncertainty=(rate.event_uncertainty or 0.0) * per_rate, evidence_s=rate.evidence_s,
        )
    ]  # fmt: skip
