"""Whole comparisons, also of figures of known movement with a camera that never stands quite the same."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analyzer.assessment import Assessment, Intake, RedFlag, Verdict
from analyzer.compare.trial import compare_clips, pair_of
from analyzer.compare.types import Comparison, Decision, Role
from analyzer.errors import CompareError
from analyzer.motion.types import Activity
from analyzer.pose.landmarks import Side
from tests.compare.clips import around, clip_of, labelled, runner, values

TODAY = date(2026, 3, 1)
REPEATS = 20
SHAKE_DEG = 1.0


@pytest.fixture(scope="module")
def caving() -> Assessment:
    return runner(14.0, 6.0, seed=1)


@pytest.fixture(scope="module")
def out() -> list[Assessment]:
    """The knees brought out, twice."""
    return [runner(2.0, 6.0, seed=seed, yaw_deg=0.5) for seed in (11, 12)]


@pytest.fixture(scope="module")
def still() -> list[Assessment]:
    """The same runner again and again, the phone put back by hand."""
    yaws = np.random.default_rng(5).normal(0.0, SHAKE_DEG, REPEATS)
    return [runner(14.0, 6.0, seed=100 + i, yaw_deg=float(yaw)) for i, yaw in enumerate(yaws)]


def trial(first: Assessment, hips: Assessment | None, feet: Assessment | None) -> Comparison:
    clips = [labelled(first, Role.BASELINE)]
    clips += [labelled(clip, role) for clip, role in ((hips, Role.HIPS), (feet, Role.FEET)) if clip is not None]
    return compare_clips(clips, TODAY)


def test_nothing_changed_is_never_called_a_change(caving: Assessment, still: list[Assessment]) -> None:
    for again in still:
        pair = pair_of(labelled(caving, Role.BASELINE), labelled(again, Role.AFTER))
        assert len(pair.changes) > 10
        assert [(change.metric, change.change, change.uncertainty) for change in pair.real] == []


def test_nothing_changed_never_decides_for_a_cue(caving: Assessment, still: list[Assessment]) -> None:
    for one, other in zip(still[::2], still[1::2], strict=True):
        assert trial(caving, one, other).decision in (Decision.NEITHER, Decision.CANNOT_TELL)


@pytest.mark.parametrize("which", [0, 1])
def test_the_cue_that_brings_the_knees_out_is_named(
    caving: Assessment, still: list[Assessment], out: list[Assessment], which: int
) -> None:
    one, other = out[which], out[1 - which]
    for same in still[which::4]:
        assert trial(caving, one, same).decision is Decision.HIPS
        assert trial(caving, same, one).decision is Decision.FEET
    assert trial(caving, one, other).decision is Decision.BOTH


def test_less_drop_of_the_hips_is_seen_as_such(caving: Assessment) -> None:
    high = runner(14.0, 0.0, seed=21)
    pair = pair_of(labelled(caving, Role.BASELINE), labelled(high, Role.AFTER))
    real = {change.metric for change in pair.real}
    assert "pelvic_drop" in real
    assert "knee_valgus" not in real
    assert trial(caving, high, None).decision is Decision.HIPS


def test_getting_worse_is_no_help(caving: Assessment) -> None:
    assert trial(caving, runner(26.0, 6.0, seed=31), None).decision is Decision.CANNOT_TELL


def test_a_decision_brings_its_exercises_and_its_reasons(caving: Assessment, out: list[Assessment]) -> None:
    found = trial(caving, out[0], None)
    assert {item.exercise for item in found.items} >= {"glute_core_cue", "crab_walk"}
    assert all(outcome.reasons for outcome in found.cues)
    assert "not filmed" in found.cues[1].reasons[0]
    assert not trial(caving, caving, caving).items


def test_without_cues_there_is_no_decision(caving: Assessment) -> None:
    found = compare_clips([labelled(caving, Role.BASELINE), labelled(caving, Role.AFTER)], TODAY)
    assert found.decision is None
    assert not found.cues
    assert not found.pairs[0].real


def test_last_against_first_tells_what_drifted() -> None:
    first = clip_of(values("contact_time", around(240.0), unit="ms", limits=None), mark="a")
    last = clip_of(values("contact_time", around(270.0), unit="ms", limits=None), mark="b")
    found = compare_clips([labelled(first, Role.BASELINE), labelled(last, Role.LAST)], TODAY)
    assert "contact time, left +30 ± 12 ms" in found.drift
    none = compare_clips([labelled(first, Role.BASELINE), labelled(first, Role.LAST)], TODAY)
    assert "Nothing drifted" in none.drift


def test_impacts_over_the_runners_own_distance() -> None:
    def steps(value: float, mark: str) -> Assessment:
        per_km = values("impacts_per_km", around(value), side=Side.BOTH, unit="steps/km", uncertainty=20.0, limits=None)
        return clip_of(per_km, mark=mark)

    clips = [labelled(steps(1250.0, "a"), Role.BASELINE), labelled(steps(1300.0, "b"), Role.LAST)]
    found = compare_clips(clips, TODAY, distance_km=10.0)
    assert [row.over_distance for row in found.load] == pytest.approx([12_500.0, 13_000.0])
    assert [row.over_distance for row in compare_clips(clips, TODAY).load] == [None, None]


def test_a_red_flag_withholds_the_decision(caving: Assessment, out: list[Assessment]) -> None:
    flagged = caving.model_copy(update={"intake": Intake(flags=(RedFlag(name="locked", said="x", advice="y"),))})
    found = trial(flagged, out[0], None)
    assert found.decision is None
    assert "professional first" in found.withheld
    assert not found.items
    assert not found.cues


def test_what_one_clip_lacks_is_listed_with_its_reason() -> None:
    gone = values("knee_valgus", around(5.0)).model_copy(
        update={"value": None, "uncertainty": None, "verdict": Verdict.NOT_MEASURED, "reason": "Film from the front."}
    )
    first = clip_of(values("knee_valgus", around(5.0)), mark="a")
    pair = pair_of(labelled(first, Role.BASELINE), labelled(clip_of(gone, mark="b"), Role.AFTER))
    assert not pair.changes
    assert pair.uncompared[0].reason == "Not measured in the other clip. Film from the front."


def test_counts_are_no_changes_of_form() -> None:
    first, other = (
        clip_of(values("rep_count", around(n, 1), unit="count", limits=None), mark=mark)
        for n, mark in ((10.0, "a"), (7.0, "b"))
    )
    assert not pair_of(labelled(first, Role.BASELINE), labelled(other, Role.AFTER)).changes


def test_other_movements_are_not_compared(caving: Assessment) -> None:
    other = caving.model_copy(update={"activity": Activity.STEP_UP})
    pair = pair_of(labelled(caving, Role.BASELINE), labelled(other, Role.HIPS))
    assert not pair.changes
    assert pair.cautions[0].code == "activity"


def test_one_clip_or_a_cue_twice_is_refused(caving: Assessment) -> None:
    with pytest.raises(CompareError, match="One clip alone"):
        compare_clips([labelled(caving, Role.BASELINE)], TODAY)
    with pytest.raises(CompareError, match="--label"):
        compare_clips([labelled(caving, role) for role in (Role.BASELINE, Role.HIPS, Role.HIPS)], TODAY)


def test_a_comparison_survives_its_file(caving: Assessment, out: list[Assessment]) -> None:
    found = trial(caving, out[0], None)
    assert Comparison.model_validate_json(found.to_json()) == found
