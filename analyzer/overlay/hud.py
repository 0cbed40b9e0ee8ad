"""What stands in the corners of the video: verdict banner, step and repetition counter, clock and legend."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from analyzer.arrays import Picture
from analyzer.assessment import Assessment, Verdict
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import PALE, WORDS, overall
from analyzer.overlay.sketches import DRAWINGS
from analyzer.overlay.stamps import Stamp, bar, fit, symbol, words
from analyzer.pose.landmarks import SIDES, Side

MOST_PIPS: Final = 10


def wrap(text: str, size_px: int, width_px: float, lines: int) -> list[str]:
    """The text in at most that many lines, the last one cut with an ellipsis."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines - 1:
        taken = len(rest)
        while taken > 1 and fit(" ".join(rest[:taken]), size_px, width_px, bold=True) != " ".join(rest[:taken]):
            taken -= 1
        found.append(fit(" ".join(rest[:taken]), size_px, width_px, bold=True))
        rest = rest[taken:]
    return [*found, fit(" ".join(rest), size_px, width_px, bold=True)] if rest else found


class BannerAnnotator:
    """The headline across the top."""

    def __init__(self, assessment: Assessment) -> None:
        self._headline = assessment.headline
        self._look = overall(assessment)
        self._wrapped: tuple[tuple[int, int], list[str]] | None = None

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on the scene in place."""
        pen = Pen.fitting(scene, moment.body_px)
        pad, size = pen.small, pen.text
        key = (scene.shape[1], size)
        if self._wrapped is None or self._wrapped[0] != key:
            self._wrapped = key, wrap(self._headline, size, scene.shape[1] - 3 * pad - 1.4 * size, 2)
        lines = self._wrapped[1]
        row = round(1.35 * size)
        height = len(lines) * row + round(1.1 * size)
        bar(scene.shape[1], height).put(scene, 0, 0)
        mark = symbol(self._look, round(1.25 * size))
        mark.put(scene, pad, (height - mark.height) / 2)
        for index, line in enumerate(lines):
            words(line, size, bold=True).put(scene, 2 * pad + mark.width, round(0.55 * size) + index * row)


class FooterAnnotator:
    """Counter, clock and legend along the bottom."""

    def __init__(self, assessment: Assessment) -> None:
        self._steps = sorted(step.contact_s for step in assessment.steps if step.contact_s is not None)
        self._reps = assessment.reps
        self._factor = assessment.clip.slow_motion_factor
        self._last_s = max([0.0, *self._steps, *(rep.end_s for rep in self._reps)])
        used = {m.verdict for m in assessment.measurements if m.metric in DRAWINGS}
        used |= {rep.verdict for rep in assessment.reps}
        self._legend = [v for v in (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL, Verdict.INFO) if v in used]

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on the scene in place."""
        pen = Pen.fitting(scene, moment.body_px)
        size, pad = pen.small, pen.small
        row = round(1.75 * size)
        rows: list[tuple[list[Stamp], list[Stamp]]] = [(self._counter(moment, size), self._clock(moment, size))]
        legend = self._legend_stamps(size)
        widest = self._counter(replace(moment, time_s=self._last_s), size)
        free = scene.shape[1] - 3 * pad - _width(widest) - _width(rows[0][1])
        if legend and _width(legend) + 2 * pad < free:
            rows[0] = (rows[0][0], [*legend, *_space(size), *rows[0][1]])
        elif legend:
            rows.append((legend, []))
        height = len(rows) * row + round(0.5 * size)
        top = scene.shape[0] - height
        bar(scene.shape[1], height).put(scene, 0, top)
        for index, (left, right) in enumerate(rows):
            middle = top + round(0.25 * size) + (index + 0.5) * row
            _lay(scene, left, pad, middle)
            _lay(scene, right, scene.shape[1] - pad - _width(right), middle)

    def _counter(self, moment: Moment, size: int) -> list[Stamp]:
        if self._reps:
            return [stamp for side in SIDES for stamp in self._tally(side, moment.time_s, size)]
        if not self._steps:
            return []
        done = sum(contact <= moment.time_s for contact in self._steps)
        step = moment.step
        stamps = [words(f"Step {done}", size, bold=True), words(f" of {len(self._steps)}", size, PALE)]
        return [*stamps, words(f"  {step.side.value} foot", size, PALE)] if step is not None else stamps

    def _tally(self, side: Side, time_s: float, size: int) -> list[Stamp]:
        reps = [rep for rep in self._reps if rep.side is side]
        if not reps:
            return []
        done = [rep for rep in reps if rep.end_s <= time_s]
        begun = sum(rep.start_s <= time_s for rep in reps)
        name = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.BOTH: "Rep"}[side]
        pips = [symbol(rep.verdict, round(0.8 * size)) for rep in done[-MOST_PIPS:]]
        return [words(f"{name} {begun} ", size, bold=True), *pips, *_space(size)]

    def _clock(self, moment: Moment, size: int) -> list[Stamp]:
        seconds = max(moment.time_s, 0.0)
        text = f"{int(seconds // 60)}:{seconds % 60:04.1f}"
        stamps = [words(f"{self._factor:.3g}× slower   ", size, PALE)] if self._factor > 1.01 else []
        return [*stamps, words(text, size, bold=True)]

    def _legend_stamps(self, size: int) -> list[Stamp]:
        stamps = []
        for verdict in self._legend:
            stamps += [symbol(verdict, round(0.8 * size)), words(f" {WORDS[verdict]}  ", size, PALE)]
        return stamps


def _space(size: int) -> list[Stamp]:
    return [words("  ", size)]


def _width(stamps: list[Stamp]) -> int:
    return sum(stamp.width for stamp in stamps)


def _lay(scene: Picture, stamps: list[Stamp], x: float, middle: float) -> None:
    for stamp in stamps:
        stamp.put(scene, x, middle - stamp.height / 2)
        x += stamp.width
