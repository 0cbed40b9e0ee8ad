"""What there is to do in a folder: content, options and version decide, names and times do not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.batch import jobs
from analyzer.batch.jobs import Work, find_clips, plan_work
from analyzer.errors import BatchError
from analyzer.options import Options
from analyzer.overlay.wishes import Drawing
from tests.batch.folders import put, refuse, wishes


def places(root: Path, **more: object) -> list[str]:
    return [source.place.as_posix() for source in find_clips(wishes(root, **more))]


def work(root: Path, **more: object) -> Work:
    wanted = wishes(root, **more)
    return plan_work(wanted, find_clips(wanted))


def todo(root: Path, **more: object) -> list[str]:
    return [job.source.place.as_posix() for job in work(root, **more).todo]


def do_all(root: Path, **more: object) -> None:
    for job in work(root, **more).todo:
        refuse(job)


def test_clips_are_found_by_client_and_by_name(tmp_path):
    put(tmp_path, "ben/b.MOV", "anna/2026/a.mp4", "anna/notes.txt", "anna/.hidden.mp4", ".cache/x.mp4", "results/o.mp4")

    found = find_clips(wishes(tmp_path))

    assert [(source.client, source.place.as_posix()) for source in found] == [
        ("anna", "anna/2026/a.mp4"), ("ben", "ben/b.MOV"),
    ]  # fmt: skip


def test_a_clip_beside_the_folders_belongs_to_the_one_it_lies_in(tmp_path):
    put(tmp_path / "cleo", "a.mp4")

    assert [source.client for source in find_clips(wishes(tmp_path / "cleo"))] == ["cleo"]


def test_overlays_of_other_results_are_no_clips(tmp_path):
    put(tmp_path, "anna/a/assessment.json", "anna/a/overlay.mp4", "anna/a/mine.mp4", "anna/overlay.mp4")

    assert places(tmp_path) == ["anna/a/mine.mp4", "anna/overlay.mp4"]


@pytest.mark.parametrize(
    ("pattern", "found"), [("*.mov", ["anna/a.mov"]), ("anna/*", ["anna/a.mov", "anna/b.mp4"]), ("c.*", ["ben/c.dat"])]
)
def test_patterns_choose_by_name_or_place(tmp_path, pattern, found):
    put(tmp_path, "anna/a.mov", "anna/b.mp4", "ben/c.dat")

    assert places(tmp_path, patterns=(pattern,)) == found


def test_a_link_back_to_a_folder_above_is_not_followed_for_ever(tmp_path):
    put(tmp_path, "anna/a.mp4")
    try:
        (tmp_path / "anna" / "again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")

    assert places(tmp_path) == ["anna/a.mp4"]


def test_no_folder_is_told(tmp_path):
    with pytest.raises(BatchError, match="is no folder"):
        find_clips(wishes(tmp_path / "nowhere"))


def test_what_is_done_is_not_done_again(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")
    assert todo(tmp_path) == ["anna/a.mp4", "anna/b.mp4"]
    do_all(tmp_path)

    assert todo(tmp_path) == []
    assert len(work(tmp_path).done) == 2


def test_a_new_time_with_the_same_content_changes_nothing(tmp_path):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)
    os.utime(tmp_path / "anna/a.mp4", ns=(1, 1))

    assert todo(tmp_path) == []


def test_the_content_of_a_known_clip_is_not_read_again(tmp_path, monkeypatch):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)
    read: list[Path] = []
    monkeypatch.setattr(jobs, "_sha256", lambda path: read.append(path) or "0")

    assert todo(tmp_path) == []
    assert read == []


def test_other_content_under_the_same_name_is_done_into_the_same_folder(tmp_path):
    put(tmp_path, "anna/a.mp4")
    before = work(tmp_path).todo[0].folder
    do_all(tmp_path)
    (tmp_path / "anna/a.mp4").write_text("another film", encoding="utf-8")

    assert [job.folder for job in work(tmp_path).todo] == [before]


@pytest.mark.parametrize(
    "more",
    [
        {"options": Options(height_cm=170.0)},
        {"options": Options(model="lite")},
        {"overlay": False},
        {"drawing": Drawing(blur_faces=True)},
        {"force": True},
    ],
)
def test_other_wishes_are_a_reason_to_do_it_again(tmp_path, more):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)

    assert todo(tmp_path, **more) == ["anna/a.mp4"]


def test_another_version_is_a_reason_to_do_it_again(tmp_path, monkeypatch):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)
    monkeypatch.setattr(jobs, "__version__", "99")

    assert todo(tmp_path) == ["anna/a.mp4"]


def test_words_about_one_clip_are_a_reason_for_that_one(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")
    do_all(tmp_path)
    (tmp_path / "anna" / "batch.toml").write_text('[clip."b.mp4"]\nheight_cm = 166\n', encoding="utf-8")

    (job,) = work(tmp_path).todo
    assert (job.source.place.as_posix(), job.options.height_cm) == ("anna/b.mp4", 166)


def test_a_cue_needs_no_new_analysis(tmp_path):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)
    (tmp_path / "anna" / "batch.toml").write_text('[clip."a.mp4"]\ncue = "hips"\n', encoding="utf-8")

    assert todo(tmp_path) == []


def test_clips_of_one_name_get_folders_of_their_own_and_keep_them(tmp_path):
    put(tmp_path, "anna/b.mp4")
    do_all(tmp_path)
    put(tmp_path, "anna/B.mov", "anna/b.avi")
    folders = {job.source.place.name: job.folder.name for job in work(tmp_path).todo}

    assert folders == {"b.avi": "b-2", "B.mov": "B-3"}


def test_clips_that_are_gone_are_still_known(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")
    do_all(tmp_path)
    (tmp_path / "anna/a.mp4").unlink()

    found = work(tmp_path)
    assert [record.clip for record in found.gone.values()] == ["anna/a.mp4"]
    assert found.todo == ()


def test_people_are_called_after_their_folder_unless_named(tmp_path):
    put(tmp_path, "anna/a.mp4", "ben/b.mp4")
    (tmp_path / "ben" / "batch.toml").write_text('name = "Ben Bold"\n', encoding="utf-8")

    assert [job.options.name for job in work(tmp_path).todo] == ["anna", "Ben Bold"]


def test_a_record_that_cannot_be_read_counts_for_nothing(tmp_path):
    put(tmp_path, "anna/a.mp4")
    do_all(tmp_path)
    (job_file,) = (tmp_path / "results").rglob("job.json")
    job_file.write_text("{", encoding="utf-8")

    assert todo(tmp_path) == ["anna/a.mp4"]


def test_jobs_of_one_wish_do_not_share_keys_with_another_clip(tmp_path):
    put(tmp_path, "anna/a.mp4", "anna/b.mp4")
    first, second = work(tmp_path).todo

    assert first.record.key != second.record.key
    assert replace(first, again=True).record == first.record
