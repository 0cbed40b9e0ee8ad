"""Result folders through thick and thin: kills, races, full disks, rights, and other people's umask."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analyzer.comparing import write_texts
from analyzer.errors import OutputError
from analyzer.folder import LONGEST_NAME, check_free, named_after, written_whole
from analyzer.privacy import close_to_others

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no processes that split, and other rights")
ROOT = Path(__file__).parents[1]


def run_dying(*words: str) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@POSIX
@pytest.mark.parametrize("how", ["one", "two"])
def test_killed_at_any_step_the_old_or_the_new_results_are_whole(tmp_path: Path, how: str) -> None:
    """In one step they are at every moment; where the system knows only two, at the latest after the next start."""
    assert run_dying("steps", str(tmp_path / "run"), how) > 20


@POSIX
@pytest.mark.parametrize("how", ["one", "two"])
def test_processes_that_write_one_folder_do_not_mix(tmp_path: Path, how: str) -> None:
    assert run_dying("race", str(tmp_path / "run"), how) == 60


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def results(folder: Path, size: int) -> None:
    with written_whole(folder) as part:
        (part / "assessment.json").write_text('{"schema_version": 1, "stridecheck_version": "0"}', encoding="utf-8")
        (part / "report.html").write_bytes(b"x" * size)


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@POSIX
def test_a_disk_that_fills_up_leaves_the_old_results(tmp_path: Path) -> None:
    results(tmp_path / "run", 10)
    write_texts(tmp_path, {"compare.html": "old"})
    before = state(tmp_path)
    with files_of_at_most(1000):
        with pytest.raises(OutputError, match=r"cannot be written.*free space"):
            results(tmp_path / "run", 5000)
        with pytest.raises(OutputError, match="cannot be written"):
            write_texts(tmp_path, {"progress.html": "new", "compare.html": "new" * 5000})
    assert state(tmp_path) == before
    results(tmp_path / "run", 5000)


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_may_not_be_written_to_is_said_beforehand(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may write to"):
        check_free(tmp_path / "deep" / "run")


def test_a_file_in_the_way_is_said_beforehand(tmp_path: Path) -> None:
    (tmp_path / "results").touch()
    with pytest.raises(OutputError, match="is a file"):
        check_free(tmp_path / "results" / "deep" / "run")


def test_something_put_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def meanwhile() -> None:
        with written_whole(tmp_path / "run"):
            (tmp_path / "run").mkdir()
            (tmp_path / "run" / "notes.txt").write_text("my own")

    with pytest.raises(OutputError, match=r"notes\.txt"):
        meanwhile()
    assert state(tmp_path) == {"run/notes.txt": b"my own"}


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(root: Path) -> list[str]:
    """What others than the owner might read, write or enter."""
    return [path.relative_to(root).as_posix() for path in root.rglob("*") if path.stat().st_mode & 0o077]


@POSIX
def test_results_and_pages_are_for_their_owner_alone(tmp_path: Path) -> None:
    seen: list[int] = []
    with umask(0):
        with written_whole(tmp_path / "new" / "deep" / "run") as part:
            seen.append(part.stat().st_mode & 0o777)
            (part / "frames").mkdir()
            (part / "frames" / "a.jpg").touch()
        write_texts(tmp_path / "pages", {"compare.html": "page"})
    assert seen == [0o700]
    assert open_to_others(tmp_path) == []
    assert (tmp_path / "pages" / "compare.html").stat().st_mode & 0o777 == 0o600


@POSIX
def test_a_folder_that_is_there_keeps_its_rights_and_links_keep_theirs(tmp_path: Path) -> None:
    shared, outside = tmp_path / "shared", tmp_path / "outside"
    shared.mkdir()
    shared.chmod(0o755)
    outside.touch()
    outside.chmod(0o644)
    results(shared / "run", 10)
    (shared / "run" / "link").symlink_to(outside)
    close_to_others(shared / "run")
    assert shared.stat().st_mode & 0o777 == 0o755
    assert outside.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("stem", ["x" * 251, "ä" * 120, "a\nb", "..", " . ", "caf\udce9", "\x1b[31m"])
def test_a_folder_s_name_is_short_and_printable(stem: str) -> None:
    name = named_after(Path(f"{stem}.mp4"))
    assert 0 < len(name.encode()) <= LONGEST_NAME
    assert name.isprintable()
    assert name.strip(". ") == name.lstrip(". ")
