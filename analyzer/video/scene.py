"""What a clip's pictures show besides the person: light, sharpness, cuts, and how the phone moved.

Corners of the background are followed from a key picture rather than from frame to frame (Lucas-Kanade in pyramids,
then a similarity by RANSAC, both OpenCV's), so that a phone that comes back to where it was reads as back where it was.
All of it happens on a small grey copy of the picture.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from analyzer.arrays import AnyArray, Bools, Floats, Picture
from analyzer.video.planar import Planar
from analyzer.video.scenetrack import CELLS, SceneTrack
from analyzer.video.sharpness import sharpness

SMALL_SIDE_PX: Final = 320
PERSON_MARGIN: Final = 0.15
"""By what share of its height the person's box is made larger on all sides: arms, shadow, what they push about."""

MOST_CORNERS: Final = 60
CORNER_QUALITY: Final = 0.01
CORNERS_APART_PX: Final = 8
WINDOW_PX: Final = (15, 15)
COARSER: Final = 2
NEAR_PX: Final = 0.5
"""How far from the common movement, in px of the small copy, a corner of the still background may stray."""

FEWEST_AGREEING: Final = 8
AGREEING_SHARE: Final = 0.5
LEAST_SPREAD: Final = 0.25
"""Corners that agree span at least that share of the picture's longer side, lest they belong to one moving thing."""

SHARPNESS_EVERY: Final = 3
"""Only the median of it counts."""

WORN_SHARE: Final = 0.6
"""With less than that share of its corners left, a key picture is replaced."""


class Scene:
    """Watches one stretch of a clip, frame by frame in order."""

    def __init__(self, size_px: tuple[int, int], looked_at_px: int | None = None) -> None:
        """Watch pictures of a clip.

        Args:
            size_px: width and height of the clip's upright pictures.
            looked_at_px: longer side to which they are shrunk where sharpness is read; None: not at all.
        """
        self._size_px = size_px
        self._looked_at_px = looked_at_px or max(size_px)
        self._followed = _Followed()
        self._rows: list[tuple[float, ...]] = []
        self._light: list[AnyArray] = []

    def see(self, picture: Planar, box_px: Floats | None) -> None:
        """Take the next frame.

        Args:
            picture: upright, perhaps smaller than the clip.
            box_px: (4,) left, top, right, bottom of the person in px of the full-size picture; None if not seen.
        """
        scale = picture.size_px[0] / self._size_px[0]
        grey, shrink = _small(picture)
        box = None if box_px is None or not np.isfinite(box_px).all() else np.asarray(box_px, float) * scale
        middle = 0.5 * np.array(picture.size_px) / shrink
        movement = self._followed.movement(grey, None if box is None else _enlarged(box / shrink), middle)
        per_px = shrink / scale
        self._rows.append(
            (
                float(grey.mean()) / 255.0,
                self._sharpness(picture, box),
                movement[0] * per_px,
                movement[1] * per_px,
                movement[2],
                movement[3],
            )
        )
        self._light.append(cv2.resize(grey, (CELLS, CELLS), interpolation=cv2.INTER_AREA) / np.float32(255.0))

    def _sharpness(self, picture: Planar, box: Floats | None) -> float:
        if len(self._rows) % SHARPNESS_EVERY:
            return float("nan")
        return sharpness(picture.y, box, max(1.0, max(picture.size_px) / self._looked_at_px))

    def track(self, *, skip: int = 0) -> SceneTrack:
        """What was seen so far, without the first ``skip`` frames, which were there to warm up."""
        rows = np.array(self._rows, float).reshape(-1, 6)[skip:]
        light = np.array(self._light).reshape(-1, CELLS, CELLS)[skip:]
        return SceneTrack(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4], rows[:, 5], light, self._size_px)


