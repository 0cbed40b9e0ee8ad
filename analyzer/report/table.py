"""``steps.csv`` and ``reps.csv``: one row per step or repetition, with every value that was read there."""

from __future__ import annotations

import csv
import io
from typing import Final, TypeAlias

from analyzer.assessment import Assessment, MeasurementInfo
from analyzer.motion.types import Activity

STEPS: Final = "steps.csv"
REPS: Final = "reps.csv"

_STEP_COLUMNS: Final = ("index", "side", "contact_s", "toe_off_s")
_REP_COLUMNS: Final = ("index", "side", "start_s", "top_s", "end_s", "verdict", "reasons")
_STRIDING: Final = (Activity.RUNNING, Activity.WALKING)

Cell: TypeAlias = str | int | float | None


def event_rows(assessment: Assessment) -> tuple[str, tuple[str, ...], list[tuple[Cell, ...]]]:
    """File name, columns and rows of the table that suits the activity. Columns of metrics are called by name and unit.

    A cell is None where nothing was read.
    """
    striding = assessment.activity in _STRIDING and not assessment.reps
    fixed = _STEP_COLUMNS if striding else _REP_COLUMNS
    rows = _step_rows(assessment) if striding else _rep_rows(assessment)
    read = [m for m in assessment.measurements if m.per_event]
    columns = list(dict.fromkeys(map(_column, read)))
    values = {(event.index, _column(m)): event.value for m in read for event in m.per_event}
    whole = [(*cells, *(values.get((index, column)) for column in columns)) for index, cells in rows]
    return (STEPS if striding else REPS), (*fixed, *columns), whole


def event_table(assessment: Assessment) -> tuple[str, str]:
    """File name and text of the table that suits the activity."""
    name, columns, rows = event_rows(assessment)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return name, file.getvalue()


def _step_rows(assessment: Assessment) -> list[tuple[int, tuple[Cell, ...]]]:
    return [(s.index, (s.index, s.side.value, s.contact_s, s.toe_off_s)) for s in assessment.steps]


def _rep_rows(assessment: Assessment) -> list[tuple[int, tuple[Cell, ...]]]:
    return [
        (r.index, (r.index, r.side.value, r.start_s, r.top_s, r.end_s, r.verdict.value, "; ".join(r.reasons)))
        for r in assessment.reps
    ]


def _column(measurement: MeasurementInfo) -> str:
    return f"{measurement.metric}_{measurement.unit.replace('/', '_per_')}"


def _shown(cell: Cell) -> str | int:
    """Four decimals for numbers, nothing for what was not seen."""
    if cell is None:
        return ""
    return f"{cell:.4f}" if isinstance(cell, float) else cell
