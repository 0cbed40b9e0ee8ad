from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

import analyzer.numbers as numbers
import analyzer.results as results
import analyzer.swapping as swapping
from analyzer.assessment import Assessment
from analyzer.errors import ClipError, OutputError, StridecheckError, TrackError
from analyzer.pose.track import PoseTrack, load_track
from analyzer.program.calendar import dated
from analyzer.results import write_results
from analyzer.video.probe import probe
from tests.program.test_plan import climbing
from tests.report import samples
from tests.test_folder import files_of_at_most

FILES = {"report.html", "overlay.mp4", "assessment.json", "steps.csv", "pose.npz", "frames"}


@pytest.fixture(scope="module")
def clip_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "front.mp4"
    samples.filmed(samples.front_run(n=20), path)
    return path


@pytest.fixture
def assessment(clip_path: Path, tmp_path: Path) -> Assessment:
    """Of a clip of its own, so that a test may spoil it."""
    own = tmp_path / "clip.mp4"
    shutil.copyfile(clip_path, own)
    made = samples.front_run(own, n=20)
    clip = probe(own)
    info = made.clip.model_copy(update={"sha256": clip.sha256, "nominal_fps": clip.nominal_fps})
    return made.model_copy(update={"clip": info}).with_motion(made.motion)


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_a_folder_with_all_there_is(assessment: Assessment, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deep" / "result"
    shares: dict[str, list[float]] = {}
    found = write_results(assessment, folder, progress=lambda stage, share: shares.setdefault(stage, []).append(share))
    assert found == folder
    assert names(folder) == FILES
    assert names(folder.parent) == {"result"}
    read = Assessment.model_validate_json((folder / "assessment.json").read_text("utf-8"))
    assert read.model_dump() == assessment.model_dump()
    assert load_track(folder / "pose.npz").times_s == pytest.approx(assessment.motion.raw.times_s)
    assert probe(folder / "overlay.mp4").frames == 20
    assert (folder / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert len((folder / "steps.csv").read_text("utf-8").splitlines()) == 1 + len(assessment.steps)
    assert all(given == sorted(given) and given[-1] == 1.0 for given in shares.values())


def test_key_frames_are_pictures_and_stand_in_the_report(assessment: Assessment, tmp_path: Path) -> None:
    folder = write_results(assessment, tmp_path / "result", overlay=False)
    assert names(folder) == FILES - {"overlay.mp4"}
    frames = names(folder / "frames")
    drawn = [m for m in assessment.measurements if m.value is not None and m.metric != "cadence"]
    assert frames == {f"{m.metric}_{m.side.value}.jpg" for m in drawn}
    for name in frames:
        assert cv2.imread(str(folder / "frames" / name)).shape[0] == 800
    assert (folder / "report.html").read_text("utf-8").count("data:image/jpeg;base64,") == len(drawn) == 5


def test_of_several_people_a_picture_tells_who_was_followed(assessment: Assessment, tmp_path: Path) -> None:
    folder = write_results(samples.in_company(assessment), tmp_path / "result", overlay=False)
    assert cv2.imread(str(folder / "frames" / "people.jpg")) is not None
    page = (folder / "report.html").read_text("utf-8")
    assert "1 on the left, in 100 % of the clip" in page
    assert "2 on the right, in 100 % of the clip (followed)" in page
    assert page.count("data:image/jpeg;base64,") == 6


def test_repetitions_get_their_table(tmp_path: Path) -> None:
    made, _ = samples.filmed(samples.step_ups(n=120), tmp_path / "clip.mp4")
    folder = write_results(made, tmp_path / "result", overlay=False)
    assert "reps.csv" in names(folder)
    assert "steps.csv" not in names(folder)


def test_earlier_results_are_replaced_whole(assessment: Assessment, tmp_path: Path) -> None:
    folder = tmp_path / "result"
    write_results(assessment, folder)
    (folder / ".DS_Store").write_bytes(b"finder")
    write_results(
        assessment.model_copy(update={"headline": "Second."}).with_motion(assessment.motion), folder, overlay=False
    )
    assert names(folder) == FILES - {"overlay.mp4"}
    assert json.loads((folder / "assessment.json").read_text("utf-8"))["headline"] == "Second."
    assert names(tmp_path) == {"clip.mp4", "result"}


def test_a_dated_plan_lies_beside_the_report(assessment: Assessment, tmp_path: Path) -> None:
    plan = dated(climbing(), date(2026, 3, 4))
    made = assessment.model_copy(update={"plan": plan})
    folder = write_results(made, tmp_path / "result", overlay=False)
    assert names(folder) == FILES - {"overlay.mp4"} | {"plan.csv", "plan.ics"}
    assert (folder / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "4 March 2026" in (folder / "report.html").read_text("utf-8")
    write_results(assessment, folder, overlay=False)
    assert names(folder) == FILES - {"overlay.mp4"}


def test_an_empty_folder_is_used(assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "result").mkdir()
    write_results(assessment, tmp_path / "result", overlay=False)
    assert "report.html" in names(tmp_path / "result")


def spoil_with_note(folder: Path) -> None:
    (folder / "notes.txt").write_text("my own")


def spoil_with_foreign_json(folder: Path) -> None:
    (folder / "assessment.json").write_text('{"shopping": ["milk"]}')


def spoil_with_broken_json(folder: Path) -> None:
    (folder / "assessment.json").write_text("{")


def spoil_by_taking_the_json_away(folder: Path) -> None:
    (folder / "report.html").write_text("somebody's report")


@pytest.mark.parametrize(
    "spoil", [spoil_with_note, spoil_with_foreign_json, spoil_with_broken_json, spoil_by_taking_the_json_away]
)
def test_a_folder_with_other_things_is_left_alone(
    assessment: Assessment, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    spoil(folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError, match="left as it is"):
        write_results(assessment, folder, overlay=False)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert names(tmp_path) == {"clip.mp4", "mine"}


def test_earlier_results_with_a_note_beside_them_are_left_alone(assessment: Assessment, tmp_path: Path) -> None:
    folder = write_results(assessment, tmp_path / "result", overlay=False)
    spoil_with_note(folder)
    with pytest.raises(OutputError, match=r"notes\.txt"):
        write_results(assessment, folder, overlay=False)
    assert (folder / "notes.txt").read_text() == "my own"


def test_a_file_in_the_way_is_said(assessment: Assessment, tmp_path: Path) -> None:
    (tmp_path / "result").write_text("a file")
    with pytest.raises(OutputError, match="is a file"):
        write_results(assessment, tmp_path / "result", overlay=False)
    with pytest.raises(OutputError):
        write_results(assessment, tmp_path / "result" / "deeper", overlay=False)
    assert (tmp_path / "result").read_text() == "a file"


def no_space(*args: object, **more: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*args: object, **more: object) -> None:
    raise KeyboardInterrupt


def writer_gives_up(assessment: object, clip: object, path: Path, *_: object) -> None:
    path.write_bytes(b"half a film")
    raise OutputError(f"{path} cannot be written (No space left on device); choose a folder with free space.")


FAULTS = [
    pytest.param(results, "render_overlay", writer_gives_up, OutputError, id="overlay"),
    pytest.param(results, "key_frame", no_space, OutputError, id="key frame"),
    pytest.param(numbers, "render_report", no_space, OutputError, id="report"),
    pytest.param(numbers, "event_table", interrupted, KeyboardInterrupt, id="interrupted"),
    pytest.param(PoseTrack, "save", no_space, OutputError, id="track"),
]


@pytest.mark.parametrize(("where", "name", "fault", "expected"), FAULTS)
def test_whatever_goes_wrong_nothing_is_left(
    assessment: Assessment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    fault: Callable[..., None],
    expected: type[BaseException],
) -> None:
    monkeypatch.setattr(where, name, fault)
    with pytest.raises(expected) as caught:
        write_results(assessment, tmp_path / "new" / "result")
    assert names(tmp_path) == {"clip.mp4"}
    if isinstance(caught.value, StridecheckError):
        assert ".part" not in str(caught.value)
        assert "result" in str(caught.value)
        assert "space" in str(caught.value)


@pytest.mark.parametrize(("where", "name", "fault", "expected"), FAULTS)
def test_whatever_goes_wrong_earlier_results_stay(
    assessment: Assessment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    fault: Callable[..., None],
    expected: type[BaseException],
) -> None:
    folder = write_results(assessment, tmp_path / "result", overlay=False)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(where, name, fault)
    with pytest.raises(expected):
        write_results(assessment, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert names(tmp_path) == {"clip.mp4", "result"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("size", [0, 30_000])
def test_a_disk_that_fills_up_leaves_earlier_results(assessment: Assessment, tmp_path: Path, size: int) -> None:
    folder = write_results(assessment, tmp_path / "result", overlay=False)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with files_of_at_most(size), pytest.raises(OutputError, match="cannot be written"):
        write_results(assessment, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert names(tmp_path) == {"clip.mp4", "result"}


def test_earlier_results_come_back_if_the_last_move_fails(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_results(assessment, tmp_path / "result", overlay=False)
    before = names(folder)
    rename = Path.rename
    monkeypatch.setattr(swapping, "_exchanged", lambda *places: False)

    def fail_to_put_in_place(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_to_put_in_place)
    with pytest.raises(OutputError, match="cannot be written"):
        write_results(assessment, folder, overlay=False)
    assert names(folder) == before
    assert names(tmp_path) == {"clip.mp4", "result"}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root and Windows may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(assessment: Assessment, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="may write to"):
        write_results(assessment, locked / "result", overlay=False)
    locked.chmod(0o700)
    assert names(locked) == set()


def test_a_clip_that_is_gone_or_changed_is_said_before_anything_is_written(
    assessment: Assessment, tmp_path: Path
) -> None:
    clip = Path(assessment.clip.path)
    clip.write_bytes(clip.read_bytes() + b"\0" * 16)
    with pytest.raises(ClipError, match="changed"):
        write_results(assessment, tmp_path / "result", overlay=False)
    clip.unlink()
    with pytest.raises(ClipError, match="does not exist"):
        write_results(assessment, tmp_path / "result", overlay=False)
    assert names(tmp_path) == set()


def test_an_assessment_from_a_file_has_no_track_to_write(assessment: Assessment, tmp_path: Path) -> None:
    read = Assessment.model_validate_json(assessment.to_json())
    with pytest.raises(TrackError):
        write_results(read, tmp_path / "result")
    assert names(tmp_path) == {"clip.mp4"}


def test_slow_motion_keeps_its_clock(tmp_path: Path) -> None:
    made, clip = samples.filmed(samples.front_run(n=80, rate_hz=120.0), tmp_path / "slow.mp4", 4.0)
    folder = write_results(made, tmp_path / "result")
    assert probe(folder / "overlay.mp4").duration_s == pytest.approx(clip.duration_s, rel=0.02)
    assert np.isfinite(load_track(folder / "pose.npz").points_px).all()


def test_the_method_writes_the_same(assessment: Assessment, tmp_path: Path) -> None:
    assert names(assessment.write(str(tmp_path / "result"), overlay=False)) == FILES - {"overlay.mp4"}
