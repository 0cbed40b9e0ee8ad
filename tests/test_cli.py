"""The command line as a user meets it: in a process of its own where that matters, else within this one.

A whole analysis is in ``test_network.py``.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyzer import __version__
from analyzer.cli import main
from analyzer.cli_options import ACTIVITIES, VIEWS
from analyzer.motion.types import Activity, View

ROOT = Path(__file__).parents[1]
BAD = ROOT.parent / "shared" / "clips" / "bad"


def stridecheck(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *words],
        cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", timeout=300,
    )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The same without a process, which takes most of the time: ``typed(*words) -> Said``."""

    def run(*words: str) -> Said:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["stridecheck", *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Said(int(ended.value.code or 0), *capfd.readouterr())

    return run


def test_help_names_the_commands(tmp_path):
    run = stridecheck("--help", folder=tmp_path)

    assert run.returncode == 0
    for command in ("analyze", "compare", "criteria", "export", "history", "intake", "models", "schema"):
        assert command in run.stdout
    assert run.stderr == ""


def test_help_loads_nothing_heavy(tmp_path):
    script = "import sys, analyzer.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)

    heavy = {"numpy", "pydantic", "av", "cv2", "mediapipe", "scipy", "matplotlib", "jinja2"}
    assert not heavy.intersection(run.stdout.split())


def test_version(tmp_path):
    assert stridecheck("--version", folder=tmp_path).stdout == f"stridecheck {__version__}\n"


def test_schema_is_json_schema_of_the_assessment(typed, tmp_path):
    document = json.loads(typed("schema").stdout)

    assert document["type"] == "object"
    assert {"clip", "measurements", "tests", "plan"} <= document["properties"].keys()


def test_criteria_prints_the_document_with_the_limits_of_a_coach(typed, tmp_path):
    (tmp_path / "my.toml").write_text("[knee_valgus.running]\npass_high = 8.5\n", encoding="utf-8")
    run = typed("criteria", "--criteria", "my.toml")

    assert run.returncode == 0
    assert "8.5° or less; missed above 11° (the coach's own)" in run.stdout


def test_limits_that_contradict_each_other_are_refused(tmp_path):
    (tmp_path / "my.toml").write_text("[knee_valgus.running]\npass_high = 20\n", encoding="utf-8")
    (tmp_path / "clip.mp4").write_bytes(b"")
    run = stridecheck("analyze", "clip.mp4", "--criteria", "my.toml", folder=tmp_path)

    assert run.returncode == 2
    assert "pass_high (20) has to be below fail_high (11)" in " ".join(run.stderr.split())
    assert not (tmp_path / "stridecheck-results").exists()


def test_every_activity_and_view_can_be_named():
    assert {word.replace("-", "_") for word in ACTIVITIES} == {a.value for a in Activity} - {"unknown"} | {"auto"}
    assert set(VIEWS) == {view.value for view in View} - {"oblique"} | {"auto"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["analyze"], "Missing argument"),
        (["analyse", "clip.mp4"], "No such command"),
        (["analyze", "clip.mp4", "--speed", "3"], "No such option"),
        (["analyze", "clip.mp4", "--activity", "flying"], "give one of auto, running, step-up"),
        (["analyze", "clip.mp4", "--view", "top"], "give one of auto, front, back, left, right"),
        (["analyze", "clip.mp4", "--height-cm", "1.8"], "1.8 is not between 80 and 250; give the standing height"),
        (["analyze", "clip.mp4", "--speed-mps", "nan"], "nan is not between"),
        (["analyze", "clip.mp4", "--box-cm", "-30"], "-30 is not between"),
        (["analyze", "clip.mp4", "--captured-fps", "fast"], "'--captured-fps'"),
        (["analyze", "clip.mp4", "--subject", "left"], "give a person's number, such as 2, or a point"),
        (["analyze", "clip.mp4", "--days", "Mon,Never"], "Never is no day of the week; name the days for training"),
        (["compare", "a", "b", "--pain", "b=11"], "11 is no number from 0 to 10"),
        (["models", "fetch", "medium"], "give one of lite, full, heavy"),
    ],
)
def test_wrong_usage_is_a_sentence(typed, tmp_path, words, sentence):
    run = typed(*words)

    assert run.returncode == 2
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert list(tmp_path.iterdir()) == []


