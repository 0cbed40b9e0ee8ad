"""The ladder: rungs in order, the first that is not passed, and what running shows, told apart from each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.assessment import Assessment, Intake, RedFlag, TestInfo, TestVerdict, Verdict
from analyzer.cli import app
from analyzer.compare.history import Dated, DateSource
from analyzer.compare.ladder import Ladder, ladder_of
from analyzer.compare.ladder_table import load_ladder
from analyzer.exercises.tables import load_exercises
from analyzer.motion.types import Activity
from analyzer.pose.landmarks import Side
from analyzer.report.ladder_page import ladder_summary, render_ladder
from tests.report import samples

TODAY = date(2026, 3, 1)
SAY = load_ladder().words
RUNNING, STEP_UPS = samples.front_run(), samples.step_ups()


def clip(
    base: Assessment, activity: Activity, verdict: TestVerdict, *, knees: Verdict = Verdict.PASS, day: int = 1,
    folder: str = "", name: str | None = None,
) -> Dated:  # fmt: skip
    """An assessment whose test came out so, and whose every knee angle did as well."""
    test = TestInfo(name="exercise_form", title="Form", verdict=verdict, sides={}, reasons=())
    measurements = tuple(
        m.model_copy(update={"verdict": knees if m.metric == "knee_valgus" else Verdict.INFO})
        for m in base.measurements
    )
    subject = base.subject.model_copy(update={"name": name})
    assessment = base.model_copy(
        update={"activity": activity, "tests": (test,), "measurements": measurements, "subject": subject}
    )
    return Dated(date(2026, 2, day), DateSource.ANALYSIS, assessment, Path(folder or activity.value))


def told(ladder: Ladder) -> dict[str, TestVerdict | None]:
    return {rung.name: rung.verdict for rung in ladder.rungs}


def test_rungs_go_from_balance_to_running_and_hold_every_exercise_once() -> None:
    assert [rung.name for rung in load_ladder().rung] == [
        "balance", "deadlift", "step_up", "lunge", "jump", "running",
    ]  # fmt: skip
    standing = [activity for rung in load_ladder().rung for activity in rung.activities]
    assert len(standing) == len(set(standing))
    drills = {
        Activity.HIGH_KNEES, Activity.OVERHEAD_KNEES, Activity.HAMSTRING_BRIDGE, Activity.WALL_CALF_STRIDE,
        Activity.DOOR_FRAME,
    }  # fmt: skip
    assert set(standing) == (set(load_exercises().exercise) | {Activity.RUNNING}) - drills


def test_the_first_rung_that_fails_is_the_lowest_one() -> None:
    clips = [
        clip(RUNNING, Activity.RUNNING, TestVerdict.NOT_YET),
        clip(STEP_UPS, Activity.LUNGE, TestVerdict.NOT_YET),
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.PASS),
        clip(STEP_UPS, Activity.RDL, TestVerdict.PASS),
        clip(STEP_UPS, Activity.BALANCE, TestVerdict.PASS),
    ]
    ladder = ladder_of(clips, TODAY)
    assert ladder.first == "lunge"
    assert ladder.headline == SAY.first.format(rung="lunge")
    assert told(ladder)["jump"] is None
    assert ladder == ladder_of(clips[::-1], TODAY)


def test_what_was_not_filmed_below_the_first_failing_rung_is_named() -> None:
    ladder = ladder_of([clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET)], TODAY)
    assert ladder.first == "step_up"
    assert ladder.headline == SAY.first_open.format(rung="step-up", open="balance on one leg, deadlift and squat")


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((TestVerdict.PASS, TestVerdict.NOT_YET), TestVerdict.NOT_YET),
        ((TestVerdict.PASS, TestVerdict.CANNOT_TELL), TestVerdict.PASS),
        ((TestVerdict.CANNOT_TELL, TestVerdict.CANNOT_TELL), TestVerdict.CANNOT_TELL),
    ],
)
def test_of_several_clips_on_a_rung_one_miss_is_enough(
    verdicts: tuple[TestVerdict, TestVerdict], expected: TestVerdict
) -> None:
    clips = [clip(STEP_UPS, a, v) for a, v in zip((Activity.RDL, Activity.SQUAT), verdicts, strict=True)]
    assert told(ladder_of(clips, TODAY))["deadlift"] is expected


@pytest.mark.parametrize(
    ("in_running", "expected", "words"),
    [
        (Verdict.FAIL, True, "and in running too: both sides"),
        (Verdict.PASS, False, "but not in running"),
        (Verdict.BORDERLINE, None, "too uncertain to judge, or borderline"),
        (Verdict.INFO, None, "too uncertain to judge, or borderline"),
    ],
)
def test_whether_running_shows_the_same_fault_is_told_by_running_alone(
    in_running: Verdict, expected: bool | None, words: str
) -> None:
    clips = [
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET, knees=Verdict.FAIL),
        clip(RUNNING, Activity.RUNNING, TestVerdict.CANNOT_TELL, knees=in_running),
    ]
    (fault,) = ladder_of(clips, TODAY).faults
    assert (fault.name, fault.rungs, fault.running) == ("knee_in", ("step_up",), expected)
    assert words in fault.said
    assert "step-up" in fault.said


def test_a_fault_of_running_alone_is_told_as_such() -> None:
    clips = [
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.PASS),
        clip(RUNNING, Activity.RUNNING, TestVerdict.NOT_YET, knees=Verdict.FAIL),
    ]
    (fault,) = ladder_of(clips, TODAY).faults
    assert fault.rungs == ()
    assert "in no exercise that was filmed" in fault.said


def test_without_running_nothing_is_said_of_running() -> None:
    (fault,) = ladder_of([clip(STEP_UPS, Activity.LUNGE, TestVerdict.NOT_YET, knees=Verdict.FAIL)], TODAY).faults
    assert fault.running is None
    assert fault.said.endswith(SAY.no_running)


def test_the_newest_clip_of_a_movement_from_a_side_counts() -> None:
    clips = [
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.PASS, day=9, folder="new"),
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET, day=2, folder="old"),
    ]
    ladder = ladder_of(clips, TODAY)
    assert told(ladder)["step_up"] is TestVerdict.PASS
    assert ladder.notes == (SAY.older.format(folder="old"),)


def test_two_people_are_no_ladder() -> None:
    clips = [
        clip(STEP_UPS, Activity.STEP_UP, TestVerdict.PASS, name="Ann"),
        clip(RUNNING, Activity.RUNNING, TestVerdict.PASS, name="Bob"),
    ]
    ladder = ladder_of(clips, TODAY)
    assert ladder.person is None
    assert any("Ann, Bob" in note for note in ladder.notes)


def test_a_raised_flag_withholds_the_verdict() -> None:
    flagged = clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET, knees=Verdict.FAIL)
    intake = Intake(flags=(RedFlag(name="locked", said="It locks.", advice="See somebody."),))
    asked = Dated(
        flagged.day, flagged.source, flagged.assessment.model_copy(update={"intake": intake}), flagged.folder
    )  # fmt: skip
    ladder = ladder_of([asked], TODAY)
    assert told(ladder)["step_up"] is TestVerdict.CANNOT_TELL
    assert ladder.faults == ()
    assert ladder.rungs[2].clips[0].said == SAY.withheld


def test_page_and_summary_say_that_rungs_are_told_apart() -> None:
    ladder = ladder_of([clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET, knees=Verdict.FAIL)], TODAY)
    page, lines = render_ladder(ladder), "\n".join(ladder_summary(ladder, Path("ladder.html")))
    assert "does not support predicting" in page
    assert "does not support predicting" in lines
    for rung in load_ladder().rung:
        assert rung.title in page
        assert rung.title in lines
    assert "<script" not in page


def test_the_page_tells_each_side_in_the_words_of_the_verdicts() -> None:
    made = clip(STEP_UPS, Activity.STEP_UP, TestVerdict.NOT_YET)
    sides = {"left": TestVerdict.PASS, "right": TestVerdict.NOT_YET}
    tests = tuple(test.model_copy(update={"sides": sides}) for test in made.assessment.tests)
    one_side = replace(made, assessment=made.assessment.model_copy(update={"tests": tests}))
    assert "(left passed, right not yet)" in render_ladder(ladder_of([one_side], TODAY))


def test_the_command_reads_folders_and_writes_the_page(tmp_path: Path) -> None:
    for name, assessment in (("up", STEP_UPS), ("run", RUNNING)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "assessment.json").write_text(assessment.to_json(), encoding="utf-8")
    out = tmp_path / "out"
    outcome = CliRunner().invoke(
        app, ["ladder", str(tmp_path / "up"), str(tmp_path / "run"), "--out", str(out), "--json"]
    )
    assert outcome.exit_code == 0
    ladder = Ladder.model_validate_json(outcome.stdout)
    assert {rung.name for rung in ladder.rungs if rung.clips} == {"step_up", "running"}
    assert Ladder.model_validate_json((out / "ladder.json").read_text(encoding="utf-8")) == ladder
    assert (out / "ladder.html").exists()


def test_a_folder_without_results_is_refused_in_a_sentence(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["ladder", str(tmp_path), "--out", str(tmp_path / "out")])
    assert outcome.exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_running_names_the_side(side: Side) -> None:
    base = clip(RUNNING, Activity.RUNNING, TestVerdict.NOT_YET, knees=Verdict.FAIL)
    kept = tuple(
        m.model_copy(update={"verdict": Verdict.PASS}) if m.metric == "knee_valgus" and m.side is not side else m
        for m in base.assessment.measurements
    )
    one = Dated(base.day, base.source, base.assessment.model_copy(update={"measurements": kept}), base.folder)
    (fault,) = ladder_of([one], TODAY).faults
    assert f"({side.value})" in fault.said
