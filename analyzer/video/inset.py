"""A picture within the picture: another clip in a corner, or the clip itself laid over something else.

Its border is made of straight lines exactly along the picture's rows and columns, which stay whole all the time
although things move inside, since what moves in there never gets across. Doors, walls and boxes may look alike now and
then; whether a whole person is to be seen within tells them apart, which is for others to find out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analyzer.arrays import AnyArray, Bools, Floats, Ints, Picture

LONGER_SIDE_PX: Final = 480
"""To which pictures are shrunk: a border stays sharp, and pixels of noise become rare."""

FEWEST_LOOKS: Final = 3

EDGE: Final = 6.0
"""Least difference across a border, of 255."""

STANDS_OUT: Final = 1.5
BORDER_PX: Final = 3
"""Beside a border, far enough from it to be told from it."""

SMALLEST_SHARE: Final = 0.14
LARGEST_SHARE: Final = 0.9
"""Of the picture's sides. Smaller ones are clocks and logos; larger ones the picture with a frame around it."""

WHOLE: Final = ((0.35, 0.6, 0.55, np.inf, np.inf), (0.55, 0.75, 0.7, np.inf, np.inf))
"""Share along which an edge has to be seen, of each side and of all sides together, by how many of the four are the
picture's own. Along the rest the two scenes are of one light."""

MOST_TRIED: Final = 1000
"""Rectangles, the surest first."""

MOST_INSETS: Final = 12
SAME: Final = 0.7
"""Share of both together above which two are one."""

BEYOND: Final = 0.4
"""Share of a side's length along which its line may go on beyond a corner: edges of rooms and furniture do."""

LEAST_BEYOND_PX: Final = 8

MOVED: Final = 25.0
MOVING: Final = 0.02
"""Share of the inside that changes by as much light, of 255, between the looks: a poster or a box does not."""

MOST_LINES: Final = 40
"""Longest lines of either direction that are tried."""


@dataclass(frozen=True)
class Inset:
    """Where a picture lies within the picture, as shares of its width and height from the left top.

    Attributes:
        left: of its left side; 0 is the picture's own.
        top: of its upper side.
        right: of its right side.
        bottom: of its lower side.
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def share(self) -> float:
        """Of the whole picture that it covers."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def place(self) -> str:
        """Where its middle lies: ``upper`` or ``lower``, and ``left`` or ``right``."""
        upper, left = self.top + self.bottom < 1.0, self.left + self.right < 1.0
        return f"{'upper' if upper else 'lower'}_{'left' if left else 'right'}"

    def overlap(self, other: Inset) -> float:
        """Share of what both cover that both cover together."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        both = max(wide, 0.0) * max(tall, 0.0)
        return both / (self.share + other.share - both)

    def within(self, picture: Picture) -> Picture:
        """Its part (h, w, 3) of a picture."""
        height, width = picture.shape[:2]
        rows = slice(round(self.top * height), round(self.bottom * height))
        return picture[rows, round(self.left * width) : round(self.right * width)]


def find_insets(pictures: Sequence[Picture]) -> list[Inset]:
    """What may be pictures within pictures (h, w, 3) of one clip, some time apart; the surest first, each once.

    At most two of their sides are those of the picture itself, and not two that lie opposite each other.
    """
    if len(pictures) < FEWEST_LOOKS or len({picture.shape for picture in pictures}) > 1:
        return []
    light = np.stack([_small(picture) for picture in pictures])
    height, width = light.shape[1:]
    upright, level = _steady_edges(light), _steady_edges(light.transpose(0, 2, 1))
    moved = np.ptp(light, axis=0) > MOVED
    found: list[Inset] = []
    for box in _rectangles(upright, level):
        inset = Inset(box.left / width, box.top / height, box.right / width, box.bottom / height)
        if (
            all(inset.overlap(other) < SAME for other in found)
            and moved[box.rows, box.columns].mean() > MOVING
            and _ends(upright, level, box)
        ):
            found.append(inset)
        if len(found) == MOST_INSETS:
            break
    return found


class _Box(NamedTuple):
    """A rectangle of the small picture, its lower and right sides not within."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def rows(self) -> slice:
        """Those safely within."""
        return slice(self.top + BORDER_PX, self.bottom - BORDER_PX)

    @property
    def columns(self) -> slice:
        return slice(self.left + BORDER_PX, self.right - BORDER_PX)


