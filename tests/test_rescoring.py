"""A result folder scored again: the same where nothing was changed, and different in what was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analyzer.assessment import Assessment, Intake, RedFlag
from analyzer.basis import Basis
from analyzer.criteria.own import with_own_limits
from analyzer.criteria.tables import load_criteria
from analyzer.errors import ClipError, OutputError, TrackError
from analyzer.folder import ASSESSMENT, BASIS, FRAMES, JOB, OVERLAY, PEOPLE, REPORT, TRACK, written_whole
from analyzer.folder import CALENDAR as CALENDAR_FILE
from analyzer.motion.types import View
from analyzer.numbers import picture_name, write_numbers
from analyzer.options import Calendar, Options
from analyzer.pose.models import ModelFile
from analyzer.pose.person import Glimpse, Person
from analyzer.pose.subject import Look, Survey
from analyzer.rescoring import Amendment, rescore
from analyzer.scoring import score
from analyzer.video.clip import Clip, Notice
from analyzer.video.filming import see_filming
from analyzer.video.scenetrack import CELLS, SceneTrack
from tests.motion.figures import Runner, filmed, run

CALENDAR = Calendar(date(2026, 3, 2), frozenset({0, 2, 5}))


def person(number: int, x_px: float) -> Person:
    at = np.array([x_px, 300.0])
    glimpses = [
        Glimpse(
            0.1 * k, at, at - [0.0, 150.0], np.array([x_px - 50, 150, x_px + 50, 450]), np.zeros((2, 2)), np.zeros(3)
        )
        for k in range(5)
    ]
    return Person.of(number, glimpses)


def basis(**said: object) -> Basis:
    """Of a runner seen from the front by a phone that is shaken a little."""
    track = filmed(run(Runner(cadence=170.0, duration_s=3.0)), View.FRONT).rounded()
    n, (width, height) = len(track), track.size_px
    drift = np.full(n, 0.01)
    scene = SceneTrack(
        np.full(n, 0.4), np.full(n, np.nan), drift, -drift, 0.0 * drift, 1.0 + 0.0 * drift,
        np.full((n, CELLS, CELLS), 0.4) + np.linspace(0.0, 0.3, CELLS), (width, height),
    )  # fmt: skip
    survey = Survey((person(1, 200.0), person(2, 500.0)), 5, (width, height))
    clip = Clip(
        Path("/nowhere/clip.mp4"), "ab" * 32, width, height, track.times_s, track.rate_hz, track.rate_hz, 0, "h264",
        has_audio=False, notices=(Notice("vfr", "Odd.", "Film again."),),
    )  # fmt: skip
    options = replace(Options(height_cm=175.0, name="Ann"), **said)  # type: ignore[arg-type]
    look = Look(2, 0.4, 420.0, survey, 1)
    return Basis(clip, ModelFile(Path("x.task"), "full", "0" * 64), track, look, see_filming(scene, track.times_s),
                 options, CALENDAR)  # fmt: skip


def written(folder: Path, **said: object) -> Assessment:
    """A result folder with pictures, a people picture and an overlay that nobody has to draw."""
    assessment = score(basis(**said))
    assessment = assessment.model_copy(update={"created": "2026-03-01T10:00:00+00:00"})
    with written_whole(folder) as part:
        (part / FRAMES).mkdir()
        pictures = {(m.metric, m.side): b"picture" for m in assessment.measurements if m.value is not None}
        for measurement in assessment.measurements:
            if measurement.value is not None:
                (part / FRAMES / picture_name(measurement)).write_bytes(b"picture")
        (part / FRAMES / PEOPLE).write_bytes(b"people")
        (part / OVERLAY).write_bytes(b"overlay")
        (part / JOB).write_text("{}", encoding="utf-8")
        write_numbers(assessment, pictures, b"people", part)
    return assessment


def content(folder: Path) -> dict[str, bytes]:
    """Every file but the arrays, whose archives hold the time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".npz"
    }


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assessment, Path]:
    folder = tmp_path_factory.mktemp("results") / "clip"
    return written(folder), folder


@pytest.fixture
def folder(original: tuple[Assessment, Path], tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(original[1], tmp_path / "clip"))


def test_nothing_changes_where_nothing_is_changed(original, folder):
    before = content(folder)

    done = rescore(folder, Amendment())

    assert done.left_out == 0
    assert done.assessment.model_dump() == original[0].model_dump()
    assert content(folder) == before


def test_twice_is_like_once(original, folder):
    rescore(folder, Amendment(height_cm=190.0))
    rescore(folder, Amendment(height_cm=175.0))

    assert rescore(folder, Amendment()).assessment.model_dump() == original[0].model_dump()


