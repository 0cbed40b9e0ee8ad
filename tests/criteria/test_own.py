"""A coach's own limits: what they change, and a sentence for every mistake."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assess import assess
from analyzer.assessment import Assessment, Subject, Verdict
from analyzer.criteria.document import criteria_document
from analyzer.criteria.own import BOUNDS, read_own_limits, with_own_limits
from analyzer.criteria.tables import Criteria, load_criteria
from analyzer.criteria.verdict import judge
from analyzer.errors import CriteriaError
from analyzer.metrics.measure import measure
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, Motion, View
from analyzer.pose.landmarks import Side
from analyzer.pose.models import ModelFile
from analyzer.report.render import render_report
from analyzer.safety.intake import intake_of, with_intake
from analyzer.summary import summary
from analyzer.video.clip import Clip
from tests.criteria.judging import measured, running
from tests.report import samples

OURS = load_criteria()
TARGETS = [
    (name, activity, target)
    for name, words in OURS.metric.items()
    for target in words.limits
    for activity in target.activities
]


def own(text: str, folder: Path) -> Criteria:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return read_own_limits(path)


def test_a_limit_of_the_coach_changes_the_verdict_and_says_whose_it_is(tmp_path: Path) -> None:
    theirs = own("[knee_valgus.running]\npass_high = 3.0\nfail_high = 4.0\nsource = 'My squad.'\n", tmp_path)
    value = measured("knee_valgus", Side.LEFT, 5.5)
    before, after = (judge(value, running(View.FRONT), criteria) for criteria in (OURS, theirs))
    assert (before.verdict, after.verdict) == (Verdict.PASS, Verdict.FAIL)
    assert after.limits is not None
    assert after.limits.own
    assert (
        after.limits.source == "My squad. Set in my.toml; Stridecheck's training target: 7° or less; missed above 11°."
    )
    assert before.limits is not None
    assert not before.limits.own


@pytest.mark.parametrize(("name", "activity", "target"), TARGETS)
def test_only_what_was_asked_for_changes(name: str, activity: Activity, target: object) -> None:
    bound = next(bound for bound in BOUNDS if getattr(target, bound) is not None)
    value = getattr(target, bound) - 0.5
    theirs = with_own_limits(OURS, {name: {activity.value: {bound: value}}}, "my.toml")
    for other, words in OURS.metric.items():
        for each in words.limits:
            for held in each.activities:
                (now,) = (t for t in theirs.metric[other].limits if held in t.activities)
                asked = (other, held) == (name, activity)
                assert now.own == asked
                for key in BOUNDS:
                    assert getattr(now, key) == (value if asked and key == bound else getattr(each, key))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[knee_vlagus.running]\npass_high = 8", r"no metric of this name; did you mean knee_valgus"),
        ("[elbow.running]\npass_high = 8", r"no metric of this name; stridecheck criteria lists"),
        ("[cadence.running]\npass_low = 180", r"for information only"),
        ("[knee_valgus]\npass_high = 8", r"only; use one of these names"),
        ("knee_valgus = 8", r"name the movement too, such as \[knee_valgus\.step_up\]"),
        (
            "[knee_valgus.walking]\npass_high = 8",
            r"limits for step_up and single_leg_squat and lunge and split_squat and running",
        ),
        (
            "[knee_valgus.running]\npass_hihg = 8",
            r"pass_hihg cannot be set here; it has pass_high, fail_high and source",
        ),
        ("[knee_valgus.running]\nunit = 'cm'", r"unit cannot be set here"),
        ("[knee_valgus.running]\npass_low = -8", r"pass_low cannot be set here"),
        ("[knee_valgus.running]\npass_high = 'eight'", r"pass_high has to be a number"),
        ("[knee_valgus.running]\npass_high = true", r"pass_high has to be a number"),
        ("[knee_valgus.running]\npass_high = nan", r"pass_high has to be a number"),
        ("[knee_valgus.running]\npass_high = 12", r"pass_high \(12\) has to be below fail_high \(11\)"),
        ("[trunk_lean_forward.running]\nfail_low = 5", r"fail_low \(5\) has to be below pass_low \(4\)"),
        ("[knee_valgus.running]", r"sets nothing; give pass_high or fail_high"),
        ("[knee_valgus.running]\nsource = 'mine'", r"sets no limit; give pass_high or fail_high"),
        ("[knee_valgus.running]\npass_high = 8\nsource = 3", r"source has to be text"),
        ("", r"sets no limits"),
        ("[knee_valgus.running\n", r"is not TOML"),
    ],
)
def test_every_mistake_has_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CriteriaError, match=said) as caught:
        own(text, tmp_path)
    assert "my.toml" in str(caught.value)
    assert "\n" not in str(caught.value).replace(text, "")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CriteriaError, match="cannot be read"):
        read_own_limits(tmp_path / "none.toml")


junk = st.none() | st.booleans() | st.floats(-90.0, 90.0) | st.sampled_from(["8", "nan", "pass_high"])
bounds = junk | st.dictionaries(st.sampled_from([*BOUNDS, "source", "x"]), junk, max_size=3)
tables = junk | st.dictionaries(st.sampled_from(["running", "step-up", "squat", "x"]), bounds, max_size=2)


@given(st.dictionaries(st.sampled_from(["knee_valgus", "trunk_lean_lateral", "cadence", "x"]), tables, max_size=2))
def test_whatever_the_file_holds_it_is_sound_limits_or_a_sentence(asked: dict[str, object]) -> None:
    try:
        theirs = with_own_limits(OURS, asked, "my.toml")
    except CriteriaError:
        return
    for words in theirs.metric.values():
        for target in words.limits:
            known = [value for bound in BOUNDS if (value := getattr(target, bound)) is not None]
            assert known == sorted(set(known))


@cache
def run_and_numbers() -> tuple[Motion, tuple[Measurement, ...]]:
    motion = running(View.FRONT)
    with pytest.MonkeyPatch.context() as patch:
        # Curves over the cycle take most of the time and are not looked at.
        patch.setattr("analyzer.metrics.measure._cycle", lambda *_, **__: None)
        return motion, measure(motion)


def assessed(criteria: Criteria) -> Assessment:
    motion, numbers = run_and_numbers()
    clip = Clip(
        path=Path("clip.mp4"), sha256="0" * 64, width=1280, height=1280, times_s=motion.track.times_s,
        nominal_fps=60.0, capture_fps=60.0, rotation_deg=0, codec="h264", has_audio=False,
    )  # fmt: skip
    model = ModelFile(name="full", path=Path("full.task"), sha256="1" * 64)
    return assess(clip, motion, numbers, subject=Subject(), model=model, criteria=criteria)


def test_report_summary_and_file_say_that_limits_are_the_coachs(tmp_path: Path) -> None:
    theirs = assessed(own("[knee_valgus.running]\npass_high = 8.0\n", tmp_path))
    page = render_report(theirs, {})
    assert "The limits for knee caving in were set by the coach, in my.toml" in page
    assert "at most 8° (the coach&#39;s own)" in page
    assert page.count("the coach&#39;s own") == 1 + page.count("at most 8°"), "in the note, and with each such limit"
    assert "The coach&#39;s own target: Set in my.toml. Stridecheck&#39;s training target: 7° or less" in page
    assert any("were set by the coach, in my.toml" in line for line in summary(theirs, tmp_path))
    again = Assessment.model_validate_json(theirs.to_json())
    assert again.own_limits is not None
    assert again.own_limits.metrics == ("knee_valgus",)
    assert {m.metric for m in again.measurements if m.limits is not None and m.limits.own} == {"knee_valgus"}


def test_without_a_file_nobody_speaks_of_the_coach(tmp_path: Path) -> None:
    ours = assessed(OURS)
    assert ours.own_limits is None
    assert "coach" not in render_report(ours, {})
    assert not any("coach" in line for line in summary(ours, tmp_path))


def test_a_red_flag_leaves_no_limits_to_speak_of() -> None:
    theirs = with_own_limits(OURS, {"knee_valgus": {"running": {"pass_high": 8.0}}}, "my.toml")
    assert with_intake(assessed(theirs), intake_of({"locked": True})).own_limits is None


def test_the_document_marks_the_coachs_limits() -> None:
    theirs = with_own_limits(OURS, {"knee_valgus": {"step-up": {"pass_high": 8.0}}}, "my.toml")
    told = criteria_document(theirs)
    assert "**Training target, step-ups:** 8° or less; missed above 12° (the coach's own)." in told
    assert re.search(r"\*\*Training target, single-leg squats.*:\*\* 7° or less; missed above 12°\.", told)
    assert told.count("(the coach's own)") == 1


def test_results_of_before_can_still_be_read() -> None:
    assert Assessment.model_validate_json(samples.front_run().to_json()).own_limits is None