def _small(picture: Picture) -> AnyArray:
    """(h, w) light, 0 to 255."""
    import cv2  # takes long to load, and what reads an assessment again needs only where the inset lies

    shrink = max(1.0, max(picture.shape[:2]) / LONGER_SIDE_PX)
    size = (round(picture.shape[1] / shrink), round(picture.shape[0] / shrink))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def _steady_edges(light: Floats) -> Bools:
    """(h, w) True where an edge runs down within a px of a column in all looks (k, h, w) but one at most.

    An edge is higher than what lies beside it, so that slopes and textures are none, and it parts two lights, so that a
    joint between tiles is none.
    """
    jump, parted = np.zeros_like(light), np.zeros(light.shape, bool)
    jump[..., 1:-1] = np.abs(light[..., 2:] - light[..., :-2])
    parted[..., BORDER_PX:-BORDER_PX] = np.abs(light[..., 2 * BORDER_PX :] - light[..., : -2 * BORDER_PX]) >= EDGE
    beside = np.pad(jump, ((0, 0), (0, 0), (BORDER_PX, BORDER_PX)))
    beside = np.maximum(beside[..., : -2 * BORDER_PX], beside[..., 2 * BORDER_PX :])
    steady = ((jump >= EDGE) & parted & (jump > STANDS_OUT * beside)).sum(axis=0) >= len(light) - 1
    wide = np.pad(steady, ((0, 0), (1, 1)))
    return np.asarray(wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:])


def _rectangles(upright: Bools, level: Bools) -> list[_Box]:
    """Those whose sides are edges nearly all along, or the picture's own; the surest first.

    Args:
        upright: (h, w) edges that run down.
        level: (w, h) edges that run across.
    """
    columns, along_columns = _lines(upright)
    rows, along_rows = _lines(level)
    tall, wide = (_pairs(lines, edges.shape[1]) for lines, edges in ((rows, level), (columns, upright)))
    if not len(tall) or not len(wide):
        return []
    sides = _covered(along_columns, rows[tall])[wide.T]
    ends = _covered(along_rows, columns[wide])[tall.T].transpose(0, 2, 1)
    own = np.isnan(np.concatenate([sides, ends])).sum(axis=0)
    seen = np.concatenate([sides, ends])
    least, mean = np.nan_to_num(seen, nan=1.0).min(axis=0), np.nansum(seen, axis=0) / np.maximum(4 - own, 1)
    least_wanted, mean_wanted = (np.array(each)[own] for each in WHOLE)
    good = np.argwhere((least >= least_wanted) & (mean >= mean_wanted))
    order = np.argsort(-mean[good[:, 0], good[:, 1]], kind="stable")[:MOST_TRIED]
    return [
        _Box(int(columns[wide[q, 0]]), int(rows[tall[p, 0]]), int(columns[wide[q, 1]]), int(rows[tall[p, 1]]))
        for q, p in good[order]
    ]


def _lines(edges: Bools) -> tuple[Ints, Floats]:
    """The columns (m,) with the longest edges, and the picture's own two; how much edge (m, h + 1) lies above a row."""
    height, width = edges.shape
    amount = edges.sum(axis=0)
    good = np.flatnonzero(amount >= WHOLE[0][0] * SMALLEST_SHARE * height)
    good = good[(good > 0) & (good < width - 1)]
    good = np.sort(good[np.argsort(-amount[good], kind="stable")[:MOST_LINES]])
    along = np.full((len(good) + 2, height + 1), np.nan)
    along[1:-1, 0] = 0.0
    along[1:-1, 1:] = np.cumsum(edges[:, good], axis=0).T
    return np.concatenate([[0], good, [width]]), along


def _pairs(lines: Ints, side_px: int) -> Ints:
    """(p, 2) indices of two lines that may be opposite sides, of a picture as long."""
    first, second = np.triu_indices(len(lines), 1)
    share = (lines[second] - lines[first]) / side_px
    good = (share >= SMALLEST_SHARE) & (share <= LARGEST_SHARE)
    return np.stack([first[good], second[good]], axis=1)


def _covered(along: Floats, spans: Ints) -> Floats:
    """(m, p) along which share of spans (p, 2) each line is an edge; NaN for the picture's own sides."""
    return np.asarray((along[:, spans[:, 1]] - along[:, spans[:, 0]]) / (spans[:, 1] - spans[:, 0]))


def _ends(upright: Bools, level: Bools, box: _Box) -> bool:
    """Whether none of the sides goes on beyond its corners."""
    return not any(
        _goes_on(edges, line, start, stop)
        for edges, lines, start, stop in (
            (upright, (box.left, box.right), box.top, box.bottom),
            (level, (box.top, box.bottom), box.left, box.right),
        )
        for line in lines
        if 0 < line < edges.shape[1]
    )


def _goes_on(edges: Bools, line: int, start: int, stop: int) -> bool:
    """Whether an edge from start to stop along a line goes on beyond either end."""
    reach = (stop - start) // 4
    before, after = start - BORDER_PX, stop + BORDER_PX
    beyond = (edges[max(before - reach, 0) : max(before, 0), line], edges[after : after + reach, line])
    return any(len(part) >= LEAST_BEYOND_PX and part.mean() > BEYOND for part in beyond)
