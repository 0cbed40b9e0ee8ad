"""The index, the tables and the clients' pages."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from analyzer.assessment import Assessment
from analyzer.batch.config import Said
from analyzer.batch.pages import PAGE
from analyzer.batch.publish import CSV, JSON, publish
from analyzer.batch.record import Record, Status
from analyzer.batch.rows import Row
from tests.batch.results import keep, record
from tests.report import samples

TODAY = date(2026, 4, 1)
REFUSED = "empty.mp4: it is empty; copy it again."


def clients(out: Path) -> dict[Path, Record]:
    """Two clips of Anna's with cues, one of Ben's that was refused, one of =Cleo's that failed."""
    names = ("2026-03-01 easy.mp4", "2026-03-01 hips.mp4")
    records = dict(keep(out, f"anna/{name}", few_numbers(samples.front_run(Path(name)))) for name in names)
    records[out / "ben" / "empty"] = record("ben/empty.mp4", Status.REFUSED, REFUSED)
    records[out / "=cleo" / "a"] = record("=cleo/a.mp4", Status.FAILED, "the disk is full.")
    return records


def few_numbers(assessment: Assessment) -> Assessment:
    """With no more than a page needs, since each is a chart."""
    return assessment.model_copy(update={"measurements": assessment.measurements[:2]})


def published(out: Path, said: dict[str, Said] | None = None, records: dict[Path, Record] | None = None) -> list[Row]:
    records = clients(out) if records is None else records
    everything = {each.clip: Said() for each in records.values()}
    return publish(records, out, "clients", {**everything, **(said or {})}, TODAY)


CUES = {"anna/2026-03-01 easy.mp4": Said(cue="baseline"), "anna/2026-03-01 hips.mp4": Said(cue="hips", pain=2.0)}


def test_the_tables_tell_of_every_clip(tmp_path):
    rows = published(tmp_path, CUES)

    table = list(csv.DictReader(io.StringIO((tmp_path / CSV).read_text("utf-8"))))
    document = json.loads((tmp_path / JSON).read_text("utf-8"))
    assert [row["clip"] for row in document["clips"]] == [row.clip for row in rows]
    assert [row["clip"].lstrip("'") for row in table] == [row.clip for row in rows]
    assert document["counts"] == {"analysed": 2, "refused": 1, "failed": 1}
    by_clip = {row["clip"]: row for row in table}
    hips = by_clip["anna/2026-03-01 hips.mp4"]
    assert (hips["day"], hips["view"], hips["cue"], hips["pain"]) == ("2026-03-01", "front", "hips", "2.0")
    assert hips["report"] == "anna/2026-03-01 hips/report.html"
    expected = samples.front_run().of("knee_valgus", "left").value
    assert float(hips["knee_valgus_left_deg"]) == pytest.approx(expected, abs=1e-4)
    assert by_clip["ben/empty.mp4"]["reason"] == REFUSED
    assert by_clip["ben/empty.mp4"]["knee_valgus_left_deg"] == ""
    assert "thumbnail" not in document["clips"][0]


def test_a_spreadsheet_takes_no_name_for_a_formula(tmp_path):
    published(tmp_path)

    table = list(csv.DictReader(io.StringIO((tmp_path / CSV).read_text("utf-8"))))
    assert {row["client"] for row in table} == {"'=cleo", "anna", "ben"}


def test_each_client_has_a_page_with_their_clips_and_their_history(tmp_path):
    published(tmp_path, CUES)

    anna, ben = ((tmp_path / client / PAGE).read_text("utf-8") for client in ("anna", "ben"))
    assert 'href="../anna/2026-03-01%20hips/report.html"' in anna
    assert "<svg" in anna
    assert "it is empty; copy it again." in ben
    assert "No clip could be analysed yet." in ben


def test_cues_are_held_against_each_other(tmp_path):
    published(tmp_path, CUES)

    assert 'href="compare.html"' in (tmp_path / "anna" / PAGE).read_text("utf-8")
    comparison = json.loads((tmp_path / "anna" / "compare.json").read_text("utf-8"))
    assert comparison["baseline"]["label"] == "baseline"
    assert not (tmp_path / "ben" / "compare.html").exists()


def test_a_comparison_goes_with_its_cues(tmp_path):
    records = clients(tmp_path)
    published(tmp_path, CUES, records)
    published(tmp_path, {}, records)

    assert not (tmp_path / "anna" / "compare.html").exists()
    assert "compare.html" not in (tmp_path / "anna" / PAGE).read_text("utf-8")


def test_a_page_is_made_again_only_if_something_in_it_is_new(tmp_path, monkeypatch):
    records = clients(tmp_path)
    published(tmp_path, CUES, records)
    (tmp_path / "ben" / PAGE).unlink()
    made: list[str] = []
    monkeypatch.setattr(
        "analyzer.batch.publish.render_client", lambda rows, out, client, *_: made.append(client) or "page"
    )
    published(tmp_path, CUES | {"=cleo/a.mp4": Said(shoes="old")}, records)

    assert made == ["=cleo", "ben"]


def test_results_that_cannot_be_read_are_told(tmp_path):
    records = clients(tmp_path)
    (tmp_path / "anna" / "2026-03-01 easy" / "assessment.json").write_text("{", encoding="utf-8")

    rows = {row.clip: row for row in published(tmp_path, {}, records)}

    assert rows["anna/2026-03-01 easy.mp4"].status is Status.FAILED
    assert "--force" in rows["anna/2026-03-01 easy.mp4"].reason


def test_what_a_clip_is_called_never_becomes_part_of_the_page(tmp_path):
    records = {tmp_path / "x": record("<b>x/<script>alert(1)<&.mp4", Status.REFUSED, "<img src=x>")}

    published(tmp_path, {}, records)

    page = (tmp_path / PAGE).read_text("utf-8")
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
