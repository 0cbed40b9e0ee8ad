"""Everybody whom a clip's pictures show, without asking yet who is who."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Bools, Floats, Picture
from analyzer.pose.crop import Crop
from analyzer.pose.detect import SHARES, Detector, Square, squares
from analyzer.pose.landmarks import INDEX, MIRROR, SIDES, point
from analyzer.pose.networks import Bundle, Landmarker
from analyzer.pose.person import Glimpse
from analyzer.pose.tracker import Sighting, sight

BELIEVED: Final = 0.5
"""Mean belief in hips and shoulders below which a find is no person."""

AGREED: Final = 0.02
"""Median distance, in body heights, between what the model sees in a square and in its mirror image: beyond it there is
no person. Of 75 finds in seven clips, those of people read 0.005-0.02, lamps and parts of bodies 0.024-0.07 or nothing
at all in the mirror."""

HARDLY_AGREED: Final = 0.05
"""The same for somebody who has been followed, and may be seen badly for a moment; and in clips so small or so bad that
they show nobody otherwise."""

UNCONFIRMED: Final = 5
"""Looks after which somebody whom the detector does not see any more must be confirmed."""

SAME: Final = 0.15
"""Sightings whose trunks lie that near to each other, in body heights, are one person seen twice."""

SAME_SQUARE: Final = 0.1
SAME_SIZE: Final = 0.3
"""Squares whose centres are nearer than that share of their edge, and the logarithms of whose edges differ by less, lie
around one person."""

LOOKED_BACK: Final = 24
"""Looks whose pictures are kept, to see where somebody came from who was found late."""

AT_ONCE: Final = 4
"""Small parts of a picture that are searched at each look while nobody is seen."""

TRUNK: Final = tuple(INDEX[name] for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip"))
ANKLES: Final = tuple(point(side, "ankle") for side in SIDES)


def believable(visibility: Floats) -> Bools:
    """Whether points with a visibility of (..., 33) are a person's."""
    return np.asarray(visibility[..., TRUNK].mean(axis=-1) >= BELIEVED)


@dataclass
class _Seen:
    """Somebody in one look, and for how many looks nothing but following has told of them."""

    sighting: Sighting
    unconfirmed: int = 0


@dataclass
class _Look:
    rgb: Picture
    time_s: float
    scale: float
    seen: list[_Seen] = field(default_factory=list)

    def holds(self, sighting: Sighting) -> _Seen | None:
        """Whom of those already seen a sighting shows once more."""
        for other in self.seen:
            away = np.linalg.norm(sighting.points_px[TRUNK, :] - other.sighting.points_px[TRUNK, :], axis=1)
            height_px = max(_height_px(sighting), _height_px(other.sighting))
            if float(np.median(away)) < SAME * height_px:
                return other
        return None

    def stands_in(self, crop: Crop) -> _Seen | None:
        """Whom of those already seen a square lies around."""
        for other in self.seen:
            theirs = other.sighting.next_crop
            away = float(np.linalg.norm(crop.centre_px - theirs.centre_px)) / theirs.side_px
            if away < SAME_SQUARE and abs(np.log(crop.side_px / theirs.side_px)) < SAME_SIZE:
                return other
        return None

    def shows(self, sighting: Sighting) -> bool:
        """Whether a body's middle lies in the picture."""
        centre = sighting.next_crop.centre_px
        return bool(((centre >= 0) & (centre < self.rgb.shape[1::-1])).all())

    def glimpses(self) -> list[Glimpse]:
        return [_glimpse(each.sighting, self) for each in self.seen]


