"""What the report says, part by part, before it has any looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.assessment import Assessment, MeasurementInfo, Plan, RepInfo, ScaleInfo, Verdict
from analyzer.motion.types import Activity
from analyzer.overlay.palette import overall
from analyzer.overlay.scaled import scale_picture
from analyzer.overlay.standing import of_clip
from analyzer.pose.landmarks import Side
from analyzer.report.changes import changes, sides
from analyzer.report.deciders import NO_PICTURES, decider_still, decider_text
from analyzer.report.facts import Source, Unmeasured, day_of, facts, sources, unmeasured
from analyzer.report.figure import BodyFigure, body_figure
from analyzer.report.findings import Finding, Still, embedded, finding_of, readings_of
from analyzer.report.findings import Pictures as Pictures
from analyzer.report.marks import Mark as Mark
from analyzer.report.marks import mark_of_test, mark_of_verdict
from analyzer.report.once import said_once
from analyzer.report.order import by_weight, priorities
from analyzer.report.plan_page import PlanPage, plan_page
from analyzer.report.words import load_words
from analyzer.wording import limits_text, reading_text

TO_WORK_ON = (Verdict.FAIL, Verdict.BORDERLINE)


@dataclass(frozen=True)
class TestCard:
    """A test's verdict, and each side's."""

    __test__ = False

    title: str
    mark: Mark
    sides: tuple[tuple[str, Mark], ...]
    reasons: tuple[str, ...]
    decided: tuple[tuple[str, Still | None], ...] = ()


@dataclass(frozen=True)
class Cell:
    """A number of one side in a table, None for its mark where it has none to show."""

    side: str
    text: str
    mark: Mark | None


@dataclass(frozen=True)
class Row:
    """One metric in a table: its numbers left and right, or one for both sides, and what they mean."""

    anchor: str
    link: str
    title: str
    cells: tuple[Cell, ...]
    sentence: str
    reason: str
    target: str


@dataclass(frozen=True)
class RepRow:
    """One repetition; ``who`` is the side and the count on that side."""

    number: int
    who: str
    rep: RepInfo
    mark: Mark
    lasted: str


@dataclass(frozen=True)
class ScaleCard:
    """The quality scale of one side, and of each item that is pictured its title, the picture and when it was."""

    scale: ScaleInfo
    shown: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Beside:
    """A file beside the page, and what it is."""

    name: str
    what: str


@dataclass(frozen=True)
class Page:
    """The whole report.

    ``well`` are the numbers on target and ``on_target`` their pictures, ``work`` the findings in order of weight,
    ``wavering`` says that a repetition was borderline, ``stills`` are pictures of numbers for information.
    """

    assessment: Assessment
    title: str
    subtitle: str
    look: Verdict
    figure: BodyFigure | None
    tests: tuple[TestCard, ...]
    scales: tuple[ScaleCard, ...]
    well: tuple[Row, ...]
    work: tuple[Finding, ...]
    on_target: tuple[Finding, ...]
    reps: tuple[RepRow, ...]
    wavering: bool
    info: tuple[Row, ...]
    stills: tuple[tuple[str, Still], ...]
    unmeasured: tuple[Unmeasured, ...]
    changes: tuple[str, ...]
    sides: tuple[str, ...]
    plan: Plan
    calendar: PlanPage
    sources: tuple[Source, ...]
    facts: tuple[tuple[str, str], ...]
    beside: tuple[Beside, ...]
    people: str = ""


def page_of(
    assessment: Assessment,
    pictures: Pictures,
    people: bytes = b"",
    beside: Sequence[str] = (),
    decided: Mapping[str, bytes] = NO_PICTURES,
) -> Page:
    """Everything the template needs.

    ``beside`` names the files that lie beside the page, ``decided`` holds pictures of repetitions by name.
    """
    groups = _by_metric(assessment)
    first = [measurement.metric for measurement in priorities(assessment)]
    work = {metric: group for metric, group in groups.items() if _any(assessment, group, TO_WORK_ON)}
    well = {metric: group for metric, group in groups.items() if _any(assessment, group, (Verdict.PASS,))}
    info = {metric: group for metric, group in groups.items() if metric not in work and metric not in well}

    activity = activity_text(assessment.activity)
    view = load_words().views[assessment.camera.view]
    return Page(
        assessment=assessment,
        title=f"{assessment.subject.name}: {activity}" if assessment.subject.name else activity,
        subtitle=f"{activity}, filmed {view}, {day_of(assessment.created)}",
        look=overall(assessment),
        figure=body_figure(assessment),
        tests=tuple(_test_cards(assessment, decided)),
        scales=tuple(_scale_cards(assessment, decided)),
        well=tuple(_well_row(assessment, group, work) for group in well.values()),
        work=tuple(
            finding_of(assessment, group, pictures, first.index(metric) + 1 if metric in first else None)
            for metric, group in work.items()
        ),
        on_target=tuple(
            finding_of(assessment, group, pictures, brief=True) for metric, group in well.items() if metric not in work
        ),
        reps=tuple(_rep_rows(assessment)),
        wavering=any(rep.verdict is Verdict.BORDERLINE for rep in assessment.reps),
        info=tuple(_info_row(group) for group in info.values()),
        stills=tuple(
            (f"{group[0].title}, {reading.where}" if reading.where else group[0].title, reading.still)
            for group in info.values()
            for reading in readings_of(assessment, _sorted(group), pictures)
            if reading.still is not None
        ),
        unmeasured=unmeasured(assessment.measurements),
        changes=tuple(changes(assessment)),
        sides=tuple(sides(assessment)),
        plan=assessment.plan,
        calendar=plan_page(assessment.plan),
        sources=sources(assessment.measurements),
        facts=tuple(facts(assessment)),
        beside=beside_page(beside),
        people=embedded(people),
    )


def activity_text(activity: Activity) -> str:
    """What the person does, as a heading."""
    return load_words().activities.get(activity, activity.value.replace("_", " ").capitalize())


def beside_page(names: Iterable[str]) -> tuple[Beside, ...]:
    """Of the files that lie beside a page those that are worth a link, in the order of the words' table."""
    there = set(names)
    return tuple(Beside(name, what) for name, what in load_words().beside.items() if name in there)


