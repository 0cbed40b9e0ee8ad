"""What the comparison's page says, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analyzer.assessment import Verdict
from analyzer.compare.decision import change_text
from analyzer.compare.tables import load_compare
from analyzer.compare.types import Basis, Change, Comparison, CueOutcome, Decision, Pair, Role
from analyzer.pose.landmarks import Side
from analyzer.report.page import Mark
from analyzer.report.plan_page import day_text
from analyzer.report.render import environment
from analyzer.wording import amount, decimals

BASIS_WORDS: Final = {
    Basis.STEPS: "the spread between steps",
    Basis.SMALLEST: "the smallest change that can be told from noise",
    Basis.WHOLE: "the whole uncertainty of both clips",
}
HELPED: Final = {
    "yes": Mark(Verdict.PASS, "helped"),
    "no": Mark(Verdict.NOT_MEASURED, "did not help"),
    "unknown": Mark(Verdict.INFO, "cannot tell"),
}
DECISION_LOOKS: Final = {Decision.NEITHER: Verdict.NOT_MEASURED, Decision.CANNOT_TELL: Verdict.INFO}
BAR_HALF: Final = 70.0
"""Half the width of a row's bar, in px."""


@dataclass(frozen=True)
class Bar:
    """A change with its interval, in px from the bar's left edge; the middle is no change."""

    low: float
    at: float
    high: float


@dataclass(frozen=True)
class ChangeRow:
    """One line of the table."""

    title: str
    side: str
    before: str
    after: str
    change: str
    mark: Mark
    bar: Bar
    why: str


@dataclass(frozen=True)
class PairPart:
    """One clip against the first."""

    pair: Pair
    title: str
    summary: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class ComparePage:
    """The whole page."""

    comparison: Comparison
    title: str
    headline: str
    look: Verdict
    subtitle: str
    cues: tuple[tuple[CueOutcome, Mark], ...]
    pairs: tuple[PairPart, ...]
    hedge: str


def render_comparison(comparison: Comparison) -> str:
    """One self-contained page: no script, nothing fetched from anywhere."""
    return environment().get_template("compare.html.j2").render(page=page_of_comparison(comparison))


def page_of_comparison(comparison: Comparison) -> ComparePage:
    """Everything the template needs."""
    headline, look = _headline(comparison)
    who = f"{comparison.person}: " if comparison.person else ""
    return ComparePage(
        comparison=comparison,
        title=f"{who}clips compared",
        headline=headline,
        look=look,
        subtitle=f"{1 + len(comparison.pairs)} clips compared, {day_text(comparison.created)}",
        cues=tuple((outcome, HELPED[outcome.helped]) for outcome in comparison.cues),
        pairs=tuple(_part(pair) for pair in comparison.pairs),
        hedge=load_compare().words.reason.hedge if comparison.cues else "",
    )


def _headline(comparison: Comparison) -> tuple[str, Verdict]:
    if comparison.withheld:
        return comparison.withheld, Verdict.INFO
    if comparison.decision is not None:
        return comparison.said, DECISION_LOOKS.get(comparison.decision, Verdict.PASS)
    if comparison.drift:
        return comparison.drift, Verdict.INFO
    return " ".join(pair_summary(pair) for pair in comparison.pairs), Verdict.INFO


def pair_summary(pair: Pair) -> str:
    """How many numbers really changed, and which way."""
    if not pair.changes:
        return f"{_name(pair)}: nothing could be compared."
    real = pair.real
    if not real:
        return f"{_name(pair)}: no change beyond the noise."
    better = sum(change.towards == "better" for change in real)
    worse = sum(change.towards == "worse" for change in real)
    rest = len(real) - better - worse
    parts = [f"{better} nearer to its target" if better == 1 else f"{better} nearer to their targets"] if better else []
    parts += [f"{worse} further from it" if worse == 1 else f"{worse} further from them"] if worse else []
    parts += [f"{rest} changed without a target to go by"] if rest else []
    return f"{_name(pair)}: {', '.join(parts)}."


def _name(pair: Pair) -> str:
    return pair.clip.label[:1].upper() + pair.clip.label[1:]


def _part(pair: Pair) -> PairPart:
    table = load_compare()
    cue = {Role.HIPS: table.cue["hips"].title, Role.FEET: table.cue["feet"].title}.get(pair.clip.role)
    title = (
        f"{_name(pair)} ({cue})" if cue is not None and cue.casefold() != pair.clip.label.casefold() else _name(pair)
    )
    order = sorted(pair.changes, key=lambda change: (not change.real, change.title))
    return PairPart(pair, title, pair_summary(pair), tuple(map(_row, order)))


def _row(change: Change) -> ChangeRow:
    digits = decimals(change.unit, change.uncertainty)
    return ChangeRow(
        title=change.title,
        side="" if change.side is Side.BOTH else change.side.value,
        before=amount(change.before, change.unit, digits),
        after=amount(change.after, change.unit, digits),
        change=change_text(change),
        mark=mark_of(change),
        bar=_bar(change),
        why=" ".join(_why(change)),
    )


def _why(change: Change) -> Iterable[str]:
    yield f"± from {BASIS_WORDS[change.basis]}."
    if change.basis is Basis.SMALLEST:
        yield f"{'Published' if change.published else 'Not published'}: {change.source}."


def mark_of(change: Change) -> Mark:
    """Symbol and word of a change."""
    if not change.real:
        return Mark(Verdict.NOT_MEASURED, "within the noise")
    if change.towards == "better":
        return Mark(Verdict.PASS, "nearer to target")
    if change.towards == "worse":
        return Mark(Verdict.FAIL, "further from target")
    return Mark(Verdict.INFO, "changed")


def _bar(change: Change) -> Bar:
    reach = max(abs(change.change) + change.uncertainty, 1e-9)
    scale = BAR_HALF / reach
    return Bar(*(BAR_HALF + scale * (change.change + end * change.uncertainty) for end in (-1.0, 0.0, 1.0)))
