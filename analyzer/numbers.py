"""All of a result folder that needs no look at the clip: numbers, tables, plan, track and report."""

from __future__ import annotations

from pathlib import Path

from analyzer.assessment import Assessment
from analyzer.folder import ASSESSMENT, BASIS, CALENDAR, FRAMES, PLAN, REPORT, TRACK
from analyzer.measured import MeasurementInfo
from analyzer.overlay.deciding import deciding
from analyzer.overlay.scaled import scale_pictures
from analyzer.program.files import plan_csv, plan_ics
from analyzer.report.page import Pictures
from analyzer.report.render import render_report
from analyzer.report.table import event_table


def picture_name(measurement: MeasurementInfo) -> str:
    """The file name of a measurement's key frame."""
    return f"{measurement.metric}_{measurement.side.value}.jpg"


def write_numbers(assessment: Assessment, pictures: Pictures, people: bytes, folder: Path) -> None:
    """Write all that needs no look at the clip into a folder; a plan's files that are there already stay.

    Args:
        assessment: with the movement behind it.
        pictures: key frames as JPEG, by metric and side.
        people: who was seen, as JPEG; empty where there was only one person.
        folder: that is there already.
    """
    motion, basis = assessment.motion, assessment.basis
    (folder / ASSESSMENT).write_text(assessment.to_json(), encoding="utf-8", newline="\n")
    name, table = event_table(assessment)
    (folder / name).write_text(table, encoding="utf-8", newline="")
    if assessment.plan.sessions:
        if not (folder / PLAN).exists():
            (folder / PLAN).write_text(plan_csv(assessment.plan), encoding="utf-8", newline="")
        if not (folder / CALENDAR).exists():
            (folder / CALENDAR).write_bytes(plan_ics(assessment.plan))
    cm_per_px = None if motion.scale is None else motion.scale.cm_per_px
    raw = motion.raw if basis is None else basis.track
    raw.save(folder / TRACK, cleaned=motion.track, cm_per_px=cm_per_px)
    if basis is not None:
        basis.save(folder / BASIS)
    beside = [entry.name for entry in folder.iterdir()]
    decided = {
        name: (folder / FRAMES / name).read_bytes()
        for name, *_ in (*deciding(assessment), *scale_pictures(assessment))
        if (folder / FRAMES / name).exists()
    }
    report = render_report(assessment, pictures, people, beside, decided)
    (folder / REPORT).write_text(report, encoding="utf-8", newline="\n")
