"""What surrounds the pose engine. The engine itself is tried on pixels in ``tests/test_pipeline.py``."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.pose.landmarks import COUNT
from analyzer.pose.mediapipe import Rows, analysis_step
from analyzer.video.clip import Clip

SIZE_PX = (200, 400)


@pytest.mark.parametrize(("fps", "step"), [(24, 1), (30, 1), (60, 1), (120, 2), (240, 4), (29.97, 1), (59.94, 1)])
def test_frames_are_left_out_of_fast_clips_only(fps: float, step: int) -> None:
    assert analysis_step(fps) == step


@given(st.floats(1.0, 2000.0))
def test_what_is_left_never_comes_faster_than_the_limit_nor_slower_than_half(fps: float) -> None:
    rate = fps / analysis_step(fps)
    assert rate <= 75.0 + 1e-9
    assert rate > 37.4 or rate == fps


def found(x: float) -> SimpleNamespace:
    mark = SimpleNamespace(x=x, y=0.5, z=0.1, visibility=0.9)
    return SimpleNamespace(pose_landmarks=[[mark] * COUNT], pose_world_landmarks=[[mark] * COUNT])


NOBODY = SimpleNamespace(pose_landmarks=[], pose_world_landmarks=[])


def clip(slow_motion: float) -> Clip:
    return Clip(
        path=Path("clip.mp4"), sha256="0" * 64, codec="h264", width=SIZE_PX[0], height=SIZE_PX[1],
        times_s=np.array([0.0, 0.1, 0.25, 0.3]), nominal_fps=10.0, capture_fps=10.0 * slow_motion,
        rotation_deg=0, has_audio=False,
    )  # fmt: skip


def test_rows_become_px_in_real_seconds_and_nobody_stays_unknown() -> None:
    shares: list[float] = []
    rows = Rows(4, shares.append)
    rows.put(1, NOBODY, SIZE_PX)
    rows.put(0, found(0.25), SIZE_PX)
    rows.put(3, found(0.75), SIZE_PX)
    track = rows.track(clip(2.0), np.arange(4), "test")
    # the third frame could not be decoded and has no row
    np.testing.assert_allclose(track.times_s, [0.0, 0.05, 0.15])
    np.testing.assert_allclose(track.points_px[0, 0], [50.0, 200.0])
    np.testing.assert_allclose(track.points_px[2, 0], [150.0, 200.0])
    assert np.isnan(track.points_px[1]).all()
    assert np.isnan(track.world_m[1]).all()
    assert track.validate() == []
    assert shares == [0.25, 0.5, 0.75]
