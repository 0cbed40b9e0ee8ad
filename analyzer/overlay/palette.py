"""Colours, line styles and words of the verdicts, shared by the overlay and the report.

The colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people of every colour vision can
tell apart. No verdict is ever told by colour alone: each has its own symbol, and where lines are drawn its own style.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from analyzer.assessment import Assessment, TestVerdict, Verdict

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


class Stroke(str, Enum):
    """How a judged line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOUBLE = "double"


HEX: Final = {
    Verdict.PASS: "#009E73",
    Verdict.BORDERLINE: "#E69F00",
    Verdict.FAIL: "#D55E00",
    Verdict.INFO: "#56B4E9",
    Verdict.NOT_MEASURED: "#8A9296",
}

STROKES: Final = {
    Verdict.PASS: Stroke.SOLID,
    Verdict.BORDERLINE: Stroke.DASHED,
    Verdict.FAIL: Stroke.DOUBLE,
    Verdict.INFO: Stroke.SOLID,
    Verdict.NOT_MEASURED: Stroke.SOLID,
}

WORDS: Final = {
    Verdict.PASS: "on target",
    Verdict.BORDERLINE: "borderline",
    Verdict.FAIL: "not yet",
    Verdict.INFO: "for information",
    Verdict.NOT_MEASURED: "not measured",
}

TEST_WORDS: Final = {
    TestVerdict.PASS: "passed",
    TestVerdict.NOT_YET: "not yet",
    TestVerdict.CANNOT_TELL: "cannot tell",
}

TEST_LOOKS: Final = {
    TestVerdict.PASS: Verdict.PASS,
    TestVerdict.NOT_YET: Verdict.FAIL,
    TestVerdict.CANNOT_TELL: Verdict.NOT_MEASURED,
}
"""The verdict whose colour and symbol a test's verdict borrows."""

HARSHNESS: Final = (Verdict.NOT_MEASURED, Verdict.INFO, Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)


def rgb(verdict: Verdict) -> Colour:
    """The verdict's colour."""
    code = HEX[verdict]
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


WHITE: Final[Colour] = (255, 255, 255)
INK: Final[Colour] = (16, 20, 23)
PALE: Final[Colour] = (206, 213, 217)


def overall(assessment: Assessment) -> Verdict:
    """The verdict whose symbol stands for the whole clip: the tests' if there are any, else the measurements'."""
    for verdict in (TestVerdict.NOT_YET, TestVerdict.CANNOT_TELL, TestVerdict.PASS):
        if any(test.verdict is verdict for test in assessment.tests):
            return TEST_LOOKS[verdict]
    return max((m.verdict for m in assessment.measurements), key=HARSHNESS.index, default=Verdict.NOT_MEASURED)
