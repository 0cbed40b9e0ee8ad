"""Finding everybody whose face is to be hidden."""

from __future__ import annotations

from analyzer.assessment import Assessment
from analyzer.overlay.faces import Cover, cover_heads, heads_of
from analyzer.pose.follow import survey
from analyzer.pose.models import find_model
from analyzer.progress import Progress, silent
from analyzer.video.clip import Clip


def face_cover(assessment: Assessment, clip: Clip, model: str, progress: Progress = silent) -> Cover:
    """What hides the faces of a clip: the measured person's, and those of all others who were found.

    Where nobody has looked yet who else is in the clip, that is done now.

    Raises:
        ModelError: the pose model cannot be had.
        ClipError: the clip can no longer be read.
    """
    seen = assessment.motion.look.survey or survey(clip, find_model(model, progress), progress)
    return cover_heads(heads_of(assessment.motion, seen.people), clip.slow_motion_factor)


def known_faces(assessment: Assessment) -> Cover:
    """What hides the faces that the analysis has come upon, without another look at the clip."""
    motion = assessment.motion
    people = motion.look.survey.people if motion.look.survey is not None else ()
    return cover_heads(heads_of(motion, people), assessment.clip.slow_motion_factor)
