"""Where a clip was cut together: shots between hard cuts, cross-fades and empty pictures.

A cut changes most parts of the picture at once and for good, whatever became of its overall light; a person who moves
changes some parts, a flash all of them for a moment, a pan all of them all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.video.scenetrack import SceneTrack

CUT: Final = 0.05
"""Change (see `_change`) from which two pictures show different things: between frames of one shot it stays below 0.025
in 38 clips, once flashes are set aside; between clips of different places it is 0.28 in the median."""

OVER_NEIGHBOURS: Final = 3.0
"""How much a cut stands out from the usual change around it, which is large while the phone swings."""

USUAL: Final = 75
"""Percentile of the changes around it that counts as usual: every other picture may repeat the one before."""

AROUND_S: Final = 0.5
MEDIAN_OF: Final = 3

FADE_S: Final = (0.3, 0.45, 0.7, 1.0, 1.4, 2.0)
FADED: Final = 0.06
"""Change from before a cross-fade to after it."""

FADED_ALIKE: Final = 0.8
"""Correlation of the light before and after, above which nothing but exposure changed."""

BLENDED: Final = 0.8
"""Share of the change that a mixture of the pictures before and after explains, all through a cross-fade. People who
move keep it from 1; a pan has next to none."""

PAN_SHARE: Final = 0.02
"""Of the picture's longer side. Where the background moves as far, parts of the picture mix with their neighbours as in
a fade."""

EMPTY_CONTRAST: Final = 0.012
EMPTY_S: Final = 0.09
"""Shorter ones are flashes."""

SHORTEST_S: Final = 0.2


class Join(str, Enum):
    """How a shot follows what was before it."""

    START = "start"
    CUT = "cut"
    FADE = "fade"


@dataclass(frozen=True)
class Shot:
    """A stretch filmed in one go.

    Attributes:
        start: first row of the scene.
        stop: row after the last one.
        start_s: time of the first row.
        end_s: time of the last row.
        follows: how it begins.
    """

    start: int
    stop: int
    start_s: float
    end_s: float
    follows: Join

    @property
    def rows(self) -> slice:
        """Its rows in arrays over the scene's frames."""
        return slice(self.start, self.stop)

    @property
    def length_s(self) -> float:
        """From the first frame to the last."""
        return self.end_s - self.start_s


def find_shots(scene: SceneTrack, times_s: Floats) -> tuple[Shot, ...]:
    """The clip's shots in order, one for an uncut clip; frames within fades and empty pictures belong to none.

    Args:
        scene: of the whole clip.
        times_s: (n,) of its frames.
    """
    if not len(scene):
        return ()
    cuts = _cuts(scene.light, times_s)
    faded = _faded(scene, times_s, cuts) | _empty(scene.light, times_s)
    starts = np.unique(np.concatenate([[0], np.flatnonzero(cuts & ~faded)]))
    shots = []
    for start, stop in pairwise([*starts.tolist(), len(scene)]):
        kept = np.flatnonzero(~faded[start:stop]) + start
        for piece in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1):
            if len(piece) and times_s[piece[-1]] - times_s[piece[0]] >= min(SHORTEST_S, times_s[-1] - times_s[0]):
                shots.append(_shot(piece, faded, times_s))
    return tuple(shots)


def _shot(rows: Floats, faded: Bools, times_s: Floats) -> Shot:
    first, last = int(rows[0]), int(rows[-1])
    follows = Join.START if first == 0 else Join.FADE if faded[first - 1] else Join.CUT
    return Shot(first, last + 1, float(times_s[first]), float(times_s[last]), follows)


