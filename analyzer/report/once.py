"""Sentences that hold for both sides, said once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

EITHER: Final = {("left", "right"): "left or right", ("right", "left"): "other"}


def said_once(sentences: Sequence[str], either: str = EITHER["left", "right"]) -> str:
    """The sentences in a row; those of left and right in one, where nothing but the sides tells them apart.

    ``either`` is put where that one says left or right.
    """
    different = list(dict.fromkeys(filter(None, sentences)))
    if len(different) == 2 and (merged := _merged(different[0], different[1], either)):
        return merged
    return " ".join(different)


def _merged(left: str, right: str, either: str) -> str:
    """Both in one, empty where they differ in more than the side."""
    pairs = list(zip(left.split(" "), right.split(" "), strict=False))
    alike = left.count(" ") == right.count(" ") and all(a == b or (a, b) in EITHER for a, b in pairs)
    said = {**EITHER, ("left", "right"): either}
    return " ".join(said.get(pair, pair[0]) for pair in pairs) if alike else ""
