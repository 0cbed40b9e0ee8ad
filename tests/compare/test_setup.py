"""Set-ups that differ are warned about, and then nothing cancels."""

from __future__ import annotations

import pytest

from analyzer.assessment import Assessment, OwnLimits
from analyzer.compare.setup import day_of, setup_of
from analyzer.compare.types import Role
from analyzer.motion.types import Activity, View
from tests.compare.clips import clip_of, labelled

FIRST = clip_of(mark="a")


def codes(other: Assessment, shoes: tuple[str, str] = ("", "")) -> tuple[set[str], bool]:
    found = setup_of(labelled(FIRST, Role.BASELINE, shoes=shoes[0]), labelled(other, Role.OTHER, shoes=shoes[1]))
    assert all(caution.message and caution.advice for caution in found.cautions)
    return {caution.code for caution in found.cautions}, found.same


def test_alike_is_alike() -> None:
    assert codes(clip_of(mark="b")) == (set(), True)


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("view", clip_of(mark="b", view=View.BACK)), ("yaw", clip_of(mark="b", yaw_deg=9.0)),
        ("size", clip_of(mark="b", share=0.8)), ("rate", clip_of(mark="b", fps=60.0)),
    ],
)  # fmt: skip
def test_another_camera_no_longer_cancels(code: str, other: Assessment) -> None:
    assert codes(other) == ({code}, False)


def test_small_differences_are_let_pass() -> None:
    assert codes(clip_of(mark="b", yaw_deg=4.0, share=0.63, fps=29.97, speed_mps=3.1)) == (set(), True)


@pytest.mark.parametrize(("code", "speed"), [("speed", 3.5), ("no_speed", None)])
def test_another_speed_is_warned_about_but_the_camera_still_cancels(code: str, speed: float | None) -> None:
    assert codes(clip_of(mark="b", speed_mps=speed)) == ({code}, True)


@pytest.mark.parametrize(
    ("shoes", "found"), [(("old", "new"), {"shoes"}), (("old", "Old"), set()), (("old", ""), set())]
)
def test_shoes_as_declared(shoes: tuple[str, str], found: set[str]) -> None:
    assert codes(clip_of(mark="b"), shoes) == (found, True)


def test_another_model_and_the_same_recording_are_told() -> None:
    model = FIRST.model.model_copy(update={"sha256": "9" * 64})
    assert codes(clip_of(mark="b").model_copy(update={"model": model})) == ({"model"}, False)
    assert codes(clip_of(mark="a")) == ({"same_clip"}, True)


def test_limits_of_a_coach_for_one_clip_only_are_told() -> None:
    limits = OwnLimits(file="my.toml", metrics=("knee_valgus",), note="")
    assert codes(clip_of(mark="b").model_copy(update={"own_limits": limits})) == ({"limits"}, True)


def test_another_movement_cannot_be_compared() -> None:
    other = clip_of(mark="b").model_copy(update={"activity": Activity.STEP_UP})
    found = setup_of(labelled(FIRST, Role.BASELINE), labelled(other, Role.OTHER))
    assert not found.comparable
    assert found.cautions[0].code == "activity"
    assert "step up" in found.cautions[0].message


def test_a_size_that_is_not_known_is_no_difference() -> None:
    assert codes(clip_of(mark="b", share=None)) == (set(), True)


def test_the_day_is_that_of_the_recording_if_known() -> None:
    assert str(day_of(clip_of(recorded="2026-02-01T09:00:00+01:00"))) == "2026-02-01"
    assert str(day_of(clip_of(created="2026-03-01T10:00:00Z"))) == "2026-03-01"
    assert day_of(clip_of(created="some day")) is None
