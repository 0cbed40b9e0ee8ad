"""What a clip is for, from its label or its name."""

from __future__ import annotations

import re
from typing import Final

from analyzer.compare.tables import load_compare
from analyzer.compare.types import Role

_WORDS: Final = re.compile(r"[^\W\d_]+")


def role_of(text: str) -> Role:
    """The role that a label or a file's name speaks of; `Role.OTHER` where it speaks of none, or of several."""
    table = load_compare()
    words = {word.casefold() for word in _WORDS.findall(text)}
    found = {
        role
        for role, known in (
            (Role.HIPS, table.cue["hips"].file_words),
            (Role.FEET, table.cue["feet"].file_words),
            (Role.LAST, table.words.last_file_words),
            (Role.AFTER, table.words.after_file_words),
            (Role.BASELINE, table.words.baseline_file_words),
        )
        if words.intersection(known)
    }
    cues = found & {Role.HIPS, Role.FEET}
    if len(cues) == 1:
        return next(iter(cues))
    return next(iter(found)) if len(found) == 1 else Role.OTHER
