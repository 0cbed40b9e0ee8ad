"""What ``batch.toml`` says of a clip, and how near a word has to stand to count."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from analyzer.batch.config import Said, Settings
from analyzer.errors import BatchError
from analyzer.motion.types import Activity
from analyzer.options import Options


def said_of(root: Path, place: str, client: str) -> Said:
    return Settings(root).of(PurePosixPath(place), client)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_nothing_is_said(tmp_path):
    assert said_of(tmp_path, "anna/a.mp4", "anna") == Said()


def test_what_is_nearer_to_the_clip_counts_more(tmp_path):
    everybody = "height_cm = 170\nbox_cm = 20\nmass_kg = 60\nspeed_mps = 3\n"
    write(tmp_path / "batch.toml", everybody + "[client.anna]\nheight_cm = 171\nbox_cm = 21\n")
    write(tmp_path / "anna" / "batch.toml", 'height_cm = 172\n[clip."a.mp4"]\nspeed_mps = 3.5\n')

    anna = said_of(tmp_path, "anna/a.mp4", "anna")

    assert (anna.height_cm, anna.box_cm, anna.mass_kg, anna.speed_mps) == (172, 21, 60, 3.5)
    assert said_of(tmp_path, "ben/a.mp4", "ben").height_cm == 170


@pytest.mark.parametrize("name", ["easy.mp4", "march/easy.mp4"])
def test_a_clip_is_named_with_or_without_its_folders(tmp_path, name):
    write(tmp_path / "anna" / "batch.toml", f'[clip."{name}"]\ncue = "hips"\npain = 2\n')

    assert said_of(tmp_path, "anna/march/easy.mp4", "anna").cue == "hips"
    assert said_of(tmp_path, "anna/march/hard.mp4", "anna").cue is None


def test_the_uppermost_file_may_speak_of_a_clients_clip(tmp_path):
    write(tmp_path / "batch.toml", '[client.anna.clip."easy.mp4"]\ncue = "feet"\n')

    assert said_of(tmp_path, "anna/easy.mp4", "anna").cue == "feet"


def test_what_is_said_becomes_options_and_the_rest_stays(tmp_path):
    write(tmp_path / "batch.toml", 'activity = "step-up"\nsubject = "2"\ncue = "hips"\n')

    options = said_of(tmp_path, "a.mp4", "x").options(Options(height_cm=180.0, model="lite"))

    assert options == Options(activity=Activity.STEP_UP, subject="2", height_cm=180.0, model="lite")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("height_cm = 1.8", "height_cm: Input should be greater than or equal to 80"),
        ("hight_cm = 180", "hight_cm: Extra inputs are not permitted"),
        ('subject = "the tall one"', "tells nobody"),
        ("height_cm = = 3", "is not TOML"),
        ('[clip."a.mp4"]\npain = 11', "clip.a.mp4.pain"),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_files_name(tmp_path, text, told):
    write(tmp_path / "batch.toml", text)

    with pytest.raises(BatchError, match=r"batch\.toml") as caught:
        said_of(tmp_path, "anna/a.mp4", "anna")
    assert told in str(caught.value)
