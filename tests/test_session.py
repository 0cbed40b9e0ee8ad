"""Several clips in a row: where results go, what is printed, and that one bad clip does not stop the rest."""

import io
import json
import sys
import types
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from analyzer import pipeline
from analyzer.assessment import (
    Assessment,
    CameraInfo,
    ClipInfo,
    MeasurementInfo,
    ModelInfo,
    Plan,
    Quality,
    Subject,
    TestInfo,
    TestVerdict,
    Verdict,
)
from analyzer.console import Loudness
from analyzer.errors import ClipError, ModelError, NothingMeasured
from analyzer.motion.types import Activity, View
from analyzer.pipeline import Options
from analyzer.pose.landmarks import Side
from analyzer.session import Session, analyze_clips, result_folders
from analyzer.summary import summary
from tests.program.test_plan import climbing


def knee_valgus(verdict: Verdict) -> MeasurementInfo:
    return MeasurementInfo(
        metric="knee_valgus", title="Knee valgus", side=Side.LEFT, value=14.0, unit="deg", uncertainty=3.0, n=10,
        per_event=(), evidence_s=1.0, verdict=verdict, reason="", sentence="", limits=None,
    )  # fmt: skip


def assessment(path: Path, verdict: Verdict = Verdict.FAIL) -> Assessment:
    return Assessment(
        created="2026-01-01T00:00:00+00:00",
        stridecheck_version="0",
        headline="Not yet: the left knee caves in.",
        clip=ClipInfo(
            path=str(path), sha256="0" * 64, width=720, height=1280, duration_s=10.0, frames=300, nominal_fps=30.0,
            capture_fps=30.0, slow_motion_factor=1.0, rotation_deg=0, codec="h264",
        ),
        subject=Subject(),
        camera=CameraInfo(view=View.FRONT, yaw_deg=None, roll_deg=None, confidence=1.0),
        activity=Activity.STEP_UP,
        quality=Quality(grade="good", tracked_fraction=1.0, repaired_fraction=0.0, warnings=()),
        steps=(),
        reps=(),
        measurements=(knee_valgus(verdict),),
        tests=(
            TestInfo(
                name="step_up_test", title="Step-up test", verdict=TestVerdict.NOT_YET,
                sides={"left": TestVerdict.NOT_YET, "right": TestVerdict.PASS}, reasons=("Left: 2 of 10 missed.",),
            ),
        ),
        plan=Plan(),
        model=ModelInfo(name="full", sha256="0" * 64),
    )  # fmt: skip


@pytest.fixture
def analysed(monkeypatch):
    """Stands in for pipeline and results: a clip's name says what becomes of it; returns what was written where."""
    written = {}

    def analyze(path, options, progress):
        problem = {
            "bad": ClipError("it is not a video; film again."),
            "nobody": NothingMeasured("nobody is in it; film a person."),
            "model": ModelError("no model."),
            "fault": ZeroDivisionError("division by zero"),
            "stop": KeyboardInterrupt(),
        }.get(path.stem)
        if problem is not None:
            raise problem
        progress("Measuring", 1.0)
        return assessment(path)

    def write_results(result, folder, *, overlay, progress, drawing):
        written[folder] = (Path(result.clip.path), overlay)

    monkeypatch.setattr(pipeline, "analyze", analyze)
    monkeypatch.setitem(sys.modules, "analyzer.results", types.SimpleNamespace(write_results=write_results))
    return written


def run(names: list[str], **wishes) -> tuple[int, str]:
    """Exit status and what was told to the user."""
    told = io.StringIO()
    session = Session(Options, Path("out"), **wishes)
    status = analyze_clips([Path(name) for name in names], session, Console(file=told, soft_wrap=True))
    return status, told.getvalue()


