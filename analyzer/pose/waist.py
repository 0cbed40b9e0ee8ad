"""How what somebody wears at the hips tilts: the hem of a shirt, a waistband, the top of shorts.

The pose model keeps the hips level whatever the pelvis does: its hip line follows a fifth of the tilt. The edges of
clothes there follow it, and the thighs besides, since the one that is ahead lifts them. Every column of the picture
around the hips is laid against what is usually seen there; how far up or down each fits best is a line.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from analyzer.arrays import AnyArray, Bools, Floats, Picture
from analyzer.pose.landmarks import SIDES, point
from analyzer.video.planar import Planar

TRUNK_PX: Final = 120.0
"""From between the hips to between the shoulders: to that size every picture is brought."""

EDGE_PX: Final = 72
ACROSS: Final = np.arange(-26, 27, 2)
ABOVE: Final = 22
BELOW: Final = 26
REACH: Final = 9
"""Columns, in px from between the hips, and rows above and below, that are compared; and how far each may be off."""

ROWS: Final = ABOVE + BELOW
SHAPE: Final = (ROWS + 2 * REACH, len(ACROSS))
_MIDDLE: Final = EDGE_PX // 2
_ROWS: Final = slice(_MIDDLE - ABOVE - REACH, _MIDDLE + BELOW + REACH + 1)
_COLUMNS: Final = slice(_MIDDLE + int(ACROSS[0]), _MIDDLE + int(ACROSS[-1]) + 1, 2)

_HIPS: Final = [point(side, "hip") for side in SIDES]
_SHOULDERS: Final = [point(side, "shoulder") for side in SIDES]
_HANDS: Final = [point(side, part) for side in SIDES for part in ("wrist", "pinky", "index", "thumb")]
HAND_PX: Final = 9
"""A hand this near hides a column."""

BROAD: Final = 0.35
"""Shoulders less broad, against the trunk's length, are seen from the side, where a tilt of the hips does not show."""

CONTRAST: Final = 2.5
"""Edges are kept in 8 bits: the strongest that are told apart are 100 of 255 steps from row to row."""

USUAL_FRAMES: Final = 120
ROUNDS: Final = 3
"""From so many frames all over the clip, moved to where the last round found them, the next learns what is usual."""

ALIKE: Final = 0.6
FAINT: Final = 0.3
FEWEST_COLUMNS: Final = 8
"""A column counts whose correlation with the usual is as high and whose contrast is not below that share of the median;
so many make a line."""

LINE_ROUNDS: Final = 6
LEAST_SPREAD_PX: Final = 0.3
"""How often columns that stray from the line are given less weight, and the least that columns stray in any case."""

BLOCK: Final = 64
"""Frames that are compared at once: 6 MB."""


def at_hips(picture: Planar, points_px: Floats) -> Picture:
    """`SHAPE` edges around the hips, of every second column; 0 where a hand hides them, and all from the side.

    Args:
        picture: upright.
        points_px: (33, 2) of the person in it.
    """
    shoulders, hips = points_px[_SHOULDERS], points_px[_HIPS].sum(axis=0) / 2.0
    trunk_px = max(float(np.hypot(*(hips - shoulders.sum(axis=0) / 2.0))), 1.0)
    if abs(shoulders[0, 0] - shoulders[1, 0]) < BROAD * trunk_px:
        return np.zeros(SHAPE, np.uint8)
    scale = trunk_px / TRUNK_PX
    square = picture.cut(np.column_stack([scale * np.eye(2), hips - scale * _MIDDLE]), EDGE_PX)
    colour = cv2.GaussianBlur(square, (5, 5), 1.0)[_ROWS, _COLUMNS].astype(np.float32)
    strip = CONTRAST * np.sqrt(((colour[1:] - colour[:-1]) ** 2).sum(axis=2))
    across, down = ((points_px[_HANDS] - hips) / scale).T
    near = (down > -ABOVE - REACH) & (down < BELOW + REACH)
    strip[:, (np.abs(ACROSS - across[near, None]) < HAND_PX).any(axis=0)] = 0.0
    return np.asarray(np.minimum(strip, 255.0), np.uint8)


