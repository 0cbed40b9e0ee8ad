from __future__ import annotations

import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Verdict
from analyzer.overlay.palette import WHITE, rgb
from analyzer.overlay.raster import PlaneSheet, RgbSheet, draw
from analyzer.overlay.shapes import Area, Disc, Layer, Lines, MassMark, Placed, Ring, Trail, line
from analyzer.overlay.stamps import bar, composed, label, words
from analyzer.video.planes import as_planes, planes

SIZE_PX = (200, 120)
MIDDLE = np.array([100.0, 60.0])
FAIL = rgb(Verdict.FAIL)


def ground() -> np.ndarray:
    rng = np.random.default_rng(3)
    coarse = rng.integers(40, 200, (SIZE_PX[1] // 8, SIZE_PX[0] // 8, 1), dtype=np.uint8).repeat(3, axis=2)
    return np.repeat(np.repeat(coarse, 8, axis=0), 8, axis=1)


def both(layers: list[Layer]) -> tuple[np.ndarray, np.ndarray]:
    """The same layers drawn on RGB and on planes, both as RGB."""
    picture, frame = ground(), as_planes(ground(), VideoReformatter())
    draw(RgbSheet(picture), layers)
    draw(PlaneSheet(frame), layers)
    return picture, frame.to_ndarray(format="rgb24", src_colorspace="itu709")


LAYERS: dict[str, Layer] = {
    "disc": [Disc(MIDDLE, 20.0, FAIL)],
    "line": [line(MIDDLE - 40, MIDDLE + 40, colour=FAIL, width=9)],
    "faded line": [line(MIDDLE - 40, MIDDLE + 40, colour=FAIL, width=9, alpha=0.6)],
    "area": [Area(MIDDLE + np.array([[-50.0, -40.0], [50.0, -40.0], [0.0, 40.0]]), FAIL, 0.5)],
    "trail": [Trail(MIDDLE + np.linspace(-40, 40, 20)[:, None], FAIL, 9)],
    "ring": [Ring(MIDDLE, 25.0, FAIL, 6, 0.9)],
    "mass": [MassMark(MIDDLE, 22.0, WHITE)],
    "label": [Placed(label("13°", 24, Verdict.FAIL), (61.0, 41.0))],
    "mixed": [Placed(label("13°", 24, Verdict.FAIL), (61.0, 41.0)), Disc(MIDDLE, 9.0, FAIL)],
}


@pytest.mark.parametrize("name", list(LAYERS))
def test_both_sheets_show_the_same(name: str) -> None:
    picture, planar = both([LAYERS[name]])
    changed = np.abs(picture.astype(int) - ground()).max(axis=2) > 30
    assert changed.sum() > 200
    apart = np.abs(picture.astype(int) - planar).mean(axis=2)
    assert apart[changed].mean() < 16  # colour is kept at half the size
    assert apart[~changed].mean() < 3


@given(
    st.lists(st.tuples(st.floats(-60, 260), st.floats(-60, 180)), min_size=2, max_size=5), st.integers(1, 9),
)  # fmt: skip
def test_planes_change_only_where_something_is_drawn(places: list[tuple[float, float]], width: int) -> None:
    frame = as_planes(ground(), VideoReformatter())
    before = [plane.copy() for plane in planes(frame)]
    points = np.array(places)
    draw(PlaneSheet(frame), [[Lines(points[None], WHITE, width)]])
    low, high = points.min(axis=0) - width - 6, points.max(axis=0) + width + 6
    for plane, old, half in zip(planes(frame), before, (1, 2, 2), strict=True):
        y, x = np.mgrid[: plane.shape[0], : plane.shape[1]] * half
        outside = (x < low[0] - 2) | (x > high[0] + 2) | (y < low[1] - 2) | (y > high[1] + 2)
        assert (plane[outside] == old[outside]).all()


def test_what_has_no_place_draws_nothing() -> None:
    gone = np.array([np.nan, np.nan])
    layer: Layer = [
        Disc(gone, 9.0, FAIL), line(gone, MIDDLE, colour=FAIL, width=5),
        line(gone, MIDDLE, colour=FAIL, width=5, alpha=0.5),
        Trail(np.stack([gone, gone]), FAIL, 5), Ring(gone, 9.0, FAIL, 3, 0.5), MassMark(gone, 9.0, WHITE),
        Area(np.stack([gone, MIDDLE, MIDDLE + 9]), FAIL, 0.5),
    ]  # fmt: skip
    picture = ground()
    draw(RgbSheet(picture), [layer])
    assert (picture == ground()).all()
    frame = as_planes(ground(), VideoReformatter())
    before = frame.to_ndarray()
    draw(PlaneSheet(frame), [layer])
    assert (frame.to_ndarray() == before).all()


def test_a_trail_fades_into_the_past() -> None:
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    draw(RgbSheet(picture), [[Trail(np.stack([np.linspace(20, 180, 30), np.full(30, 60.0)], axis=1), WHITE, 7)]])
    brightness = picture.max(axis=(0, 2))
    shown = [int(brightness[x]) for x in (25, 60, 100, 140, 175)]
    assert shown == sorted(shown)
    assert shown[-1] > 3 * shown[0] > 0


def test_a_composed_stamp_looks_like_its_parts() -> None:
    parts = [(bar(80, 40), 0.0, 0.0), (words("abc", 20), 5.0, 6.0), (label("7°", 14, Verdict.PASS), 30.0, 12.0)]
    one, several = ground(), ground()
    composed(80, 40, parts).put(one, 50, 30)
    for stamp, x, y in parts:
        stamp.put(several, 50 + x, 30 + y)
    assert np.abs(one.astype(int) - several).max() <= 3


@pytest.mark.parametrize("under", [[], [Disc(MIDDLE, 3.0, WHITE)]])
def test_of_a_stamp_in_a_window_nothing_is_seen_outside(under: Layer) -> None:
    left, top, right, bottom = window = (60, 40, 110, 62)
    layer: Layer = [*under, Placed(bar(90, 40, WHITE, 255), (51.0, 33.0), window)]
    for shown in both([layer]):
        inside = np.zeros(shown.shape[:2], bool)
        inside[top:bottom, left:right] = True
        assert (shown[inside] > 250).all()
        beside = np.abs(shown.astype(int) - both([under])[0]).max(axis=2)[~inside]
        assert (beside > 20).mean() < 0.01
