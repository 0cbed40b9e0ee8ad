"""What the progress page says, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import add, sub
from pathlib import Path
from typing import Final

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
from analyzer.report.svg import Chart, Size
from analyzer.report.ticks import spaced, text_width
from analyzer.report.words import load_words
from analyzer.wording import UNITS, amount, decimals, doubtful_text, limits_text

SIZE: Final = Size(420.0, 190.0, 14.0)
SMALL: Final = Size(260.0, 150.0, 12.0)
"""Of what changed, and of what did not."""

BETWEEN_PX: Final = 5.0
"""Between the days below a chart."""

FEWEST_DAYS: Final = 7.0
"""What a chart reaches over at least."""


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
    chapters = tuple(map(_chapter, history.chapters))
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


def _chapter(chapter: Chapter) -> ChapterPart:
    parts = [_series(series) for series in chapter.series]
    return ChapterPart(
        chapter=chapter,
        title=f"{activity_text(chapter.activity)}, filmed {load_words().views[chapter.view]}",
        moved=tuple(part for part in parts if part.real),
        steady=tuple(part for part in parts if not part.real),
        days=tuple(day_text(row.day) for row in chapter.rows),
    )


def _series(series: Series) -> SeriesPart:
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
        chart=_chart(series, SIZE if real else SMALL) if len(series.points) > 1 else None,
    )


def _chart(series: Series, size: Size) -> Markup:
    """Every value with its interval on its day, over the target; filled where it really differs from the first."""
    days = [float(point.day.toordinal()) for point in series.points]
    values, doubts = [point.value for point in series.points], [point.uncertainty or 0.0 for point in series.points]
    edges = [e for e in (series.limits.pass_low, series.limits.pass_high) if e is not None] if series.limits else []
    held = [*map(sub, values, doubts), *map(add, values, doubts), *edges]
    margin = 0.1 * max(max(held) - min(held), 1.0)
    width = max(max(days) - days[0], FEWEST_DAYS)
    across = days[0] - 0.08 * width, days[0] + 1.08 * width
    chart = Chart(size, across, (min(held) - margin, max(held) + margin), UNITS.get(series.unit, f" {series.unit}"))
    chart.band(series.limits)
    chart.line(days, values, "course")
    for place, value, doubt, point in zip(days, values, doubts, series.points, strict=True):
        real = point.change is not None and point.change.real
        chart.reading(place, value, doubt, "real" if real else "noise", capped=True)
    chart.below(_days_below(days, size.letter_px, chart.x.px_each))
    return chart.svg(_label(series))


def _days_below(days: Sequence[float], letter_px: float, px_each: float) -> list[tuple[float, str]]:
    """As many days as have room below a chart, with the year where it is another than before."""
    named = {day: date.fromordinal(int(day)) for day in sorted(days)}
    widest = max(text_width(f"{day.day} {day:%b}", letter_px) for day in named.values())
    shown = [(place, named[place]) for place in spaced(list(named), (widest + BETWEEN_PX) / px_each)]
    years = [None, *(day.year for _, day in shown)]
    return [
        (place, f"{day.day} {day:%b}" + (f"\n{day.year}" if day.year != year else ""))
        for (place, day), year in zip(shown, years, strict=False)
    ]


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
