"""Nothing is looked up or called, by Stridecheck or by what it leans on, once the pose model is here."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.pose.models import stored_model
from tests.guarded import CALLED
from tests.video.excerpt import SAMPLE, beginning

ROOT = Path(__file__).parents[1]


@functools.lru_cache(maxsize=1)
def cut_off() -> tuple[str, ...]:
    """What begins a command that shall have no network at all, not even past Python; nothing where there is no such."""
    unshare = shutil.which("unshare")
    command = (unshare or "", "--map-root-user", "--net")
    able = unshare is not None and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if able else ()


def guarded(*words: str, before: tuple[str, ...] = (), folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "tests.guarded", *words]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def test_an_analysis_from_end_to_end_calls_nobody(tmp_path: Path) -> None:
    """And does all else that it should."""
    if not SAMPLE.exists() or stored_model("full") is None:
        pytest.skip("needs the sample clips and the pose model")
    beginning(tmp_path / "run_left.mp4", 2.0)
    words = ("analyze", "run_left.mp4", "--out", "out", "--json", "--height-cm", "175")
    done = guarded("import", *words, before=cut_off(), folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "run_left.mp4"]
    folder = tmp_path / "out" / "run_left"
    written = {path.name for path in folder.iterdir()}
    assert {"report.html", "overlay.mp4", "assessment.json", "steps.csv", "pose.npz"} <= written
    document = json.loads(done.stdout)
    assert document == json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    assert document["subject"]["height_cm"] == 175.0
    told = done.stderr.splitlines()
    assert told
    assert all(line.startswith("run_left.mp4: ") for line in told), "only progress, no engine chatter"
    assert "\x1b" not in done.stderr


def test_the_guard_would_notice() -> None:
    done = guarded("call")
    assert (done.returncode, done.stderr.split()[0]) == (CALLED, "socket.getaddrinfo")
