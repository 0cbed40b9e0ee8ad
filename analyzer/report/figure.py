"""The figure of the body: what was found at each joint of each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from analyzer.assessment import Assessment, MeasurementInfo, Verdict
from analyzer.criteria.asked import asked_for
from analyzer.criteria.tables import load_criteria
from analyzer.motion.types import View
from analyzer.overlay.standing import of_clip
from analyzer.pose.landmarks import SIDES, Side
from analyzer.report.marks import Mark, mark_of_verdict
from analyzer.report.order import CHAIN, by_weight, of_part
from analyzer.report.words import load_words
from analyzer.wording import reading_text

WIDTH: Final = 160.0
HEIGHT: Final = 440.0
"""Of the drawing, in its own units; the template holds the outline of the body in the same."""

JOINTS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"trunk": (17.0, 118.0), "hip": (21.0, 208.0), "knee": (24.0, 306.0), "foot": (27.0, 405.0)}
)
"""Where each part is marked: to the side of the midline, and down."""

JUDGED: Final = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)

LEVELS: Final[Mapping[str, float]] = MappingProxyType({"trunk": 75.0, "hip": 190.0, "knee": 290.0, "foot": 390.0})
"""How far down the words beside each part stand; the style sheet lays its rows out by the same shares."""


@dataclass(frozen=True)
class Callout:
    """What was found at one part of one side.

    ``on_left`` tells on which side of the drawing it stands, ``x`` and ``y`` where the joint is, ``edge`` and ``level``
    where the line to the words ends; ``reading`` and ``title`` are empty where nothing was measured, ``anchor`` where
    there is no finding to go to, ``caveat`` where all that the articles ask of the part was judged.
    """

    part: str
    side: str
    mark: Mark
    title: str
    reading: str
    caveat: str
    anchor: str
    on_left: bool
    x: float
    y: float
    edge: float
    level: float


@dataclass(frozen=True)
class ChainRow:
    """One part of the body and its two sides, left first."""

    part: str
    cells: tuple[Callout, ...]


@dataclass(frozen=True)
class BodyFigure:
    """The whole figure, from the ground up; ``from_behind`` mirrors it, ``caption`` says from where it is seen."""

    rows: tuple[ChainRow, ...]
    from_behind: bool
    caption: str

    @property
    def callouts(self) -> tuple[Callout, ...]:
        """All of them, from the ground up."""
        return tuple(cell for row in self.rows for cell in row.cells)


def body_figure(assessment: Assessment) -> BodyFigure | None:
    """The figure, seen as the clip was filmed if that was from behind, else from the front; None if it has no part."""
    if not any(m.value is not None and of_part(m, part) for m in assessment.measurements for part in CHAIN):
        return None
    behind, say = assessment.camera.view is View.BACK, load_words().figure
    rows = tuple(
        ChainRow(load_words().parts[part], tuple(_callouts(assessment, part, from_behind=behind))) for part in CHAIN
    )
    return BodyFigure(rows, behind, say.back if behind else say.front)


def _callouts(assessment: Assessment, part: str, *, from_behind: bool) -> Iterable[Callout]:
    for side in SIDES:
        here = [m for m in assessment.measurements if of_part(m, part) and m.side in (side, Side.BOTH)]
        top = next(iter(by_weight(assessment, here)), None)
        on_left = (side is Side.LEFT) is from_behind
        out, down = JOINTS[part]
        measured = top is not None and top.value is not None
        verdict = of_clip(assessment, top) if top is not None and measured else Verdict.NOT_MEASURED
        mark, caveat = mark_of_verdict(verdict), ""
        if verdict is Verdict.PASS and top is not None:
            mark, caveat = _as_far_as_judged(assessment, here, top, mark)
        yield Callout(
            part=load_words().parts[part],
            side=side.value,
            mark=mark,
            title=top.title if top is not None and measured else "",
            reading=reading_text(top) if top is not None else "",
            caveat=caveat,
            anchor=_anchor(top.metric, verdict) if top is not None and measured else "",
            on_left=on_left,
            x=WIDTH / 2 - out if on_left else WIDTH / 2 + out,
            y=down,
            edge=0.0 if on_left else WIDTH,
            level=LEVELS[part],
        )


def _anchor(metric: str, verdict: Verdict) -> str:
    return f"info-{metric}" if verdict is Verdict.INFO else metric


def _as_far_as_judged(
    assessment: Assessment, here: list[MeasurementInfo], top: MeasurementInfo, mark: Mark
) -> tuple[Mark, str]:
    """The mark of a part whose heaviest finding is on target, and what the articles ask of it that was not judged.

    Where none of that was, the part is not said to be on target on the strength of something else.
    """
    say = load_words().figure
    asked = asked_for(assessment.activity, assessment.camera.view, load_criteria())
    of_part_asked = [m for m in here if m.metric in asked]
    unjudged = [m.title for m in of_part_asked if of_clip(assessment, m) not in JUDGED]
    if not unjudged:
        return mark, ""
    what = " and ".join(unjudged[:1] + [title.lower() for title in unjudged[1:]])
    if len(unjudged) < len(of_part_asked):
        return mark, say.beside.format(what=what)
    return Mark(Verdict.INFO, say.not_judged), say.instead.format(what=what, good=top.title.lower())
