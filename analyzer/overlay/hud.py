"""What stands in the corners of the video: verdict banner, step and repetition counter, clock, strip and legend."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.assessment import Assessment, RepInfo, Verdict
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import PALE, WORDS, overall
from analyzer.overlay.shapes import Layer, Placed
from analyzer.overlay.sketches import DRAWINGS
from analyzer.overlay.stamps import Stamp, bar, composed, fit, label, symbol, text_width, words
from analyzer.overlay.strip import Strip
from analyzer.pose.landmarks import Side

MOST_PIPS: Final = 10
OUTCOME_S: Final = 1.2
"""How long it is said how a repetition came out, in real seconds."""

OUTCOME_SHARE: Final = 0.5
"""Of the picture's width, at most, for that sentence; the panel takes the rest."""

_TALL: Final = 1.5
"""Height of a row of words and signs, in sizes of its letters."""

NAMES: Final = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.BOTH: "Rep"}


def wrap(text: str, size_px: int, width_px: float, lines: int) -> list[str]:
    """The text in at most that many lines, the last one cut with an ellipsis."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), size_px, bold=True) <= width_px:
            taken += 1
        found.append(fit(" ".join(rest[:taken]), size_px, width_px, bold=True))
        rest = rest[taken:]
    return [*found, fit(" ".join(rest), size_px, width_px, bold=True)] if rest else found


class BannerAnnotator(Annotator):
    """The headline across the top."""

    def __init__(self, assessment: Assessment) -> None:
        self._headline = assessment.headline
        self._look = overall(assessment)
        self._drawn: tuple[Size, Layer] | None = None

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        if self._drawn is None or self._drawn[0] != size_px:
            self._drawn = size_px, self._layer(Pen.of(size_px, moment.body_px), size_px[0])
        return self._drawn[1]

    def height(self, size_px: Size) -> int:
        """In px, in a picture of that size."""
        pen = Pen.of(size_px, float("nan"))
        return len(self._lines(pen, size_px[0])) * round(1.35 * pen.text) + round(1.1 * pen.text)

    def _lines(self, pen: Pen, width: int) -> list[str]:
        return wrap(self._headline, pen.text, width - 3 * pen.small - 1.4 * pen.text, 2)

    def _layer(self, pen: Pen, width: int) -> Layer:
        pad, size = pen.small, pen.text
        lines = self._lines(pen, width)
        row = round(1.35 * size)
        height = len(lines) * row + round(1.1 * size)
        mark = symbol(self._look, round(1.25 * size))
        parts = [(bar(width, height), 0.0, 0.0), (mark, float(pad), (height - mark.height) / 2)]
        for index, text in enumerate(lines):
            x, y = 2.0 * pad + mark.width, round(0.55 * size) + index * float(row)
            parts.append((words(text, size, bold=True), x, y))
        return [Placed(composed(width, height, parts), (0, 0))]


class FooterAnnotator(Annotator):
    """The clip as a strip, counter, clock and legend along the bottom."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._steps = sorted(step.contact_s for step in assessment.steps if step.contact_s is not None)
        self._reps = assessment.reps
        self._factor = assessment.clip.slow_motion_factor
        self._duration_s = assessment.clip.duration_s / self._factor
        self._last_s = max([0.0, *self._steps, *(rep.end_s for rep in self._reps)])
        used = {m.verdict for m in assessment.measurements if m.metric in DRAWINGS}
        used |= {rep.verdict for rep in assessment.reps}
        self._legend = [v for v in (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL, Verdict.INFO) if v in used]
        self._strip: tuple[Size, Strip] | None = None
        self._rows: dict[Size, int] = {}
        self._ground: tuple[Size, Layer] | None = None
        self._count_drawn: tuple[object, Layer] | None = None

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        size = pad = Pen.of(size_px, moment.body_px).small
        top = size_px[1] - self.height(size_px)
        clock = self._clock(moment.time_s, size)
        middle = self._middle(top, size)
        layer = [*self._still(size_px, top, size), *self._counted(moment, size, middle)]
        layer += _row(clock, size_px[0] - pad - _width(clock), middle)
        return layer + self._strip_of(size_px).shapes(moment.time_s, pad, top + round(0.25 * size))

    def _middle(self, top: float, size: int) -> float:
        """Of the first row."""
        return top + round(0.8 * size) + 0.5 * round(1.75 * size)

    def _still(self, size_px: Size, top: int, size: int) -> Layer:
        """Bar and legend, drawn once."""
        if self._ground is None or self._ground[0] != size_px:
            (width, height), legend = size_px, self._key(size)
            x, y = width - size - self._clock_room(size) - _width(legend), self._middle(0.0, size)
            if self._needs_two_rows(size_px):
                x, y = size, y + round(1.75 * size)
            row = _row(legend, x, y)
            parts = [(bar(width, height - top), 0.0, 0.0), *((each.stamp, *each.at) for each in row)]
            self._ground = size_px, [Placed(composed(width, height - top, parts), (0, top))]
        return self._ground[1]

    def _counted(self, moment: Moment, size: int, middle: float) -> Layer:
        """The counter, drawn anew only where the count changes."""
        step = moment.step
        state = self._begun(moment.time_s), None if step is None else step.side, size, middle
        if self._count_drawn is None or self._count_drawn[0] != state:
            row = _row(self._counter(moment, size), 0.0, 0.5 * _TALL * size)
            parts = [(each.stamp, *each.at) for each in row]
            wide = _width([each.stamp for each in row])
            found: Layer = []
            if wide:
                found = [Placed(composed(wide, round(_TALL * size), parts), (size, middle - 0.5 * _TALL * size))]
            self._count_drawn = state, found
        return self._count_drawn[1]

    def _begun(self, time_s: float) -> tuple[int, ...]:
        """What the counter depends on."""
        reps = (sum(rep.start_s <= time_s for rep in self._reps), sum(rep.end_s <= time_s for rep in self._reps))
        return (*reps, int(np.searchsorted(self._steps, time_s, side="right")))

    def height(self, size_px: Size) -> int:
        """In px, in a picture of that size."""
        size = Pen.of(size_px, float("nan")).small
        return (2 if self._needs_two_rows(size_px) else 1) * round(1.75 * size) + round(1.05 * size)

    def _needs_two_rows(self, size_px: Size) -> bool:
        if size_px in self._rows:
            return self._rows[size_px] == 2
        size = Pen.of(size_px, float("nan")).small
        widest = self._tallies(self._last_s, size) if self._reps else self._count(len(self._steps), "right", size)
        free = size_px[0] - 4 * size - _width(widest) - self._clock_room(size)
        self._rows[size_px] = 2 if self._legend and _width(self._key(size)) > free else 1
        return self._rows[size_px] == 2

    def _strip_of(self, size_px: Size) -> Strip:
        if self._strip is None or self._strip[0] != size_px:
            size = Pen.of(size_px, float("nan")).small
            self._strip = size_px, Strip(self._assessment, self._duration_s, size_px[0] - 2 * size, round(0.5 * size))
        return self._strip[1]

    def _counter(self, moment: Moment, size: int) -> list[Stamp]:
        if self._reps:
            return self._tallies(moment.time_s, size)
        step = moment.step
        done = sum(contact <= moment.time_s for contact in self._steps)
        return self._count(done, "" if step is None else step.side.value, size)

    def _count(self, done: int, side: str, size: int) -> list[Stamp]:
        if not self._steps:
            return []
        stamps = [words(f"Step {done}", size, bold=True), words(f" of {len(self._steps)}", size, PALE)]
        return [*stamps, words(f"  {side} foot", size, PALE)] if side else stamps

    def _tallies(self, time_s: float, size: int) -> list[Stamp]:
        return [stamp for side in NAMES for stamp in self._tally(side, time_s, size)]

    def _tally(self, side: Side, time_s: float, size: int) -> list[Stamp]:
        reps = [rep for rep in self._reps if rep.side is side]
        if not reps:
            return []
        done = [rep for rep in reps if rep.end_s <= time_s]
        begun = sum(rep.start_s <= time_s for rep in reps)
        pips = [symbol(rep.verdict, round(0.8 * size)) for rep in done[-MOST_PIPS:]]
        return [words(f"{NAMES[side]} {begun} ", size, bold=True), *pips, *_space(size)]

    def _clock(self, time_s: float, size: int) -> list[Stamp]:
        seconds = max(time_s, 0.0)
        minutes, rest = f"{int(seconds // 60)}:", f"{seconds % 60:04.1f}"
        digits = [words(digit, size, bold=True) for digit in (minutes, *rest)]
        return [*self._slower(size), *digits]

    def _slower(self, size: int) -> list[Stamp]:
        return [words(f"{self._factor:.3g}× slower   ", size, PALE)] if self._factor > 1.01 else []

    def _clock_room(self, size: int) -> int:
        return _width(self._clock(self._duration_s, size)) + size

    def _key(self, size: int) -> list[Stamp]:
        stamps = []
        for verdict in self._legend:
            stamps += [symbol(verdict, round(0.8 * size)), words(f" {WORDS[verdict]}  ", size, PALE)]
        return stamps


