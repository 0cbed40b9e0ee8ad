from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.types import View
from analyzer.overlay.moment import Timeline
from analyzer.overlay.skeleton import FAR_GREY, LEFT, RIGHT, SkeletonAnnotator, far_side
from analyzer.pose.landmarks import Side, point
from tests.report import samples


def drawn(view: View, frames: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    pose = samples.standing_px(view) if frames is None else frames
    motion = samples.motion_of(samples.track_of(np.repeat(pose[None], 5, axis=0), 30.0), view)
    picture = np.full((640, 360, 3), samples.GROUND, np.uint8)
    SkeletonAnnotator().annotate(picture, Timeline(motion).at(0.0))
    return picture, pose


def coloured(picture: np.ndarray, place: np.ndarray, colour: tuple[int, int, int]) -> bool:
    x, y = (round(v) for v in place)
    patch = picture[y - 4 : y + 5, x - 4 : x + 5].astype(int)
    return bool((np.abs(patch - colour).max(axis=2) < 25).any())


@pytest.mark.parametrize("joint", ["shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe"])
def test_sides_are_told_apart_by_colour_and_by_hollow_joints(joint: str) -> None:
    picture, pose = drawn(View.FRONT)
    left, right = (pose[point(side, joint)] for side in (Side.LEFT, Side.RIGHT))
    assert coloured(picture, left, LEFT)
    assert coloured(picture, right, RIGHT)
    middle = [picture[round(y), round(x)].max() for x, y in (left, right)]
    assert middle[0] > 200 > 120 > middle[1]


def test_the_far_leg_is_thinner_in_side_views() -> None:
    pose = samples.standing_px(View.LEFT)
    for name in ("knee", "ankle", "heel", "toe"):
        pose[point(Side.RIGHT, name), 0] += 60.0
    picture, _ = drawn(View.LEFT, pose)
    row = round(0.5 * (pose[point(Side.LEFT, "knee"), 1] + pose[point(Side.LEFT, "ankle"), 1]))
    near_x, far_x = (round(pose[point(side, "knee"), 0]) for side in (Side.LEFT, Side.RIGHT))
    widths = [(picture[row, x - 12 : x + 13] != samples.GROUND).any(axis=1).sum() for x in (near_x, far_x)]
    assert widths[0] > widths[1] > 0
    assert coloured(picture, pose[point(Side.RIGHT, "ankle")], FAR_GREY)


def test_far_sides() -> None:
    assert {view: far_side(view) for view in View} == {
        View.FRONT: None, View.BACK: None, View.OBLIQUE: None, View.LEFT: Side.RIGHT, View.RIGHT: Side.LEFT,
    }  # fmt: skip


def test_only_what_was_seen_is_drawn() -> None:
    picture, _ = drawn(View.FRONT, np.full((33, 2), np.nan))
    assert (picture == samples.GROUND).all()
