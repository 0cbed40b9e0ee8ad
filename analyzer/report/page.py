"""What the report says, part by part, before it has any looks."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from analyzer.assessment import Assessment, MeasurementInfo, Plan, RepInfo, TestVerdict, Verdict
from analyzer.motion.types import Activity
from analyzer.overlay.palette import TEST_LOOKS, TEST_WORDS, WORDS, overall
from analyzer.overlay.standing import missed_reps, of_clip
from analyzer.pose.landmarks import SIDES, Side
from analyzer.report.changes import changes, sides
from analyzer.report.curves import Charts, charts
from analyzer.report.once import said_once
from analyzer.report.order import CHAIN, by_weight, of_part, priorities, told_of
from analyzer.report.plan_page import PlanPage, plan_page
from analyzer.report.words import load_words
from analyzer.wording import limits_text, reading_text, side_text

Pictures: TypeAlias = Mapping[tuple[str, Side], bytes]
"""Key frames as JPEG, by metric and side."""


@dataclass(frozen=True)
class Mark:
    """A verdict's symbol and word."""

    look: Verdict
    word: str


@dataclass(frozen=True)
class Finding:
    """One judged measurement."""

    anchor: str
    measurement: MeasurementInfo
    side: str
    mark: Mark
    remark: str
    meaning: str
    reading: str
    target: str
    priority: int | None
    picture: str
    shown_at: str
    picture_alt: str
    charts: Charts
    compared: bool
    events: str


