from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

import analyzer.pose.glimpses as glimpses
from analyzer.pose.crop import Crop
from analyzer.pose.detect import Find
from analyzer.pose.glimpses import TRUNK, Onlooker, believable
from analyzer.pose.heat import PEAKS
from analyzer.pose.landmarks import COUNT, LEG_POINTS
from analyzer.pose.networks import Bundle
from analyzer.pose.tracker import Sighting

SIZE_PX = (160, 90)
TALL_PX = 40.0
RGB = (200, 60, 40)


def picture(*places: float) -> np.ndarray:
    """A black picture with people as dots, told apart by nothing but their place across."""
    rgb = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    for x in places:
        rgb[40:50, round(x) - 4 : round(x) + 5] = RGB
        rgb[45, round(x)] = 255
    return rgb


def people_in(rgb: np.ndarray) -> list[np.ndarray]:
    return [np.array([x, y], float) for y, x in np.argwhere(rgb.min(axis=2) == 255)]


def seen_at(at: np.ndarray, visibility: float = 1.0) -> Sighting:
    points = np.tile(at, (COUNT, 1))
    points[TRUNK, :] = at + np.array([[-3.0, -4.0], [3.0, -4.0], [3.0, 4.0], [-3.0, 4.0]])
    return Sighting(
        points_px=points,
        visibility=np.full(COUNT, visibility),
        world_m=np.zeros((COUNT, 3)),
        places_px=np.zeros((len(LEG_POINTS), PEAKS, 2)),
        belief=np.zeros((len(LEG_POINTS), PEAKS, 2)),
        next_crop=Crop.around(at, at - [0.0, TALL_PX / 2]),
    )


@pytest.fixture
def look_on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Onlooker]:
    """An onlooker whose networks are stand-ins."""

    def made(*, blind_for: int = 0, mirror_px: float = 0.0, visibility: float = 1.0) -> Onlooker:
        class Detector:
            def __init__(self, _: Any) -> None:
                self.asked = 0

            def find_in(self, rgb: np.ndarray, square: tuple[int, int, int]) -> list[Find]:
                self.asked += square == (0, 0, SIZE_PX[0])
                if self.asked <= blind_for or square != (0, 0, SIZE_PX[0]):
                    return []
                return [Find(Crop.around(at, at - [0.0, TALL_PX / 2]), 0.9) for at in people_in(rgb)]

        def sight(_: Any, rgb: np.ndarray, crop: Crop) -> Sighting | None:
            near = [at for at in people_in(rgb) if np.hypot(*(at - crop.centre_px)) < TALL_PX / 4]
            return seen_at(near[0] + [mirror_px if crop.mirrored else 0.0, 0.0], visibility) if near else None

        monkeypatch.setattr(glimpses, "Detector", Detector)
        monkeypatch.setattr(glimpses, "Landmarker", lambda _: None)
        monkeypatch.setattr(glimpses, "sight", sight)
        monkeypatch.setattr(glimpses, "_in_turn", lambda *_, **__: [(0, 0, SIZE_PX[0])])
        return Onlooker(Bundle(b"", b""))

    return made


def watch(onlooker: Onlooker, pictures: list[np.ndarray], scale: float = 1.0) -> list[list[float]]:
    """Where across people were seen, look by look."""
    looks = [onlooker.see(rgb, 0.1 * k, scale) for k, rgb in enumerate(pictures)]
    every = [look for look in looks if look is not None] + onlooker.rest()
    return [sorted(float(each.hips_px[0]) for each in look) for look in every]


def test_everybody_is_seen_in_every_look(look_on: Callable[..., Onlooker]) -> None:
    places = [(30.0 + k, 120.0) for k in range(40)]
    assert watch(look_on(), [picture(*each) for each in places]) == [list(each) for each in places]


def test_somebody_found_late_is_followed_back_to_where_they_came_from(look_on: Callable[..., Onlooker]) -> None:
    places = [30.0 + k for k in range(20)]
    assert watch(look_on(blind_for=15), [picture(x) for x in places]) == [[x] for x in places]


def test_two_who_come_together_are_one_for_that_time(look_on: Callable[..., Onlooker]) -> None:
    counts = [len(look) for look in watch(look_on(), [picture(40.0 + k, 70.0 - k) for k in range(30)])]
    assert counts[0] == counts[-1] == 2
    assert 1 in counts


def test_what_looks_otherwise_in_the_mirror_is_nobody(look_on: Callable[..., Onlooker]) -> None:
    assert watch(look_on(mirror_px=0.1 * TALL_PX), [picture(50.0)] * 3) == [[]] * 3


def test_a_body_without_hips_and_shoulders_is_nobody(look_on: Callable[..., Onlooker]) -> None:
    assert watch(look_on(visibility=0.3), [picture(50.0)] * 3) == [[]] * 3


def test_the_one_who_left_is_not_seen_any_more(look_on: Callable[..., Onlooker]) -> None:
    assert watch(look_on(), [picture(50.0)] * 3 + [picture()] * 3) == [[50.0]] * 3 + [[]] * 3


def test_places_are_those_of_the_clip(look_on: Callable[..., Onlooker]) -> None:
    assert watch(look_on(), [picture(50.0)], scale=3.0) == [[150.0]]


def test_the_colour_is_the_trunks(look_on: Callable[..., Onlooker]) -> None:
    seen = look_on().everybody(picture(50.0), 1.0)
    lab = cv2.cvtColor(np.array([[RGB]], np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB)[0, 0]
    assert seen[0].colour == pytest.approx(lab, abs=3.0)


def test_belief_is_asked_of_hips_and_shoulders_alone() -> None:
    visibility = np.zeros((2, COUNT))
    visibility[1, TRUNK] = 0.8
    assert believable(visibility).tolist() == [False, True]
