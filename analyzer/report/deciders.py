"""Repetitions that decided a test, in words and pictures."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from analyzer.assessment import Decider
from analyzer.report.findings import Still

NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


def decider_text(decider: Decider) -> str:
    """Which repetition it is and what for, such as ``Left, repetition 3: knee over the foot, at 12.4 s``."""
    what = decider.title.lower()
    return f"{decider.side.value.capitalize()}, repetition {decider.number}: {what}, at {decider.t_s:.1f} s"


def decider_still(decider: Decider, decided: Mapping[str, bytes]) -> Still | None:
    """Its picture, None where there is none."""
    jpeg = decided.get(decider.picture)
    if jpeg is None:
        return None
    text = decider_text(decider)
    source = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    return Still(source=source, caption=text, alt=f"Frame of the clip: {text}.", time=f"{decider.t_s:.1f}")
