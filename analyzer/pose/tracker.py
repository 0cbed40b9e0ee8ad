"""Following one person from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.pose.crop import Crop
from analyzer.pose.detect import Detector
from analyzer.pose.heat import peaks, sharpened
from analyzer.pose.landmarks import COUNT, LEGS_FROM
from analyzer.pose.networks import Landmarker
from analyzer.video.planar import Planar

SEARCHED_SIDE_PX: Final = 1280
"""To how many px the longer side of a picture is shrunk in which somebody is searched for; the smallest parts that the
detector is shown are still larger than what it takes in."""

PRESENT: Final = 0.5
"""Belief in a body below which it is lost, as in MediaPipe."""

SEARCH_EVERY: Final = 8
"""Frames between two thorough searches for somebody who is nowhere to be seen; they cost as much as thirty others."""


@dataclass(frozen=True)
class Sighting:
    """One person in one frame, in px of the picture that was looked at.

    Attributes:
        points_px: (33, 2).
        visibility: (33,) 0 to 1.
        world_m: (33, 3) as in `PoseTrack`.
        places_px: (8, PEAKS, 2) as in `Places`.
        belief: (8, PEAKS, 2) as in `Places`.
        next_crop: where to look in the next frame.
    """

    points_px: Floats
    visibility: Floats
    world_m: Floats
    places_px: Floats
    belief: Floats
    next_crop: Crop


def sight(landmarker: Landmarker, picture: Picture | Planar, crop: Crop) -> Sighting | None:
    """Look at one square of a picture; None where there is no body in it."""
    answer = landmarker(crop.cut(picture))
    if answer.presence < PRESENT:
        return None
    points = crop.place(sharpened(answer.marks, answer.heat))
    places, belief = peaks(np.ascontiguousarray(answer.heat[..., LEGS_FROM:COUNT]))
    return Sighting(
        points_px=points[:COUNT],
        visibility=answer.visibility,
        world_m=crop.turn_world(answer.world_m),
        places_px=crop.place(places),
        belief=belief,
        next_crop=Crop.around(points[COUNT], points[COUNT + 1]),
    )


class Tracker:
    """Looks at a clip's frames in their order; one per thread."""

    def __init__(self, landmarker: Landmarker, detector: Detector) -> None:
        self._landmarker = landmarker
        self._detector = detector
        self._crop: Crop | None = None
        self._in_vain = 0

    def see(self, picture: Planar) -> Sighting | None:
        """The person followed so far, else whoever is most plainly there; None where nobody is."""
        tried = [self._crop] if self._crop is not None else self._search(picture)
        for crop in tried:
            found = sight(self._landmarker, picture, crop)
            if found is not None:
                self._crop = found.next_crop
                return found
        self._crop = None
        return None

    def _search(self, picture: Planar) -> list[Crop]:
        rgb = picture.rgb(SEARCHED_SIDE_PX)
        found = self._detector.find(rgb, thoroughly=self._in_vain % SEARCH_EVERY == 0)
        self._in_vain = 0 if found else self._in_vain + 1
        larger = picture.size_px[0] / rgb.shape[1]
        return [find.crop.scaled(larger) for find in sorted(found, key=lambda find: -find.crop.side_px)]
