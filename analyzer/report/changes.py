"""What changed while the clip ran, which steps stood out, and where left and right differ, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analyzer.assessment import Assessment, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.report.words import load_words
from analyzer.wording import amount, decimals

MOST_STEPS: Final = 5
"""Steps named one by one."""


def changes(assessment: Assessment) -> Iterable[str]:
    """One sentence for each clear change, one for each measurement with steps unlike the others."""
    say = load_words().changes
    for measurement in assessment.measurements:
        name = _name(measurement)
        drift, unit = measurement.drift, measurement.unit
        if drift is not None and drift.clear:
            digits = decimals(unit, None)
            first, last = (amount(value, unit, digits) for value in (drift.first, drift.last))
            yield say.drift.format(what=name, first=first, last=last)
        if measurement.outliers:
            times = {event.index: event.t_s for event in measurement.per_event}
            when = [f"{times[index]:.1f} s" for index in measurement.outliers if index in times]
            words = say.unlike_more if len(when) > MOST_STEPS else say.unlike
            yield words.format(what=name, times=", ".join(when[:MOST_STEPS]))


def sides(assessment: Assessment) -> Iterable[str]:
    """One sentence for each difference between left and right that is noted, and one where they cannot be compared."""
    for each in assessment.symmetry:
        if each.noted:
            larger = "left" if each.difference > 0 else "right"
            yield load_words().changes.sides.format(what=each.title, sentence=each.sentence, side=larger)
    aside = [each.sentence for each in assessment.symmetry if not each.comparable]
    yield from dict.fromkeys(aside)


def _name(measurement: MeasurementInfo) -> str:
    side = "" if measurement.side is Side.BOTH else f" ({measurement.side.value})"
    return f"{measurement.title}{side}"
