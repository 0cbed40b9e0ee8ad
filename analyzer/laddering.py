"""From folders of results to the ladder on disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from analyzer.compare.history import Dated, read_folder
from analyzer.compare.ladder import Ladder, ladder_of
from analyzer.comparing import write_texts
from analyzer.errors import CompareError

PAGE: Final = "ladder.html"
DATA: Final = "ladder.json"


def show_ladder(folders: Sequence[Path], out: Path, today: date) -> tuple[Ladder, Path]:
    """Read one person's results, each folder or all below it, and write the ladder; returns it and its page.

    Raises:
        CompareError: a folder is none, or there are no results in it.
        OutputError: the page cannot be written.
    """
    from analyzer.report.ladder_page import render_ladder

    found: dict[Path, Dated] = {}
    skipped: list[str] = []
    for folder in folders:
        here, left_out = read_folder(folder)
        if not here and not left_out:
            raise CompareError(f"{folder} holds no results; name folders that stridecheck analyze has written.")
        found |= {each.folder.resolve(): each for each in here}
        skipped += left_out
    if not found:
        raise CompareError(f"None of the results can be read ({skipped[0]}); analyse the clips again.")
    ladder = ladder_of(list(found.values()), today)
    ladder = ladder.model_copy(update={"notes": (*ladder.notes, *(f"Left out: {said}." for said in skipped))})
    write_texts(out, {PAGE: render_ladder(ladder), DATA: ladder.to_json()})
    return ladder, out / PAGE
