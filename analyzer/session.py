"""Clips one after the other, as the command line wants them: results on disk, a summary or JSON on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from analyzer.boundary import attempt
from analyzer.console import Loudness, print_table, say, stages
from analyzer.errors import ModelError, NothingMeasured, SystemLibraryError
from analyzer.folder import check_free, named_after
from analyzer.pose.quiet import engine_quiet
from analyzer.printing import print_beside

if TYPE_CHECKING:
    from analyzer.assessment import Assessment
    from analyzer.pipeline import Options


@dataclass(frozen=True)
class Session:
    """What is wanted of every clip.

    Attributes:
        options: makes the pipeline's options; called late, because that loads the pipeline.
        out: folder that gets a folder per clip.
        overlay: whether to draw the overlay video.
        pdf: whether to print the report to a PDF.
        as_json: print assessments rather than summaries.
        debug: show where an unexpected error came from.
        start: the first day of the plan; today if None.
        days: days of the week for training, Monday 0; every day if None.
        phase: the phase that a progression begins with.
        slow: how many times slower the overlay shows what decides.
        blur_faces: whether faces are hidden in overlay and pictures.
        loudness: how much is told while all goes well.
    """

    options: Callable[[], Options]
    out: Path
    overlay: bool = True
    pdf: bool = False
    as_json: bool = False
    debug: bool = False
    start: date | None = None
    days: frozenset[int] | None = None
    phase: int = 1
    slow: float = 1.0
    blur_faces: bool = False
    loudness: Loudness = Loudness.NORMAL


def analyze_clips(clips: Sequence[Path], session: Session, console: Console) -> int:
    """Analyse the clips; one that fails does not stop the others. Returns the exit status, the gravest of all."""
    status = 0
    rows: list[tuple[Path, Assessment | None, Path]] = []
    for clip, folder in zip(clips, result_folders(clips, session.out), strict=True):
        work = partial(_analyze_one, clip, folder, session, console)
        outcome = attempt(work, console, about=clip.name or str(clip), debug=session.debug)
        status = max(status, outcome.status)
        rows.append((clip, outcome.value, folder))
        if outcome.value is not None:
            status = max(status, 0 if outcome.value.measured else NothingMeasured.exit_status)
            _tell(outcome.value, clip, folder, session, console)
        if isinstance(outcome.error, (ModelError, SystemLibraryError)):
            break
    if session.as_json:
        documents = [assessment.to_json() for _, assessment, _ in rows if assessment is not None]
        sys.stdout.write("[" + ",".join(documents) + "]\n" if len(clips) > 1 else "".join(documents))
    elif len(clips) > 1 and session.loudness is not Loudness.QUIET:
        from analyzer.summary import summary_table

        print_table(summary_table(rows))
    return status


def _tell(assessment: Assessment, clip: Path, folder: Path, session: Session, console: Console) -> None:
    """Print what came of one clip, at once; where nothing could be measured that is told in any case."""
    from analyzer.summary import summary

    if session.loudness is Loudness.QUIET and not assessment.measured:
        say(console, f"{clip.name}: {assessment.headline}")
    if session.loudness is Loudness.VERBOSE:
        for path in sorted(folder.iterdir()):
            say(console, f"wrote {path}")
    if not session.as_json and session.loudness is not Loudness.QUIET:
        sys.stdout.write("\n".join(summary(assessment, folder)) + "\n")
        sys.stdout.flush()


def result_folders(clips: Sequence[Path], out: Path) -> list[Path]:
    """A folder for each clip, named after it; a number tells clips of the same name apart, whatever the case."""
    folders: list[Path] = []
    taken: set[str] = set()
    for clip in clips:
        stem = name = named_after(clip)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        folders.append(out / name)
    return folders


def _analyze_one(clip: Path, folder: Path, session: Session, console: Console) -> Assessment:
    """Analyse a clip and write its results."""
    with stages(console, clip.name or str(clip), session.loudness) as progress, engine_quiet():
        progress("Starting", 0.0)
        from analyzer.pipeline import analyze, on_dates

        options = session.options()
        check_free(folder)
        assessment = analyze(clip, options, progress)
        # Only now, so that a file that is no clip is refused at once.
        from analyzer.folder import REPORT
        from analyzer.options import Calendar
        from analyzer.overlay.wishes import Drawing
        from analyzer.program.week import EVERY_DAY
        from analyzer.results import write_results

        calendar = Calendar(session.start or date.today(), session.days or EVERY_DAY, session.phase)
        assessment = on_dates(assessment, calendar)
        drawing = Drawing(session.slow, session.blur_faces, options.model)
        write_results(assessment, folder, overlay=session.overlay, progress=progress, drawing=drawing)
    if session.pdf:
        print_beside(folder / REPORT, console)
    return assessment
