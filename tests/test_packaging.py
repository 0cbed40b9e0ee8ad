"""The built package holds all that the tree holds, and works without it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import analyzer
from analyzer.criteria.document import criteria_document
from analyzer.criteria.tables import load_criteria

ROOT = Path(__file__).parents[1]
NOT_PACKED = {"__pycache__", ".DS_Store"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from the tree."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the package, is not installed")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what an installation puts on the path."""
    folder = tmp_path_factory.mktemp("site")
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def in_tree() -> set[str]:
    files = (path for path in (ROOT / "analyzer").rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in files if not NOT_PACKED.intersection(path.parts)}


def said_by(installed: Path, *words: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "analyzer", *words],
        cwd=installed.parent, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return run.stdout


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(installed: Path) -> None:
    found = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    meta = f"stridecheck-{analyzer.__version__}.dist-info"
    packed = {name for name in found if not name.startswith(f"{meta}/")}
    assert packed == in_tree()
    assert {f"{meta}/{name}" for name in ("METADATA", "RECORD", "entry_points.txt", "licenses/LICENSE")} <= found
    fonts = "analyzer/overlay/fonts"
    assert {f"{fonts}/DejaVuSans.ttf", f"{fonts}/DejaVuSans-Bold.ttf"} <= packed
    assert f"{meta}/licenses/{fonts}/LICENSE_DEJAVU" in found


def test_the_version_stands_in_one_place(installed: Path) -> None:
    meta = installed / f"stridecheck-{analyzer.__version__}.dist-info"
    assert f"\nVersion: {analyzer.__version__}\n" in (meta / "METADATA").read_text(encoding="utf-8")
    assert "stridecheck = analyzer.cli:main" in (meta / "entry_points.txt").read_text(encoding="utf-8")
    assert said_by(installed, "--version").strip() == f"stridecheck {analyzer.__version__}"
    spelt = [
        path
        for path in (ROOT / "pyproject.toml", ROOT / "README.md")
        if analyzer.__version__ in path.read_text("utf-8")
    ]
    assert spelt == []


def test_it_works_outside_the_checkout_with_its_tables_and_templates(installed: Path) -> None:
    assert said_by(installed, "criteria").replace("\r\n", "\n") == criteria_document(load_criteria())


def test_the_sdist_can_be_built_from_and_leaves_large_files_out(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert in_tree() | {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile"} <= names
    assert [name for name in sorted(names) if name.endswith((".mp4", ".task"))] == []
    assert [name for name in sorted(names) if name.startswith((".venv", "stridecheck-results"))] == []