def assert_refused(run: Said | subprocess.CompletedProcess, name: str) -> None:
    """Exit status 2, and after the progress lines one sentence that begins with the file's name."""
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert "Stridecheck itself failed" not in run.stderr
    *_, sentence = run.stderr.splitlines()
    assert name in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("content", [b"", b"just a text, no video", b"\x00\x00\x00\x20ftypisom" + bytes(2000)])
def test_a_file_that_is_no_video_is_refused(typed, tmp_path, content):
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(content)

    assert_refused(typed("analyze", "clip.mp4"), "clip.mp4")
    assert list(tmp_path.iterdir()) == [clip]


@pytest.mark.parametrize("name", ["missing.mp4", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    assert_refused(stridecheck("analyze", name, folder=tmp_path), name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["audio_only.mp4", "empty.mp4", "truncated_moov_missing.mp4"])
def test_the_bad_clips_are_refused(typed, tmp_path, name):
    if not BAD.exists():
        pytest.skip("needs the bad clips beside the checkout")

    assert_refused(typed("analyze", str(BAD / name)), name)
    assert list(tmp_path.iterdir()) == []


def test_a_model_file_that_is_none_is_refused(typed, tmp_path):
    (tmp_path / "my.task").write_text("no model")
    clip = ROOT / "sample_videos" / "run_left.mp4"
    if not clip.exists():
        pytest.skip("needs the sample clips")

    run = typed("analyze", str(clip), "--model", "my.task")

    assert_refused(run, "my.task")
    assert [path.name for path in tmp_path.iterdir()] == ["my.task"]


def test_models_list_tells_what_is_here(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pose_landmarker_lite.task").write_text("half a model")

    run = stridecheck("models", "list", folder=tmp_path, STRIDECHECK_MODELS=str(tmp_path / "models"))

    assert run.returncode == 0
    assert str(tmp_path / "models") in run.stdout
    (lite,) = (line for line in run.stdout.splitlines() if line.split()[0] == "lite")
    (full,) = (line for line in run.stdout.splitlines() if line.split()[0] == "full")
    assert "damaged" in lite
    assert "not fetched" in full


def test_a_model_that_cannot_be_fetched_is_a_sentence(tmp_path):
    run = stridecheck(
        "models", "fetch", "heavy",
        folder=tmp_path, STRIDECHECK_MODELS=str(tmp_path / "models"), STRIDECHECK_MODELS_URL="http://127.0.0.1:9",
    )  # fmt: skip

    assert run.returncode == 2
    assert run.stdout == ""
    *_, sentence = run.stderr.splitlines()
    assert "copy pose_landmarker_heavy.task from a connected machine" in sentence
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a single process")
def test_ctrl_c_ends_with_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        process = subprocess.Popen(
            [sys.executable, "-m", "analyzer", "models", "fetch", "lite"],
            env={
                **os.environ,
                "STRIDECHECK_MODELS": str(tmp_path / "models"),
                "STRIDECHECK_MODELS_URL": f"http://127.0.0.1:{server.getsockname()[1]}",
            },
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            # A suite that a script started in the background was born deaf to Ctrl-C, and so would this process be.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        # Once it has asked, it waits for an answer that does not come.
        connection, _ = server.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            out, told = process.communicate(timeout=60)

    assert process.returncode == 130
    assert out == ""
    assert len(told.splitlines()) == 1
    assert "stopped" in told
    assert list((tmp_path / "models").iterdir()) == []
