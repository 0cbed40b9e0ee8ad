"""What surrounds the networks in a pass over a clip. The networks are tried on pixels in ``test_networks.py``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.pose.crop import Crop
from analyzer.pose.estimate import LONGEST_SIDE_PX, Rows, analysis_step, longest_side_px
from analyzer.pose.heat import PEAKS
from analyzer.pose.landmarks import COUNT, LEG_POINTS
from analyzer.pose.tracker import Sighting
from analyzer.video.clip import Clip
from analyzer.video.planar import Planar

SIZE_PX = (200, 400)


@pytest.mark.parametrize(("fps", "step"), [(24, 1), (30, 1), (60, 1), (120, 2), (240, 4), (29.97, 1), (59.94, 1)])
def test_frames_are_left_out_of_fast_clips_only(fps: float, step: int) -> None:
    assert analysis_step(fps) == step


@given(st.floats(1.0, 2000.0))
def test_what_is_left_never_comes_faster_than_the_limit_nor_slower_than_half(fps: float) -> None:
    rate = fps / analysis_step(fps)
    assert rate <= 75.0 + 1e-9
    assert rate > 37.4 or rate == fps


@pytest.mark.parametrize(("fps", "rate"), [(24, 24), (30, 30), (50, 25), (60, 30), (120, 30), (240, 240 / 7)])
def test_long_clips_make_do_with_fewer_frames(fps: float, rate: float) -> None:
    assert fps / analysis_step(fps, 39.0) == fps / analysis_step(fps)
    assert fps / analysis_step(fps, 41.0) == pytest.approx(rate)


def found(x: float) -> Sighting:
    legs = len(LEG_POINTS)
    return Sighting(
        points_px=np.full((COUNT, 2), x),
        visibility=np.full(COUNT, 0.9),
        world_m=np.full((COUNT, 3), 0.1),
        places_px=np.full((legs, PEAKS, 2), x + 1.0),
        belief=np.full((legs, PEAKS, 2), 0.4),
        next_crop=Crop(np.zeros(2), 100.0),
    )


def clip(slow_motion: float = 1.0, size_px: tuple[int, int] = SIZE_PX) -> Clip:
    return Clip(
        path=Path("clip.mp4"), sha256="0" * 64, codec="h264", width=size_px[0], height=size_px[1],
        times_s=np.array([0.0, 0.1, 0.25, 0.3]), nominal_fps=10.0, capture_fps=10.0 * slow_motion,
        rotation_deg=0, has_audio=False,
    )  # fmt: skip


def test_rows_become_px_in_real_seconds_and_nobody_stays_unknown() -> None:
    shares: list[float] = []
    rows = Rows(4, shares.append)
    black = Planar.of_rgb(np.zeros((200, 100, 3), np.uint8))
    rows.put(1, None, black, 2.0)
    rows.put(0, found(25.0), black, 2.0)
    rows.put(3, found(75.0), black, 2.0)
    track = rows.track(clip(2.0), np.arange(4), "test")
    # the third frame could not be decoded and has no row
    np.testing.assert_allclose(track.times_s, [0.0, 0.05, 0.15])
    np.testing.assert_allclose(track.points_px[0, 0], [50.0, 50.0])
    np.testing.assert_allclose(track.points_px[2, 0], [150.0, 150.0])
    assert np.isnan(track.points_px[1]).all()
    assert np.isnan(track.world_m[1]).all()
    assert track.places is not None
    np.testing.assert_allclose(track.places.px[2], 152.0)
    assert (track.places.belief[1] == 0).all()
    assert track.waist_deg is not None
    assert np.isnan(track.waist_deg).all()
    assert track.validate() == []
    assert shares == [0.25, 0.5, 0.75]


@given(st.floats(5.0, 4000.0), st.tuples(st.integers(100, 4000), st.integers(100, 4000)))
def test_a_small_person_is_looked_at_in_a_larger_picture(side_px: float, size_px: tuple[int, int]) -> None:
    chosen = longest_side_px(clip(size_px=size_px), side_px)
    assert LONGEST_SIDE_PX[0] <= chosen <= LONGEST_SIDE_PX[2]
    assert chosen >= longest_side_px(clip(size_px=size_px), 2.0 * side_px)


def test_a_person_of_unknown_size_is_looked_at_in_the_usual_picture() -> None:
    assert longest_side_px(clip(), None) == LONGEST_SIDE_PX[1]
