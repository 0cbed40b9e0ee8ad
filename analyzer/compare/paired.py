"""How sure a change between two clips of the same person is.

In the same set-up, what camera, pose model and scale get wrong is wrong in both clips alike and drops out of the
difference; the spread between steps stays. A change is never held to be surer than the smallest one that repeated
measurements can tell apart.
"""

from __future__ import annotations

from math import hypot, inf, pi, sqrt
from statistics import NormalDist
from typing import Final, Literal

import numpy as np

from analyzer.arrays import Floats
from analyzer.compare.tables import SmallestChange, load_compare
from analyzer.compare.types import Basis, Change
from analyzer.measured import Limits, MeasurementInfo

MEDIAN_OVER_MEAN: Final = pi / 2.0
"""Variance of a median over that of a mean, of many normal values (textbook); with few values it is a little less."""

Z95: Final = 1.96
FEWEST: Final = 2


def paired_change(
    before: MeasurementInfo,
    after: MeasurementInfo,
    *,
    same_setup: bool,
    same_day: bool = True,
    family: int = 1,
) -> Change:
    """The change of a metric from one clip to another, with its interval.

    Args:
        before: has a value and an uncertainty.
        after: the same metric and side, in the same unit, likewise.
        same_setup: whether what is wrong in both clips alike cancels.
        same_day: whether both clips are of one day.
        family: how many changes are looked at together; their intervals hold together (Bonferroni).
    """
    if before.value is None or after.value is None:
        raise ValueError(f"{before.metric} has no value to compare.")
    table = load_compare()
    rules = table.metric.get(before.metric)
    doubt = (1.0 - table.confidence) / family / 2.0
    half, basis = _half_width(before, after, rules, doubt, same_setup=same_setup)
    floor = _floor(rules, before.unit, same_day=same_day)
    if floor > half:
        half, basis = floor, Basis.SMALLEST
    change = after.value - before.value
    limits = before.limits or after.limits
    return Change(
        metric=before.metric,
        title=before.title,
        side=before.side,
        unit=before.unit,
        before=before.value,
        after=after.value,
        change=change,
        uncertainty=half,
        real=abs(change) > half,
        towards=towards_target(before.value, after.value, limits, rules.better if rules is not None else "none"),
        basis=basis,
        verdict_before=before.verdict,
        n_before=before.n,
        n_after=after.n,
        limits=limits,
        published=rules.published if rules is not None else False,
        source=rules.source if rules is not None else "",
    )


def _half_width(
    before: MeasurementInfo, after: MeasurementInfo, rules: SmallestChange | None, doubt: float, *, same_setup: bool
) -> tuple[float, Basis]:
    values = [np.array([event.value for event in clip.per_event]) for clip in (before, after)]
    if same_setup and rules is not None and rules.cancels and min(len(each) for each in values) >= FEWEST:
        return spread_half_width(values[0], values[1], doubt), Basis.STEPS
    whole = hypot(before.uncertainty or 0.0, after.uncertainty or 0.0) / Z95
    return whole * NormalDist().inv_cdf(1.0 - doubt), Basis.WHOLE


def spread_half_width(before: Floats, after: Floats, doubt: float) -> float:
    """Half width of the interval of the difference of two medians, by Welch's degrees of freedom.

    Args:
        before: (n,) values of single steps, two at least.
        after: (m,) likewise.
        doubt: the share of cases that may lie beyond the interval, on each side.
    """
    parts = [MEDIAN_OVER_MEAN * float(np.var(each, ddof=1)) / len(each) for each in (before, after)]
    total = sum(parts)
    if total == 0.0:
        return 0.0
    from scipy.special import stdtrit  # needed by comparisons alone

    weights = ((part / total) ** 2 / (len(each) - 1) for part, each in zip(parts, (before, after), strict=True))
    return float(stdtrit(1.0 / sum(weights), 1.0 - doubt)) * sqrt(total)


def _floor(rules: SmallestChange | None, unit: str, *, same_day: bool) -> float:
    if rules is None or rules.unit != unit:
        return 0.0
    return rules.smallest if same_day or rules.between_days is None else rules.between_days


def off_target(value: float, limits: Limits) -> float:
    """How far a value is outside its target range; 0 within it."""
    low = -inf if limits.pass_low is None else limits.pass_low
    high = inf if limits.pass_high is None else limits.pass_high
    return max(low - value, value - high, 0.0)


def towards_target(
    before: float, after: float, limits: Limits | None, better: str
) -> Literal["better", "worse"] | None:
    """Whether a value came nearer to its target; without a target, whether it moved the way that is held better."""
    gain = 0.0
    if better == "none":
        return None
    if limits is not None:
        gain = off_target(before, limits) - off_target(after, limits)
    elif better in ("lower", "higher"):
        gain = (before - after) if better == "lower" else (after - before)
    if gain == 0.0:
        return None
    return "better" if gain > 0.0 else "worse"
