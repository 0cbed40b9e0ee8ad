"""What the comparison's page says, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analyzer.assessment import Verdict
from analyzer.compare.decision import change_text
from analyzer.compare.tables import load_compare
from analyzer.compare.types import Basis, Change, Comparison, CueOutcome, Decision, Pair, Role
from analyzer.pose.landmarks import Side
from analyzer.report.marks import Mark
from analyzer.report.page import Beside, beside_page
from analyzer.report.plan_page import day_text
from analyzer.report.render import environment
from analyzer.wording import amount, decimals

HELPED_LOOKS: Final = {"yes": Verdict.PASS, "no": Verdict.NOT_MEASURED, "unknown": Verdict.INFO}
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
    beside: tuple[Beside, ...] = ()


def render_comparison(comparison: Comparison, beside: Sequence[str] = ()) -> str:
    """One self-contained page: no script, nothing fetched; ``beside`` names the files beside it, to link to."""
    return environment().get_template("compare.html.j2").render(page=page_of_comparison(comparison, beside))


def page_of_comparison(comparison: Comparison, beside: Sequence[str] = ()) -> ComparePage:
    """Everything the template needs."""
    headline, look = _headline(comparison)
    who = f"{comparison.person}: " if comparison.person else ""
    return ComparePage(
        comparison=comparison,
        title=f"{who}clips compared",
        headline=headline,
        look=look,
        subtitle=f"{1 + len(comparison.pairs)} clips compared, {day_text(comparison.created)}",
        cues=tuple(
            (outcome, Mark(HELPED_LOOKS[outcome.helped], load_compare().words.helped[outcome.helped]))
            for outcome in comparison.cues
        ),
        pairs=tuple(_part(pair) for pair in comparison.pairs),
        hedge=load_compare().words.reason.hedge if comparison.cues else "",
        beside=beside_page(beside),
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
    say, real = load_compare().words.change, pair.real
    if not real:
        return f"{_name(pair)}: {say.nothing if pair.changes else say.incomparable}"
    better = sum(change.towards == "better" for change in real)
    worse = sum(change.towards == "worse" for change in real)
    rest = len(real) - better - worse
    counts = (
        (better, say.count_better),
        (worse, say.count_worse),
        (rest, say.count_other if better + worse else say.count),
    )
    return f"{_name(pair)}: {', '.join(words.format(count=count) for count, words in counts if count)}."


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
    say = load_compare().words.change
    yield say.basis[change.basis]
    if change.basis is Basis.SMALLEST:
        yield (say.published if change.published else say.not_published).format(source=change.source)


def mark_of(change: Change) -> Mark:
    """Symbol and word of a change."""
    say = load_compare().words.change
    if not change.real:
        return Mark(Verdict.NOT_MEASURED, say.noise)
    if change.towards == "better":
        return Mark(Verdict.PASS, say.better)
    if change.towards == "worse":
        return Mark(Verdict.FAIL, say.worse)
    return Mark(Verdict.INFO, say.other)


def _bar(change: Change) -> Bar:
    reach = max(abs(change.change) + change.uncertainty, 1e-9)
    scale = BAR_HALF / reach
    return Bar(*(BAR_HALF + scale * (change.change + end * change.uncertainty) for end in (-1.0, 0.0, 1.0)))
