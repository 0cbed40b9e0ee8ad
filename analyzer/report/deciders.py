"""Repetitions that decided a test, in words and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analyzer.assessment import Decider
from analyzer.report.findings import Still, embedded
from analyzer.report.words import load_words

NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


def decider_text(decider: Decider, slow_motion_factor: float) -> str:
    """Which repetition it is, what for, and when in the clip as it plays."""
    time = f"{decider.t_s * slow_motion_factor:.1f}"
    what = decider.title.lower()
    return load_words().decider.text.format(
        side=decider.side.value.capitalize(), number=decider.number, what=what, time=time
    )


def decider_still(decider: Decider, slow_motion_factor: float, decided: Mapping[str, bytes]) -> Still | None:
    """Its picture, None where there is none."""
    jpeg = decided.get(decider.picture)
    if jpeg is None:
        return None
    text = decider_text(decider, slow_motion_factor)
    time = f"{decider.t_s * slow_motion_factor:.1f}"
    return Still(source=embedded(jpeg), caption=text, alt=load_words().decider.alt.format(text=text), time=time)