class OutcomeAnnotator(Annotator):
    """Says for a moment in an upper corner how a repetition came out."""

    def __init__(self, assessment: Assessment, top_px: float, *, at_left: bool = True) -> None:
        self._reps = [rep for rep in assessment.reps if rep.verdict is not Verdict.NOT_MEASURED]
        self._at_left = at_left
        self._stretch = assessment.motion.tempo.factor
        self._top_px = top_px
        self._numbers = {
            rep.index: [r.index for r in self._reps if r.side is rep.side].index(rep.index) + 1 for rep in self._reps
        }

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        over = [r for r in self._reps if 0.0 <= moment.time_s - r.end_s <= OUTCOME_S * self._stretch]
        if not over:
            return []
        pen = Pen.of(size_px, moment.body_px)
        said = fit(self._said(over[-1]), pen.text, OUTCOME_SHARE * size_px[0], bold=True)
        return _in_corner(label(said, pen.text, over[-1].verdict), size_px, self._top_px, at_left=self._at_left)

    def _said(self, rep: RepInfo) -> str:
        why = f": {rep.reasons[0]}" if rep.reasons and rep.verdict is not Verdict.PASS else ""
        return f"{NAMES[rep.side]} {self._numbers[rep.index]} {WORDS[rep.verdict]}{why}"


class SlowNote(Annotator):
    """Says in an upper corner that, and how much slower than life, the video runs."""

    def __init__(self, times: float, top_px: float, *, at_left: bool) -> None:
        self._text, self._top_px, self._at_left = f"{times:.3g}× slower than life", top_px, at_left

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        stamp = label(self._text, Pen.of(size_px, moment.body_px).text)
        return _in_corner(stamp, size_px, self._top_px, at_left=self._at_left)


def _in_corner(stamp: Stamp, size_px: Size, top_px: float, *, at_left: bool) -> Layer:
    """Beneath the banner, at the left or the right edge."""
    gap = Pen.of(size_px, float("nan")).small
    return [Placed(stamp, (gap if at_left else size_px[0] - gap - stamp.width, top_px + 0.5 * gap))]


def _space(size: int) -> list[Stamp]:
    return [words("  ", size)]


def _width(stamps: list[Stamp]) -> int:
    return sum(stamp.width for stamp in stamps)


def _row(stamps: list[Stamp], x: float, middle: float) -> list[Placed]:
    layer: list[Placed] = []
    for stamp in stamps:
        layer.append(Placed(stamp, (x, middle - stamp.height / 2)))
        x += stamp.width
    return layer
