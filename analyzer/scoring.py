"""From what was seen in a clip to an assessment, without another look at the pictures."""

from __future__ import annotations

from dataclasses import replace

from analyzer.assess import assess
from analyzer.assessment import Assessment
from analyzer.basis import Basis
from analyzer.criteria.tables import load_criteria
from analyzer.exercises.checks import measure_checks
from analyzer.exercises.perform import performed
from analyzer.filmed import ClipInfo, Subject
from analyzer.metrics.measure import measure
from analyzer.motion.understand import understand
from analyzer.options import Calendar
from analyzer.program.calendar import dated
from analyzer.safety.intake import with_intake


def score(basis: Basis, file: ClipInfo | None = None) -> Assessment:
    """What follows from what was seen.

    Args:
        basis: that.
        file: what an earlier assessment says of the clip's file; None looks at it.

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
    assessment = assess(
        basis.clip, motion, measurements, subject=subject, model=basis.model, criteria=criteria, file=file
    )
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
