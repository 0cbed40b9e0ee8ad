"""How much of somebody could be read, of a figure that is partly taken out of the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.criteria.legibility import feet_hidden, share_of_height, tracked_fraction
from analyzer.motion.types import Motion, View
from analyzer.pose.landmarks import SIDES, point
from tests.report import samples

FRAMES = 8
BELIEF = 0.5
FEET = [point(side, part) for side in SIDES for part in ("ankle", "heel", "toe")]


def seen(points: np.ndarray) -> Motion:
    return samples.motion_of(samples.track_of(points, 30.0), View.FRONT)


def standing() -> np.ndarray:
    return np.repeat(samples.standing_px()[None], FRAMES, axis=0)


def test_nobody_fills_nothing() -> None:
    nobody = seen(np.full_like(standing(), np.nan))
    assert (share_of_height(nobody), feet_hidden(nobody, BELIEF)) == (0.0, 0.0)


def test_the_share_is_from_the_highest_point_to_the_lowest_whatever_is_unseen() -> None:
    points = standing()
    points[:, 5:20] = np.nan
    height_px = np.ptp(samples.standing_px()[:, 1])
    assert share_of_height(seen(points)) == pytest.approx(height_px / samples.SIZE_PX[1])


@pytest.mark.parametrize(
    "edge_px", [(-1.0, None), (samples.SIZE_PX[0] + 1.0, None), (None, -1.0), (None, samples.SIZE_PX[1] + 1.0)]
)
def test_a_foot_beyond_any_edge_counts_in_its_frames(edge_px: tuple[float | None, float | None]) -> None:
    points = standing()
    for axis, place in enumerate(edge_px):
        if place is not None:
            points[:2, point(SIDES[0], "toe"), axis] = place
    assert feet_hidden(seen(points), BELIEF) == 2 / FRAMES
    assert feet_hidden(seen(standing()), BELIEF) == 0.0


def test_feet_that_the_model_hardly_believes_in_are_hidden_throughout() -> None:
    motion = seen(standing())
    visibility = motion.raw.visibility.copy()
    visibility[:, FEET] = 0.9 * BELIEF
    assert feet_hidden(replace(motion, raw=replace(motion.raw, visibility=visibility)), BELIEF) == 1.0


def test_no_frames_hold_nobody() -> None:
    assert tracked_fraction(seen(standing()[:0])) == 0.0


@pytest.mark.parametrize("corner_px", [(0.0, 0.0), samples.SIZE_PX])
def test_a_foot_on_the_very_edge_is_still_in_the_picture(corner_px: tuple[float, float]) -> None:
    points = standing()
    points[:, point(SIDES[0], "toe")] = corner_px
    assert feet_hidden(seen(points), BELIEF) == 0.0
