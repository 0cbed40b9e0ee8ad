"""``stridecheck export`` as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.cli_export import FORMATS
from analyzer.exports.write import Format
from tests.exports.samples import CLEANED, CM_PER_PX, RAW


def test_every_format_can_be_named() -> None:
    assert set(FORMATS) == {wanted.value for wanted in Format}


def test_the_file_written_is_named_on_standard_output(tmp_path: Path) -> None:
    RAW.save(tmp_path / "pose.npz", cleaned=CLEANED, cm_per_px=CM_PER_PX)
    out = tmp_path / "run.trc"
    run = CliRunner().invoke(app, ["export", str(tmp_path), "--to", "trc", "--out", str(out)])
    assert (run.exit_code, run.stdout.strip()) == (0, str(out))
    assert out.is_file()


@pytest.mark.parametrize("words", [["absent", "--to", "csv"], [".", "--to", "docx"]])
def test_bad_usage_is_a_sentence_and_status_2(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(app, ["export", *words])
    assert run.exit_code == 2
    assert "Traceback" not in run.output
    assert not list(tmp_path.iterdir())


def test_parquet_can_be_asked_for_by_a_flag(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    RAW.save(tmp_path / "pose.npz", cleaned=CLEANED, cm_per_px=CM_PER_PX)
    out = tmp_path / "points"
    run = CliRunner().invoke(app, ["export", str(tmp_path), "--to", "csv", "--parquet", "--out", str(out)])
    assert run.exit_code == 0
    assert out.read_bytes()[:4] == b"PAR1"
