from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.overlay.palette import WHITE, Stroke
from analyzer.overlay.shapes import Area, Disc, Lines, Placed, Ring, Trail, box_of, dashed, dashes, joints, line, stroke
from analyzer.overlay.stamps import bar

A, B = np.array([10.0, 20.0]), np.array([110.0, 20.0])
GONE = np.array([np.nan, 5.0])
PLACES = st.tuples(st.floats(-1000, 1000), st.floats(-1000, 1000)).map(np.array)


@given(PLACES, PLACES, st.floats(2.0, 30.0))
def test_dashes_lie_on_the_line_and_leave_gaps(a: np.ndarray, b: np.ndarray, dash_px: float) -> None:
    found = dashes(a, b, dash_px)
    length = float(np.linalg.norm(b - a))
    if length < 1.0:
        assert not len(found)
        return
    along = (found - a) @ (b - a) / length
    assert (np.diff(along, axis=1) <= dash_px + 1e-6).all()
    assert (along[1:, 0] - along[:-1, 1] >= 0.5 * dash_px).all()
    assert along.min() >= -1e-6
    assert along.max() <= length + 1e-6
    beside = np.cross(np.append(b - a, 0.0), np.pad(found - a, ((0, 0), (0, 0), (0, 1))))[..., 2] / length
    assert np.abs(beside).max() < 1e-6


@pytest.mark.parametrize(("a", "b"), [(A, A), (A, GONE), (GONE, B)])
def test_a_line_that_is_none_has_no_dashes(a: np.ndarray, b: np.ndarray) -> None:
    assert dashed(a, b, WHITE, 3).lines.shape == (0, 2, 2)
    assert box_of([dashed(a, b, WHITE, 3)]) is None


def test_a_box_holds_every_shape_and_nothing_that_is_missing() -> None:
    shapes = [
        line(A, B, colour=WHITE, width=4),
        Disc(np.array([60.0, 90.0]), 5.0, WHITE),
        Ring(np.array([20.0, 40.0]), 30.0, WHITE, 2),
        Disc(GONE, 5.0, WHITE),
        Area(np.array([[40.0, 40.0], [50.0, 40.0], [50.0, 99.0]]), WHITE, 0.5),
        Trail(np.stack([A, GONE, B]), WHITE, 3),
        Placed(bar(20, 10), (200.0, 60.0)),
    ]
    box = box_of(shapes)
    assert box is not None
    assert box[0] <= -10.0
    assert box[1] <= 10.0
    assert 220.0 <= box[2] <= 225.0
    assert 99.0 <= box[3] <= 103.0
    assert box_of([]) is None
    assert box_of([Disc(GONE, 5.0, WHITE)]) is None


def test_strokes_differ_in_their_lines() -> None:
    solid, dotted, double = (stroke(A, B, WHITE, 5, style) for style in (Stroke.SOLID, Stroke.DASHED, Stroke.DOUBLE))
    assert [len(each) for each in (solid, dotted, double)] == [1, 1, 2]
    assert isinstance(dotted[0], Lines)
    assert len(dotted[0].lines) > 2


def test_only_joint_markers_are_joints() -> None:
    layer = [Disc(A, 5.0, WHITE, joint=25), Disc(B, 5.0, WHITE), line(A, B, colour=WHITE, width=1)]
    assert list(joints(layer)) == [25]
    assert joints(layer)[25] is A
