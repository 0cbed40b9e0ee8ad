from __future__ import annotations

import cv2
import numpy as np
import pytest

from analyzer.video.sharpness import sharpness
from tests.video.pictures import scenery

SHARP = np.random.default_rng(0).integers(0, 255, (20, 30), dtype=np.uint8).repeat(10, axis=0).repeat(10, axis=1)


def test_the_more_blurred_the_lower() -> None:
    found = [
        sharpness(SHARP if blur_px == 0 else cv2.GaussianBlur(SHARP, (0, 0), blur_px), None) for blur_px in range(5)
    ]
    assert found == sorted(found, reverse=True)
    assert 0.0 <= found[-1] < 0.3 < 0.7 < found[0] <= 1.0


def test_the_light_does_not_matter() -> None:
    light = scenery()[..., 1]
    dim = (light // 4).astype(np.uint8)
    assert sharpness(dim, None) == pytest.approx(sharpness(light // 4 * 2, None), abs=0.02)


def test_only_the_legs_of_the_box_count() -> None:
    mixed = cv2.GaussianBlur(SHARP, (0, 0), 4)
    mixed[70:, 170:] = SHARP[70:, 170:]
    right, left = (np.array([x, 0.0, x + 80.0, 180.0]) for x in (195.0, 20.0))
    assert sharpness(mixed, right) > 2 * sharpness(mixed, left)


@pytest.mark.parametrize("shape", [(5, 300), (200, 300)])
def test_a_sliver_or_a_bare_wall_has_none(shape: tuple[int, ...]) -> None:
    assert np.isnan(sharpness(np.full(shape, 80, np.uint8), None))


def test_a_box_outside_the_picture_is_brought_in() -> None:
    assert np.isfinite(sharpness(SHARP, np.array([-500.0, -900.0, -400.0, -500.0])))


def test_seen_smaller_it_is_that_of_the_smaller_picture() -> None:
    seen = cv2.GaussianBlur(SHARP, (0, 0), 1.5)
    large = cv2.resize(seen, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    assert sharpness(large, None, 1.5) == pytest.approx(sharpness(seen, None), abs=0.04)
    assert sharpness(large, None) < sharpness(seen, None) - 0.08
