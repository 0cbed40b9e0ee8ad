"""Whether two clips were filmed alike enough that what is wrong in both cancels, and what to say if not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analyzer.assessment import Assessment
from analyzer.compare.tables import SetupRules, load_compare
from analyzer.compare.types import Labelled
from analyzer.filmed import Caution


@dataclass(frozen=True)
class Setup:
    """How alike two clips are.

    Attributes:
        same: what camera and pose model get wrong cancels.
        comparable: the clips show the same movement.
        cautions: what differs, with advice.
    """

    same: bool
    comparable: bool
    cautions: tuple[Caution, ...]


def setup_of(first: Labelled, other: Labelled) -> Setup:
    """The set-up of one clip against that of the first."""
    rules = load_compare().setup
    optical = _optical(first.assessment, other.assessment, rules)
    declared = _declared(first, other, rules)
    comparable = first.assessment.activity is other.assessment.activity
    if not comparable:
        said = rules.activity_said.format(
            first=_words(first.assessment.activity.value), other=_words(other.assessment.activity.value)
        )
        optical.insert(0, Caution(code="activity", message=said, advice=rules.activity_advice))
    return Setup(same=not optical, comparable=comparable, cautions=(*optical, *declared))


def _optical(first: Assessment, other: Assessment, rules: SetupRules) -> list[Caution]:
    """What makes camera and pose model err differently."""
    found = []
    if first.camera.view is not other.camera.view:
        said = rules.view_said.format(first=first.camera.view.value, other=other.camera.view.value)
        found.append(Caution(code="view", message=said, advice=rules.view_advice))
    elif first.camera.yaw_deg is not None and other.camera.yaw_deg is not None:
        turned = abs(other.camera.yaw_deg - first.camera.yaw_deg)
        if turned > rules.yaw_deg:
            found.append(Caution(code="yaw", message=rules.yaw_said.format(value=turned), advice=rules.yaw_advice))
    sizes = [each.camera.person_share for each in (first, other)]
    ratio = _ratio(*sizes)
    if ratio > rules.size_ratio:
        said = rules.size_said.format(value=100.0 * (ratio - 1.0))
        found.append(Caution(code="size", message=said, advice=rules.size_advice))
    rates = first.clip.capture_fps, other.clip.capture_fps
    if _ratio(*rates) > rules.rate_ratio:
        said = rules.rate_said.format(first=rates[0], other=rates[1])
        found.append(Caution(code="rate", message=said, advice=rules.rate_advice))
    if first.model.sha256 != other.model.sha256:
        found.append(Caution(code="model", message=rules.model_said, advice=rules.model_advice))
    return found


def _declared(first: Labelled, other: Labelled, rules: SetupRules) -> list[Caution]:
    """What changes the movement itself, as far as it was said."""
    found = []
    if first.assessment.clip.sha256 == other.assessment.clip.sha256:
        found.append(Caution(code="same_clip", message=rules.same_clip_said, advice=rules.same_clip_advice))
    if first.assessment.own_limits != other.assessment.own_limits:
        found.append(Caution(code="limits", message=rules.limits_said, advice=rules.limits_advice))
    speeds = [each.assessment.subject.speed_mps for each in (first, other)]
    unknown = [each.label for each, speed in zip((first, other), speeds, strict=True) if speed is None]
    if first.assessment.steps and unknown:
        said = rules.no_speed_said.format(which=" and ".join(unknown))
        found.append(Caution(code="no_speed", message=said, advice=rules.no_speed_advice))
    elif speeds[0] is not None and speeds[1] is not None and abs(speeds[0] - speeds[1]) > rules.speed_mps:
        said = rules.speed_said.format(first=speeds[0], other=speeds[1])
        found.append(Caution(code="speed", message=said, advice=rules.speed_advice))
    if first.shoes and other.shoes and first.shoes.casefold() != other.shoes.casefold():
        said = rules.shoes_said.format(first=first.shoes, other=other.shoes)
        found.append(Caution(code="shoes", message=said, advice=rules.shoes_advice))
    return found


def day_of(assessment: Assessment) -> date | None:
    """The day of recording, else of the analysis; None if neither can be read."""
    for text in (assessment.clip.recorded, assessment.created):
        try:
            return datetime.fromisoformat((text or "").replace("Z", "+00:00")).date()
        except ValueError:
            continue
    return None


def _ratio(first: float | None, other: float | None) -> float:
    """The larger over the smaller; 1 where one of them is not known."""
    if not first or not other:
        return 1.0
    return max(first, other) / min(first, other)


def _words(name: str) -> str:
    return name.replace("_", " ")
