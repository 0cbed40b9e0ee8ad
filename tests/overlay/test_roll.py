from __future__ import annotations

import weakref
from itertools import pairwise

import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from analyzer.assessment import Verdict
from analyzer.overlay.raster import PlaneSheet, RgbSheet, draw
from analyzer.overlay.roll import Roll, Sign
from analyzer.overlay.stamps import symbol
from analyzer.video.planes import as_planes

WINDOW_S = 2.0
SIZE_PX = (120, 40)
LEFT, TOP = 30, 30


def roll(begins_s: float = 0.0) -> Roll:
    """A wave with a sign at each of its tops, shown from an instant on."""
    times_s = np.arange(0.0, 8.0, 0.02)
    y_px = 20.0 - 15.0 * np.sin(2.0 * np.pi * times_s / 0.8)
    signs = [Sign(symbol(Verdict.PASS, 11), float(t) - begins_s, 5.0) for t in np.arange(0.2, 8.0, 0.8)]
    return Roll(times_s - begins_s, y_px, (times_s % 0.8) < 0.4, signs, WINDOW_S, SIZE_PX, 1)


def seen(shown: Roll, start_s: float) -> np.ndarray:
    picture = np.zeros((100, 180, 3), np.uint8)
    draw(RgbSheet(picture), [list(shown.seen(start_s, LEFT, TOP))])
    return picture


@pytest.mark.parametrize("start_s", [0.5, 1.0, 1.95, 3.1, 5.0])
def test_pieces_join_without_a_seam(start_s: float) -> None:
    in_pieces, at_once = seen(roll(), start_s), seen(roll(begins_s=start_s), 0.0)
    assert at_once.max() == 255
    assert np.abs(in_pieces.astype(int) - at_once).max() <= 3


def test_the_roll_moves_by_single_px() -> None:
    shown = roll()
    px_s = WINDOW_S / SIZE_PX[0]
    pictures = [seen(shown, 1.0 + step * px_s) for step in range(4)]
    for before, after in pairwise(pictures):
        assert np.array_equal(before[:, LEFT + 1 : LEFT + SIZE_PX[0]], after[:, LEFT : LEFT + SIZE_PX[0] - 1])


@pytest.mark.parametrize("start_s", [-1.0, 0.0, 1.3, 7.0, 50.0])
def test_nothing_is_seen_beside_the_window(start_s: float) -> None:
    picture = seen(roll(), start_s)
    assert not picture[:, :LEFT].any()
    assert not picture[:, LEFT + SIZE_PX[0] :].any()


def test_what_went_by_is_let_go_on_every_sheet() -> None:
    shown = roll()
    gone = weakref.ref(shown.seen(0.0, LEFT, TOP)[0].stamp)
    frame = as_planes(np.zeros((100, 180, 3), np.uint8), VideoReformatter())
    draw(PlaneSheet(frame), [list(shown.seen(0.0, LEFT, TOP))])
    assert gone() is not None
    shown.seen(6.0, LEFT, TOP)
    assert gone() is None
