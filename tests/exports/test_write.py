from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import OutputError, TrackError
from analyzer.exports.write import SUFFIXES, Format, export
from analyzer.motion.types import View
from tests.exports.samples import CLEANED, CM_PER_PX, RAW
from tests.report import samples


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results" / "clip"
    folder.mkdir(parents=True)
    RAW.save(folder / "pose.npz", cleaned=CLEANED, cm_per_px=CM_PER_PX)
    said = samples.front_run()
    camera = said.camera.model_copy(update={"view": View.LEFT})
    (folder / "assessment.json").write_text(said.model_copy(update={"camera": camera}).to_json(), encoding="utf-8")
    return folder


STARTS = [
    (Format.TRC, "PathFileType\t4"),
    (Format.MOT, "Coordinates\n"),
    (Format.CSV, "frame,time_s,landmark"),
    (Format.EVENTS, "index,side,contact_s"),
    (Format.CURVES, "metric,side,unit,cycle,percent,mean,sd"),
]


@pytest.mark.parametrize(("wanted", "start"), STARTS)
def test_the_file_is_named_after_the_results(
    results: Path, tmp_path: Path, wanted: Format, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = export(results, wanted)
    assert written == tmp_path / f"clip{SUFFIXES[wanted]}"
    assert written.read_text(encoding="utf-8").startswith(start)
    assert {path.name for path in tmp_path.iterdir()} == {"results", written.name}


def test_an_older_export_is_replaced(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "my.trc"
    out.write_text("old", encoding="utf-8")
    export(results, Format.TRC, out)
    assert out.read_text(encoding="utf-8") != "old"


def test_the_track_itself_is_never_overwritten(results: Path) -> None:
    before = (results / "pose.npz").read_bytes()
    with pytest.raises(OutputError, match="the results themselves"):
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


@pytest.mark.parametrize("wanted", [Format.CSV, Format.EVENTS, Format.CURVES])
def test_tables_can_be_parquet(results: Path, tmp_path: Path, wanted: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with the extra 'movement'")
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    monkeypatch.chdir(tmp_path)
    flagged, named = export(results, wanted, parquet=True), export(results, wanted, tmp_path / "my.PARQUET")
    assert flagged.name == f"clip{SUFFIXES[wanted]}".replace(".csv", ".parquet")
    text = pandas.read_csv(export(results, wanted, tmp_path / "my.csv"))
    for written in (flagged, named):
        found = pandas.read_parquet(written)
        assert found.shape == text.shape
        assert list(found.columns) == list(text.columns)


def test_what_is_no_table_is_no_parquet(results: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Only tables"):
        export(results, Format.TRC, tmp_path / "my.trc", parquet=True)


def test_c3d_is_written_under_the_name_that_is_asked_for(results: Path, tmp_path: Path) -> None:
    ezc3d = pytest.importorskip("ezc3d", reason="the extra 'c3d' is not installed")
    out = tmp_path / "laboratory"
    assert export(results, Format.C3D, out) == out
    assert {path.name for path in tmp_path.iterdir()} == {"results", "laboratory"}
    out.rename(tmp_path / "again.c3d")
    events = ezc3d.c3d(str(tmp_path / "again.c3d"))["parameters"]["EVENT"]
    timed = [t for s in samples.front_run().steps for t in (s.contact_s, s.toe_off_s) if t is not None]
    assert len(events["LABELS"]["value"]) == len(timed) > 0


def test_a_broken_assessment_is_told(results: Path) -> None:
    (results / "assessment.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TrackError, match="no assessment"):
        export(results, Format.EVENTS)


def test_an_assessment_can_be_named_itself(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(results / "assessment.json", Format.CURVES).name == "clip.curves.csv"
