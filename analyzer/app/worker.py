"""Analyses one clip in a process of its own: ``python -m analyzer.app.worker ROOT JOB_FILE``.

Progress and outcome go to standard output, a JSON object a line. When standard input ends, because the page cancels
or is gone, the work stops and nothing half-done is kept.
"""

from __future__ import annotations

import _thread
import io
import json
import os
import sys
import threading
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import BaseModel
from rich.console import Console

from analyzer.app.jobs import Job
from analyzer.assessment import Assessment
from analyzer.boundary import attempt
from analyzer.errors import NothingMeasured


class Line(BaseModel):
    """What a worker says: how far it is, or how it ended; ``failed`` is a sentence for the coach."""

    stage: str = ""
    share: float = 0.0
    done: bool = False
    failed: str = ""


def main(root: Path, job_file: Path) -> int:
    """Analyse a clip and write its results; returns the exit status."""
    os.umask(0o077)
    job = Job.model_validate_json(job_file.read_bytes())
    threading.Thread(target=_stop_with_input, daemon=True).start()
    told = io.StringIO()
    name = (root / job.clip).name
    console = Console(file=told, soft_wrap=True, width=1000)
    try:
        outcome = attempt(partial(_analyze, root, job), console, about=name)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    sentence = told.getvalue().strip()
    measured = outcome.value is None or outcome.value.measured
    if not measured:
        sentence = f"{name}: nothing in this clip could be measured; the page on filming says what helps."
    _say(Line(failed=sentence) if sentence else Line(done=True, share=1.0))
    return outcome.status if measured else NothingMeasured.exit_status


def _analyze(root: Path, job: Job) -> Assessment:
    from analyzer.motion.types import Activity
    from analyzer.options import Calendar, Options
    from analyzer.pipeline import analyze, on_dates
    from analyzer.pose.quiet import engine_quiet
    from analyzer.results import write_results
    from analyzer.safety.intake import intake_of

    wish = job.wish
    options = Options(
        activity=None if wish.activity is Activity.UNKNOWN else wish.activity,
        view=wish.view,
        name=wish.person or None,
        height_cm=wish.height_cm,
        mass_kg=wish.mass_kg,
        speed_mps=wish.speed_mps,
        box_cm=wish.box_cm,
        captured_fps=wish.captured_fps,
        intake=intake_of(dict(wish.answers)) if wish.answers else None,
    )

    def progress(stage: str, share: float) -> None:
        _say(Line(stage=stage, share=share))

    with engine_quiet():
        assessment = on_dates(analyze(root / job.clip, options, progress), Calendar(date.today()))
        if assessment.measured:
            write_results(assessment, root / job.folder, progress=progress)
    return assessment


def _say(line: Line) -> None:
    sys.stdout.write(line.model_dump_json(exclude_defaults=True) + "\n")
    sys.stdout.flush()


def _stop_with_input() -> None:
    sys.stdin.buffer.read()
    _thread.interrupt_main()


def read_line(text: str) -> Line | None:
    """What a line says; None for whatever a library prints in between."""
    try:
        found = json.loads(text)
        return Line.model_validate(found) if isinstance(found, dict) else None
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
