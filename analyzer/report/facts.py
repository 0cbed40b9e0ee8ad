"""How the clip was read, what was not measured, and where the targets come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from analyzer.assessment import Assessment, Limits, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.report.order import told_of
from analyzer.report.words import load_words
from analyzer.wording import amount, limits_text


@dataclass(frozen=True)
class Unmeasured:
    """Metrics that share one reason for having no number."""

    titles: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Source:
    """A target with where it comes from; ``missed`` is from where on it counts as missed, in words."""

    anchor: str
    title: str
    meaning: str
    target: str
    missed: str
    whose: str
    source: str


def unmeasured(measurements: Iterable[MeasurementInfo]) -> tuple[Unmeasured, ...]:
    """What has no number, by reason; the reason that most share comes first."""
    missing = [m for m in measurements if m.value is None]
    groups = []
    for reason in dict.fromkeys(m.reason for m in missing):
        by_title: dict[str, list[str]] = {}
        for m in (m for m in missing if m.reason == reason):
            by_title.setdefault(m.title, []).extend([m.side.value] if m.side is not Side.BOTH else [])
        titles = [f"{title} ({sides[0]})" if len(sides) == 1 else title for title, sides in by_title.items()]
        groups.append(Unmeasured(tuple(titles), reason))
    return tuple(sorted(groups, key=lambda group: -len(group.titles)))


def sources(measurements: Iterable[MeasurementInfo]) -> tuple[Source, ...]:
    """Every target that a number was held against, once, with its source."""
    held = {m.metric: m for m in measurements if m.limits is not None and m.value is not None}
    return tuple(_source(m, m.limits) for m in held.values() if m.limits is not None)


def _source(measurement: MeasurementInfo, limits: Limits) -> Source:
    say, told = load_words().finding, told_of(measurement.metric)
    return Source(
        anchor=f"source-{measurement.metric}",
        title=measurement.title,
        meaning=told.meaning if told is not None else "",
        target=limits_text(limits, measurement.unit),
        missed=_missed(limits, measurement.unit),
        whose=say.own if limits.own else say.published if limits.published else say.proposed,
        source=limits.source,
    )


def _missed(limits: Limits, unit: str) -> str:
    say, low, high = load_words().missed, limits.fail_low, limits.fail_high
    shown = [None if edge is None else amount(edge, unit, 0 if edge == int(edge) else 1) for edge in (low, high)]
    if low is not None and high is not None:
        return say.outside.format(low=shown[0], high=shown[1])
    if low is not None:
        return say.below.format(low=shown[0])
    return say.above.format(high=shown[1]) if high is not None else ""


def facts(assessment: Assessment) -> Iterable[tuple[str, str]]:
    """How the clip was read: names with what stands behind them."""
    clip, camera, quality, subject = assessment.clip, assessment.camera, assessment.quality, assessment.subject
    say, scale, view = load_words().facts, load_words().scale, load_words().views[camera.view]
    turned = say.turned.format(view=view, degrees=f"{abs(camera.yaw_deg):.0f}") if camera.yaw_deg is not None else view
    yield say.camera, turned
    yield (
        say.picture,
        say.picture_is.format(
            width=clip.width, height=clip.height, frames=clip.frames, seconds=f"{clip.duration_s:.1f}"
        ),
    )
    if clip.slow_motion_factor > 1.01:
        yield say.rate, say.rate_slow.format(fps=f"{clip.capture_fps:.4g}", factor=f"{clip.slow_motion_factor:.3g}")
    else:
        yield say.rate, say.rate_is.format(fps=f"{clip.nominal_fps:.4g}")
    yield say.found, say.found_is.format(percent=f"{100 * quality.tracked_fraction:.0f}")
    yield say.repaired, say.repaired_is.format(percent=f"{100 * quality.repaired_fraction:.1f}")
    yield (
        say.scale,
        (scale.stated.format(height=f"{subject.height_cm:.0f}") if subject.height_cm is not None else scale.assumed),
    )
    if subject.speed_mps is not None:
        yield say.speed, say.speed_is.format(speed=f"{subject.speed_mps:.1f}")
    yield say.grade, quality.grade
    yield say.model, say.model_is.format(name=assessment.model.name, hash=assessment.model.sha256[:12])
    yield say.clip, say.clip_is.format(codec=clip.codec, hash=clip.sha256[:12])


def day_of(created: str) -> str:
    """A date in words from ISO 8601; as it is if it is none."""
    try:
        day = datetime.fromisoformat(created.replace("Z", "+00:00"))
    except ValueError:
        return created
    return f"{day.day} {day:%B %Y}"
