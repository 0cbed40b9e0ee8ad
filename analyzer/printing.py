"""PDFs beside pages, as the command line wants them: made, or a sentence why not."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from analyzer.console import say


def print_beside(page: Path, console: Console) -> None:
    """Print a page to a PDF of the same name; what is already written stands either way."""
    from analyzer.report.pdf import print_pdf

    if (why_not := print_pdf(page, page.with_suffix(".pdf"))) is not None:
        say(console, why_not)