def _change(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """By how much (m,) the pictures (m, CELLS, CELLS) differ in most of their parts, and how well they correlate.

    Exposure, a common factor and level, is taken off first. The change is the geometric mean of the median difference
    and of one minus the correlation: a cut raises both.
    """
    a, b = (light.reshape(len(light), -1) - light.mean(axis=(1, 2))[:, None] for light in (before, after))
    var_a, var_b, both = (a * a).mean(axis=1), (b * b).mean(axis=1), (a * b).mean(axis=1)
    gain = np.clip(both / np.maximum(var_a, 1e-9), 0.5, 2.0)
    left = b - gain[:, None] * a
    median = np.median(np.abs(left - np.median(left, axis=1, keepdims=True)), axis=1)
    alike = both / np.sqrt(np.maximum(var_a * var_b, 1e-12))
    return np.sqrt(median * (1.0 - np.clip(alike, -1.0, 1.0))), alike


def _cuts(light: Floats, times_s: Floats) -> Bools:
    """(n,) True at the first frame after a hard cut."""
    n = len(light)
    found = np.zeros(n, bool)
    if n < 2 * MEDIAN_OF:
        return found
    jump = np.zeros(n)
    jump[1:] = _change(light[:-1], light[1:])[0]
    windows = np.lib.stride_tricks.sliding_window_view(light, MEDIAN_OF, axis=0)
    typical = np.median(windows, axis=-1)
    lasting = np.zeros(n)
    lasting[MEDIAN_OF : n - MEDIAN_OF + 1] = _change(typical[:-MEDIAN_OF], typical[MEDIAN_OF:])[0]
    score = np.minimum(jump, lasting)
    for at in np.flatnonzero(score > CUT):
        around = np.abs(times_s - times_s[at]) <= max(AROUND_S, 2.5 * float(np.median(np.diff(times_s))))
        around[at] = False
        found[at] = score[at] > OVER_NEIGHBOURS * float(np.percentile(jump[around], USUAL))
    return found


def _faded(scene: SceneTrack, times_s: Floats, cuts: Bools) -> Bools:
    """(n,) True within cross-fades: the picture turns into another by way of mixtures of the two."""
    light, n = scene.light, len(scene)
    faded = np.zeros(n, bool)
    if n < 2:
        return faded
    step_s = float(np.median(np.diff(times_s)))
    shift = np.nan_to_num(scene.dx_px) + 1j * np.nan_to_num(scene.dy_px)
    place = np.cumsum(shift) / max(scene.size_px)
    for length_s in FADE_S:
        long = round(length_s / step_s)
        if not 4 <= long < n:
            continue
        quarters = [light[round(share * long) : n - long + round(share * long)] for share in (0, 0.25, 0.5, 0.75, 1)]
        change, alike = _change(quarters[0], quarters[-1])
        good = (change > FADED) & (alike < FADED_ALIKE) & (np.abs(place[long:] - place[:-long]) < PAN_SHARE)
        good &= np.cumsum(cuts)[long:] == np.cumsum(cuts)[:-long]
        before = np.zeros(len(good))
        for inner in quarters[1:-1]:
            share, explained = _mixture(quarters[0], quarters[-1], inner)
            good &= (share > before + 0.1) & (share < 0.95) & (explained > BLENDED)
            before = share
        for at in np.flatnonzero(good):
            faded[at : at + long + 1] = True
    return faded


def _mixture(first: Floats, last: Floats, middle: Floats) -> tuple[Floats, Floats]:
    """Share (m,) of the last picture in the middle one, and how much of the change a mixture explains, 1 all."""
    whole, part = ((light - first).reshape(len(first), -1) for light in (last, middle))
    power = np.maximum((whole * whole).sum(axis=1), 1e-9)
    share = (whole * part).sum(axis=1) / power
    left = ((part - share[:, None] * whole) ** 2).sum(axis=1)
    return share, 1.0 - left / (power * np.maximum(share, 0.25) ** 2)


def _empty(light: Floats, times_s: Floats) -> Bools:
    """(n,) True where the picture is all of one light for a while, as between fades to black."""
    empty = np.asarray(light.std(axis=(1, 2)) < EMPTY_CONTRAST)
    rows = np.flatnonzero(empty)
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if len(run) and times_s[run[-1]] - times_s[run[0]] < EMPTY_S:
            empty[run] = False
    return empty
