"""A folder that clips come into: they are dealt with once, when they have stopped growing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from analyzer.batch.watch import LOOK_EVERY_S, SETTLED_LOOKS, changes
from tests.batch.folders import put, wishes


class Clock:
    """Waits without waiting; something happens in the folder at some looks."""

    def __init__(self, happens: dict[int, Callable[[], object]]) -> None:
        self.looks = 0
        self._happens = happens

    def __call__(self, seconds: float) -> None:
        assert seconds == LOOK_EVERY_S
        self.looks += 1
        self._happens.get(self.looks, lambda: None)()


def rounds(root: Path, count: int, happens: dict[int, Callable[[], object]]) -> list[int]:
    """At which look each round began."""
    clock = Clock(happens)
    return [clock.looks for _ in islice(changes(wishes(root), clock), count)]


def test_it_begins_once_what_is_there_has_settled(tmp_path):
    put(tmp_path, "anna/a.mp4")

    assert rounds(tmp_path, 1, {}) == [SETTLED_LOOKS]


def test_a_clip_that_grows_is_waited_for(tmp_path):
    put(tmp_path, "anna/a.mp4")
    grow = {look: lambda look=look: (tmp_path / "anna/a.mp4").write_bytes(b"." * (100 + look)) for look in (1, 2, 3)}

    assert rounds(tmp_path, 1, grow) == [3 + SETTLED_LOOKS]


def test_another_clip_or_other_words_are_another_round(tmp_path):
    put(tmp_path, "anna/a.mp4")
    happens = {
        9: lambda: put(tmp_path, "anna/b.mp4"),
        20: lambda: (tmp_path / "anna" / "batch.toml").write_text("height_cm = 170", encoding="utf-8"),
        25: lambda: put(tmp_path, "results/anna/b/overlay.mp4", "anna/notes.txt"),
        40: lambda: (tmp_path / "anna/b.mp4").unlink(),
    }

    assert rounds(tmp_path, 4, happens) == [2, 9 + SETTLED_LOOKS, 20 + SETTLED_LOOKS, 40 + SETTLED_LOOKS]
