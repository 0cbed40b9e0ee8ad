"""Numbers, sides and limits in a coach's words, the same in the video, the report and the comparison."""

from __future__ import annotations

from typing import Final

from analyzer.criteria.tables import load_criteria
from analyzer.measured import Limits, MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.verdicts import Verdict

UNITS: Final = {"deg": "°", "cm": " cm", "ms": " ms", "steps/min": " steps/min", "count": "", "%": " %", "fraction": ""}

MINUS: Final = "\N{MINUS SIGN}"


def decimals(unit: str, uncertainty: float | None) -> int:
    """Digits worth printing: none where the uncertainty is 2 or more, else one; counts have none, shares of one two."""
    if unit in ("count", "ms", "steps/km"):
        return 0
    if unit == "fraction":
        return 2
    return 0 if uncertainty is not None and uncertainty >= 2.0 else 1


def number(value: float, digits: int) -> str:
    """The value with a true minus sign, and never a negative zero."""
    text = f"{value:.{digits}f}"
    if float(text) == 0.0:
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def amount(value: float, unit: str, digits: int = 0) -> str:
    """A number with its unit, such as ``12°`` or ``3.1 cm``."""
    return number(value, digits) + UNITS.get(unit, f" {unit}")


def value_digits(measurement: MeasurementInfo) -> int:
    """Digits for a measurement's value: one more where rounding would carry a judged value over a limit."""
    digits = decimals(measurement.unit, measurement.uncertainty)
    value, limits = measurement.value, measurement.limits
    if value is None or limits is None or measurement.verdict is Verdict.INFO:
        return digits
    rounded = round(value, digits)
    for low, high in ((limits.pass_low, limits.pass_high), (limits.fail_low, limits.fail_high)):
        if _within(rounded, low, high) != _within(value, low, high):
            return 1
    return digits


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def reading_text(measurement: MeasurementInfo) -> str:
    """Value and uncertainty, such as ``12° ± 4°`` or ``3.1 ± 1.6 cm``; empty where there is no value."""
    value, uncertainty, unit = measurement.value, measurement.uncertainty, measurement.unit
    if value is None:
        return ""
    return doubtful_text(
        value, uncertainty if unit != "count" or uncertainty else None, unit, value_digits(measurement)
    )


def doubtful_text(value: float, uncertainty: float | None, unit: str, digits: int) -> str:
    """A value with its uncertainty, the unit said once, but for degrees: ``12° ± 4°``, ``3.1 ± 1.6 cm``, ``10``."""
    if uncertainty is None:
        return amount(value, unit, digits)
    first = amount(value, unit, digits) if unit == "deg" else number(value, digits)
    return f"{first} ± {amount(uncertainty, unit, digits)}"


def side_text(measurement: MeasurementInfo) -> str:
    """The side spelt out: for the hips, what standing on that leg lets drop; empty where the metric has no side."""
    side = measurement.side
    if side is Side.BOTH:
        return ""
    if measurement.metric == "pelvic_drop":
        return f"standing on the {side.value} leg: {side.other.value} hip drops"
    if measurement.metric.startswith("trunk_lean"):
        return f"standing on the {side.value} leg"
    return f"{side.value}"


def limits_text(limits: Limits, unit: str) -> str:
    """The target range in words, such as ``at most 7°`` or ``4° to 12°``, and whether the coach has set it."""
    return (
        f"{_range_text(limits, unit)} ({load_criteria().own_limits.mark})" if limits.own else _range_text(limits, unit)
    )


def _range_text(limits: Limits, unit: str) -> str:

    def say(value: float) -> str:
        return amount(value, unit, 0 if value == int(value) else 1)

    low, high = limits.pass_low, limits.pass_high
    if low is not None and high is not None:
        return f"{say(low)} to {say(high)}"
    if high is not None:
        return f"at most {say(high)}"
    return f"at least {say(low)}" if low is not None else ""
