"""The report's sentences are there for whatever may be shown."""

from __future__ import annotations

from analyzer.motion.types import View
from analyzer.report.words import load_words


def test_every_view_has_words() -> None:
    assert set(load_words().views) == set(View)
