from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.video.planar import Planar
from analyzer.video.scene import Scene
from analyzer.video.scenetrack import CELLS, SceneTrack
from tests.depth import examples
from tests.video.pictures import SIZE_PX, person, scenery, window

WIDE = scenery()


def seen(pictures: list[np.ndarray], boxes: list[np.ndarray | None] | None = None, scale: int = 1) -> SceneTrack:
    height, width = pictures[0].shape[:2]
    scene = Scene((width * scale, height * scale))
    for index, picture in enumerate(pictures):
        scene.see(Planar.of_rgb(picture), boxes[index] if boxes else None)
    return scene.track()


@examples(15)
@given(
    x=st.floats(-12, 12), y=st.floats(-12, 12), rotation=st.floats(-3, 3), zoom=st.floats(0.97, 1.03),
    scale=st.sampled_from([1, 3]),
)  # fmt: skip
def test_a_known_movement_is_found_in_px_of_the_full_picture(
    x: float, y: float, rotation: float, zoom: float, scale: int
) -> None:
    track = seen([window(WIDE), window(WIDE, x, y, rotation, zoom)], scale=scale)
    assert track.dx_px[1] == pytest.approx(scale * x, abs=0.15 * scale)
    assert track.dy_px[1] == pytest.approx(scale * y, abs=0.15 * scale)
    assert track.rotation_deg[1] == pytest.approx(rotation, abs=0.05)
    assert track.zoom[1] == pytest.approx(zoom, abs=0.001)


def test_a_large_picture_is_read_on_a_small_copy_with_the_same_answer() -> None:
    wide = scenery(3, (1600, 1200))
    track = seen([window(wide, size_px=(1280, 720)), window(wide, 9.0, -6.0, size_px=(1280, 720))])
    assert (track.dx_px[1], track.dy_px[1]) == (pytest.approx(9.0, abs=0.4), pytest.approx(-6.0, abs=0.4))


def test_steps_do_not_add_up_to_a_drift() -> None:
    angles = np.arange(60) * 0.7
    track = seen([window(WIDE, 5 * np.sin(a), 4 * np.cos(a) - 4) for a in angles])
    assert np.abs(np.cumsum(track.dx_px[1:]) - 5 * np.sin(angles[1:])).max() < 0.2
    assert np.abs(np.cumsum(track.dy_px[1:]) - (4 * np.cos(angles[1:]) - 4)).max() < 0.2


def test_a_person_who_crosses_a_still_view_does_not_move_the_camera() -> None:
    still, pictures, boxes = window(WIDE), [], []
    for index in range(12):
        box = (10 + 18 * index, 40, 90 + 18 * index, 220)
        pictures.append(person(still, box, seed=0))
        boxes.append(np.array(box, float))
    track = seen(pictures, boxes)
    assert track.told[1:].all()
    assert np.abs(track.dx_px[1:]).max() < 0.05


def test_nothing_is_told_of_the_first_frame_of_a_bare_wall_or_across_a_cut() -> None:
    track = seen([window(WIDE), window(WIDE), window(scenery(7)), np.full((*SIZE_PX[::-1], 3), 90, np.uint8)])
    assert track.told.tolist() == [False, True, False, False]
    assert np.isnan(track.zoom[[0, 2, 3]]).all()


def test_light_and_sharpness() -> None:
    plain = [np.full((*SIZE_PX[::-1], 3), value, np.uint8) for value in (0, 51, 255)]
    track = seen(plain)
    assert track.brightness == pytest.approx([0.0, 0.2, 1.0])
    assert np.isnan(track.sharpness).all()
    assert track.light.shape == (3, CELLS, CELLS)


def test_stretches_joined_equal_the_whole() -> None:
    pictures = [window(WIDE, 3 * np.sin(i), 0.0) for i in range(12)]
    whole = seen(pictures)
    first, second = Scene(SIZE_PX), Scene(SIZE_PX)
    for picture in pictures[:6]:
        first.see(Planar.of_rgb(picture), None)
    for picture in pictures[4:]:
        second.see(Planar.of_rgb(picture), None)
    joined = SceneTrack.join([first.track(), second.track(skip=2)])
    assert len(joined) == len(whole)
    assert joined.dx_px[1:] == pytest.approx(whole.dx_px[1:], abs=0.15)
    assert joined.told.tolist() == whole.told.tolist()
    assert joined.part(slice(3, 5)).light == pytest.approx(whole.light[3:5])


def test_a_watcher_that_saw_nothing_gives_an_empty_track() -> None:
    assert len(Scene(SIZE_PX).track()) == 0
