"""A raised flag comes before everything, and takes verdicts and plan away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.assessment import CadenceCard, Verdict
from analyzer.errors import IntakeError
from analyzer.report.render import render_report
from analyzer.safety.intake import blank, intake_of, load_questionnaire, read_intake, with_intake
from analyzer.summary import summary
from analyzer.tables import tomllib  # the standard library has it from Python 3.11 on
from tests.report import samples

QUESTIONS = load_questionnaire()
ALL_WELL = {**dict.fromkeys(QUESTIONS.flag, False), "pain_now": 1}
AVOIDED = re.compile(r"diagnos|\brisk|abnormal|fracture|thrombosis|trendelenburg", re.IGNORECASE)


@pytest.mark.parametrize("name", QUESTIONS.flag)
def test_every_yes_raises_its_flag(name: str) -> None:
    found = intake_of({**ALL_WELL, name: True})
    assert [flag.name for flag in found.flags] == [name]
    assert found.unanswered == 0


def test_all_well_raises_nothing() -> None:
    assert intake_of(ALL_WELL).flags == ()


@pytest.mark.parametrize(("pain", "raised"), [(0, False), (3, False), (3.5, True), (10, True)])
def test_more_pain_than_three_of_ten_is_a_flag(pain: float, raised: bool) -> None:
    assert bool(intake_of({**ALL_WELL, "pain_now": pain}).flags) == raised


def test_open_questions_are_counted_and_raise_nothing() -> None:
    found = intake_of({"locked": False})
    assert found.flags == ()
    assert found.unanswered == len(QUESTIONS.flag) + len(QUESTIONS.number) - 1
    assert found.pain_now is None


def test_what_cannot_wait_comes_first() -> None:
    found = intake_of({"locked": True, "calf_and_breath": True})
    assert [flag.urgent for flag in found.flags] == [True, False]


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"lockt": True}, "lockt"), ({"locked": "yes"}, "true or false"), ({"pain_now": 11}, "0 to 10"),
     ({"pain_now": True}, "0 to 10"), ({"locked": 1}, "true or false")],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused(answers: dict[str, object], said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        intake_of(answers)


def test_a_file_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text("gives_way = true\n", encoding="utf-8")
    assert [flag.name for flag in read_intake(path).flags] == ["gives_way"]
    path.write_text("gives_way = perhaps\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="stridecheck intake"):
        read_intake(path)
    with pytest.raises(IntakeError, match="cannot be read"):
        read_intake(tmp_path / "nothing.toml")


def test_the_blank_answers_nothing_and_asks_everything() -> None:
    text = blank()
    assert tomllib.loads(text) == {}
    filled = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE))
    assert set(filled) == {*QUESTIONS.flag, *QUESTIONS.number}


def test_a_flag_withholds_verdicts_tests_and_plan_but_keeps_the_numbers() -> None:
    card = CadenceCard.model_construct(advice="Try 5 % more.")
    before = samples.step_ups().model_copy(update={"cadence_card": card}).with_motion(samples.step_ups().motion)
    after = with_intake(before, intake_of({**ALL_WELL, "locked": True}))
    assert after.headline.startswith("See a professional first")
    assert not after.tests
    assert after.plan.withheld
    assert not after.plan.items
    assert after.cadence_card is None
    assert {m.verdict for m in after.measurements} <= {Verdict.INFO, Verdict.NOT_MEASURED}
    assert {rep.verdict for rep in after.reps} == {Verdict.NOT_MEASURED}
    assert [m.value for m in after.measurements] == [m.value for m in before.measurements]
    assert after.motion is before.motion


def test_without_a_flag_nothing_is_withheld() -> None:
    before = samples.front_run()
    after = with_intake(before, intake_of(ALL_WELL))
    assert after == before.model_copy(update={"intake": after.intake})


def test_the_report_and_the_summary_say_it_first(tmp_path: Path) -> None:
    after = with_intake(samples.front_run(), intake_of({**ALL_WELL, "locked": True}))
    page = render_report(after, {})
    body = page[page.index("<body>") :]
    assert body.index("See a professional first") < body.index("<header>")
    assert "The knee locks" in body
    assert "Worth working on" not in "\n".join(summary(after, tmp_path))
    assert "See a professional first" in summary(after, tmp_path)[0]
    assert any("The knee locks" in line for line in summary(after, tmp_path))


def test_a_flag_that_cannot_wait_names_the_emergency_services() -> None:
    after = with_intake(samples.front_run(), intake_of({"calf_and_breath": True}))
    assert "emergency services" in render_report(after, {})
    assert "Get medical help now" in after.headline


def test_nothing_asked_or_said_names_a_condition() -> None:
    assert not AVOIDED.search(QUESTIONS.model_dump_json(exclude={"flag": {"__all__": {"source"}}}))