def tilts_deg(strips: Picture) -> Floats:
    """(n,) tilt of the edges at the hips against the usual, + where they are lower at the right; NaN where unseen.

    Which tilt is usual cannot be told, so that only differences mean something.

    Args:
        strips: (n, *SHAPE) from `at_hips`, all 0 where nobody was seen.
    """
    moved = np.zeros((len(strips), len(ACROSS)), int)
    tilt = np.full(len(strips), np.nan)
    for _ in range(ROUNDS if strips.any() else 0):
        usual = _usual(strips, moved)
        for first in range(0, len(strips), BLOCK):
            block = slice(first, first + BLOCK)
            off, good = _offsets(strips[block], usual)
            slope, middle = _lines(off, good)
            tilt[block] = np.degrees(np.arctan(slope))
            line = np.nan_to_num(middle[:, None] + slope[:, None] * ACROSS)
            moved[block] = np.clip(np.rint(line), -REACH, REACH)
    return tilt


def _usual(strips: Picture, moved: AnyArray) -> AnyArray:
    """(columns, ROWS) what is usually seen, each strip being moved by so many rows."""
    some = np.unique(np.linspace(0, len(strips) - 1, min(len(strips), USUAL_FRAMES)).astype(int))
    usual = np.zeros((len(ACROSS), ROWS), np.float32)
    for column in range(len(ACROSS)):
        seen = [row for row in some if strips[row, :, column].any()]
        starts = REACH + moved[seen, column]
        if seen:
            cuts = [strips[row, start : start + ROWS, column] for row, start in zip(seen, starts, strict=True)]
            usual[column] = np.median(cuts, axis=0)
    return usual


def _offsets(strips: Picture, usual: AnyArray) -> tuple[Floats, Bools]:
    """(n, columns) by how many rows each column fits the usual best, and whether it fits at all."""
    windows = np.lib.stride_tricks.sliding_window_view(strips.astype(np.float32), ROWS, axis=1)
    contrast, own = np.linalg.norm(usual, axis=1), np.linalg.norm(windows, axis=3)
    alike = np.einsum("nscr,cr->nsc", windows, usual) / np.maximum(own * contrast, 1e-3)
    best = alike.argmax(axis=1)
    inside = np.clip(best, 1, 2 * REACH - 1)
    before, top, after = (np.take_along_axis(alike, (inside + i)[:, None], axis=1)[:, 0] for i in (-1, 0, 1))
    bow = before - 2.0 * top + after
    between = np.clip(0.5 * (before - after) / np.where(bow < 0.0, bow, -np.inf), -1.0, 1.0)
    clear = contrast > FAINT * np.median(contrast)
    return inside + between - REACH, (best == inside) & (top > ALIKE) & clear


def _lines(off: Floats, good: Bools) -> tuple[Floats, Floats]:
    """(n,) slope, and height in the middle, of a line through the good columns that few can turn; NaN for too few."""
    slope, middle = np.full(len(off), np.nan), np.full(len(off), np.nan)
    rows = np.flatnonzero(good.sum(axis=1) >= FEWEST_COLUMNS)
    y, kept, weight = off[rows], good[rows], good[rows].astype(float)
    for _ in range(LINE_ROUNDS if len(rows) else 0):
        total = weight.sum(axis=1, keepdims=True)
        x = ACROSS - (weight * ACROSS).sum(axis=1, keepdims=True) / total
        level = (weight * y).sum(axis=1, keepdims=True) / total
        steep = (weight * x * (y - level)).sum(axis=1, keepdims=True) / (weight * x**2).sum(axis=1, keepdims=True)
        left = np.abs(y - level - steep * x)
        spread = LEAST_SPREAD_PX + 1.4826 * np.nanmedian(np.where(kept, left, np.nan), axis=1, keepdims=True)
        weight = kept / (1.0 + (left / spread / 2.0) ** 2)
        slope[rows], middle[rows] = steep[:, 0], (level - steep * (ACROSS - x)[:, :1])[:, 0]
    return slope, middle