def test_all_that_was_said_counts_again(tmp_path):
    criteria = with_own_limits(load_criteria(), {"knee_valgus": {"running": {"pass_high": 3.0}}}, "my.toml")
    flag = RedFlag(name="rest", said="It hurts at rest.", advice="See somebody.")
    said = {
        "criteria": criteria, "intake": Intake(flags=(flag,), unanswered=1), "view": View.BACK, "mass_kg": 61.0,
        "speed_mps": 3.1, "captured_fps": 60.0,
    }  # fmt: skip
    before = written(tmp_path / "clip", **said)

    assert rescore(tmp_path / "clip", Amendment()).assessment.model_dump() == before.model_dump()


def test_the_coachs_own_limits_are_kept_for_the_next_time(folder):
    criteria = with_own_limits(load_criteria(), {"knee_valgus": {"running": {"pass_high": 3.0}}}, "my.toml")

    first = rescore(folder, Amendment(criteria=criteria)).assessment
    again = rescore(folder, Amendment(name="Bea")).assessment

    assert first.own_limits is not None
    assert again.own_limits == first.own_limits
    assert again.of("knee_valgus", "left").limits == first.of("knee_valgus", "left").limits
    assert again.subject.name == "Bea"


def test_another_height_makes_lengths_longer_and_leaves_angles(original, folder):
    taller = rescore(folder, Amendment(height_cm=193.0)).assessment

    was, now = (a.of("vertical_oscillation", "left").value for a in (original[0], taller))
    assert now == pytest.approx(was * 193.0 / 175.0)
    assert taller.of("knee_valgus", "left").value == original[0].of("knee_valgus", "left").value
    assert taller.subject.height_cm == 193.0
    assert taller.created == original[0].created


def test_pictures_of_what_has_changed_are_left_out_and_the_others_kept(original, folder):
    done = rescore(folder, Amendment(height_cm=193.0))

    kept = {path.name for path in (folder / FRAMES).iterdir()}
    same = [m for m in done.assessment.measurements if m.value is not None and m in original[0].measurements]
    assert kept == {picture_name(m) for m in same} | {PEOPLE}
    assert same
    assert not (folder / OVERLAY).exists()
    changed = sum(m.value is not None for m in original[0].measurements) - len(same)
    assert done.left_out == changed + 1
    assert "overlay.mp4" not in (folder / REPORT).read_text("utf-8")


def test_what_a_batch_knows_of_the_clip_stays(folder):
    rescore(folder, Amendment(height_cm=193.0))

    assert (folder / JOB).read_text("utf-8") == "{}"


def test_the_plan_moves_with_its_first_day(original, folder):
    moved = rescore(folder, Amendment(start=date(2026, 4, 6))).assessment.plan

    assert moved.start == date(2026, 4, 6)
    assert {session.day.weekday() for session in moved.sessions} <= CALENDAR.days
    assert len(moved.sessions) == len(original[0].plan.sessions)


def test_the_files_of_a_plan_are_kept_as_they_are_unless_it_changes(folder):
    (folder / CALENDAR_FILE).write_bytes(b"taken in already")

    rescore(folder, Amendment(name="Bea"))
    assert (folder / CALENDAR_FILE).read_bytes() == b"taken in already"
    rescore(folder, Amendment(start=date(2026, 4, 6)))
    assert b"BEGIN:VCALENDAR" in (folder / CALENDAR_FILE).read_bytes()


def test_what_draws_and_reads_videos_is_not_loaded():
    script = "import sys, analyzer.rescoring; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    slow = {"ai_edge_litert", "av", "cv2", "icalendar", "matplotlib", "mediapipe", "PIL", "scipy"}
    assert not slow.intersection(run.stdout.split())


@pytest.mark.parametrize("missing", [ASSESSMENT, BASIS, TRACK])
def test_a_folder_that_lacks_something_is_refused_and_left_alone(folder, missing):
    (folder / missing).unlink()
    before = content(folder)

    with pytest.raises((TrackError, OutputError)):
        rescore(folder, Amendment(height_cm=193.0))
    assert content(folder) == before


@pytest.mark.parametrize("spoilt", [b"", b"no archive", b"PK\x03\x04 half an archive"])
def test_a_damaged_file_is_told(folder, spoilt):
    (folder / BASIS).write_bytes(spoilt)

    with pytest.raises(TrackError, match="analyse the clip again"):
        rescore(folder, Amendment())


def test_a_file_of_another_version_is_told(folder, monkeypatch):
    monkeypatch.setattr("analyzer.basis.VERSION", 99)

    with pytest.raises(TrackError, match="another version"):
        rescore(folder, Amendment())


def test_to_draw_again_the_clip_has_to_be_there(folder):
    before = content(folder)
    with pytest.raises(ClipError, match="does not exist"):
        rescore(folder, Amendment(), redraw=True)
    assert content(folder) == before
