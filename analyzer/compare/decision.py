"""Hips, feet, both, neither, or cannot tell: the articles' trial of two cues.

A cue counts as help by the article's own rule, the pain, where that was said; else by knee and hips moving the right
way on a side that was not on target. Both cues are judged by the same metrics, so that exchanging the clips exchanges
the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from analyzer.compare.paired import off_target
from analyzer.compare.tables import CompareTable, load_compare
from analyzer.compare.types import Change, CueOutcome, Decision, Pair
from analyzer.pose.landmarks import Side
from analyzer.verdicts import Verdict
from analyzer.wording import decimals, doubtful_text

CueName: TypeAlias = Literal["hips", "feet"]
Helped: TypeAlias = Literal["yes", "no", "unknown"]


def cue_outcome(cue: CueName, pair: Pair | None, pain_before: float | None) -> CueOutcome:
    """Whether a cue helped, and why that is said; ``pair`` is None where it was not filmed."""
    table = load_compare()
    title = table.cue[cue].title
    if pair is None:
        return _outcome(cue, "unknown", table.words.reason.not_filmed.format(cue=title), table=table)
    moved, reasons = _by_movement(pair, title, table)
    after = pair.clip.pain
    if pain_before is None or after is None or max(pain_before, after) < table.pain.matters:
        return _outcome(cue, moved, *reasons, table=table)
    words = table.words.reason
    facts = {"cue": title, "before": pain_before, "after": after, "matters": table.pain.matters}
    if after <= pain_before - table.pain.matters:
        return _outcome(cue, "yes", words.pain_fell.format(**facts), *reasons, table=table)
    if after >= pain_before + table.pain.matters:
        return _outcome(cue, "no", words.pain_rose.format(**facts), *reasons, table=table)
    # Movement says yes, pain does not: that is no answer.
    return _outcome(cue, "unknown" if moved == "yes" else "no", words.pain_same.format(**facts), *reasons, table=table)


def _outcome(cue: CueName, helped: Helped, *reasons: str, table: CompareTable) -> CueOutcome:
    return CueOutcome(cue=cue, title=table.cue[cue].title, helped=helped, reasons=tuple(reasons))


def _by_movement(pair: Pair, title: str, table: CompareTable) -> tuple[Helped, list[str]]:
    """By the judged metrics, of which less is better, on the sides that had something to gain."""
    words = table.words.reason
    judged = [change for change in pair.changes if change.metric in table.words.judged]
    if not judged:
        return "unknown", [words.incomparable.format(cue=title)]
    needy = {change.side for change in judged if _has_need(change)}
    better = [change for change in judged if change.real and change.change < 0.0 and change.side in needy]
    worse = [
        change
        for change in judged
        if change.real and change.change > 0.0 and (change.side in needy or change.towards == "worse")
    ]
    reasons = [words.moved.format(cue=title, what=what_text(change), change=change_text(change)) for change in better]
    reasons += [words.worse.format(cue=title, what=what_text(change), change=change_text(change)) for change in worse]
    if better:
        return ("unknown" if worse else "yes"), reasons
    if worse:
        return "no", reasons
    if not needy:
        return "unknown", [words.no_need.format(cue=title)]
    # No help can be told only where a full return to straight or level would have stood out.
    if any(change.before > change.uncertainty for change in judged if change.side in needy):
        return "no", [words.still.format(cue=title)]
    return "unknown", [words.unseen.format(cue=title)]


def _has_need(change: Change) -> bool:
    off = change.limits is not None and off_target(change.before, change.limits) > 0.0
    return off or change.verdict_before in (Verdict.BORDERLINE, Verdict.FAIL)


def decide(helped: Mapping[CueName, Helped]) -> Decision:
    """The articles' answer from what each cue did; a cue that was not filmed counts as unknown."""
    hips, feet = helped.get("hips", "unknown"), helped.get("feet", "unknown")
    if hips == feet == "yes":
        return Decision.BOTH
    if hips == "yes":
        return Decision.HIPS
    if feet == "yes":
        return Decision.FEET
    return Decision.NEITHER if hips == feet == "no" else Decision.CANNOT_TELL


def what_text(change: Change) -> str:
    """The metric and its side, such as ``knee caving in, left``."""
    side = "" if change.side is Side.BOTH else f", {change.side.value}"
    return f"{change.title[:1].lower()}{change.title[1:]}{side}"


def change_text(change: Change) -> str:
    """A change with its interval, such as ``−4° ± 3°``."""
    digits = decimals(change.unit, change.uncertainty)
    if abs(round(change.change, digits)) <= round(change.uncertainty, digits) and change.real:
        digits = 1
    plus = "+" if round(change.change, digits) > 0 else ""
    return f"{plus}{doubtful_text(change.change, change.uncertainty, change.unit, digits)}"
