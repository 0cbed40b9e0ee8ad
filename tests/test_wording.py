from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Limits, MeasurementInfo, Verdict
from analyzer.pose.landmarks import Side
from analyzer.wording import amount, limits_text, number, reading_text, side_text, value_digits


def measured(value: float | None, uncertainty: float | None, unit: str = "deg", **more: object) -> MeasurementInfo:
    given_ = {"metric": "knee_valgus", "side": Side.LEFT, "limits": None, **more}
    return MeasurementInfo(
        title="Knee", value=value, unit=unit, uncertainty=uncertainty, n=3, per_event=(), evidence_s=None,
        verdict=Verdict.PASS, reason="" if value is not None else "why", sentence="", **given_,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "uncertainty", "unit", "text"),
    [
        (12.4, 4.2, "deg", "12° ± 4°"),
        (-12.4, 4.2, "deg", "−12° ± 4°"),
        (12.44, 1.26, "deg", "12.4° ± 1.3°"),
        (3.14, 1.6, "cm", "3.1 ± 1.6 cm"),
        (168.9, 0.94, "steps/min", "168.9 ± 0.9 steps/min"),
        (10.0, 0.0, "count", "10"),
        (10.0, None, "count", "10"),
        (None, None, "deg", ""),
    ],
)
def test_reading(value: float | None, uncertainty: float | None, unit: str, text: str) -> None:
    assert reading_text(measured(value, uncertainty, unit)) == text


@given(st.floats(-1e4, 1e4), st.integers(0, 2))
def test_numbers_never_show_a_negative_zero(value: float, digits: int) -> None:
    text = number(value, digits)
    assert "-" not in text
    assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.51 * 10**-digits)
    assert not (text.startswith("−") and float(text[1:]) == 0.0)


@given(st.floats(-50, 50), st.integers(-300, 300), st.floats(2.0, 9.0), st.booleans())
def test_rounding_does_not_carry_a_judged_value_over_its_limit(
    value: float, tenths: int, uncertainty: float, upper: bool
) -> None:
    limit = tenths / 10
    limits = Limits(pass_high=limit, source="x") if upper else Limits(pass_low=limit, source="x")
    shown = round(value, value_digits(measured(value, uncertainty, limits=limits)))
    if abs(value - limit) > 0.051:
        assert (shown <= limit if upper else shown >= limit) == (value <= limit if upper else value >= limit)


@pytest.mark.parametrize(
    ("value", "uncertainty", "limits", "verdict", "text"),
    [
        (7.3, 4.0, Limits(pass_high=7.0, source="x"), Verdict.BORDERLINE, "7.3° ± 4.0°"),
        (7.9, 8.0, Limits(pass_low=8.0, source="x"), Verdict.BORDERLINE, "7.9° ± 8.0°"),
        (4.98, 3.28, Limits(pass_high=5.0, source="x"), Verdict.PASS, "5° ± 3°"),
        (7.9, 8.0, Limits(pass_low=8.0, source="x"), Verdict.INFO, "8° ± 8°"),
    ],
)
def test_a_value_just_beyond_its_limit_does_not_read_as_on_it(
    value: float, uncertainty: float, limits: Limits, verdict: Verdict, text: str
) -> None:
    info = measured(value, uncertainty, limits=limits).model_copy(update={"verdict": verdict})
    assert reading_text(info) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(None, 7.0, "at most 7°"), (8.0, None, "at least 8°"), (4.0, 12.0, "4° to 12°"), (-2.5, None, "at least −2.5°")],
)
def test_limits_in_words(low: float | None, high: float | None, text: str) -> None:
    assert limits_text(Limits(pass_low=low, pass_high=high, source="x"), "deg") == text


def test_the_dropping_hip_is_named_with_the_standing_leg() -> None:
    info = measured(6.0, 3.0, metric="pelvic_drop", side=Side.LEFT)
    assert side_text(info) == "standing on the left leg: right hip drops"
    assert side_text(measured(6.0, 3.0, side=Side.BOTH)) == ""


def test_units_are_said_as_people_say_them() -> None:
    assert (amount(3.14, "cm", 1), amount(250.4, "ms"), amount(5.0, "count")) == ("3.1 cm", "250 ms", "5")
