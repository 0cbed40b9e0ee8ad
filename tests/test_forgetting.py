"""Forgetting a client: all of theirs goes, all of others stays, and whoever is not told apart is not touched."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from rich.console import Console

from analyzer.app.desk import STATE
from analyzer.app.jobs import State, Store, Wish, new_job
from analyzer.batch.session import LOCK, alone, run_batch
from analyzer.comparing import show_history
from analyzer.errors import BatchError, ForgetError, OutputError
from analyzer.forgetting import find_client, forget
from tests.batch.folders import put as put_clips
from tests.batch.folders import refuse, wishes
from tests.report import samples

TODAY = date(2026, 3, 4)
NAMES = ("Zebediah", "Quirina")
"""Names that stand nowhere by accident."""


def put(folder: Path, person: str | None = None, clip: str = "clip.mp4") -> Path:
    folder.mkdir(parents=True)
    made = samples.front_run(Path(clip), n=10, name=person)
    (folder / "assessment.json").write_text(made.to_json(), encoding="utf-8")
    (folder / "report.html").write_text(f"{person}'s report", encoding="utf-8")
    return folder


def page(folder: Path, person: str | None, name: str = "compare.json") -> None:
    folder.mkdir()
    (folder / name).write_text(json.dumps({"person": person}), encoding="utf-8")


def queued(root: Path, person: str, folder: str, clip: str) -> Path:
    store = Store(root / STATE / "jobs")
    job = new_job(Wish(file="run.mp4", size_bytes=4, person=person))
    store.save(job.model_copy(update={"state": State.QUEUED, "clip": clip, "folder": folder}))
    (root / clip).parent.mkdir(parents=True, exist_ok=True)
    (root / clip).write_text(f"{person} in motion", encoding="utf-8")
    return store.path(job.id)


def mentions(root: Path, *words: str) -> list[str]:
    """Everything below a folder that tells of somebody, by its name or by its content."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if any(
            word.casefold() in path.relative_to(root).as_posix().casefold()
            or (path.is_file() and word.encode() in path.read_bytes())
            for word in words
        )
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Two people with everything that Stridecheck keeps of anybody."""
    root = tmp_path / "results"
    for person in NAMES:
        put(root / person / "run", person)
        put(root / person / "monday" / "step-ups", person)
        put(root / f"loose of {person[0]}", person)
        show_history(root / person, TODAY)
        page(root / person / "comparison", person)
        put(root / person / ".run.0123abcd.part", person)
        queued(root, person, f"{person}/next", f"{person}/clips/next.mp4")
    page(root / "comparison", NAMES[0])
    page(root / "ladder", NAMES[1], "ladder.json")
    return root


def test_nothing_is_left_of_one_and_everything_of_the_other(shelf: Path) -> None:
    others = {
        path: path.read_bytes() for path in shelf.rglob("*") if path.is_file() and mentions(path.parent, NAMES[1])
    }
    done = forget(shelf, find_client(shelf, NAMES[0].upper()), TODAY)

    assert mentions(shelf, NAMES[0]) == []
    assert mentions(shelf, NAMES[1])
    for path, content in others.items():
        if NAMES[0] not in f"{path}{content.decode()}":
            assert path.read_bytes() == content
    assert {"ladder", NAMES[1], f"loose of {NAMES[1][0]}"} <= {entry.name for entry in shelf.iterdir()}
    assert {path.name for path in done.removed} >= {
        "run",
        "step-ups",
        f"loose of {NAMES[0][0]}",
        "next.mp4",
        "comparison",
    }
    assert done.left == []


def test_what_is_not_ours_stays_and_is_told(shelf: Path) -> None:
    (shelf / NAMES[0] / "notes.txt").write_text("a coach's own")
    (shelf / NAMES[0] / "index.html").write_text("a coach's own page")
    (shelf / "sidebyside.mp4").write_bytes(b"two people")
    client = find_client(shelf, NAMES[0])
    done = forget(shelf, client, TODAY)

    assert done.left == [f"{NAMES[0]}/index.html", f"{NAMES[0]}/notes.txt"]
    assert client.unclear == ("sidebyside.mp4",)


def test_videos_in_a_folder_of_clips_are_only_ours_where_the_page_took_them_in(tmp_path: Path) -> None:
    put(tmp_path / "Ana" / "run")
    (tmp_path / "Ana" / "clips").mkdir()
    (tmp_path / "Ana" / "clips" / "film.mp4").write_bytes(b"the coach's")

    assert forget(tmp_path, find_client(tmp_path, "Ana"), TODAY).left == ["Ana/clips"]
    assert (tmp_path / "Ana" / "clips" / "film.mp4").exists()


def test_the_clip_elsewhere_is_named(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    put(tmp_path / "results" / "Ana" / "run", clip=str(film))

    assert find_client(tmp_path / "results", "Ana").clips == (film,)


@pytest.fixture
def batched(tmp_path: Path) -> Path:
    put_clips(tmp_path, f"{NAMES[0]}/a.mp4", f"{NAMES[1]}/b.mp4")
    run_batch(wishes(tmp_path), lambda jobs, told: (refuse(job) for job in jobs), Console(file=io.StringIO()))
    return tmp_path / "results"


def test_the_index_of_a_batch_is_written_anew(batched: Path) -> None:
    done = forget(batched, find_client(batched, NAMES[0]), TODAY)

    assert mentions(batched, NAMES[0]) == []
    assert {path.name for path in done.rewritten} == {"index.html", "summary.csv", "summary.json"}
    assert "b.mp4" in (batched / "index.html").read_text("utf-8")
    assert [row["client"] for row in json.loads((batched / "summary.json").read_text("utf-8"))["clips"]] == [NAMES[1]]


def test_with_the_last_client_the_index_goes(batched: Path) -> None:
    for name in NAMES:
        forget(batched, find_client(batched, name), TODAY)
    assert list(batched.iterdir()) == []


def test_an_index_that_cannot_be_read_is_not_kept(batched: Path) -> None:
    (batched / "summary.json").write_text("{")
    forget(batched, find_client(batched, NAMES[0]), TODAY)
    assert mentions(batched, NAMES[0]) == []


def two_folders(root: Path) -> None:
    put(root / "Ana" / "run", "Ana")
    put(root / "Ana-2" / "run", "Ana")


def two_people(root: Path) -> None:
    put(root / "Ana" / "run", "Ana")
    put(root / "Ana" / "walk", "Ben")


def folder_and_clip(root: Path) -> None:
    put(root / "team" / "run", "Ana")
    put(root / "Ana")


def person_and_clip(root: Path) -> None:
    put(root / "run", "Ana")
    put(root / "ana")


@pytest.mark.parametrize("write", [two_folders, two_people, folder_and_clip, person_and_clip])
def test_who_may_be_one_or_another_is_not_touched(tmp_path: Path, write: object) -> None:
    write(tmp_path)  # type: ignore[operator]
    with pytest.raises(ForgetError, match=r"give .*path"):
        find_client(tmp_path, "ana")


def test_a_path_tells_who_is_meant(tmp_path: Path) -> None:
    two_folders(tmp_path)
    forget(tmp_path, find_client(tmp_path, str(tmp_path / "Ana-2")), TODAY)
    assert [entry.name for entry in tmp_path.iterdir()] == ["Ana"]


@pytest.mark.parametrize("name", ["An", "Anastasia", "", "*", "..", "/", ".stridecheck"])
def test_nobody_of_that_name_is_a_sentence(tmp_path: Path, name: str) -> None:
    put(tmp_path / "Ana" / "run", "Ana")
    with pytest.raises(ForgetError, match="Nobody in"):
        find_client(tmp_path, name)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere" / "run", "Ana")
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "Ana").symlink_to(elsewhere.parent, target_is_directory=True)
    with pytest.raises(ForgetError):
        find_client(tmp_path / "results", "Ana")


@pytest.fixture
def busy_page(shelf: Path) -> Iterator[Path]:
    with FileLock(shelf / STATE / "lock"):
        yield shelf


def test_nothing_is_removed_under_a_page_that_is_open(busy_page: Path) -> None:
    before = sorted(busy_page.rglob("*"))
    with pytest.raises(OutputError, match="being served"):
        forget(busy_page, find_client(busy_page, NAMES[0]), TODAY)
    assert sorted(busy_page.rglob("*")) == before


def test_nothing_is_removed_under_a_batch_at_work(batched: Path) -> None:
    with alone(batched), pytest.raises(BatchError, match="at work"):
        forget(batched, find_client(batched, NAMES[0]), TODAY)
    assert not (batched / LOCK).exists()
    assert mentions(batched, NAMES[0])
