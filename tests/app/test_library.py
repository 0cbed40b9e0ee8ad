"""Results found on disk."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from analyzer.app.library import NOBODY, Library
from tests.report import samples


def put(folder: Path, person: str | None = None, created: str = "2026-03-01T10:00:00+00:00") -> Path:
    folder.mkdir(parents=True)
    made = samples.front_run(n=10, name=person).model_copy(update={"created": created})
    (folder / "assessment.json").write_text(made.to_json(), encoding="utf-8")
    return folder


def test_everybody_has_a_folder_and_the_newest_result_comes_first(tmp_path):
    put(tmp_path / "Ana" / "old", "Ana", "2026-01-01T10:00:00+00:00")
    put(tmp_path / "Ana" / "new", "Ana B.", "2026-02-01T10:00:00+00:00")
    put(tmp_path / "Ben" / "run", None, "2026-03-01T10:00:00+00:00")
    put(tmp_path / "loose", None, "2025-03-01T10:00:00+00:00")
    clients = Library(tmp_path).clients()
    assert [client.name for client in clients] == ["Ben", "Ana B.", NOBODY]
    assert [result.title for result in clients[1].results] == ["new", "old"]
    assert [client.own for client in clients] == [True, True, False]


def test_what_is_no_result_of_ours_is_passed_over(tmp_path):
    put(tmp_path / "Ana" / "run", "Ana")
    (put(tmp_path / "Ana" / "broken") / "assessment.json").write_text("{")
    (put(tmp_path / "Ana" / "other") / "assessment.json").write_text(json.dumps({"schema_version": 99}))
    put(tmp_path / "Ana" / ".run.1234.part")
    put(tmp_path / ".stridecheck" / "run")
    put(tmp_path / "comparison" / "1-clip")
    (tmp_path / "comparison" / "compare.json").write_text("{}")
    (client,) = Library(tmp_path).clients()
    assert [result.title for result in client.results] == ["run"]


def test_links_that_lead_out_are_not_followed(tmp_path):
    outside = put(tmp_path / "elsewhere" / "Ana" / "run", "Ana")
    root = tmp_path / "root"
    root.mkdir()
    (root / "Ana").symlink_to(outside.parent, target_is_directory=True)
    assert Library(root).clients() == []


def test_a_result_that_is_written_anew_is_read_anew(tmp_path):
    library = Library(tmp_path)
    folder = put(tmp_path / "Ana" / "run", "Ana")
    number = library.clients()[0].newest.id
    shutil.rmtree(folder)
    assert library.clients() == []
    put(folder, "Anastasia")
    (client,) = library.clients()
    assert (client.name, client.newest.id) == ("Anastasia", number)


def test_the_same_person_keeps_the_same_folder(tmp_path):
    library = Library(tmp_path)
    put(tmp_path / "client 7" / "run", "Ana")
    assert library.home("ANA") == library.root / "client 7"
    assert library.home("Ben") == library.root / "Ben"
    assert library.home("Client 7") == library.root / "Client 7-2"
    assert library.home("") == library.root


def test_a_folder_that_is_not_there_yet_holds_nobody(tmp_path):
    assert Library(tmp_path / "not there").clients() == []


def test_one_result_can_be_shown_alone(tmp_path):
    put(tmp_path / "Ben", "Ben")
    (client,) = Library(tmp_path, put(tmp_path / "Ana", "Ana")).clients()
    assert [result.title for result in client.results] == ["Ana"]


def test_a_clip_of_the_coach_is_not_deleted_with_the_result(tmp_path):
    clip = tmp_path / "Ana" / "clips" / "run.mp4"
    own = tmp_path / "my films" / "run.mp4"
    for path in (clip, own):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"film")
    library = Library(tmp_path)
    for name, film in (("taken in", clip), ("own", own)):
        folder = put(tmp_path / "Ana" / name, "Ana")
        content = json.loads((folder / "assessment.json").read_text("utf-8"))
        content["clip"]["path"] = str(film)
        (folder / "assessment.json").write_text(json.dumps(content), encoding="utf-8")
    for result in library.clients()[0].results:
        library.delete_result(result)
    assert not clip.exists()
    assert own.exists()
    assert not (tmp_path / "Ana").exists()


def test_a_clock_that_goes_back_hides_nothing(tmp_path):
    library = Library(tmp_path)
    folder = put(tmp_path / "Ana" / "run", "Ana", "2026-03-01T10:00:00+00:00")
    assert library.clients()[0].name == "Ana"
    shutil.rmtree(folder)
    put(folder, "Bea", "2019-01-01T10:00:00+00:00")
    os.utime(folder / "assessment.json", (1.0, 1.0))
    assert library.clients()[0].name == "Bea"
