"""From a clip to an assessment: the one place where the stages meet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analyzer.assess import assess
from analyzer.assessment import Assessment, Intake, Subject
from analyzer.criteria.tables import Criteria, load_criteria
from analyzer.errors import NothingMeasured
from analyzer.metrics.measure import measure
from analyzer.motion.types import Activity, View
from analyzer.motion.understand import understand
from analyzer.pose.follow import follow_subject
from analyzer.pose.models import find_model
from analyzer.progress import Progress, silent
from analyzer.safety.intake import with_intake
from analyzer.video.filming import see_filming
from analyzer.video.probe import probe

FEWEST_FRAMES: Final = 10
NOBODY: Final = (
    "nobody was found in it for long enough; film one person in good light, from head to feet, filling at least half "
    "of the picture's height."
)


@dataclass(frozen=True)
class Options:
    """What the user says of a clip; None means: find out.

    Attributes:
        activity: what the person does.
        view: the side of the person that the camera sees.
        name: what to call the person in the report.
        height_cm: standing height in shoes.
        mass_kg: body mass.
        speed_mps: running speed, treadmill or measured.
        box_cm: height of the step-up box.
        captured_fps: frames per real second at recording, for slow motion.
        subject: whom to measure where there are several: a number, or a point as shares of width and height.
        model: ``full``, ``lite``, ``heavy``, or the path of a ``.task`` file.
        intake: what came of the questionnaire; a raised flag withholds verdicts and plan.
        criteria: limits and wording, such as `analyzer.criteria.own.read_own_limits` gives; Stridecheck's own if None.
    """

    activity: Activity | None = None
    view: View | None = None
    name: str | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    speed_mps: float | None = None
    box_cm: float | None = None
    captured_fps: float | None = None
    subject: str | None = None
    model: str = "full"
    intake: Intake | None = None
    criteria: Criteria | None = None


def analyze(path: str | Path, options: Options | None = None, progress: Progress = silent) -> Assessment:
    """Analyse one clip.

    Raises:
        ClipError: the file cannot be used as a clip.
        SubjectError: the person asked for is not there.
        ModelError: the pose model cannot be had.
        NothingMeasured: nobody was found, or nothing in the clip could be measured.
    """
    options = options or Options()
    clip = probe(path, captured_fps=options.captured_fps)
    model = find_model(options.model, progress)
    track, look, scene = follow_subject(clip, model, options.subject, progress)
    filming = see_filming(scene, track.times_s, track.seen > 0) if scene else None
    if filming:
        track = track.part(filming.used.rows)
    if track.seen.sum() < FEWEST_FRAMES:
        raise NothingMeasured(f"{clip.path.name}: {NOBODY}")
    motion = understand(
        track,
        look=look,
        filming=filming,
        clip_fps=clip.capture_fps,
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
        number=look.chosen,
    )
    criteria = options.criteria or load_criteria()
    assessment = assess(clip, motion, measure(motion), subject=subject, model=model, criteria=criteria)
    return assessment if options.intake is None else with_intake(assessment, options.intake)