def _by_metric(assessment: Assessment) -> dict[str, list[MeasurementInfo]]:
    """All measurements of every metric that has a number, the metric with the heaviest finding first."""
    read = by_weight(assessment, (m for m in assessment.measurements if m.value is not None))
    return {
        metric: [m for m in assessment.measurements if m.metric == metric]
        for metric in dict.fromkeys(m.metric for m in read)
    }


def _any(assessment: Assessment, group: Iterable[MeasurementInfo], verdicts: tuple[Verdict, ...]) -> bool:
    return any(m.value is not None and of_clip(assessment, m) in verdicts for m in group)


def _sorted(group: Iterable[MeasurementInfo]) -> list[MeasurementInfo]:
    return sorted(group, key=lambda m: list(Side).index(m.side))


def _well_row(assessment: Assessment, group: Iterable[MeasurementInfo], work: dict[str, list[MeasurementInfo]]) -> Row:
    """The sides that are on target; of a metric that is worth working on, the other side is left to its finding."""
    same = _sorted(group)
    good = [m for m in same if of_clip(assessment, m) is Verdict.PASS]
    metric, limits = same[0].metric, good[0].limits
    shown = good if metric in work else [m for m in same if m.value is not None]
    return Row(
        anchor="" if metric in work else metric,
        link="" if metric in work else f"seen-{metric}",
        title=same[0].title,
        cells=tuple(_cell(assessment, m) for m in shown),
        sentence=said_once([m.sentence for m in good], load_words().finding.both),
        reason="" if metric in work else _reasons(shown),
        target=limits_text(limits, good[0].unit) if limits is not None else "",
    )


def _cell(assessment: Assessment, measurement: MeasurementInfo) -> Cell:
    side = "" if measurement.side is Side.BOTH else measurement.side.value
    return Cell(side, reading_text(measurement), mark_of_verdict(of_clip(assessment, measurement)))


def _info_row(group: Iterable[MeasurementInfo]) -> Row:
    read = [m for m in _sorted(group) if m.value is not None]
    return Row(
        anchor=f"info-{read[0].metric}",
        link="",
        title=read[0].title,
        cells=tuple(Cell("" if m.side is Side.BOTH else m.side.value, reading_text(m), None) for m in read),
        sentence=said_once([m.sentence for m in read]),
        reason=_reasons(read),
        target="",
    )


def _reasons(measurements: Iterable[MeasurementInfo]) -> str:
    """Their reasons, once where only numbers tell them apart, which stand beside the readings anyway."""
    different = {re.sub(r"[\d.]+", "", m.reason): m.reason for m in measurements if m.reason}
    return " ".join(different.values())


def _test_cards(assessment: Assessment, decided: Mapping[str, bytes]) -> Iterable[TestCard]:
    for test in assessment.tests:
        by_side = tuple((name, mark_of_test(verdict)) for name, verdict in sorted(test.sides.items()))
        shown = tuple(
            (decider_text(assessment, each), decider_still(assessment, each, decided)) for each in test.decided_by
        )
        yield TestCard(test.title, mark_of_test(test.verdict), by_side, test.reasons, shown)


def _scale_cards(assessment: Assessment, decided: Mapping[str, bytes]) -> Iterable[ScaleCard]:
    slow = assessment.clip.slow_motion_factor
    for scale in assessment.scales:
        names = [(item, scale_picture(scale.side, item)) for item in scale.items]
        yield ScaleCard(
            scale,
            tuple(
                (item.title, embedded(decided[name]), f"{(item.evidence_s or 0.0) * slow:.1f}")
                for item, name in names
                if name in decided
            ),
        )


def _rep_rows(assessment: Assessment) -> Iterable[RepRow]:
    say = load_words().reps
    for number, rep in enumerate(assessment.reps, 1):
        of_side = sum(other.side is rep.side for other in assessment.reps[:number])
        who = f"{rep.side.value} {of_side}" if rep.side is not Side.BOTH else say.both
        mark = mark_of_verdict(rep.verdict)
        if rep.verdict is Verdict.NOT_MEASURED:
            mark = Mark(rep.verdict, say.not_judged)
        yield RepRow(number, who, rep, mark, f"{rep.end_s - rep.start_s:.1f} s")