def test_the_plan_begins_on_the_day_that_was_asked_for(analysed, capsys, monkeypatch):
    made = assessment(Path("a.mp4")).model_copy(update={"plan": climbing()})
    monkeypatch.setattr(pipeline, "analyze", lambda path, options, progress: made)

    run(["a.mp4"], start=date(2026, 3, 4), days=frozenset({0, 2, 4}), phase=2, as_json=True)

    plan = json.loads(capsys.readouterr().out)["plan"]
    assert plan["start"] == "2026-03-04"
    assert {date.fromisoformat(entry["day"]).weekday() for entry in plan["sessions"]} <= {0, 2, 4}
    assert plan["phases"][0]["number"] == 2


def test_without_a_day_the_plan_begins_today(analysed, capsys, monkeypatch):
    made = assessment(Path("a.mp4")).model_copy(update={"plan": climbing()})
    monkeypatch.setattr(pipeline, "analyze", lambda path, options, progress: made)

    before = date.today()
    run(["a.mp4"], as_json=True)

    assert before <= date.fromisoformat(json.loads(capsys.readouterr().out)["plan"]["start"]) <= date.today()


def test_each_clip_gets_its_folder_and_summary(analysed, capsys):
    status, _ = run(["a.mp4", "b.mov"], overlay=False)

    assert status == 0
    assert analysed == {Path("out/a"): (Path("a.mp4"), False), Path("out/b"): (Path("b.mov"), False)}
    printed = capsys.readouterr().out
    assert printed.count("Not yet: the left knee caves in.") == 2
    assert str(Path("out/b/report.html")) in printed


@pytest.mark.parametrize("pdf", [True, False])
def test_the_report_is_printed_only_if_asked_for_and_what_hinders_it_is_said(analysed, capsys, monkeypatch, pdf):
    pages = []

    def print_pdf(page, target):
        pages.append((page, target))
        return "No PDF was made: [print] it yourself."

    monkeypatch.setattr("analyzer.report.pdf.print_pdf", print_pdf)
    status, told = run(["a.mp4"], pdf=pdf)

    assert status == 0
    assert pages == ([(Path("out/a/report.html"), Path("out/a/report.pdf"))] if pdf else [])
    assert ("No PDF was made: [print] it yourself." in told) is pdf
    assert "Not yet: the left knee caves in." in capsys.readouterr().out


def test_json_of_one_clip_is_an_object_and_nothing_else(analysed, capsys):
    run(["a.mp4"], as_json=True)

    assert json.loads(capsys.readouterr().out)["clip"]["path"] == "a.mp4"


def test_json_of_several_clips_is_an_array_of_those_analysed(analysed, capsys):
    status, told = run(["a.mp4", "bad.mp4", "c.mp4"], as_json=True)

    assert [one["clip"]["path"] for one in json.loads(capsys.readouterr().out)] == ["a.mp4", "c.mp4"]
    assert status == 2
    assert "bad.mp4: it is not a video; film again." in told


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["a.mp4"], 0),
        (["nobody.mp4", "a.mp4"], 1),
        (["bad.mp4", "nobody.mp4", "a.mp4"], 2),
        (["fault.mp4", "bad.mp4", "a.mp4"], 70),
    ],
)
def test_the_gravest_failure_is_the_exit_status_and_the_rest_is_done(analysed, names, status):
    assert run(names)[0] == status
    assert Path("out/a") in analysed


def test_without_a_model_no_further_clip_is_tried(analysed):
    status, told = run(["model.mp4", "model.mp4", "a.mp4"])

    assert status == 2
    assert told.count("no model.") == 1
    assert analysed == {}


def test_an_unexpected_error_asks_for_a_report_and_shows_the_place_only_if_asked(analysed):
    _, told = run(["fault.mp4"])
    _, told_more = run(["fault.mp4"], debug=True)

    assert "report it" in told
    assert "Traceback" not in told
    assert "Traceback" in told_more
    assert "ZeroDivisionError" in told_more


def test_ctrl_c_stops_at_once(analysed):
    with pytest.raises(SystemExit) as caught:
        run(["stop.mp4", "a.mp4"])

    assert caught.value.code == 130
    assert analysed == {}


