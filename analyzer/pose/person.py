"""One person among several: where they were seen, look by look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.crop import MARGIN, Crop

LONGEST_GAP_S: Final = 1.0
"""Looks further apart than that say nothing of where the person was between them."""

EDGE_S: Final = 0.15
"""How long before the first look and after the last one somebody is where that look saw them."""

FASTEST: Final = 3.0
"""Body heights per second; what seems faster between two looks was read wrongly."""


@dataclass(frozen=True, eq=False)
class Glimpse:
    """One person in one look, in px of the upright clip.

    Attributes:
        time_s: real seconds since the first frame.
        hips_px: (2,) between the hips.
        circle_px: (2,) on the circle round the whole body, whose centre lies between the hips.
        box_px: (4,) left, top, right and bottom.
        ankles_px: (2, 2) left and right.
        colour: (3,) mean colour of the trunk, CIE L*a*b*.
    """

    time_s: float
    hips_px: Floats
    circle_px: Floats
    box_px: Floats
    ankles_px: Floats
    colour: Floats

    @property
    def height_px(self) -> float:
        """About how tall the person appears: the circle's diameter."""
        return 2.0 * float(np.hypot(*(self.circle_px - self.hips_px)))


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody who was followed over a clip.

    Attributes:
        number: from 1, in the order in which people came, from left to right where they came together.
        times_s: (k,) of the looks at which they were seen, in real seconds since the first frame, rising.
        hips_px: (k, 2) between the hips, in px of the upright clip.
        circle_px: (k, 2) on the circle round the body.
        box_px: (k, 4) left, top, right and bottom.
        ankles_px: (k, 2, 2) left and right.
        slow_motion_factor: how many times slower than life the file plays.
    """

    number: int
    times_s: Floats
    hips_px: Floats
    circle_px: Floats
    box_px: Floats
    ankles_px: Floats
    slow_motion_factor: float = 1.0

    @classmethod
    def of(cls, number: int, glimpses: Sequence[Glimpse], slow_motion_factor: float = 1.0) -> Person:
        """From glimpses in the order of their times."""
        return cls(
            number=number,
            times_s=np.array([each.time_s for each in glimpses]),
            hips_px=np.array([each.hips_px for each in glimpses]),
            circle_px=np.array([each.circle_px for each in glimpses]),
            box_px=np.array([each.box_px for each in glimpses]),
            ankles_px=np.array([each.ankles_px for each in glimpses]),
            slow_motion_factor=slow_motion_factor,
        )

    @property
    def heights_px(self) -> Floats:
        """(k,) about how tall the person appears."""
        return np.asarray(2.0 * np.linalg.norm(self.circle_px - self.hips_px, axis=1))

    @property
    def area_px(self) -> float:
        """Median area of the box, in square px."""
        return float(np.median(np.prod(self.box_px[:, 2:] - self.box_px[:, :2], axis=1)))

    @property
    def crop_side_px(self) -> float:
        """Median edge of the square that the pose is read from."""
        return MARGIN * float(np.median(self.heights_px))

    @property
    def activity(self) -> float:
        """How much they move, in body heights per second: hips, and ankles against the hips."""
        apart_s = np.diff(self.times_s)
        near = apart_s <= LONGEST_GAP_S
        if not near.any():
            return 0.0
        height_px = 0.5 * (self.heights_px[1:] + self.heights_px[:-1])
        legs_px = np.linalg.norm(np.diff(self.ankles_px - self.hips_px[:, None], axis=0), axis=2).mean(axis=1)
        moved_px = legs_px + np.linalg.norm(np.diff(self.hips_px, axis=0), axis=1)
        return float(np.minimum(moved_px / height_px / apart_s, FASTEST)[near].mean())

    def crop(self, time_s: float) -> Crop | None:
        """Where to look for them at a time of the file; None where they were not seen for long, as `Guide` wants it."""
        time_s = time_s / self.slow_motion_factor
        after = int(np.clip(np.searchsorted(self.times_s, time_s), 1, max(len(self.times_s) - 1, 1)))
        around = self.times_s[after - 1 : after + 1]
        if not around[0] - EDGE_S <= time_s <= around[-1] + EDGE_S or around[-1] - around[0] > LONGEST_GAP_S:
            return None
        ends = slice(after - 1, after + 1)
        hips, circle = (
            np.array([np.interp(time_s, around, place[ends, axis]) for axis in (0, 1)])
            for place in (self.hips_px, self.circle_px)
        )
        return Crop.around(hips, circle)