class _Followed:
    """The background's corners in a key picture, and where the whole picture went since."""

    def __init__(self) -> None:
        self._before: tuple[Picture, Floats | None] | None = None
        self._pose: AnyArray
        self._worn: bool
        self._restart(np.zeros((2, 2), np.uint8), None)

    def movement(self, grey: Picture, box: Floats | None, middle: Floats) -> tuple[float, float, float, float]:
        """Shift x and y in px of the small picture, rotation in deg and zoom since the last picture; NaN if unknown."""
        moved = None
        if self._before is not None:
            now = self._register(grey, box)
            if now is None:
                self._restart(*self._before)
                now = self._register(grey, box)
            if now is not None:
                moved = now @ np.linalg.inv(self._pose)
                self._pose = now
        if moved is None or self._worn:
            self._restart(grey, box)
        self._before = (grey, box)
        return (np.nan,) * 4 if moved is None else _parts(moved, middle)

    def _restart(self, grey: Picture, box: Floats | None) -> None:
        self._key, self._pose, self._worn = grey, np.eye(3), False
        free = np.full(grey.shape, 255, np.uint8)
        if box is not None:
            left, top, right, bottom = np.clip(np.round(box).astype(int), 0, None)
            free[top:bottom, left:right] = 0
        found = cv2.goodFeaturesToTrack(grey, MOST_CORNERS, CORNER_QUALITY, CORNERS_APART_PX, mask=free)
        self._corners: AnyArray = np.empty((0, 1, 2), np.float32) if found is None else found
        self._places = self._corners.copy()

    def _register(self, grey: Picture, box: Floats | None) -> AnyArray | None:
        """(3, 3) similarity from the key picture to this one, None if the corners do not agree on any."""
        if len(self._corners) < FEWEST_AGREEING or self._key.shape != grey.shape:
            return None
        places, status, _ = cv2.calcOpticalFlowPyrLK(
            self._key, grey, self._corners, self._places.copy(), winSize=WINDOW_PX, maxLevel=COARSER,
            flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        )  # fmt: skip
        good = (status.ravel() > 0) & _outside(places[:, 0], box)
        if good.sum() < FEWEST_AGREEING:
            return None
        fit, agreeing = cv2.estimateAffinePartial2D(
            self._corners[good], places[good], method=cv2.RANSAC, ransacReprojThreshold=NEAR_PX
        )
        if fit is None or not _believable(places[good][agreeing.ravel() > 0, 0], int(good.sum()), grey.shape):
            return None
        pose = np.vstack([fit, [0.0, 0.0, 1.0]])
        self._places = cv2.perspectiveTransform(self._corners, pose).astype(np.float32)
        self._worn = bool(agreeing.sum() < WORN_SHARE * len(self._corners))
        return pose


def _small(picture: Planar) -> tuple[Picture, int]:
    """A grey copy about `SMALL_SIDE_PX` long, and the whole number by which it is smaller.

    Each of its px is the mean of a square. OpenCV is quick at halves, and at the means around every px, of which those
    in the squares' middles are kept.
    """
    shrink = max(1, max(picture.size_px) // SMALL_SIDE_PX)
    width, height = (side // shrink for side in picture.size_px)
    light: AnyArray = picture.y[: height * shrink, : width * shrink]
    edge = shrink
    while edge % 2 == 0:
        edge //= 2
        light = cv2.resize(light, (width * edge, height * edge), interpolation=cv2.INTER_AREA)
    if edge > 1:
        light = cv2.blur(light, (edge, edge))[edge // 2 :: edge, edge // 2 :: edge]
    return np.asarray(cv2.LUT(light, picture.tone.light), np.uint8), shrink


def _enlarged(box: Floats) -> Floats:
    margin = PERSON_MARGIN * (box[3] - box[1])
    return np.asarray(box + margin * np.array([-1.0, -1.0, 1.0, 1.0]))


def _outside(places: AnyArray, box: Floats | None) -> Bools:
    if box is None:
        return np.ones(len(places), bool)
    return np.asarray(((places < box[:2]) | (places > box[2:])).any(axis=1))


def _believable(agreeing: AnyArray, tracked: int, shape: tuple[int, ...]) -> bool:
    if len(agreeing) < max(FEWEST_AGREEING, AGREEING_SHARE * tracked):
        return False
    return float(np.ptp(agreeing, axis=0).max()) >= LEAST_SPREAD * max(shape)


def _parts(moved: AnyArray, middle: Floats) -> tuple[float, float, float, float]:
    shift = moved[:2, :2] @ middle + moved[:2, 2] - middle
    rotation_deg = float(np.degrees(np.arctan2(moved[1, 0], moved[0, 0])))
    return float(shift[0]), float(shift[1]), rotation_deg, float(np.hypot(moved[0, 0], moved[1, 0]))