class Onlooker:
    """Looks at pictures in their order, and sees everybody in them; one per thread.

    At each look it follows those it knows, and searches a few parts of the picture for others, in turn. Whoever is
    found is followed backwards as well, through the last looks.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._landmarker = Landmarker(bundle)
        self._detector = Detector(bundle)
        self._kept: deque[_Look] = deque()
        self._looks = 0

    def see(self, rgb: Picture, time_s: float, scale: float) -> list[Glimpse] | None:
        """Look at the next picture; returns everybody in the one that can no longer change, None at the beginning.

        Args:
            rgb: (h, w, 3).
            time_s: real seconds since the clip's first frame.
            scale: by how much the clip is larger than the picture.
        """
        look = _Look(rgb, time_s, scale)
        for one in self._kept[-1].seen if self._kept else ():
            self._follow(one, look)
        for square in _in_turn(rgb, self._looks, at_once=1 if look.seen else AT_ONCE):
            for crop in self._finds(rgb, square):
                self._meet(crop, look)
        self._looks += 1
        self._kept.append(look)
        return self._kept.popleft().glimpses() if len(self._kept) > LOOKED_BACK else None

    def rest(self) -> list[list[Glimpse]]:
        """Everybody in the pictures that `see` has not answered for."""
        left = [look.glimpses() for look in self._kept]
        self._kept.clear()
        return left

    def everybody(self, rgb: Picture, scale: float, *, doubtful: bool = False) -> list[Glimpse]:
        """Everybody in a single picture who fills about a quarter of its height or more.

        Args:
            rgb: (h, w, 3).
            scale: by how much the clip is larger than the picture.
            doubtful: with whatever may be a person.
        """
        look = _Look(rgb, 0.0, scale)
        for square in (_whole(rgb), *squares(rgb, SHARES[0])):
            for crop in self._finds(rgb, square):
                self._meet(crop, look, HARDLY_AGREED if doubtful else AGREED)
        return look.glimpses()

    def somebody_whole(self, rgb: Picture) -> bool:
        """Whether a picture (h, w, 3) shows a body from head to feet, none of it beyond the edges."""
        size = np.array(rgb.shape[1::-1])
        for crop in self._finds(rgb, _whole(rgb)):
            found = self._sight(rgb, crop)
            inside = found is not None and ((found.points_px >= 0) & (found.points_px < size)).all()
            if found is not None and inside and self._agrees(found, rgb, crop, HARDLY_AGREED):
                return True
        return False

    def _finds(self, rgb: Picture, square: Square) -> list[Crop]:
        return [find.crop for find in self._detector.find_in(rgb, square)]

    def _sight(self, rgb: Picture, crop: Crop) -> Sighting | None:
        found = sight(self._landmarker, rgb, crop)
        return found if found is not None and bool(believable(found.visibility)) else None

    def _agrees(self, found: Sighting, rgb: Picture, crop: Crop, within: float) -> bool:
        """Whether the mirror image of a square shows the same body."""
        mirrored = sight(self._landmarker, rgb, crop.mirror())
        if mirrored is None:
            return False
        away = np.linalg.norm(found.points_px - mirrored.points_px[MIRROR, :], axis=1)
        return float(np.median(away)) < within * _height_px(found)

    def _follow(self, one: _Seen, look: _Look) -> None:
        crop = one.sighting.next_crop
        found = self._sight(look.rgb, crop)
        if found is None or look.holds(found) is not None:
            return
        unconfirmed = one.unconfirmed + 1
        if unconfirmed >= UNCONFIRMED:
            if not self._agrees(found, look.rgb, crop, HARDLY_AGREED):
                return
            unconfirmed = 0
        look.seen.append(_Seen(found, unconfirmed))

    def _meet(self, crop: Crop, look: _Look, within: float = AGREED) -> None:
        """Add somebody whom the detector found, if that is somebody, and new; look where they came from."""
        known = look.stands_in(crop)
        found = self._sight(look.rgb, crop) if known is None else None
        known = look.holds(found) if found is not None else known
        if known is not None:
            known.unconfirmed = 0
            return
        if found is None or not look.shows(found) or not self._agrees(found, look.rgb, crop, within):
            return
        look.seen.append(_Seen(found))
        for earlier in reversed(self._kept):
            before = self._sight(earlier.rgb, found.next_crop)
            if before is None or earlier.holds(before) is not None:
                return
            earlier.seen.append(_Seen(before))
            found = before


def _whole(rgb: Picture) -> Square:
    return 0, 0, max(rgb.shape[:2])


def _in_turn(rgb: Picture, look: int, at_once: int) -> list[Square]:
    """The parts of a picture to search at a look: a large one, and some small ones."""
    large, small = [_whole(rgb), *squares(rgb, SHARES[0])], squares(rgb, SHARES[1])
    return [large[look % len(large)], *(small[(look * at_once + k) % len(small)] for k in range(at_once))]


def _height_px(sighting: Sighting) -> float:
    crop = sighting.next_crop
    return 2.0 * float(np.linalg.norm(crop.circle_px - crop.centre_px))


def _glimpse(seen: Sighting, look: _Look) -> Glimpse:
    return Glimpse(
        time_s=look.time_s,
        hips_px=seen.next_crop.centre_px * look.scale,
        circle_px=seen.next_crop.circle_px * look.scale,
        box_px=np.concatenate([seen.points_px.min(axis=0), seen.points_px.max(axis=0)]) * look.scale,
        ankles_px=seen.points_px[ANKLES, :] * look.scale,
        colour=_trunk_colour(look.rgb, seen.points_px[TRUNK, :]),
    )


def _trunk_colour(rgb: Picture, corners_px: Floats) -> Floats:
    """Mean L*a*b* colour (3,) of the trunk, whose four corners go round it; NaN outside the picture."""
    size = np.array(rgb.shape[1::-1])
    low = np.clip(np.floor(corners_px.min(axis=0)), 0, size).astype(int)
    high = np.clip(np.ceil(corners_px.max(axis=0)) + 1, 0, size).astype(int)
    mask = np.zeros(tuple(high - low)[::-1], np.uint8)
    if mask.size:
        cv2.fillConvexPoly(mask, np.rint(corners_px - low).astype(np.int32), 1)
    if not mask.any():
        return np.full(3, np.nan)
    part = rgb[low[1] : high[1], low[0] : high[0]].astype(np.float32) / np.float32(255.0)
    return np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2LAB)[mask > 0].mean(axis=0), dtype=float)
