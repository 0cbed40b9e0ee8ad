"""The whole way on pixels: the sample clips against their exact truth.

``sample_videos/README.md`` says what the truth files hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

import jsonschema
import numpy as np
import pytest

from analyzer.assessment import Assessment, Verdict, json_schema
from analyzer.errors import ClipError, NothingMeasured
from analyzer.motion.types import Activity, View
from analyzer.pipeline import Options, analyze
from analyzer.pose.landmarks import SIDES, Side
from tests.video.drawn import make_clip

Analysed: TypeAlias = Callable[[str], Assessment]

SAMPLES = Path(__file__).parents[1] / "sample_videos"
SEEN = {
    "step_up_front": (Activity.STEP_UP, View.FRONT),
    "run_front": (Activity.RUNNING, View.FRONT),
    "run_left": (Activity.RUNNING, View.LEFT),
}
SIDE_OF = {"L": Side.LEFT, "R": Side.RIGHT}
LEAST_HELD = 0.8
IN_STEPS = {  # metric: where the truth keeps it, and its unit there over ours
    "knee_valgus": ("at_mid", "fppa", 1.0),
    "pelvic_drop": ("at_mid", "pelvic_drop", 1.0),
    "trunk_lean_lateral": ("at_mid", "trunk_side_lean", 1.0),
    "trunk_lean_forward": ("at_mid", "trunk_lean", 1.0),
    "foot_strike_position": ("at_ic", "com_to_ankle", 100.0),
    "foot_strike_angle": ("at_ic", "foot_angle", 1.0),
    "knee_flexion_contact": ("at_ic", "knee_flexion", 1.0),
    "shank_angle": ("at_ic", "shank_angle", 1.0),
}
IN_REPS = {"knee_valgus": "fppa", "pelvic_drop": "pelvic_drop", "trunk_lean_lateral": "trunk_side_lean"}


@cache
def truth(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.truth.json").read_text())


@pytest.fixture
def analysed(seen_once: None) -> Analysed:
    return of_its_height


@cache
def of_its_height(name: str) -> Assessment:
    """The assessment of a sample, with the height that its figure has."""
    return analyze(SAMPLES / f"{name}.mp4", Options(height_cm=100.0 * truth(name)["body_height"]))


def true_value(name: str, metric: str, side: Side) -> float | None:
    """The median over steps or repetitions; None where the truth says nothing."""
    if metric == "cadence":
        contacts = [step["ic"] for step in truth(name)["steps"]]
        return 60.0 / float(np.polyfit(range(len(contacts)), contacts, 1)[0])
    if truth(name)["kind"] == "run":
        if metric not in IN_STEPS:
            return None
        when, key, factor = IN_STEPS[metric]
        return median(factor * s[when][key] for s in truth(name)["steps"] if SIDE_OF[s["side"]] is side)
    if metric == "rep_count":
        return float(sum(SIDE_OF[rep["lead"]] is side for rep in truth(name)["reps"]))
    key = IN_REPS.get(metric, "")
    values = [rep["peak"].get(key) for rep in truth(name)["reps"] if SIDE_OF[rep["lead"]] is side]
    return median(values) if values and None not in values else None


@pytest.mark.parametrize("name", SEEN)
def test_activity_and_view_are_recognised(name: str, analysed: Analysed) -> None:
    assert (analysed(name).activity, analysed(name).camera.view) == SEEN[name]


@pytest.mark.parametrize("name", ["run_front", "run_left"])
def test_steps_are_found_with_their_foot_and_cadence(name: str, analysed: Analysed) -> None:
    steps, true = analysed(name).steps, truth(name)["steps"]
    assert analysed(name).of("cadence").value == pytest.approx(true_value(name, "cadence", Side.BOTH), abs=0.5)
    for step in true:
        if not 0.3 < step["ic"] < analysed(name).clip.duration_s - 0.5:
            continue
        near = [found for found in steps if abs((found.contact_s or np.nan) - step["ic"]) < 0.06]
        assert [found.side for found in near] == [SIDE_OF[step["side"]]]
    assert abs(len(steps) - len(true)) <= 2


def test_repetitions_are_counted_with_the_leg_that_leads(analysed: Analysed) -> None:
    true = [SIDE_OF[rep["lead"]] for rep in truth("step_up_front")["reps"]]
    assert [rep.side for rep in analysed("step_up_front").reps] == true
    assert set(true) == set(SIDES)


def test_repetitions_with_the_knee_caving_in_are_not_passed(analysed: Analysed) -> None:
    caved = [rep["index"] for rep in truth("step_up_front")["reps"] if rep["valgus"] >= 11.0]
    assert len(caved) == 2
    assert Verdict.PASS not in {analysed("step_up_front").reps[index].verdict for index in caved}
    values = {
        event.index: event.value for s in SIDES for event in analysed("step_up_front").of("knee_valgus", s).per_event
    }
    assert set(sorted(values, key=lambda index: -values[index])[:2]) == set(caved)


def test_the_knee_that_caves_in_is_not_passed(analysed: Analysed) -> None:
    """The model sees hardly more of it than of the other knee; what may not happen is that it is called on target."""
    assert analysed("run_front").of("knee_valgus", Side.LEFT).verdict != "pass"


def test_where_the_foot_lands_is_within_four_cm(analysed: Analysed) -> None:
    for side in SIDES:
        measured = analysed("run_left").of("foot_strike_position", side).value
        assert measured == pytest.approx(true_value("run_left", "foot_strike_position", side), abs=4.0)


def test_most_printed_intervals_hold_the_truth(analysed: Analysed) -> None:
    held = {}
    for name in SEEN:
        for found in analysed(name).measurements:
            true = true_value(name, found.metric, found.side)
            if true is None or found.value is None or found.uncertainty is None:
                continue
            held[name, found.metric, found.side.value] = abs(found.value - true) <= found.uncertainty + 1e-9
    assert len(held) >= 15
    missed = [key for key, inside in held.items() if not inside]
    assert len(missed) <= (1.0 - LEAST_HELD) * len(held), missed


@pytest.mark.parametrize("name", SEEN)
def test_what_another_view_would_show_is_not_measured_and_says_so(name: str, analysed: Analysed) -> None:
    unseen = {m.metric: m.reason for m in analysed(name).measurements if m.verdict is Verdict.NOT_MEASURED}
    hidden = "knee_valgus" if SEEN[name][1] is View.LEFT else "trunk_lean_forward"
    assert "film from" in unseen[hidden].lower()


@pytest.mark.parametrize("name", SEEN)
def test_the_json_keeps_to_its_schema_and_reads_back(name: str, analysed: Analysed) -> None:
    text = analysed(name).to_json()
    jsonschema.validate(json.loads(text), json_schema())
    assert Assessment.model_validate_json(text).to_json() == text


@pytest.mark.parametrize("name", SEEN)
def test_a_clear_clip_is_read_in_nearly_every_frame(name: str, analysed: Analysed) -> None:
    assert analysed(name).quality.tracked_fraction > 0.95
    assert analysed(name).quality.grade != "poor"


def test_a_missing_clip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClipError):
        analyze(tmp_path / "nothing.mp4")


def test_an_empty_room_is_nothing_measured(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "room.mp4", 30)
    with pytest.raises(NothingMeasured, match=r"room\.mp4"):
        analyze(path)
