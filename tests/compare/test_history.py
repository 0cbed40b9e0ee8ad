"""A client's folder becomes dated chapters, and only real changes are called so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analyzer.assessment import Assessment
from analyzer.compare.history import DateSource, dated_by, history_of, read_folder
from analyzer.errors import CompareError
from analyzer.motion.types import View
from analyzer.planned import Plan
from analyzer.program.calendar import dated
from tests.compare.clips import around, clip_of, values
from tests.program.test_plan import WELL, plan

TODAY = date(2026, 4, 1)


def put(folder: Path, assessment: Assessment) -> None:
    folder.mkdir(parents=True)
    (folder / "assessment.json").write_text(assessment.to_json(), encoding="utf-8")


def drop(value: float, mark: str, **more: object) -> Assessment:
    return clip_of(values("pelvic_drop", around(value)), mark=mark, **more)  # type: ignore[arg-type]


def test_the_recording_counts_before_names_and_names_before_the_analysis() -> None:
    recorded = drop(9.0, "a", recorded="2026-01-05T08:00:00+01:00", path="2026-02-02.mp4")
    assert dated_by(recorded, Path("x/2026-03-03")) == (date(2026, 1, 5), DateSource.CONTAINER)
    named = drop(9.0, "a", path="VID_20260202_101500.mp4")
    assert dated_by(named, Path("x/2026-03-03")) == (date(2026, 2, 2), DateSource.NAME)
    assert dated_by(drop(9.0, "a"), Path("x/2026-03-03 retest")) == (date(2026, 3, 3), DateSource.NAME)
    assert dated_by(drop(9.0, "a"), Path("anna/run")) == (date(2026, 3, 1), DateSource.ANALYSIS)


@pytest.mark.parametrize("name", ["clip_20261350", "run_1234567890123", "v2026-02-31", "12026-01-01"])
def test_digits_that_are_no_date_are_no_date(name: str) -> None:
    assert dated_by(drop(9.0, "a", path=f"{name}.mp4"), Path("run"))[1] is DateSource.ANALYSIS


def test_each_value_is_held_against_the_first(tmp_path: Path) -> None:
    put(tmp_path / "2026-03-01", drop(4.0, "c"))
    put(tmp_path / "2026-01-01", drop(9.0, "a"))
    put(tmp_path / "2026-02-01", drop(8.0, "b"))
    found = history_of(tmp_path, TODAY)
    (chapter,) = found.chapters
    (series,) = chapter.series
    assert [row.folder for row in chapter.rows] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [point.value for point in series.points] == [9.0, 8.0, 4.0]
    changes = [point.change for point in series.points]
    assert changes[0] is None
    assert [change.real for change in changes if change is not None] == [False, True]


def test_views_and_movements_have_chapters_of_their_own(tmp_path: Path) -> None:
    put(tmp_path / "2026-01-01", drop(9.0, "a"))
    put(tmp_path / "2026-01-02", drop(9.0, "b", view=View.BACK))
    found = history_of(tmp_path, TODAY)
    assert [chapter.view for chapter in found.chapters] == [View.FRONT, View.BACK]
    assert all(series.points[0].change is None for chapter in found.chapters for series in chapter.series)


def test_the_next_retest_is_that_of_the_newest_plan(tmp_path: Path) -> None:
    old, new = dated(plan(WELL), date(2026, 1, 1)), dated(plan(WELL), date(2026, 3, 20))
    put(tmp_path / "2026-01-01", drop(9.0, "a", plan=old))
    put(tmp_path / "2026-03-20", drop(9.0, "b", plan=new))
    found = history_of(tmp_path, TODAY).reminder
    assert found is not None
    assert found.plan_from == date(2026, 3, 20)
    assert found.due == max(session.day for session in new.sessions if session.title == "Re-test")
    assert found.days_left == (found.due - TODAY).days
    late = history_of(tmp_path, date(2027, 1, 1)).reminder
    assert late is not None
    assert late.days_left < 0


def test_without_a_dated_plan_there_is_no_reminder(tmp_path: Path) -> None:
    put(tmp_path / "one", drop(9.0, "a", plan=Plan()))
    assert history_of(tmp_path, TODAY).reminder is None


def test_what_cannot_be_read_is_told_and_left_out(tmp_path: Path) -> None:
    put(tmp_path / "good" / "run", drop(9.0, "a"))
    put(tmp_path / ".run.12.part", drop(9.0, "b"))
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "assessment.json").write_text("{}", encoding="utf-8")
    found, skipped = read_folder(tmp_path)
    assert [each.folder.name for each in found] == ["run"]
    assert len(skipped) == 1
    assert skipped[0].startswith("bad ")


def test_no_folder_and_nothing_in_it_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CompareError, match="is no folder"):
        history_of(tmp_path / "nowhere", TODAY)
    with pytest.raises(CompareError, match="holds no results"):
        history_of(tmp_path, TODAY)
