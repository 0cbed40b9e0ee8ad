"""The pages of comparisons and of progress: complete, safe, self-contained."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from analyzer.assessment import Verdict
from analyzer.compare.history import History, Reminder, history_of
from analyzer.compare.trial import compare_clips
from analyzer.compare.types import Labelled, Role
from analyzer.report.compare_page import page_of_comparison, pair_summary, render_comparison
from analyzer.report.history_page import SIZE, SMALL, history_summary, page_of_history, reminder_text, render_history
from tests.compare.clips import around, clip_of, labelled, values
from tests.report.drawn import Drawing

TODAY = date(2026, 3, 1)
DAYS = (
    date(2025, 9, 3),
    date(2025, 10, 14),
    date(2025, 12, 2),
    date(2026, 1, 20),
    date(2026, 1, 21),
    date(2026, 3, 30),
)
HOSTILE = "<script>alert(1)</script>"
FROM_AFAR = re.compile(r"(?:src|href)=[\"'](?!data:|#)|url\((?!#)|@import|<script", re.IGNORECASE)


def clip(drop: float, mark: str, **more: object):
    return clip_of(
        values("pelvic_drop", around(drop), verdict=Verdict.FAIL), values("cadence", around(170.0), unit="steps/min",
        limits=None, uncertainty=1.0), mark=mark, **more,
    )  # fmt: skip


def comparison(label: str = "glutes"):
    first, hips = labelled(clip(12.0, "a"), Role.BASELINE, 5.0), clip(6.0, "b", share=0.8)
    return compare_clips([first, Labelled(hips, label, Role.HIPS, 2.0, "old")], TODAY, 10.0)


def histories(tmp_path: Path) -> History:
    for day, drop, mark in (("2026-01-01", 12.0, "a"), ("2026-02-01", 5.0, "b")):
        (tmp_path / day).mkdir()
        (tmp_path / day / "assessment.json").write_text(clip(drop, mark).to_json(), encoding="utf-8")
    return history_of(tmp_path, TODAY)


def test_the_page_leads_with_the_decision_and_its_reasons() -> None:
    found = comparison()
    text = render_comparison(found)
    assert text.index(found.said) < text.index("pain went from 5 to 2 of 10") < text.index("against baseline")
    assert found.next in text
    assert all(item.title in text for item in found.items)
    assert found.pairs[0].cautions[0].message in text


def test_every_change_has_a_line_with_a_word_and_a_bar() -> None:
    page = page_of_comparison(comparison())
    (part,) = page.pairs
    assert len(part.rows) == len(part.pair.changes) == 2
    for row in part.rows:
        assert row.mark.word
        assert 0.0 <= row.bar.low <= row.bar.at <= row.bar.high <= 140.0


def test_pages_fetch_nothing_and_take_names_as_text(tmp_path: Path) -> None:
    for text in (render_comparison(comparison(HOSTILE)), render_history(histories(tmp_path))):
        assert not FROM_AFAR.search(text)
        assert HOSTILE not in text
        assert text.count("<main ") == text.count("</main>") == 1


def test_a_summary_counts_only_real_changes() -> None:
    first = labelled(clip(12.0, "a"), Role.BASELINE)
    same = compare_clips([first, labelled(clip(12.0, "b"), Role.AFTER)], TODAY)
    assert pair_summary(same.pairs[0]) == "After: no change beyond the noise."
    moved = compare_clips([first, labelled(clip(3.0, "c"), Role.AFTER)], TODAY)
    assert pair_summary(moved.pairs[0]) == "After: 1 moved the right way."


def test_progress_shows_each_metric_over_time_and_where_its_days_come_from(tmp_path: Path) -> None:
    found = histories(tmp_path)
    page = page_of_history(found)
    (chapter,) = page.chapters
    assert [part.title for part in chapter.moved] == ["Pelvic drop"]
    assert [part.title for part in chapter.steady] == ["Cadence"]
    text = render_history(found)
    assert text.count('<svg class="chart"') == 2
    assert "from the name of the file or folder" in text
    assert "1 real change since the first, 1 of them the right way" in text
    assert any("Pelvic drop" in line for line in history_summary(found, tmp_path / "progress.html"))


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Clips of more days than a chart has room for, two of them on neighbouring days."""
    folder = tmp_path_factory.mktemp("history")
    for number, day in enumerate(DAYS):
        (folder / day.isoformat()).mkdir()
        text = clip(12.0 - number, f"{number:x}", path=f"{day}.mp4").to_json()
        (folder / day.isoformat() / "assessment.json").write_text(text, encoding="utf-8")
    return history_of(folder, TODAY)


def test_values_stand_on_their_days_and_at_their_height(long_history: History) -> None:
    (chapter,) = long_history.chapters
    page = page_of_history(long_history)
    for part, size in ((page.chapters[0].moved[0], SIZE), (page.chapters[0].steady[0], SMALL)):
        (series,) = (each for each in chapter.series if each.title == part.title)
        assert part.chart is not None
        drawn = Drawing(part.chart, size.letter_px)
        dots = drawn.circles("clip")
        assert [y for _, y in dots] == pytest.approx([drawn.up(point.value) for point in series.points], abs=0.5)
        first, last = dots[0][0], dots[-1][0]
        passed = [(day - DAYS[0]).days / (DAYS[-1] - DAYS[0]).days for day in DAYS]
        assert [x for x, _ in dots] == pytest.approx([first + share * (last - first) for share in passed], abs=0.5)
        filled = len(drawn.circles("clip", "real"))
        assert filled == sum(point.change is not None and point.change.real for point in series.points)
        ((course,),) = drawn.paths("course")
        assert course == dots


def test_days_below_a_chart_keep_apart_and_name_each_year(long_history: History) -> None:
    page = page_of_history(long_history)
    for part, size in ((page.chapters[0].moved[0], SIZE), (page.chapters[0].steady[0], SMALL)):
        drawn = Drawing(part.chart or "", size.letter_px)
        said = [each.text for each in drawn.letters("place")]
        assert drawn.overlapping() == []
        assert {"3 Sep", "2025", "30 Mar", "2026"} <= set(said)
        assert {"2025", "2026"} == {text for text in said if text.isdigit()}
        assert all(each.left >= 0 and each.right <= drawn.width for each in drawn.letters())


@pytest.mark.parametrize(
    ("days", "said"),
    [(-9, "is 9 days past"), (-1, "is 1 day past"), (0, "due today"), (1, "in 1 day."), (12, "in 12 days")],
)
def test_reminders_in_words(days: int, said: str) -> None:
    assert said in reminder_text(Reminder(due=TODAY, days_left=days, note="Film.", plan_from=TODAY))
