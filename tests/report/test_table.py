from __future__ import annotations

import csv
import io

import pytest

from analyzer.assessment import Assessment
from analyzer.report.table import event_table
from tests.report import samples


def rows_of(assessment: Assessment) -> tuple[str, list[dict[str, str]]]:
    name, text = event_table(assessment)
    return name, list(csv.DictReader(io.StringIO(text)))


def test_one_row_for_each_step_with_what_was_read_there() -> None:
    assessment = samples.front_run()
    name, rows = rows_of(assessment)
    assert name == "steps.csv"
    assert list(rows[0]) == [
        "index", "side", "contact_s", "toe_off_s", "knee_valgus_deg", "pelvic_drop_deg", "cadence_steps_per_min",
        "trunk_lean_lateral_deg",
    ]  # fmt: skip
    assert [(int(r["index"]), r["side"]) for r in rows] == [(s.index, s.side.value) for s in assessment.steps]
    for side in ("left", "right"):
        read = {int(r["index"]): float(r["knee_valgus_deg"]) for r in rows if r["side"] == side}
        assert read == {e.index: pytest.approx(e.value) for e in assessment.of("knee_valgus", side).per_event}


def test_one_row_for_each_repetition_with_its_verdict() -> None:
    assessment = samples.step_ups()
    name, rows = rows_of(assessment)
    assert name == "reps.csv"
    assert [r["verdict"] for r in rows] == ["pass", "fail", "pass", "fail"]
    assert rows[1]["reasons"] == "knee moving inwards; hip drop"
    assert float(rows[1]["top_s"]) == pytest.approx(1.5)
    assert float(rows[0]["knee_valgus_deg"]) == pytest.approx(assessment.of("knee_valgus", "left").per_event[0].value)


def test_what_was_not_seen_is_empty() -> None:
    assessment = samples.front_run()
    cut = (assessment.steps[0].model_copy(update={"contact_s": None}), *assessment.steps[1:])
    measured = tuple(m for m in assessment.measurements if m.side.value == "left")
    _, rows = rows_of(assessment.model_copy(update={"steps": cut, "measurements": measured}))
    assert rows[0]["contact_s"] == ""
    assert rows[1]["knee_valgus_deg"] == ""


def test_the_activity_names_the_table_even_without_events() -> None:
    running, stepping = samples.front_run(), samples.step_ups()
    assert rows_of(running.model_copy(update={"steps": ()})) == ("steps.csv", [])
    assert rows_of(stepping.model_copy(update={"reps": ()})) == ("reps.csv", [])
