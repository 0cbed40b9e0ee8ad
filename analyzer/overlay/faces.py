"""Hiding faces: where heads are in each picture, and a blur over them that cannot be undone.

Heads of the person who is measured are placed by the points of the face, those of others by the body. Where somebody is
lost for a moment a head is hidden where it must have been: a wall blurred too much does no harm, a face shown does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.motion.types import Motion
from analyzer.overlay.raster import Sheet
from analyzer.pose.clean import body_height_px
from analyzer.pose.landmarks import INDEX
from analyzer.pose.person import Person
from analyzer.pose.track import PoseTrack

Cover: TypeAlias = Callable[[Sheet, float, float], None]
"""Hides what must not be shown on a sheet: at a time of the file, in a picture of so many times the clip's size."""

FACE: Final = [index for name, index in INDEX.items() if index <= INDEX["mouth_right"]]
OWN_RADIUS: Final = 0.095
"""In body heights, round the middle of the face: crown and chin are 0.07 away (Drillis & Contini 1966), and hair and
errors of the points want room."""

OTHER_RADIUS: Final = 0.12
OTHER_UP: Final = 0.8
"""Where a head is on the way from the hips to the top of the circle round the body: eyes lie at 0.94 of the height,
hips at 0.53, and the circle's radius is half of it."""

SAME: Final = 1.0
"""Heads nearer to each other than that, in radii of the one told by the body, are one head."""

LONGEST_GAP_S: Final = 2.0
HELD_S: Final = 1.0
"""For so long somebody's head is hidden where it was first or last seen."""

CELLS: Final = 5
"""Patches of colour across a head that are left of it."""


@dataclass(frozen=True, eq=False)
class HeadTrack:
    """One head over a clip, as far as it was seen.

    Attributes:
        times_s: (k,) real seconds, rising.
        centres_px: (k, 2) in px of the clip.
        radii_px: (k,) of the circle that is hidden.
    """

    times_s: Floats
    centres_px: Floats
    radii_px: Floats

    def at(self, time_s: float) -> tuple[Floats, float] | None:
        """Centre (2,) and radius at a time; None where nobody can tell."""
        times = self.times_s
        if not len(times) or not times[0] - HELD_S <= time_s <= times[-1] + HELD_S:
            return None
        after = int(np.clip(np.searchsorted(times, time_s), 1, max(len(times) - 1, 1)))
        around = times[after - 1 : after + 1]
        if float(np.ptp(around)) > LONGEST_GAP_S and around[0] < time_s < around[-1]:
            nearer = after - 1 + int(np.argmin(np.abs(around - time_s)))
            held = abs(float(times[nearer]) - time_s) <= HELD_S
            return (self.centres_px[nearer], float(self.radii_px[nearer])) if held else None
        centre = np.array([np.interp(time_s, times, self.centres_px[:, axis]) for axis in (0, 1)])
        return centre, float(np.interp(time_s, times, self.radii_px))


def own_head(track: PoseTrack) -> HeadTrack:
    """The head of the person of a raw track."""
    centres = track.points_px[:, FACE].mean(axis=1)
    radius = OWN_RADIUS * float(body_height_px(track.points_px))
    seen = np.isfinite(centres).all(axis=1)
    # a face that is much larger than the body's height says is near the camera, or its legs are out of the picture
    spread = np.nanmax(np.ptp(track.points_px[:, FACE], axis=1), axis=1, initial=0.0, where=seen[:, None])
    radii = np.maximum(radius if np.isfinite(radius) else 0.0, 0.9 * spread)
    return HeadTrack(track.times_s[seen], centres[seen], radii[seen])


def other_head(person: Person) -> HeadTrack:
    """The head of somebody who was followed."""
    centres = person.hips_px + OTHER_UP * (person.circle_px - person.hips_px)
    return HeadTrack(person.times_s, centres, OTHER_RADIUS * person.heights_px)


def heads_of(motion: Motion, people: tuple[Person, ...]) -> list[HeadTrack]:
    """Every head that is known of; the measured person's by the body only where the face's points do not tell."""
    own = own_head(motion.raw)
    return [own, *(_left_of(other_head(person), own) for person in people)]


def _left_of(head: HeadTrack, known: HeadTrack) -> HeadTrack:
    """The head without the looks at which it is one that is known already."""
    found = [known.at(float(time_s)) for time_s in head.times_s]
    new = np.array([
        there is None or float(np.linalg.norm(there[0] - centre)) > SAME * radius
        for there, centre, radius in zip(found, head.centres_px, head.radii_px, strict=True)
    ], dtype=bool)  # fmt: skip
    return HeadTrack(head.times_s[new], head.centres_px[new], head.radii_px[new])


def cover_heads(heads: list[HeadTrack], slow_motion_factor: float) -> Cover:
    """What hides those heads.

    Args:
        heads: in real seconds.
        slow_motion_factor: how many times slower than life the file plays.
    """

    def cover(sheet: Sheet, clip_s: float, scale: float) -> None:
        for head in heads:
            found = head.at(clip_s / slow_motion_factor)
            if found is not None and np.isfinite(found[0]).all():
                blur_disc(sheet, found[0] * scale, found[1] * scale)

    return cover


def blur_disc(sheet: Sheet, centre: Floats, radius: float) -> None:
    """Leave no more than a few patches of colour of a disc; what lies outside stays as it was."""
    reach = np.array([radius, radius])
    for pixels, corner in sheet.patch((*(centre - reach), *(centre + reach))):
        at = centre - corner
        low = np.clip(np.floor(at - reach), 0, pixels.shape[1::-1]).astype(int)
        high = np.clip(np.ceil(at + reach) + 1, 0, pixels.shape[1::-1]).astype(int)
        if (high - low < 1).any():
            continue
        part = pixels[low[1] : high[1], low[0] : high[0]]
        coarse = cv2.resize(part, _cells(part), interpolation=cv2.INTER_AREA)
        smooth = cv2.resize(coarse, part.shape[1::-1], interpolation=cv2.INTER_LINEAR)
        y, x = np.ogrid[low[1] : high[1], low[0] : high[0]]
        inside = (x - at[0]) ** 2 + (y - at[1]) ** 2 <= radius**2
        part[inside] = smooth[inside]


def _cells(part: Picture) -> tuple[int, int]:
    """Columns and rows that a cut-off disc is made of."""
    height, width = part.shape[:2]
    edge = max(height, width) / CELLS
    return max(1, round(width / edge)), max(1, round(height / edge))
