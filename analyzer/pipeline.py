"""From a clip to an assessment: the one place where the stages meet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from analyzer.assess import assess
from analyzer.assessment import Assessment
from analyzer.basis import Basis
from analyzer.criteria.tables import load_criteria
from analyzer.errors import NothingMeasured
from analyzer.exercises.checks import measure_checks
from analyzer.exercises.perform import performed
from analyzer.filmed import Subject
from analyzer.metrics.measure import measure
from analyzer.motion.understand import understand
from analyzer.options import Calendar
from analyzer.options import Options as Options
from analyzer.pose.follow import follow_subject
from analyzer.pose.models import find_model
from analyzer.program.calendar import dated
from analyzer.progress import Progress, silent
from analyzer.safety.intake import with_intake
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


def score(basis: Basis) -> Assessment:
    """What follows from what was seen, without another look at the pictures.

    Raises:
        NothingMeasured: nothing in the clip could be measured.
    """
    options = basis.options
    motion = understand(
        basis.track,
        look=basis.look,
        filming=basis.filming,
        clip_fps=basis.clip.capture_fps,
        activity=options.activity,
        view=options.view,
        height_cm=options.height_cm,
        speed_mps=options.speed_mps,
        box_cm=options.box_cm,
        rate_stated=options.captured_fps is not None,
        mass_kg=options.mass_kg,
    )
    subject = Subject(
        name=options.name,
        height_cm=options.height_cm,
        mass_kg=options.mass_kg,
        speed_mps=options.speed_mps,
        number=basis.look.chosen,
        activity=options.activity,
        eyes=options.eyes,
    )
    criteria = options.criteria or load_criteria()
    motion = performed(motion)
    measurements = (*measure(motion), *measure_checks(motion))
    assessment = assess(basis.clip, motion, measurements, subject=subject, model=basis.model, criteria=criteria)
    if options.intake is not None:
        assessment = with_intake(assessment, options.intake)
    assessment = assessment.with_basis(basis)
    return assessment if basis.calendar is None else on_dates(assessment, basis.calendar)


def on_dates(assessment: Assessment, calendar: Calendar) -> Assessment:
    """The assessment with its plan laid out on days.

    Raises:
        ScheduleError: the plan has no such phase.
    """
    plan = dated(assessment.plan, calendar.start, calendar.days, calendar.phase)
    assessment = assessment.model_copy(update={"plan": plan})
    basis = assessment.basis
    return assessment if basis is None else assessment.with_basis(replace(basis, calendar=calendar))
