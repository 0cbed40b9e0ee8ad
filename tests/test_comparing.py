"""From what a coach names to pages on disk, and through the commands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.assessment import Assessment, Verdict
from analyzer.cli import app
from analyzer.compare.types import Decision, Role
from analyzer.comparing import Wishes, compare_places, read_place, show_history
from analyzer.errors import ClipError, CompareError, OutputError
from analyzer.pipeline import Options
from tests.compare.clips import around, clip_of, values

TODAY = date(2026, 3, 1)


def result(folder: Path, drop: float, mark: str) -> Path:
    folder.mkdir(parents=True)
    made: Assessment = clip_of(values("pelvic_drop", around(drop), verdict=Verdict.FAIL), mark=mark)
    (folder / "assessment.json").write_text(made.to_json(), encoding="utf-8")
    return folder


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, ...]:
    return (
        result(tmp_path / "run1", 12.0, "a"), result(tmp_path / "glutes", 6.0, "b"),
        result(tmp_path / "curl", 12.0, "c")
    )  # fmt: skip


def wishes(tmp_path: Path, *places: Path, **more: object) -> Wishes:
    return Wishes(places=places, out=tmp_path / "out", options=Options(), today=TODAY, **more)  # type: ignore[arg-type]


def test_names_of_folders_tell_the_cues(tmp_path: Path, places: tuple[Path, ...]) -> None:
    found, page = compare_places(wishes(tmp_path, *places))
    assert found.decision is Decision.HIPS
    assert [pair.clip.role for pair in found.pairs] == [Role.HIPS, Role.FEET]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads((page.parent / "compare.json").read_text(encoding="utf-8"))["decision"] == "hips"
    assert {entry.name for entry in page.parent.iterdir()} == {"compare.html", "compare.json"}


def test_labels_win_over_names_and_files_may_be_named_themselves(tmp_path: Path, places: tuple[Path, ...]) -> None:
    files = [place / "assessment.json" for place in places]
    found, _ = compare_places(wishes(tmp_path, *files, labels=("feet", "hips"), pain={"baseline": 5, "feet": 1}))
    assert found.decision is Decision.FEET
    assert found.pairs[0].clip.pain == 1


def test_a_file_beside_says_what_the_clips_are(tmp_path: Path, places: tuple[Path, ...]) -> None:
    (tmp_path / "trial.toml").write_text(
        'distance_km = 10.0\n[[clip]]\nfile = "run1"\npain = 6\nshoes = "old"\n'
        '[[clip]]\nfile = "glutes"\nlabel = "toes"\npain = 2\n',
        encoding="utf-8",
    )
    for named in (places[:2], (tmp_path / "trial.toml",)):
        found, _ = compare_places(wishes(tmp_path, *named))
        assert found.baseline.pain == 6
        assert found.baseline.shoes == "old"
        assert found.pairs[0].clip.role is Role.FEET
        assert found.decision is Decision.FEET


@pytest.mark.parametrize("pdf", [True, False])
def test_pages_are_printed_only_if_asked_for(
    tmp_path: Path, places: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch, pdf: bool
) -> None:
    printed: list[Path] = []
    monkeypatch.setattr("analyzer.report.pdf.print_pdf", lambda page, target: printed.append(target))
    wish = ["--pdf"] if pdf else []
    assert run("compare", places[0], places[1], "--out", tmp_path / "out", *wish)[0] == 0
    assert run("history", tmp_path, *wish)[0] == 0
    assert printed == ([tmp_path / "out" / "compare.pdf", tmp_path / "progress.pdf"] if pdf else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [("[[clip]]\nfle = 1", "clip.0"), ("clip = ", "not TOML"), ('[[clip]]\nfile = "run1"\npain = 11', "pain")],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, places: tuple[Path, ...], text: str, said: str) -> None:
    (tmp_path / "trial.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CompareError, match=said):
        compare_places(wishes(tmp_path, *places))


def test_pain_of_a_clip_that_is_not_there_is_refused(tmp_path: Path, places: tuple[Path, ...]) -> None:
    with pytest.raises(CompareError, match=r"No clip is called hip;.*baseline, glutes, curl"):
        compare_places(wishes(tmp_path, *places, pain={"hip": 3}))


def test_places_that_hold_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    for place, said in (("empty", "holds no assessment"), ("x.json", "analyse the clip again"), ("y.json", "read")):
        with pytest.raises(CompareError, match=said):
            read_place(tmp_path / place, tmp_path / "r", wishes(tmp_path))
    with pytest.raises(ClipError, match="does not exist"):
        read_place(tmp_path / "no.mp4", tmp_path / "r", wishes(tmp_path))


def test_a_clip_is_analysed_first(tmp_path: Path, places: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    made = clip_of(values("pelvic_drop", around(5.0)), mark="d")
    written: list[Path] = []
    monkeypatch.setattr("analyzer.pipeline.analyze", lambda path, options, progress: made)
    monkeypatch.setattr("analyzer.results.write_results", lambda assessment, folder, **_: written.append(folder))
    found, _ = compare_places(wishes(tmp_path, places[0], tmp_path / "after.mp4"))
    assert found.pairs[0].clip.role is Role.AFTER
    assert written == [tmp_path / "out" / "2-after"]


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path, places: tuple[Path, ...]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        compare_places(wishes(tmp_path, *places))


def test_history_is_written_into_the_clients_folder(tmp_path: Path, places: tuple[Path, ...]) -> None:
    found, page = show_history(tmp_path, TODAY)
    assert page == tmp_path / "progress.html"
    assert len(found.chapters[0].rows) == 3
    again, _ = show_history(tmp_path, TODAY)
    assert again == found


def run(*arguments: object) -> tuple[int, str]:
    outcome = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return outcome.exit_code, outcome.stdout


def test_the_commands(tmp_path: Path, places: tuple[Path, ...]) -> None:
    first, hips, feet = places
    code, said = run("compare", first, "--cue", f"hips={hips}", "--cue", f"feet={feet}", "--pain", "hips=2",
                     "--pain", "baseline=5", "--out", tmp_path / "out")  # fmt: skip
    assert code == 0
    assert said.startswith("The hips:")
    assert "pain went from 5 to 2 of 10" in said
    code, said = run("compare", first, hips, "--label", "hips", "--json", "--out", tmp_path / "out")
    assert (code, json.loads(said)["decision"]) == (0, "hips")
    code, said = run("history", tmp_path, "--today", "2026-03-01")
    assert code == 0
    assert "progress.html" in said


@pytest.mark.parametrize(
    "wrong", [("--pain", "hips"), ("--pain", "hips=11"), ("--pain", "hips=much"), ("--cue", "=x"),
              ("--label", "a", "--label", "b", "--label", "c")],
)  # fmt: skip
def test_options_that_do_not_fit_are_bad_usage(places: tuple[Path, ...], wrong: tuple[str, ...]) -> None:
    assert run("compare", *places, *wrong)[0] == 2


def test_one_clip_alone_and_an_empty_folder_are_bad_usage(tmp_path: Path, places: tuple[Path, ...]) -> None:
    (tmp_path / "nobody").mkdir()
    assert run("compare", places[0], "--out", tmp_path / "out")[0] == 2
    assert run("history", tmp_path / "nobody")[0] == 2
