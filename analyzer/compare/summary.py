"""A few plain lines on a comparison, for the terminal."""

from __future__ import annotations

from pathlib import Path

from analyzer.compare.decision import change_text, what_text
from analyzer.compare.types import Comparison


def comparison_summary(comparison: Comparison, page: Path) -> list[str]:
    """The decision, what each cue did, what really changed, and where the page is."""
    lines = [comparison.withheld or comparison.said or comparison.drift or "Clips compared."]
    for outcome in comparison.cues:
        lines += [f"  {reason}" for reason in outcome.reasons]
    for pair in comparison.pairs:
        real = pair.real
        told = ", ".join(f"{what_text(change)} {change_text(change)}" for change in real)
        lines.append(f"  {pair.clip.label} against {comparison.baseline.label}: {told or 'no change beyond the noise'}")
        lines += [f"    {caution.message}" for caution in pair.cautions]
    if comparison.next:
        lines.append(f"  Next: {comparison.next}")
    return [*lines, f"  Page: {page}"]
