"""Whatever Stridecheck writes about somebody is for its owner alone, however permissive the system is."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from analyzer.app.serving import _for_the_owner
from analyzer.batch.session import run_batch
from analyzer.exports.write import Format, export
from analyzer.forgetting import find_client, forget
from analyzer.privacy import make_folders, write_text
from analyzer.video.writer import VideoWriter
from tests.batch.folders import put as put_clips
from tests.batch.folders import refuse, wishes
from tests.test_folder import POSIX, open_to_others, umask
from tests.test_forgetting import NAMES, TODAY, put, queued

TRACK = Path(__file__).parent / "fixtures" / "versions" / "pose_2_cleaned.npz"
pytestmark = POSIX


def test_a_batch_and_its_index(tmp_path: Path) -> None:
    put_clips(tmp_path, *(f"{name}/a.mp4" for name in NAMES))
    with umask(0):
        run_batch(wishes(tmp_path), lambda jobs, told: (refuse(job) for job in jobs), Console(file=io.StringIO()))
        assert open_to_others(tmp_path / "results") == []
        forget(tmp_path / "results", find_client(tmp_path / "results", NAMES[0]), TODAY)
    assert (tmp_path / "results" / "index.html").exists()
    assert open_to_others(tmp_path / "results") == []
    assert (tmp_path / "results").stat().st_mode & 0o777 == 0o700


def test_an_export(tmp_path: Path) -> None:
    with umask(0):
        path = export(TRACK, Format.TRC, tmp_path / "points.trc", 175.0)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_video(tmp_path: Path) -> None:
    with umask(0), VideoWriter(tmp_path / "beside.mp4", (64, 64)) as writer:
        writer.write(np.zeros((64, 64, 3), np.uint8), 0.0)
        writer.write(np.zeros((64, 64, 3), np.uint8), 0.1)
    assert (tmp_path / "beside.mp4").stat().st_mode & 0o777 == 0o600


def test_what_the_page_keeps(tmp_path: Path) -> None:
    with umask(0), _for_the_owner():
        queued(tmp_path / "results", "Ana", "Ana/run", "Ana/clips/run.mp4")
        put(tmp_path / "results" / "Ana" / "run", "Ana")
    assert open_to_others(tmp_path) == []


def test_folders_that_are_there_are_not_made_again(tmp_path: Path) -> None:
    assert make_folders(tmp_path) == []
    assert make_folders(tmp_path / "a" / "b") == [tmp_path / "a", tmp_path / "a" / "b"]
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_folders(tmp_path / "file")


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "first")
    with pytest.raises(FileExistsError):
        write_text(tmp_path / "a", "second")
