"""How a measurement stands where repetitions have verdicts of their own.

A clip's median may be on target, or too uncertain to judge, while single repetitions miss it: what made a repetition
miss its target is not to be shown as on target.
"""

from __future__ import annotations

from analyzer.assessment import Assessment, EventInfo, Limits, MeasurementInfo, RepInfo, Verdict
from analyzer.overlay.palette import HARSHNESS


def to_blame(measurement: MeasurementInfo, rep: RepInfo) -> bool:
    """Whether the repetition's verdict names this measurement among its reasons, which are titles in small letters."""
    return rep.side is measurement.side and measurement.title.lower() in rep.reasons


def missed_reps(assessment: Assessment, measurement: MeasurementInfo) -> int:
    """How many repetitions missed their target because of this measurement."""
    return sum(rep.verdict is Verdict.FAIL and to_blame(measurement, rep) for rep in assessment.reps)


def of_clip(assessment: Assessment, measurement: MeasurementInfo) -> Verdict:
    """The measurement's verdict, or a miss where it made a repetition miss its target."""
    return Verdict.FAIL if missed_reps(assessment, measurement) else measurement.verdict


def of_event(assessment: Assessment, measurement: MeasurementInfo, event: EventInfo) -> Verdict:
    """Where one event lies against the limits, never harsher than the criteria were on the repetition or the clip."""
    rep = next((rep for rep in assessment.reps if rep.index == event.index), None)
    if rep is not None and to_blame(measurement, rep):
        return rep.verdict
    limits = measurement.limits
    if limits is None or measurement.verdict in (Verdict.INFO, Verdict.NOT_MEASURED):
        return Verdict.INFO
    harshest: Verdict = measurement.verdict
    if rep is not None:
        harshest = Verdict.BORDERLINE if rep.verdict is Verdict.FAIL else Verdict.PASS
    return min(_place(event.value, limits), harshest, key=HARSHNESS.index)


def _place(value: float, limits: Limits) -> Verdict:
    def beyond(low: float | None, high: float | None) -> bool:
        return (low is not None and value < low) or (high is not None and value > high)

    if not beyond(limits.pass_low, limits.pass_high):
        return Verdict.PASS
    return Verdict.FAIL if beyond(limits.fail_low, limits.fail_high) else Verdict.BORDERLINE
