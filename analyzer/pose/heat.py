"""What the landmark network's heat maps add to its points.

The network says where a landmark is twice: as two numbers, and as a map of belief. The map makes the point sharper, and
where legs cross it shows both places that the network thought of, of which the numbers tell only one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats, Ints
from analyzer.pose.crop import CROP_PX

WINDOW: Final = 7
SURE: Final = 0.5
"""Window and least belief for sharpening a point, as in MediaPipe's own RefineLandmarksFromHeatmap."""

PEAKS: Final = 3
FAINT: Final = 0.08
"""Belief below which a peak is no place the network thought of."""

REACH: Final = WINDOW // 2

_TILT: Final = np.linspace(0.0, 0.05, 64 * 64, dtype=np.float32).reshape(64, 64)
"""Logits that make one of two equal cells the higher, so that a blob between them has one peak."""


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)), safe for any x."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logits)))


def sharpened(points: Floats, heat: Floats) -> Floats:
    """Points (k, 2) in the network's px, moved to the centre of belief around them where it is plain.

    Args:
        points: as the network's numbers say.
        heat: (h, w, k) logits of belief.
    """
    cell = CROP_PX / heat.shape[0]
    cells = (points / cell).astype(int)
    inside = ((cells >= 0) & (cells < heat.shape[0])).all(axis=1)
    cells = np.where(inside[:, None], cells, 0)
    window = _windows(heat, cells, np.arange(heat.shape[2]))
    plain = inside & (window.max(axis=(1, 2)) >= SURE)
    return np.where(plain[:, None], (cells + _off_centre(window)) * cell, points)


def peaks(heat: Floats) -> tuple[Floats, Floats]:
    """The places that the maps of paired landmarks, left and right in turn, believe in most.

    Args:
        heat: (h, w, k) logits of belief.

    Returns:
        (k, PEAKS, 2) places in the network's px, the most believed first, NaN where there are fewer; and (k, PEAKS, 2)
        the belief in each of this map and of its partner's, 0 where there is no place.
    """
    import cv2  # takes long to load, and what reads a saved track needs only the constants above

    count = heat.shape[2]
    places, belief = np.full((count, PEAKS, 2), np.nan), np.zeros((count, PEAKS, 2))
    tilted = heat + _TILT[: heat.shape[0], : heat.shape[1], None]
    highest = cv2.dilate(tilted, np.ones((WINDOW, WINDOW), np.uint8)).reshape(heat.shape)
    faint = float(np.log(FAINT / (1.0 - FAINT)))
    ys, xs, maps = np.unravel_index(np.flatnonzero((tilted == highest) & (heat >= faint)), heat.shape)
    order = np.lexsort((-heat[ys, xs, maps], maps))
    ys, xs, maps = ys[order], xs[order], maps[order]
    rank = np.arange(len(maps)) - np.searchsorted(maps, maps)
    ys, xs, maps, rank = (each[rank < PEAKS] for each in (ys, xs, maps, rank))
    cells = np.stack([xs, ys], axis=1)
    places[maps, rank] = (cells + _off_centre(_windows(heat, cells, maps))) * (CROP_PX / heat.shape[0])
    belief[maps, rank, 0] = sigmoid(heat[ys, xs, maps])
    belief[maps, rank, 1] = sigmoid(heat[ys, xs, maps ^ 1])
    return places, belief


def _windows(heat: Floats, cells: Ints, maps: Ints) -> Floats:
    """(m, 7, 7) belief about cells (m, 2), each in its own map; 0 beyond the map's edges."""
    reach = np.arange(-REACH, REACH + 1)
    ys = cells[:, 1, None, None] + reach[:, None]
    xs = cells[:, 0, None, None] + reach[None, :]
    inside = (ys >= 0) & (ys < heat.shape[0]) & (xs >= 0) & (xs < heat.shape[1])
    logits = heat[ys.clip(0, heat.shape[0] - 1), xs.clip(0, heat.shape[1] - 1), maps[:, None, None]]
    return np.where(inside, sigmoid(logits), 0.0)


def _off_centre(window: Floats) -> Floats:
    """(m, 2) how far the centre of belief of windows (m, 7, 7) lies right of and below their middle, in cells."""
    reach = np.arange(-REACH, REACH + 1)
    total = np.maximum(window.sum(axis=(1, 2)), 1e-12)
    return np.asarray(np.stack([window.sum(axis=1) @ reach, window.sum(axis=2) @ reach], axis=1) / total[:, None])
