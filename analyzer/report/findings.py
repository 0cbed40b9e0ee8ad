"""Findings: what was found of one metric on both sides, with its picture, its curve and what to do."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.overlay.palette import HARSHNESS
from analyzer.overlay.pictured import has_ghost
from analyzer.overlay.standing import missed_reps, of_clip
from analyzer.pose.landmarks import Side
from analyzer.report.actions import actions
from analyzer.report.curves import Charts, Windows, charts
from analyzer.report.marks import Mark, mark_of_verdict
from analyzer.report.once import said_once
from analyzer.report.order import told_of
from analyzer.report.words import load_words
from analyzer.wording import limits_text, reading_text, side_text

Pictures: TypeAlias = Mapping[tuple[str, Side], bytes]
"""Key frames as JPEG, by metric and side."""

JUDGED = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)


@dataclass(frozen=True)
class Still:
    """A key frame, as an address that holds the picture; ``time`` is the clip's, in s."""

    source: str
    caption: str
    alt: str
    time: str


@dataclass(frozen=True)
class Reading:
    """One side's number; ``side`` is empty where the metric has none, ``text`` where there is no number."""

    side: str
    where: str
    mark: Mark
    text: str
    sentence: str
    reason: str
    still: Still | None


@dataclass(frozen=True)
class Finding:
    """One metric, the side that stands worst first.

    ``anchor`` is the id that links lead to, ``mark`` the worst side's, ``told`` what is said of the sides that have
    that mark, ``target`` in words (empty without one) and ``whose`` it is, ``priority`` 1 or 2 for what to work on
    first, ``caption`` that of the charts.
    """

    anchor: str
    title: str
    mark: Mark
    readings: tuple[Reading, ...]
    told: str
    meaning: str
    target: str
    whose: str
    tag: str
    priority: int | None
    charts: Charts
    caption: str
    actions: tuple[str, ...]

    @property
    def shown(self) -> tuple[Reading, ...]:
        """The sides that have a picture."""
        return tuple(reading for reading in self.readings if reading.still is not None)


