"""Nothing is looked up or called, by Stridecheck or by what it leans on, once the pose model is here."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.pose.models import stored_model
from tests.guarded import CALLED
from tests.video.excerpt import SAMPLE, excerpt

ROOT = Path(__file__).parents[1]


@functools.lru_cache(maxsize=1)
def cut_off() -> tuple[str, ...]:
    """What begins a command that shall have no network at all, not even past Python; nothing where there is no such."""
    unshare = shutil.which("unshare")
    command = (unshare or "", "--map-root-user", "--net")
    able = unshare is not None and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    return command if able else ()


def guarded(*words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "tests.guarded", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_an_analysis_calls_nobody(tmp_path: Path) -> None:
    if not SAMPLE.exists() or stored_model("full") is None:
        pytest.skip("needs the sample clips and the pose model")
    clip = excerpt(tmp_path / "clip.mp4", count=30)
    words = (
        "analyze",
        str(clip),
        "--out",
        str(tmp_path / "out"),
        "--no-overlay",
        "--activity",
        "running",
        "--view",
        "left",
    )
    done = guarded("import", *words, before=cut_off())

    assert done.returncode in (0, 1), done.stderr  # whether so short a clip is enough to measure is not the question
    assert (tmp_path / "out" / "clip" / "report.html").exists()


def test_the_guard_would_notice() -> None:
    done = guarded("call")
    assert (done.returncode, done.stderr.split()[0]) == (CALLED, "socket.getaddrinfo")
