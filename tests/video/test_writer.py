from __future__ import annotations

import subprocess
import sys

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from analyzer.errors import OutputError
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames
from analyzer.video.writer import VideoWriter
from tests.depth import examples
from tests.video.drawn import SIZE_PX, corners_are_right, number_in, numbered


def write(path, times_s, size_px=SIZE_PX):
    with VideoWriter(path, size_px) as writer:
        for index, time_s in enumerate(times_s):
            writer.write(numbered(index, size_px), time_s)


@examples(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    intervals_s=st.lists(st.floats(0.002, 0.5), min_size=30, max_size=50),
    start_s=st.floats(0.0, 1000.0),
)
def test_times_survive_a_round_trip(intervals_s, start_s, tmp_path):
    times_s = start_s + np.cumsum([0.0, 0.5, *intervals_s])
    path = tmp_path / "out.mp4"
    write(path, times_s)
    clip = probe(path)

    np.testing.assert_allclose(clip.times_s, times_s - times_s[0], atol=1 / 90000)
    assert [number_in(frame.rgb) for frame in read_frames(clip)] == list(range(len(times_s)))


def test_a_video_begins_where_it_is_told_to(tmp_path):
    """The frames before were lost; what comes later stays in time with the original."""
    times_s = 0.4 + np.arange(20) / 30
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX, start_s=0.0) as writer:
        for index, time_s in enumerate(times_s):
            writer.write(numbered(index), time_s)
    clip = probe(tmp_path / "out.mp4")

    assert clip.start_s == 0.0
    np.testing.assert_allclose(clip.times_s, [0.0, *times_s[1:]], atol=1 / 90000)


def test_browsers_can_play_it(tmp_path):
    path = tmp_path / "out.mp4"
    write(path, np.arange(30) / 30)
    data = path.read_bytes()

    with av.open(str(path)) as container:
        (stream,) = container.streams
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.codec_context.codec_tag == "avc1"
        assert float(stream.duration * stream.time_base) == pytest.approx(1.0, abs=1e-3)
    assert data.index(b"moov") < data.index(b"mdat")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]


def test_colours_survive_a_round_trip(tmp_path):
    colours = [(200, 120, 40), (30, 60, 200), (240, 240, 240), (10, 10, 10), (40, 180, 60)]
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX, crf=10) as writer:
        for index in range(20):
            writer.write(np.full((SIZE_PX[1], SIZE_PX[0], 3), colours[index % 5], np.uint8), index / 30)

    for frame in read_frames(probe(tmp_path / "out.mp4")):
        np.testing.assert_allclose(frame.rgb[50, 50], colours[frame.index % 5], atol=6)


@pytest.mark.parametrize(("size_px", "kept_px"), [((193, 161), (192, 160)), ((192, 161), (192, 160))])
def test_odd_sizes_lose_their_last_column_or_row(size_px, kept_px, tmp_path):
    path = tmp_path / "out.mp4"
    write(path, np.arange(20) / 30, size_px)
    clip = probe(path)

    assert (clip.width, clip.height) == kept_px
    frame = next(read_frames(clip, start=19))
    assert number_in(frame.rgb) == 19
    assert corners_are_right(frame.rgb)


def test_views_into_larger_pictures_are_written(tmp_path):
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX) as writer:
        for index in range(20):
            large = np.zeros((SIZE_PX[1] + 8, SIZE_PX[0] + 8, 3), np.uint8)
            large[4:-4, 4:-4] = numbered(index)
            writer.write(large[4:-4, 4:-4], index / 30)

    frames = read_frames(probe(tmp_path / "out.mp4"))
    assert [number_in(frame.rgb) for frame in frames] == list(range(20))


def test_an_exception_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out.mp4"
    path.write_bytes(b"the old one")

    def interrupted():
        with VideoWriter(path, SIZE_PX) as writer:
            for index in range(10):
                writer.write(numbered(index), index / 30)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "out.mp4"
    path.write_bytes(b"the old one")
    write(path, np.arange(20) / 30)

    assert probe(path).frames == 20


def test_no_picture_is_no_file(tmp_path):
    with pytest.raises(OutputError, match=r"^out\.mp4 was not written"), VideoWriter(tmp_path / "out.mp4", SIZE_PX):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said_before_the_first_picture(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        VideoWriter(tmp_path / "missing" / "out.mp4", SIZE_PX).__enter__()


def test_a_folder_in_the_way_is_said(tmp_path):
    path = tmp_path / "out.mp4"
    path.mkdir()

    with pytest.raises(OutputError, match="cannot be written"):
        write(path, np.arange(20) / 30)

    assert list(tmp_path.iterdir()) == [path]


FULL_DISK = """
import resource, sys
import numpy as np
from analyzer.errors import OutputError
from analyzer.video.writer import VideoWriter

noise = np.random.default_rng(0).integers(0, 255, (160, 192, 3), dtype=np.uint8)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with VideoWriter(sys.argv[1], (192, 160)) as writer:
        for index in range(30):
            writer.write(np.roll(noise, 7 * index, axis=1), index / 30)
except OutputError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))  # make coverage writes here
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited here")
@pytest.mark.parametrize("limit_bytes", [0, 5000, 60000])
def test_a_full_disk_is_said_and_leaves_nothing(limit_bytes, tmp_path):
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "out.mp4"), str(limit_bytes)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert "out.mp4 cannot be written" in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("second", "time_s", "expected"),
    [(numbered(1, (400, 300)), 2.0, "does not fit"), (numbered(1), 1.0, "does not come after")],
)
def test_pictures_that_do_not_fit_or_do_not_follow_are_refused(second, time_s, expected, tmp_path):
    with VideoWriter(tmp_path / "out.mp4", SIZE_PX) as writer:
        writer.write(numbered(0), 1.0)
        with pytest.raises(ValueError, match=expected):
            writer.write(second, time_s)
