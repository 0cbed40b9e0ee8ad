"""What holds for both sides is said once."""

from __future__ import annotations

import pytest

from analyzer.report.once import said_once


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        (["The left foot stays.", "The right foot stays."], "The left or right foot stays."),
        (
            ["On the left leg, the right hip sinks.", "On the right leg, the left hip sinks."],
            "On the left or right leg, the other hip sinks.",
        ),
        (["The left foot lands heel first.", "The right foot lands flat."],
         "The left foot lands heel first. The right foot lands flat."),
        (["The same.", "The same."], "The same."),
        (["The left one.", ""], "The left one."),
        ([], ""),
    ],
)  # fmt: skip
def test_sentences_that_differ_by_the_side_alone_become_one(sentences: list[str], said: str) -> None:
    assert said_once(sentences) == said
