"""Writes result folders and is killed, or races against itself: ``python -m tests.dying steps|race FOLDER [two]``.

In a process of its own, since what forks should have no threads.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import analyzer.swapping as swapping
from analyzer.folder import written_whole

FILES = ("assessment.json", "report.html", "frames/a.jpg", "frames/b.jpg")
TOUCHES = ("open", "os.", "shutil.", "ctypes.dlsym")
"""Beginnings of the names of audit events before steps that matter to a disk."""


def write(folder: Path, mark: int) -> None:
    with written_whole(folder) as part:
        (part / "frames").mkdir()
        for name in FILES:
            (part / name).write_text(f'{{"schema_version": 1, "stridecheck_version": "{mark}"}}', encoding="utf-8")


def mark_of(folder: Path) -> int:
    """The mark that every file of a whole folder bears."""
    texts = {(folder / name).read_text("utf-8") for name in FILES}
    assert len(texts) == 1, texts
    assert sorted(entry.name for entry in folder.iterdir()) == ["assessment.json", "frames", "report.html"]
    return int(texts.pop().split('"')[-2])


def killed_at(step: int, folder: Path, mark: int) -> bool:
    """Write in a child that is killed before a step; whether it got so far."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event: str, args: tuple[Any, ...]) -> None:
            if event.startswith(TOUCHES):
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        write(folder, mark)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def steps(folder: Path, atomic: bool) -> int:
    """Kill at every step; whatever was there before or was just written is there whole, after that and for good."""
    write(folder, 0)
    step = 1
    while killed_at(step, folder, step):
        if not atomic:
            swapping.clear_stale(folder)
        assert mark_of(folder) in (step - 1, step), (step, mark_of(folder))
        write(folder, step)
        assert mark_of(folder) == step
        assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]
        step += 1
    return step - 1


def race(folder: Path, writers: int = 4, times: int = 15) -> int:
    children = []
    for mark in range(writers):
        child = os.fork()
        if child == 0:
            for _ in range(times):
                write(folder, mark)
            os._exit(0)
        children.append(child)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    assert statuses == [0] * writers, statuses
    assert mark_of(folder) in range(writers)
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]
    return writers * times


if __name__ == "__main__":
    in_one_step = "two" not in sys.argv
    if not in_one_step:
        swapping._exchanged = lambda one, other: False
    place = Path(sys.argv[2])
    print(race(place) if sys.argv[1] == "race" else steps(place, in_one_step))
