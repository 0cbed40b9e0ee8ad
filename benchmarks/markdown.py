"""Tables for people and for documents."""

from __future__ import annotations

from pathlib import Path

MARKS = ("<!-- tables: begin -->", "<!-- tables: end -->")


def markdown(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def put_between_marks(document: Path, tables: str) -> None:
    """Write tables between the marks of a document."""
    before, rest = document.read_text(encoding="utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    document.write_text(f"{before}{MARKS[0]}\n\n{tables}\n\n{MARKS[1]}{after}", encoding="utf-8")
