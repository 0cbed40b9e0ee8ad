from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from analyzer.cores import cores, has_core_to_spare, usable_cores, use_cores
from analyzer.overlay.render import ahead
from analyzer.video.probe import probe
from analyzer.video.source import open_video
from analyzer.video.writer import VideoWriter
from tests.video.drawn import SIZE_PX, make_clip, numbered


@pytest.fixture(params=[1, 2], ids=["one core", "two cores"])
def allowed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr("analyzer.cores.usable_cores", lambda: 2)
    use_cores(request.param)
    yield request.param
    use_cores(None)


def at_work() -> set[str]:
    return {thread.name.split("_")[0] for thread in threading.enumerate()}


def test_an_analysis_keeps_no_more_cores_busy_than_there_are() -> None:
    assert cores() == usable_cores() >= 1


def test_work_is_done_ahead_only_beside_another_core(allowed: int) -> None:
    assert has_core_to_spare() is (allowed == 2)
    workers = []

    def items() -> Iterator[int]:
        for item in range(3):
            workers.append(threading.current_thread())
            yield item

    assert list(ahead(items(), 2)) == [0, 1, 2]
    assert all((worker is threading.current_thread()) is (allowed == 1) for worker in workers)


def test_a_video_is_written_in_a_thread_of_its_own_only_beside_another_core(allowed: int, tmp_path: Path) -> None:
    times_s = np.arange(30) / 30
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX) as writer:
        for index, time_s in enumerate(times_s):
            writer.write(numbered(index), float(time_s))
        assert ("encoder" in at_work()) is (allowed == 2)
    np.testing.assert_allclose(probe(tmp_path / "out.mp4").times_s, times_s, atol=1e-4)


def test_opencv_keeps_to_the_same_cores(allowed: int) -> None:
    assert cv2.getNumThreads() == allowed


@pytest.mark.parametrize(("allowed_cores", "threads"), [(1, 1), (2, 1), (6, 3), (64, 4)])
def test_half_the_cores_decode(
    allowed_cores: int, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.cores.usable_cores", lambda: 64)
    path = make_clip(tmp_path / "clip.mp4", 2)
    use_cores(allowed_cores)
    try:
        with open_video(path) as (_, stream):
            assert stream.codec_context.thread_count == threads
    finally:
        use_cores(None)
