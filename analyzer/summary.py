"""A few plain lines on an assessment, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from analyzer.assessment import Assessment, MeasurementInfo, TestInfo, TestVerdict, Verdict
from analyzer.overlay.palette import HEX, WORDS, overall
from analyzer.pose.landmarks import Side
from analyzer.report.order import by_weight
from analyzer.report.page import activity_text
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


def summary_table(rows: Sequence[tuple[Path, Assessment | None, Path]]) -> Table:
    """Several clips at one glance: each with what was seen, the verdict, what to work on first and its folder.

    Args:
        rows: clip, what came of it, None where it was not analysed, and the folder for it.
    """
    table = Table("clip", "movement", "verdict", "first to work on", "folder", box=SIMPLE_HEAD)
    for clip, assessment, folder in rows:
        if assessment is None:
            table.add_row(Text(clip.name), "", "not analysed")
            continue
        look = overall(assessment)
        table.add_row(
            Text(clip.name),
            activity_text(assessment.activity),
            Text(WORDS[look], style=HEX[look]),
            _first(assessment),
            Text(str(folder)),
        )
    return table


def _first(assessment: Assessment) -> str:
    """What is furthest from its target."""
    beyond = [m for m in assessment.measurements if m.verdict in (Verdict.FAIL, Verdict.BORDERLINE)]
    return next((_measurement_line(measurement) for measurement in by_weight(assessment, beyond)), "none")


def _test_line(test: TestInfo) -> str:
    sides = ", ".join(f"{side} {_WORDS[verdict]}" for side, verdict in test.sides.items())
    return f"{test.title}: {_WORDS[test.verdict]}" + (f" ({sides})" if sides else "")


def _measurement_line(measurement: MeasurementInfo) -> str:
    side = "" if measurement.side is Side.BOTH else f", {measurement.side.value}"
    return f"{measurement.title}{side} {reading_text(measurement)}"
