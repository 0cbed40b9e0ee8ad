from __future__ import annotations

import pytest

from analyzer.pose.landmarks import BONES, COUNT, INDEX, LEG, MIRROR, NAMES, SIDES, Side, point


def test_there_are_33_points_with_names_of_their_own() -> None:
    assert len(NAMES) == COUNT == len(set(NAMES)) == 33


def test_mirroring_twice_changes_nothing() -> None:
    assert [MIRROR[MIRROR[i]] for i in range(COUNT)] == list(range(COUNT))


@pytest.mark.parametrize("name", NAMES)
def test_a_mirrored_point_is_the_same_part_of_the_other_side(name: str) -> None:
    partner = NAMES[MIRROR[INDEX[name]]]
    swapped = name.replace("left", "*").replace("right", "left").replace("*", "right")
    assert partner == swapped


@pytest.mark.parametrize("part", LEG)
def test_paired_points_go_by_side(part: str) -> None:
    assert [NAMES[point(side, part)].split("_")[0] for side in SIDES] == ["left", "right"]


def test_toe_is_the_tip_of_the_foot() -> None:
    # the documented numbering of BlazePose
    assert (point(Side.LEFT, "toe"), point(Side.RIGHT, "toe")) == (31, 32)


def test_bones_are_symmetric() -> None:
    bones = {frozenset(bone) for bone in BONES}
    assert {frozenset(MIRROR[i] for i in bone) for bone in bones} == bones


def test_sides_are_each_others_other() -> None:
    assert [side.other for side in Side] == [Side.RIGHT, Side.LEFT, Side.BOTH]
