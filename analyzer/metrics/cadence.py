"""Cadence: steps of both feet in one minute. From any view.

Source: Heiderscheit et al. 2011, doi:10.1249/MSS.0b013e3181ebedf4, for what it is used for. It is the slope of the
line through all contact times over the step count, so that no single event weighs much. Uncertainty: that of the
slope, and the times of the first and the last contact, which are the least sure.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import RUNNING, WholeMetric
from analyzer.motion.running import cadence_steps_per_min
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import Side

FEWEST = 5


@WholeMetric(unit="steps/min", activities=RUNNING)
def cadence(motion: Motion) -> list[Measurement]:
    """One measurement for both sides; per event the rate of the step that begins there."""
    contacts = np.array([step.contact_s for step in motion.steps])
    if len(contacts) < FEWEST:
        reason = f"Only {len(contacts)} steps were seen; film at least ten seconds of running."
        return [Measurement("cadence", Side.BOTH, "steps/min", reason=reason)]
    value, spread = cadence_steps_per_min(contacts)
    # The first and the last contact are the least sure, and whatever moves them both apart stretches every step.
    ends = value * np.sqrt(2.0) * motion.steps[0].contact_error_s / (contacts[-1] - contacts[0])
    error = float(np.hypot(spread, ends))
    rates = 60.0 / np.diff(contacts)
    events = tuple(
        EventValue(step.index, step.contact_s, float(rate)) for step, rate in zip(motion.steps[:-1], rates, strict=True)
    )
    return [
        Measurement(
            metric="cadence", side=Side.BOTH, unit="steps/min", value=value, uncertainty=1.96 * error, n=len(events),
            per_event=events, event_uncertainty=float(1.96 * rates.std()), evidence_s=events[len(events) // 2].time_s,
        )
    ]  # fmt: skip