def test_summary_names_tests_misses_and_report():
    lines = summary(assessment(Path("clips/run.mp4")), Path("out/run"))

    assert lines[0] == "run.mp4: Not yet: the left knee caves in."
    place = lines.index("  Step-up test: not yet (left not yet, right passed)")
    assert lines[place + 1] == "    Left: 2 of 10 missed."
    (miss,) = (line for line in lines if "Worth working on" in line)
    for part in ("Knee valgus, left", "14", "±", "3", "°"):
        assert part in miss
    assert str(Path("out/run/report.html")) in lines[-1]


def test_summary_leaves_out_what_is_on_target():
    lines = summary(assessment(Path("run.mp4"), Verdict.PASS), Path("out"))

    assert not [line for line in lines if "Worth working on" in line]


@given(st.lists(st.sampled_from(["a", "A", "a-2", "b", "...", "..", "run 1", "run 1."]), min_size=1, max_size=8))
def test_result_folders_are_distinct_and_stay_inside(stems):
    out = Path("results")
    folders = result_folders([Path(f"clips/{stem}.mp4") for stem in stems], out)

    assert len({folder.name.casefold() for folder in folders}) == len(stems)
    assert all(folder.parent == out and folder.name.strip(". ") for folder in folders)


def test_a_folder_is_named_after_its_clip():
    folders = result_folders([Path("x/run.mp4"), Path("y/run.mov"), Path("y/other.mp4")], Path("out"))

    assert folders == [Path("out/run"), Path("out/run-2"), Path("out/other")]


def test_several_clips_end_in_a_table(analysed, capsys):
    long = "[red]a clip whose name goes on and on, beyond every line that a terminal ever had.mp4"
    run(["a.mp4", "bad.mp4", long])

    head, rule, first, second, third = [line for line in capsys.readouterr().out.split("\n") if line.strip()][-5:]
    assert head.split() == ["clip", "movement", "verdict", "first", "to", "work", "on", "folder"]
    assert set(rule.strip()) == {"─"}
    assert "not yet" in first
    assert "Knee valgus, left 14° ± 3°" in first
    assert str(Path("out/a")) in first
    assert second.split() == ["bad.mp4", "not", "analysed"]
    assert long in third
    assert "\x1b" not in head + first


def test_one_clip_needs_no_table(analysed, capsys):
    run(["a.mp4"])

    assert "first to work on" not in capsys.readouterr().out


def test_quiet_tells_only_what_goes_wrong(analysed, capsys):
    _, told = run(["a.mp4", "b.mp4"], loudness=Loudness.QUIET)
    assert (told, capsys.readouterr().out) == ("", "")
    _, told = run(["bad.mp4"], loudness=Loudness.QUIET)
    assert told.strip() == "bad.mp4: it is not a video; film again."


def test_quiet_tells_why_the_exit_status_is_not_0(analysed, capsys, monkeypatch):
    nothing = assessment(Path("a.mp4")).model_copy(update={"measurements": (), "headline": "Nothing was measured."})
    monkeypatch.setattr(pipeline, "analyze", lambda path, options, progress: nothing)

    status, told = run(["a.mp4"], loudness=Loudness.QUIET)
    assert (status, told, capsys.readouterr().out) == (1, "a.mp4: Nothing was measured.\n", "")


def test_quiet_still_prints_json(analysed, capsys):
    run(["a.mp4"], loudness=Loudness.QUIET, as_json=True)

    assert json.loads(capsys.readouterr().out)["clip"]["path"] == "a.mp4"


def test_verbose_tells_what_was_written(analysed, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out" / "a").mkdir(parents=True)
    (tmp_path / "out" / "a" / "report.html").touch()
    (tmp_path / "out" / "a" / "assessment.json").write_text('{"schema_version": 1, "stridecheck_version": "0"}')
    _, told = run(["a.mp4"], loudness=Loudness.VERBOSE)

    assert f"wrote {Path('out/a/report.html')}" in told
