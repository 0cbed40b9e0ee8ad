"""``stridecheck batch`` and ``stridecheck rescore`` as commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from tests.batch.folders import put


def stridecheck(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=120, env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip


def test_a_batch_of_refused_clips_from_beginning_to_end(tmp_path):
    put(tmp_path / "clients", "anna/a.mp4", "ben/b.mov", "ben/notes.txt")

    run = stridecheck("batch", "clients", "--jobs", "1", folder=tmp_path)

    assert run.returncode == 2
    assert run.stdout.splitlines()[0] == "2 refused; 2 of them new."
    assert "b.mov is a text file, not a video" in run.stderr
    assert (tmp_path / "clients" / "stridecheck-results" / "index.html").is_file()
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["batch", "nowhere"], "nowhere is no folder"),
        (["rescore", "nowhere"], "nowhere holds no assessment.json"),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_sentence(tmp_path, monkeypatch, capfd, words, told):
    monkeypatch.chdir(tmp_path)

    assert CliRunner().invoke(app, words).exit_code == 2
    assert told in " ".join(capfd.readouterr().err.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [(["batch", ".", "--jobs", "0"], "--jobs"), (["rescore", ".", "--height-cm", "1.8"], "give the standing height")],
)
def test_options_out_of_range_are_told(words, told):
    run = CliRunner().invoke(app, words)

    assert run.exit_code == 2
    assert told in " ".join(run.output.split())


def test_a_batch_toml_that_cannot_be_read_is_told_before_anything_is_done(tmp_path, capfd):
    put(tmp_path, "anna/a.mp4")
    (tmp_path / "batch.toml").write_text("height = 170", encoding="utf-8")

    assert CliRunner().invoke(app, ["batch", str(tmp_path)]).exit_code == 2
    assert "height: Extra inputs are not permitted" in " ".join(capfd.readouterr().err.split())
    assert not (tmp_path / "stridecheck-results").exists()