def embedded(jpeg: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" if jpeg else ""


def finding_of(
    assessment: Assessment,
    sides: Sequence[MeasurementInfo],
    pictures: Pictures,
    priority: int | None = None,
    *,
    brief: bool = False,
) -> Finding:
    """What is said of one metric; ``sides`` holds its measurements, of which at least one has a value.

    ``brief`` leaves out all but one chart.
    """
    ranked = sorted(sides, key=lambda m: -HARSHNESS.index(of_clip(assessment, m)))
    worst, others = ranked[0], ranked[1:]
    verdict, told, limits = of_clip(assessment, worst), told_of(worst.metric), worst.limits
    other = next((m for m in others if m.value is not None), None)
    event = load_words().chart.repetition if assessment.reps else load_words().chart.step
    drawn = charts(worst, other, event, judged_percent(assessment, worst.side), brief=brief)
    readings = readings_of(assessment, ranked, pictures)
    return Finding(
        anchor=worst.metric,
        title=worst.title,
        mark=mark_of_verdict(verdict),
        readings=readings,
        told=_told(readings, verdict),
        meaning=told.meaning if told is not None else "",
        target=limits_text(limits, worst.unit) if limits is not None else "",
        whose=_whose(worst),
        tag=_tag(priority, verdict),
        priority=priority,
        charts=drawn,
        caption=_caption(assessment, worst, other, drawn),
        actions=tuple(actions(assessment, worst.metric, worst, verdict)),
    )


def readings_of(assessment: Assessment, sides: Iterable[MeasurementInfo], pictures: Pictures) -> tuple[Reading, ...]:
    """The numbers of one metric with their pictures, in the order given."""
    return tuple(_reading(assessment, measurement, pictures) for measurement in sides)


def _told(readings: Sequence[Reading], verdict: Verdict) -> str:
    """The sentences of the sides that stand like that, left before right, once where they say the same."""
    standing = sorted((r for r in readings if r.mark.look is verdict), key=lambda r: r.side)
    return said_once([reading.sentence for reading in standing], load_words().finding.both)


def judged_percent(assessment: Assessment, side: Side) -> Windows:
    """The usual parts of a repetition, in %, in which that side's leg carries; none where repetitions differ in it."""
    reps = [rep for rep in assessment.reps if rep.loaded and side in (rep.side, Side.BOTH) and rep.end_s > rep.start_s]
    if not reps or len({len(rep.loaded) for rep in reps}) > 1:
        return ()
    shares = np.array([(np.array(rep.loaded) - rep.start_s) / (rep.end_s - rep.start_s) for rep in reps])
    middle = np.clip(100.0 * np.median(shares, axis=0), 0.0, 100.0)
    return tuple((float(low), float(high)) for low, high in middle)


def _reading(assessment: Assessment, measurement: MeasurementInfo, pictures: Pictures) -> Reading:
    verdict = of_clip(assessment, measurement)
    remark = _remark(assessment, measurement)
    return Reading(
        side="" if measurement.side is Side.BOTH else measurement.side.value,
        where=side_text(measurement),
        mark=mark_of_verdict(verdict),
        text=reading_text(measurement),
        sentence=" ".join(filter(None, (remark, measurement.sentence))),
        reason=measurement.reason,
        still=_still(assessment, measurement, pictures),
    )


def _still(assessment: Assessment, measurement: MeasurementInfo, pictures: Pictures) -> Still | None:
    jpeg = pictures.get((measurement.metric, measurement.side), b"")
    if not jpeg or measurement.evidence_s is None:
        return None
    say = load_words().finding.still
    time = f"{measurement.evidence_s * assessment.clip.slow_motion_factor:.1f}"
    caption = say.caption
    if measurement.limits is not None and of_clip(assessment, measurement) in JUDGED:
        caption = say.drawn if has_ghost(measurement) else say.drawn_within
    what = ", ".join(filter(None, (measurement.title, side_text(measurement))))
    return Still(
        source=embedded(jpeg),
        caption=caption.format(time=time),
        time=time,
        alt=say.alt.format(time=time, what=what, reading=reading_text(measurement)),
    )


def _remark(assessment: Assessment, measurement: MeasurementInfo) -> str:
    """What single repetitions did, where the number alone does not tell."""
    missed = missed_reps(assessment, measurement)
    if not missed:
        return ""
    count = sum(rep.side is measurement.side for rep in assessment.reps)
    return load_words().finding.missed.format(missed=missed, count=count)


def _whose(measurement: MeasurementInfo) -> str:
    say, limits = load_words().finding, measurement.limits
    if limits is None:
        return ""
    return say.own if limits.own else say.published if limits.published else say.proposed


def _tag(priority: int | None, verdict: Verdict) -> str:
    say = load_words().finding
    if priority is None:
        return ""
    return say.watch if verdict is Verdict.BORDERLINE else say.first if priority == 1 else say.next


def _caption(assessment: Assessment, worst: MeasurementInfo, other: MeasurementInfo | None, drawn: Charts) -> str:
    return " ".join(_captions(assessment, worst, other, drawn))


def _captions(
    assessment: Assessment, worst: MeasurementInfo, other: MeasurementInfo | None, drawn: Charts
) -> Iterable[str]:
    say = load_words().chart
    one, many = (say.repetition, say.repetitions) if assessment.reps else (say.step, say.steps)
    if drawn.curve is not None and worst.cycle is not None:
        count = f"{worst.n} {one if worst.n == 1 else many}" if worst.n else say.clip
        yield say.curve.format(count=count)
        if other is not None and other.cycle is not None:
            yield say.other.format(side=other.side.value)
        if worst.cycle.mark_percent is not None:
            yield say.mark
    if drawn.dots is not None:
        yield say.dots.format(event=one)
    if worst.limits is not None and (drawn.curve is not None or drawn.dots is not None):
        yield say.target
