"""What the progress page says, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from markupsafe import Markup

from analyzer.assessment import Verdict
from analyzer.compare.decision import change_text
from analyzer.compare.history import Chapter, History, Reminder, Series
from analyzer.compare.tables import load_compare
from analyzer.pose.landmarks import Side
from analyzer.report.compare_page import mark_of
from analyzer.report.marks import Mark
from analyzer.report.page import Beside, activity_text, beside_page
from analyzer.report.plan_page import day_text
from analyzer.report.render import environment
from analyzer.report.svg import CARD, MARK, MUTED, band, blank, inline, styled
from analyzer.report.words import load_words
from analyzer.wording import UNITS, amount, decimals, doubtful_text, limits_text

SIZE: Final = (420, 190)
SMALL: Final = (260, 150)
"""Width and height in the page's px, of what changed and of what did not."""
DAY_PX: Final = 70
"""Room for a day below a chart."""


@dataclass(frozen=True)
class SeriesPart:
    """One metric over time.

    ``real`` tells whether the newest value differs from the first by more than noise; ``chart`` is None where there is
    but one value.
    """

    title: str
    side: str
    now: str
    target: str
    change: str
    mark: Mark
    real: bool
    chart: Markup | None


@dataclass(frozen=True)
class ChapterPart:
    """Clips of one movement from one side."""

    chapter: Chapter
    title: str
    moved: tuple[SeriesPart, ...]
    steady: tuple[SeriesPart, ...]
    days: tuple[str, ...]


@dataclass(frozen=True)
class HistoryPage:
    """The whole page."""

    history: History
    title: str
    headline: str
    reminder: str
    chapters: tuple[ChapterPart, ...]
    today: str
    beside: tuple[Beside, ...] = ()


def render_history(history: History, beside: Sequence[str] = ()) -> str:
    """One self-contained page: no script, nothing fetched; ``beside`` names the files beside it, to link to."""
    return environment().get_template("history.html.j2").render(page=page_of_history(history, beside))


def page_of_history(history: History, beside: Sequence[str] = ()) -> HistoryPage:
    """Everything the template needs."""
    chapters = tuple(_chapter(chapter, number) for number, chapter in enumerate(history.chapters))
    clips = sum(len(chapter.rows) for chapter in history.chapters)
    moved = [part for chapter in chapters for part in chapter.moved]
    return HistoryPage(
        history=history,
        title=f"{history.person}: progress" if history.person else "Progress",
        headline=_headline(clips, moved),
        reminder=reminder_text(history.reminder) if history.reminder is not None else "",
        chapters=chapters,
        today=day_text(history.today),
        beside=beside_page(beside),
    )


def _headline(clips: int, moved: list[SeriesPart]) -> str:
    say = load_compare().words.history
    if clips == 1:
        return say.one_clip
    better = sum(part.mark.look is Verdict.PASS for part in moved)
    if not moved:
        return say.none.format(clips=clips)
    return (say.one_change if len(moved) == 1 else say.changes).format(clips=clips, count=len(moved), better=better)


def reminder_text(reminder: Reminder) -> str:
    """When to film again, in words."""
    say, days = load_compare().words.history, reminder.days_left
    when = say.past if days < 0 else say.ahead if days > 0 else say.due
    counted = (say.one_day if abs(days) == 1 else say.days).format(days=abs(days))
    return f"{when.format(day=day_text(reminder.due), days=counted)} {reminder.note}".strip()


def _chapter(chapter: Chapter, number: int) -> ChapterPart:
    parts = [_series(series, f"s{number}-{index}") for index, series in enumerate(chapter.series)]
    return ChapterPart(
        chapter=chapter,
        title=f"{activity_text(chapter.activity)}, filmed {load_words().views[chapter.view]}",
        moved=tuple(part for part in parts if part.real),
        steady=tuple(part for part in parts if not part.real),
        days=tuple(day_text(row.day) for row in chapter.rows),
    )


def _series(series: Series, prefix: str) -> SeriesPart:
    newest = series.points[-1]
    real = newest.change is not None and newest.change.real
    digits = decimals(series.unit, newest.uncertainty)
    return SeriesPart(
        title=series.title,
        side="" if series.side is Side.BOTH else series.side.value,
        now=doubtful_text(newest.value, newest.uncertainty, series.unit, digits),
        target=limits_text(series.limits, series.unit) if series.limits is not None else "",
        change=change_text(newest.change) if newest.change is not None else "",
        mark=mark_of(newest.change)
        if newest.change is not None
        else Mark(Verdict.INFO, load_compare().words.history.first),
        real=real,
        chart=_chart(series, prefix, SIZE if real else SMALL) if len(series.points) > 1 else None,
    )


def _chart(series: Series, prefix: str, size: tuple[int, int]) -> Markup:
    """Every value with its interval on its day, over the target; filled where it really differs from the first."""
    days = np.array([point.day.toordinal() for point in series.points], dtype=float)
    values = np.array([point.value for point in series.points])
    doubts = np.array([point.uncertainty or 0.0 for point in series.points])
    edges = [e for e in (series.limits.pass_low, series.limits.pass_high) if e is not None] if series.limits else []
    low, high = min([*(values - doubts), *edges]), max([*(values + doubts), *edges])
    margin = 0.1 * max(high - low, 1.0)
    with styled():
        figure, axes = blank(size, low - margin, high + margin, UNITS.get(series.unit, f" {series.unit}"))
        width = max(float(np.ptp(days)), 7.0)
        axes.set_xlim(days[0] - 0.08 * width, days[0] + 1.08 * width)
        band(axes, series.limits)
        axes.plot(days, values, color=MUTED, linewidth=1.0, linestyle=(0, (1, 2)))
        axes.errorbar(days, values, yerr=doubts, fmt="none", ecolor=MARK, elinewidth=1.6, capsize=3)
        for day, value, point in zip(days, values, series.points, strict=True):
            real = point.change is not None and point.change.real
            axes.plot([day], [value], "o", color=MARK if real else CARD, markeredgecolor=MARK, markersize=7)
        shown = np.unique(days)[:: max(1, -(-len(np.unique(days)) // (size[0] // DAY_PX)))]
        axes.set_xticks(shown, [f"{day.day} {day:%b}\n{day.year}" for day in map(date.fromordinal, map(int, shown))])
        return inline(figure, prefix, _label(series))


def _label(series: Series) -> str:
    side = "" if series.side is Side.BOTH else f", {series.side.value}"
    told = "; ".join(f"{day_text(p.day)}: {amount(p.value, series.unit, 1)}" for p in series.points)
    return f"{series.title}{side} over time. {told}."


def history_summary(history: History, page: Path) -> list[str]:
    """A few plain lines for the terminal."""
    told = page_of_history(history)
    lines = [told.headline]
    for chapter in told.chapters:
        lines += [f"  {chapter.title}:"]
        lines += [
            f"    {day}, from {row.day_from.value}: {row.folder}"
            for day, row in zip(chapter.days, chapter.chapter.rows, strict=True)
        ]
        lines += [
            f"    {part.title}{', ' if part.side else ''}{part.side}: {part.change} ({part.mark.word})"
            for part in chapter.moved
        ]
    if told.reminder:
        lines.append(f"  {told.reminder}")
    lines += [f"  Left out: {said}." for said in history.skipped]
    return [*lines, f"  Page: {page}"]
