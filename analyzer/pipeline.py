"""From a clip to an assessment: the one place where the stages meet."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from analyzer.assessment import Assessment
from analyzer.basis import Basis
from analyzer.errors import NothingMeasured
from analyzer.options import Options as Options
from analyzer.pose.follow import follow_subject
from analyzer.pose.models import find_model
from analyzer.progress import Progress, silent
from analyzer.scoring import on_dates as on_dates
from analyzer.scoring import score as score
from analyzer.video.filming import see_filming
from analyzer.video.probe import probe

FEWEST_FRAMES: Final = 10
NOBODY: Final = (
    "nobody was found in it for long enough; film one person in good light, from head to feet, filling at least half "
    "of the picture's height."
)


def analyze(path: str | Path, options: Options | None = None, progress: Progress = silent) -> Assessment:
    """Analyse one clip.

    Raises:
        ClipError: the file cannot be used as a clip.
        SubjectError: the person asked for is not there.
        ModelError: the pose model cannot be had.
        NothingMeasured: nobody was found, or nothing in the clip could be measured.
    """
    return score(see(path, options or Options(), progress))


def see(path: str | Path, options: Options, progress: Progress = silent) -> Basis:
    """All that is looked for in a clip's pictures.

    Raises:
        ClipError: the file cannot be used as a clip.
        SubjectError: the person asked for is not there.
        ModelError: the pose model cannot be had.
        NothingMeasured: nobody was found.
    """
    clip = probe(path, captured_fps=options.captured_fps)
    model = find_model(options.model, progress)
    track, look, scene = follow_subject(clip, model, options.subject, progress)
    filming = see_filming(scene, track.times_s, track.seen > 0) if scene else None
    if filming:
        track = track.part(filming.used.rows)
    if track.seen.sum() < FEWEST_FRAMES:
        raise NothingMeasured(f"{clip.path.name}: {NOBODY}")
    return Basis(clip, model, track.rounded(), look, filming, options)
