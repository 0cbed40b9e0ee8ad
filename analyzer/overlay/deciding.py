"""The repetitions that decided a test, as measurements whose instant to show is theirs."""

from __future__ import annotations

from typing import Final

from analyzer.assessment import Assessment
from analyzer.measured import MeasurementInfo
from analyzer.overlay.pictured import can_be_shown

MOST_A_SIDE: Final = 10
"""Pictures, as many as the test has repetitions; further ones are told by their numbers."""


def deciding(assessment: Assessment) -> tuple[tuple[str, MeasurementInfo], ...]:
    """File name of each picture with what it shows, for the test that is the verdict."""
    out = []
    shown: dict[str, int] = {}
    for test in (test for test in assessment.tests if test.headline):
        for each in test.decided_by:
            found = [m for m in assessment.measurements if (m.metric, m.side) == (each.metric, each.side)]
            number = shown.get(each.side.value, 0)
            if found and number < MOST_A_SIDE:
                here = found[0].model_copy(update={"evidence_s": each.t_s})
                if can_be_shown(here):
                    shown[each.side.value] = number + 1
                    out.append((each.picture, here))
    return tuple(out)
