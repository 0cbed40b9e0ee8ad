from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import OutputError, TrackError
from analyzer.exports.write import Format, export
from tests.exports.samples import CLEANED, CM_PER_PX, RAW


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results" / "clip"
    folder.mkdir(parents=True)
    RAW.save(folder / "pose.npz", cleaned=CLEANED, cm_per_px=CM_PER_PX)
    return folder


@pytest.mark.parametrize(("wanted", "start"), [(Format.TRC, "PathFileType\t4"), (Format.CSV, "frame,time_s,landmark")])
def test_the_file_is_named_after_the_results(
    results: Path, tmp_path: Path, wanted: Format, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = export(results, wanted)
    assert written == tmp_path / f"clip.{wanted.value}"
    assert written.read_text(encoding="utf-8").startswith(start)
    assert {path.name for path in tmp_path.iterdir()} == {"results", written.name}


def test_an_older_export_is_replaced(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "my.trc"
    out.write_text("old", encoding="utf-8")
    export(results, Format.TRC, out)
    assert out.read_text(encoding="utf-8") != "old"


def test_the_track_itself_is_never_overwritten(results: Path) -> None:
    before = (results / "pose.npz").read_bytes()
    with pytest.raises(OutputError, match="the track itself"):
        export(results, Format.CSV, results / "pose.npz")
    assert (results / "pose.npz").read_bytes() == before


def test_nothing_is_left_where_it_cannot_be_written(results: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        export(results, Format.CSV, tmp_path / "absent" / "run.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        export(results, Format.CSV, tmp_path / "taken.csv")
    assert {path.name for path in tmp_path.iterdir()} == {"results", "taken.csv"}


def test_a_folder_without_a_track_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match=r"pose\.npz"):
        export(tmp_path, Format.TRC)
