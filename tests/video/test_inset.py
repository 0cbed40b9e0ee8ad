"""A second picture within the picture is noticed by its border; other things with straight edges are not."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.video.inset import Inset, find_insets
from tests.video.overlaid import PLACES, laid_over, scene, size_of


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_picture_within_the_picture_is_found_where_it_lies(place: tuple[int, int, int, int]) -> None:
    pictures = laid_over(scene(1), 255 - scene(2, size_of(place)), place)
    true = Inset(place[0] / 320, place[1] / 180, place[2] / 320, place[3] / 180)
    assert max((each.overlap(true) for each in find_insets(list(pictures))), default=0.0) > 0.7


@pytest.mark.parametrize("seed", range(3))
def test_a_room_in_which_things_move_has_none(seed: int) -> None:
    assert find_insets(list(scene(seed))) == []


def test_a_poster_is_none_since_nothing_moves_in_it() -> None:
    place = PLACES["in the middle"]
    assert find_insets(list(laid_over(scene(1, still=True), 255 - scene(2, size_of(place), still=True), place))) == []


def test_a_wall_whose_edges_go_on_beyond_its_corners_is_none() -> None:
    left, top, right, bottom = PLACES["in the middle"]
    pictures = scene(1).astype(int)
    pictures[:, :, left:right] += 50
    pictures[:, top:bottom] -= 50
    assert find_insets(list(np.clip(pictures, 0, 255).astype(np.uint8))) == []


def test_a_window_in_front_of_which_somebody_passes_is_none() -> None:
    left, top, right, bottom = PLACES["in the middle"]
    pictures = laid_over(scene(1, still=True), 255 - scene(2, size_of((left, top, right, bottom)), still=True),
                         (left, top, right, bottom))  # fmt: skip
    for k, picture in enumerate(pictures):
        picture[:, left + 10 + 20 * k : left + 100 + 20 * k] = 40
    assert find_insets(list(pictures)) == []


def test_two_looks_are_too_few_and_pictures_of_two_sizes_are_none() -> None:
    place = PLACES["in the middle"]
    pictures = list(laid_over(scene(1), 255 - scene(2, size_of(place)), place))
    assert find_insets(pictures[:2]) == []
    assert find_insets([*pictures, scene(1, (90, 160))[0]]) == []


def test_its_part_of_a_picture_its_share_and_its_place() -> None:
    inset = Inset(0.5, 0.0, 1.0, 0.25)
    assert inset.within(np.zeros((80, 40, 3), np.uint8)).shape == (20, 20, 3)
    assert inset.share == pytest.approx(0.125)
    assert inset.place == "upper_right"
    assert inset.overlap(inset) == pytest.approx(1.0)
    assert inset.overlap(Inset(0.0, 0.5, 0.5, 1.0)) == 0.0