@dataclass(frozen=True)
class TestCard:
    """A test's verdict, and each side's."""

    title: str
    mark: Mark
    sides: tuple[tuple[str, Mark], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ChainRow:
    """One part of the body; the cells are the left and the right side's verdict and its heaviest finding."""

    part: str
    cells: tuple[tuple[str, Mark, str], ...]


@dataclass(frozen=True)
class RepRow:
    """One repetition; ``who`` is the side and the count on that side."""

    number: int
    who: str
    rep: RepInfo
    mark: Mark
    lasted: str


@dataclass(frozen=True)
class InfoRow:
    """Numbers of one metric without a verdict, and why there is none if there could be one."""

    title: str
    readings: tuple[tuple[str, str], ...]
    sentence: str
    reason: str


@dataclass(frozen=True)
class Unmeasured:
    """Metrics that share one reason for having no number."""

    titles: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Page:
    """The whole report; ``wavering`` says that a repetition was borderline."""

    assessment: Assessment
    title: str
    subtitle: str
    look: Verdict
    tests: tuple[TestCard, ...]
    chain: tuple[ChainRow, ...]
    well: tuple[Finding, ...]
    work: tuple[Finding, ...]
    reps: tuple[RepRow, ...]
    wavering: bool
    info: tuple[InfoRow, ...]
    info_pictures: tuple[Finding, ...]
    unmeasured: tuple[Unmeasured, ...]
    changes: tuple[str, ...]
    sides: tuple[str, ...]
    plan: Plan
    calendar: PlanPage
    facts: tuple[tuple[str, str], ...]
    people: str = ""


def page_of(assessment: Assessment, pictures: Pictures, people: bytes = b"") -> Page:
    """Everything the template needs."""
    first = priorities(assessment)
    event_name = "repetition" if assessment.reps else "step"

    def finding(measurement: MeasurementInfo) -> Finding:
        number = first.index(measurement) + 1 if measurement in first else None
        return _finding(assessment, measurement, number, pictures, event_name)

    read = by_weight(assessment, (m for m in assessment.measurements if m.value is not None))

    def standing(*verdicts: Verdict) -> list[MeasurementInfo]:
        return [m for m in read if of_clip(assessment, m) in verdicts]

    info = standing(Verdict.INFO)
    tells = any(of_part(measurement, part) for measurement in read for part in CHAIN)
    activity = activity_text(assessment.activity)
    return Page(
        assessment=assessment,
        title=f"{assessment.subject.name}: {activity}" if assessment.subject.name else activity,
        subtitle=f"{activity}, filmed {load_words().views[assessment.camera.view]}, {_date(assessment.created)}",
        look=overall(assessment),
        tests=tuple(_test_cards(assessment)),
        chain=tuple(_chain_row(assessment, part) for part in CHAIN) if tells else (),
        well=tuple(finding(m) for m in standing(Verdict.PASS)),
        work=tuple(finding(m) for m in standing(Verdict.FAIL, Verdict.BORDERLINE)),
        reps=tuple(_rep_rows(assessment)),
        wavering=any(rep.verdict is Verdict.BORDERLINE for rep in assessment.reps),
        info=tuple(_info_rows(info)),
        info_pictures=tuple(finding(m) for m in info if (m.metric, m.side) in pictures),
        unmeasured=tuple(_unmeasured(assessment.measurements)),
        changes=tuple(changes(assessment)),
        sides=tuple(sides(assessment)),
        plan=assessment.plan,
        calendar=plan_page(assessment.plan),
        facts=tuple(_facts(assessment)),
        people=_embedded(people),
    )


def activity_text(activity: Activity) -> str:
    """What the person does, as a heading."""
    return load_words().activities.get(activity, activity.value.replace("_", " ").capitalize())


def _embedded(jpeg: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" if jpeg else ""


def _finding(
    assessment: Assessment, measurement: MeasurementInfo, number: int | None, pictures: Pictures, event_name: str
) -> Finding:
    anchor = f"{measurement.metric}-{measurement.side.value}"
    others = [
        m
        for m in assessment.measurements
        if m.metric == measurement.metric and m.side is not measurement.side and m.cycle is not None
    ]
    told, verdict = told_of(measurement.metric), of_clip(assessment, measurement)
    side, reading = side_text(measurement), reading_text(measurement)
    limits = measurement.limits
    picture = pictures.get((measurement.metric, measurement.side), b"")
    factor = assessment.clip.slow_motion_factor
    at = f" at {measurement.evidence_s * factor:.1f} s" if measurement.evidence_s is not None else ""
    where = f", {side}" if side else ""
    return Finding(
        anchor=anchor,
        measurement=measurement,
        side=side,
        mark=Mark(verdict, WORDS[verdict]),
        remark=_remark(assessment, measurement),
        meaning=told.meaning if told is not None else "",
        reading=reading,
        target=limits_text(limits, measurement.unit) if limits is not None else "",
        priority=number,
        picture=_embedded(picture),
        shown_at=f"The clip{at}",
        picture_alt=f"Frame of the clip{at}: {measurement.title}{where}, drawn on the body; {reading}.",
        charts=charts(measurement, others[0] if others else None, anchor, event_name),
        compared=bool(others) and measurement.cycle is not None,
        events=f"{measurement.n} {event_name}{'' if measurement.n == 1 else 's'}" if measurement.n else "",
    )


def _remark(assessment: Assessment, measurement: MeasurementInfo) -> str:
    """What single repetitions did, where the number alone does not tell."""
    missed = missed_reps(assessment, measurement)
    if not missed:
        return ""
    count = sum(rep.side is measurement.side for rep in assessment.reps)
    return load_words().finding.missed.format(missed=missed, count=count)


def _test_cards(assessment: Assessment) -> Iterable[TestCard]:
    for test in assessment.tests:
        sides = tuple((name, _test_mark(verdict)) for name, verdict in sorted(test.sides.items()))
        yield TestCard(test.title, _test_mark(test.verdict), sides, test.reasons)


def _test_mark(verdict: TestVerdict) -> Mark:
    return Mark(TEST_LOOKS[verdict], TEST_WORDS[verdict])


def _chain_row(assessment: Assessment, part: str) -> ChainRow:
    cells = []
    for side in SIDES:
        here = [m for m in assessment.measurements if of_part(m, part) and m.side in (side, Side.BOTH)]
        heaviest = by_weight(assessment, here)[:1]
        if heaviest and heaviest[0].value is not None:
            top, verdict = heaviest[0], of_clip(assessment, heaviest[0])
            cells.append((side.value, Mark(verdict, WORDS[verdict]), f"{top.metric}-{top.side.value}"))
        else:
            cells.append((side.value, Mark(Verdict.NOT_MEASURED, WORDS[Verdict.NOT_MEASURED]), ""))
    return ChainRow(part.capitalize(), tuple(cells))


def _rep_rows(assessment: Assessment) -> Iterable[RepRow]:
    for number, rep in enumerate(assessment.reps, 1):
        of_side = sum(other.side is rep.side for other in assessment.reps[:number])
        who = f"{rep.side.value} {of_side}" if rep.side is not Side.BOTH else "both"
        word = "not judged" if rep.verdict is Verdict.NOT_MEASURED else WORDS[rep.verdict]
        yield RepRow(number, who, rep, Mark(rep.verdict, word), f"{rep.end_s - rep.start_s:.1f} s")


def _info_rows(info: list[MeasurementInfo]) -> Iterable[InfoRow]:
    for metric in dict.fromkeys(m.metric for m in info):
        same = [m for m in info if m.metric == metric]
        same.sort(key=lambda m: list(Side).index(m.side))
        readings = tuple((side_text(m), reading_text(m)) for m in same)
        reason = " ".join(dict.fromkeys(filter(None, (m.reason for m in same))))
        yield InfoRow(same[0].title, readings, said_once([m.sentence for m in same]), reason)


def _unmeasured(measurements: Iterable[MeasurementInfo]) -> Iterable[Unmeasured]:
    missing = [m for m in measurements if m.value is None]
    for reason in dict.fromkeys(m.reason for m in missing):
        same = [m for m in missing if m.reason == reason]
        by_title: dict[str, list[str]] = {}
        for m in same:
            by_title.setdefault(m.title, []).extend([m.side.value] if m.side is not Side.BOTH else [])
        titles = [f"{title} ({sides[0]})" if len(sides) == 1 else title for title, sides in by_title.items()]
        yield Unmeasured(tuple(titles), reason)


def _facts(assessment: Assessment) -> Iterable[tuple[str, str]]:
    """How the clip was read."""
    clip, camera, quality, subject = assessment.clip, assessment.camera, assessment.quality, assessment.subject
    turned = f", turned by {abs(camera.yaw_deg):.0f}°" if camera.yaw_deg is not None else ""
    yield "Camera", f"{load_words().views[camera.view]}{turned}"
    yield "Picture", f"{clip.width} × {clip.height} px, {clip.frames} frames in {clip.duration_s:.1f} s"
    rate = f"{clip.nominal_fps:.4g} frames a second"
    if clip.slow_motion_factor > 1.01:
        rate = f"{clip.capture_fps:.4g} frames a real second, played {clip.slow_motion_factor:.3g} times slower"
    yield "Rate", rate
    yield "Person found", f"in {100 * quality.tracked_fraction:.0f} % of the frames"
    yield "Repaired", f"{100 * quality.repaired_fraction:.1f} % of the leg points"
    if subject.height_cm is not None:
        yield "Scale", load_words().scale.stated.format(height=f"{subject.height_cm:.0f}")
    else:
        yield "Scale", load_words().scale.assumed
    if subject.speed_mps is not None:
        yield "Speed", f"{subject.speed_mps:.1f} m/s, as stated"
    yield "Legibility of the clip", quality.grade
    yield "Pose model", f"{assessment.model.name} ({assessment.model.sha256[:12]})"
    yield "Clip", f"{clip.codec}, SHA-256 {clip.sha256[:12]}"


def _date(created: str) -> str:
    try:
        day = datetime.fromisoformat(created.replace("Z", "+00:00"))
    except ValueError:
        return created
    return f"{day.day} {day:%B %Y}"
