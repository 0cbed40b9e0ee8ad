"""A few plain lines on an assessment, for the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from analyzer.assessment import Assessment, MeasurementInfo, TestInfo, TestVerdict, Verdict
from analyzer.pose.landmarks import Side
from analyzer.wording import reading_text

_WORDS: Final = {
    TestVerdict.PASS: "passed",
    TestVerdict.NOT_YET: "not yet",
    TestVerdict.CANNOT_TELL: "cannot tell",
}


def summary(assessment: Assessment, folder: Path) -> list[str]:
    """The headline, how the tests came out and why, what is worth working on, and where the report is."""
    missed = [m for m in assessment.measurements if m.verdict is Verdict.FAIL]
    lines = [f"{Path(assessment.clip.path).name}: {assessment.headline}"]
    if assessment.intake is not None:
        lines += [f"  {flag.said} {flag.advice}" for flag in assessment.intake.flags]
    for test in assessment.tests:
        lines += [f"  {_test_line(test)}", *(f"    {reason}" for reason in test.reasons)]
    lines += [f"  Worth working on: {_measurement_line(measurement)}" for measurement in missed]
    if assessment.own_limits is not None:
        lines.append(f"  {assessment.own_limits.note}")
    return [*lines, f"  Report: {folder / 'report.html'}"]


def _test_line(test: TestInfo) -> str:
    sides = ", ".join(f"{side} {_WORDS[verdict]}" for side, verdict in test.sides.items())
    return f"{test.title}: {_WORDS[test.verdict]}" + (f" ({sides})" if sides else "")


def _measurement_line(measurement: MeasurementInfo) -> str:
    side = "" if measurement.side is Side.BOTH else f", {measurement.side.value}"
    return f"{measurement.title}{side} {reading_text(measurement)}"
