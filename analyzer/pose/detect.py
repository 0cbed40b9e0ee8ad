"""Finding people in a picture, also small ones.

The detector looks at 224 x 224 px and misses people under a quarter of that. Where it finds nobody it is shown squares
of the picture, then smaller squares, each overlapping its neighbours by half.

Source: Bazarevsky et al. 2020, BlazePose, doi:10.48550/arXiv.2006.10204; anchors as in MediaPipe's graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.pose.crop import Crop
from analyzer.pose.heat import sigmoid
from analyzer.pose.networks import Bundle, Network

INPUT_PX: Final = 224
STRIDES_PX: Final = (8, 16, 32, 32, 32)
ANCHORS: Final = 2254
FIELDS: Final = 12
"""Box centre and size, then four points, of which the first two give the crop."""

SURE: Final = 0.5
SAME_PERSON: Final = 0.4
"""Two finds whose centres are nearer than that share of the larger crop's half side are one person."""

SHARES: Final = (1.0, 0.5)
"""Edges of the squares looked at, as shares of the picture's shorter side, after the whole picture."""

Square: TypeAlias = tuple[int, int, int]
"""Left, top and edge in px."""


@dataclass(frozen=True)
class Find:
    """A person that the detector found.

    Attributes:
        crop: for the landmark network, in the picture's px.
        score: 0 to 1.
    """

    crop: Crop
    score: float


class Detector:
    """Finds people; one per thread."""

    def __init__(self, bundle: Bundle) -> None:
        self._network = Network(bundle.detector)
        self._anchors = _anchors()

    def find(self, rgb: Picture, *, thoroughly: bool = True) -> list[Find]:
        """People in a picture, the surest first, each once.

        Args:
            rgb: (h, w, 3).
            thoroughly: where nobody is found at a glance, look at parts of the picture.
        """
        found = self._look(rgb, np.zeros(2))
        for share in SHARES if thoroughly else ():
            if found:
                break
            for square in squares(rgb, share):
                found += self.find_in(rgb, square)
        return distinct(found)

    def find_in(self, rgb: Picture, square: Square) -> list[Find]:
        """People in a square part of a picture, in the whole picture's px."""
        left, top, edge = square
        return self._look(rgb[top : top + edge, left : left + edge], np.array([left, top], float))

    def _look(self, rgb: Picture, corner_px: Floats) -> list[Find]:
        picture, scale, margin = _letterbox(rgb)
        out = self._network(picture / np.float32(127.5) - np.float32(1.0))
        scores = sigmoid(np.clip(out[1, ANCHORS, 1][:, 0], -100.0, 100.0))
        found = []
        for index in np.flatnonzero(scores >= SURE):
            points = (out[1, ANCHORS, FIELDS][index, 4:8].reshape(2, 2) + self._anchors[index] - margin) / scale
            found.append(Find(Crop.around(*(points + corner_px)), float(scores[index])))
        return distinct(found)


def distinct(found: list[Find]) -> list[Find]:
    """The surest find of each person."""
    kept: list[Find] = []
    for find in sorted(found, key=lambda each: -each.score):
        if all(not _same(find.crop, other.crop) for other in kept):
            kept.append(find)
    return kept


def _same(a: Crop, b: Crop) -> bool:
    away = float(np.hypot(*(a.centre_px - b.centre_px)))
    return away < SAME_PERSON * 0.5 * max(a.side_px, b.side_px)


def squares(rgb: Picture, share: float) -> list[Square]:
    """Overlapping squares that cover a picture, their edge being a share of its shorter side."""
    height, width = rgb.shape[:2]
    edge = int(min(height, width) * share)
    return [(left, top, edge) for top in _starts(height, edge) for left in _starts(width, edge)]


def _starts(length: int, edge: int) -> list[int]:
    """Where overlapping squares begin along an edge of the picture."""
    count = max(1, int(np.ceil(2.0 * (length - edge) / edge)) + 1)
    return [int(start) for start in np.linspace(0, length - edge, count)]


def _letterbox(rgb: Picture) -> tuple[Picture, float, Floats]:
    """A square of the network's size with the whole picture in its middle, its scale, and the margin (2,) in px."""
    height, width = rgb.shape[:2]
    scale = INPUT_PX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    left, top = (INPUT_PX - size[0]) // 2, (INPUT_PX - size[1]) // 2
    picture = np.zeros((INPUT_PX, INPUT_PX, 3), np.uint8)
    picture[top : top + size[1], left : left + size[0]] = small
    return picture, scale, np.array([left, top], float)


def _anchors() -> Floats:
    """(2254, 2) centres of the anchors in the network's px: two per cell for each stride."""
    centres = []
    for stride in STRIDES_PX:
        cells = (np.arange(INPUT_PX // stride) + 0.5) * stride
        ys, xs = np.meshgrid(cells, cells, indexing="ij")
        centres.append((stride, np.repeat(np.stack([xs, ys], axis=-1).reshape(-1, 2), 2, axis=0)))
    fine = [grid for stride, grid in centres if stride < STRIDES_PX[-1]]
    coarse = [grid for stride, grid in centres if stride == STRIDES_PX[-1]]
    together = np.repeat(coarse[0][::2], 2 * len(coarse), axis=0)
    return np.concatenate([*fine, together])
