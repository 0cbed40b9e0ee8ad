"""A verdict's symbol with its word."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.assessment import TestVerdict, Verdict
from analyzer.overlay.palette import TEST_LOOKS, TEST_WORDS, WORDS


@dataclass(frozen=True)
class Mark:
    """A verdict's symbol and word."""

    look: Verdict
    word: str


def mark_of_verdict(verdict: Verdict) -> Mark:
    """Of a measurement."""
    return Mark(verdict, WORDS[verdict])


def mark_of_test(verdict: TestVerdict) -> Mark:
    """Of a test."""
    return Mark(TEST_LOOKS[verdict], TEST_WORDS[verdict])
