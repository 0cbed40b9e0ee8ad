"""A metric in a coach's words: where to film it from, when it is read, its target, and what makes it unsure."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analyzer.criteria.tables import Target
from analyzer.metrics.registry import ANY_VIEW, BEHIND, AnyMetric, Metric, Phase, RepMetric, WholeMetric
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity

UNITS: Final = {
    "deg": "°", "cm": " cm", "% leg": " % of leg length", "steps/min": " steps/min", "count": "", "ms": " ms",
    "%": " %", "fraction": "", "kN/m": " kN/m", "steps/km": " steps/km", "s": " s",
    "ratio": "", "% height": " % of height",
}  # fmt: skip

MOMENTS: Final = {
    Phase.CONTACT: "as the foot lands",
    Phase.MID_STANCE: "at mid-stance",
    Phase.CONTACT_TO_MID_STANCE: "from landing to mid-stance",
    Phase.PUSH_OFF: "largest around toe-off",
    Phase.EARLY_SWING: "just after toe-off",
    Phase.SWING: "largest in the swing",
}

_PARTS: Final = re.compile(r"\b(Source|Differs|Uncertainty): ")


@dataclass(frozen=True)
class Definition:
    """What a metric's own file says of it; a part that it does not have is empty."""

    text: str
    source: str = ""
    differs: str = ""
    uncertainty: str = ""


def definition(metric: AnyMetric) -> Definition:
    """The metric's definition, from the docstring of its module; empty where Python has dropped docstrings."""
    module = inspect.getmodule(_function(metric))
    text = " ".join((getattr(module, "__doc__", None) or "").split()).replace("``", "`")
    first, *rest = _PARTS.split(text)
    said = {name.lower(): part.strip() for name, part in zip(rest[::2], rest[1::2], strict=True)}
    return Definition(first.strip(), **said)


def _function(metric: AnyMetric) -> Callable[..., object]:
    if isinstance(metric, Metric):
        return metric.curve
    return metric.measure if isinstance(metric, WholeMetric) else metric.value


def view_words(metric: AnyMetric) -> str:
    """Where to film it from."""
    if isinstance(metric, WholeMetric) or metric.views == ANY_VIEW:
        return "any side"
    return {FRONTAL: "front or back", SAGITTAL: "side", BEHIND: "back"}[metric.views]


def moment_words(metric: AnyMetric) -> str:
    """When it is read."""
    if isinstance(metric, WholeMetric):
        return "over the clip"
    if not isinstance(metric, Metric):
        return "each repetition" if isinstance(metric, RepMetric) else "each step"
    words = []
    if Activity.RUNNING in metric.activities:
        words.append(MOMENTS[metric.phase])
    if Activity.STEP_UP in metric.activities:
        words.append("largest while on one leg")
    return "; ".join(words)


def target_words(target: Target) -> str:
    """A target in words: what passes, and what misses it."""
    unit = UNITS[target.unit]
    low, high = target.pass_low, target.pass_high
    if low is not None and high is not None:
        passes = f"{low:g} to {high:g}{unit}"
    else:
        passes = f"{high:g}{unit} or less" if high is not None else f"{low:g}{unit} or more"
    bounds = ((target.fail_low, "below"), (target.fail_high, "above"))
    missed = " or ".join(f"{word} {bound:g}{unit}" for bound, word in bounds if bound is not None)
    return f"{passes}; missed {missed}" if missed else passes
