"""Repetitions that decided a test, in words and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analyzer.assessment import Assessment, Decider
from analyzer.report.findings import Still, embedded
from analyzer.report.words import load_words
from analyzer.wording import amount, value_digits

NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


def decider_text(assessment: Assessment, decider: Decider) -> str:
    """Which repetition it is, what for and by how much, and when in the clip as it plays."""
    return load_words().decider.text.format(
        side=decider.side.value.capitalize(),
        number=decider.number,
        what=decider.title.lower(),
        value=_own_value(assessment, decider),
        time=_time(assessment, decider),
    )


def decider_still(assessment: Assessment, decider: Decider, decided: Mapping[str, bytes]) -> Still | None:
    """Its picture, None where there is none."""
    jpeg = decided.get(decider.picture)
    if jpeg is None:
        return None
    text = decider_text(assessment, decider)
    alt = load_words().decider.alt.format(text=text)
    return Still(source=embedded(jpeg), caption=text, alt=alt, time=_time(assessment, decider))


def _time(assessment: Assessment, decider: Decider) -> str:
    return f"{decider.t_s * assessment.clip.slow_motion_factor:.1f}"


def _own_value(assessment: Assessment, decider: Decider) -> str:
    """What was read in this repetition alone, after a space; empty where that is not known."""
    for measurement in assessment.measurements:
        if (measurement.metric, measurement.side) == (decider.metric, decider.side):
            values = [event.value for event in measurement.per_event if event.index == decider.index]
            return f" {amount(values[0], measurement.unit, value_digits(measurement))}" if values else ""
    return ""
