"""The time of recording as containers give it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from analyzer.errors import ClipError
from analyzer.video.recorded import _parsed, recorded_at


def filmed(path: Path, **tags: str) -> Path:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata.update(tags)
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode())
    return path


def test_a_container_that_says_when(tmp_path: Path) -> None:
    found = recorded_at(filmed(tmp_path / "a.mp4", creation_time="2026-01-05T08:30:00.000000Z"))
    assert found is not None
    assert found.isoformat() == "2026-01-05T08:30:00+00:00"


def test_the_local_time_of_an_iphone_counts_more(tmp_path: Path) -> None:
    tags = {"creation_time": "2026-01-05T23:30:00Z", "com.apple.quicktime.creationdate": "2026-01-06T00:30:00+0100"}
    found = recorded_at(filmed(tmp_path / "a.mov", **tags))
    assert found is not None
    assert found.isoformat() == "2026-01-06T00:30:00+01:00"


def test_a_container_that_does_not_say(tmp_path: Path) -> None:
    assert recorded_at(filmed(tmp_path / "a.mp4")) is None


@pytest.mark.parametrize("text", ["", "yesterday", "1904-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "2026-13-01"])
def test_what_cannot_be_true_is_not_known(text: str) -> None:
    assert _parsed(text) is None


def test_a_file_that_is_no_clip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClipError):
        recorded_at(tmp_path / "none.mp4")
