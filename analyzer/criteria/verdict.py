"""Holding a measurement against its training target.

Pass and fail each need 95 % confidence that the other is wrong: a value within the target passes if even its guarded
value is short of the fail limit; one beyond the fail limit fails if even its guarded value misses the target. All else
is borderline, and where the interval is too wide to call it that, it is only informative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from analyzer.criteria.tables import Criteria, MetricCriteria, Target
from analyzer.measured import Limits
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Motion
from analyzer.verdicts import Verdict

StrikeKind: TypeAlias = Literal["heel", "midfoot", "forefoot"]


@dataclass(frozen=True)
class Judged:
    """A measurement with its verdict.

    Attributes:
        measurement: what was measured.
        verdict: how it stands.
        reason: why nothing was measured or judged; else empty.
        sentence: for the client.
        target: what it was held against, in the measurement's unit; None where there is none.
    """

    measurement: Measurement
    verdict: Verdict
    reason: str
    sentence: str
    target: Target | None

    @property
    def limits(self) -> Limits | None:
        """The target as the assessment keeps it."""
        if self.target is None:
            return None
        return Limits(**self.target.model_dump(include=set(Limits.model_fields)))


def judge(measurement: Measurement, motion: Motion, criteria: Criteria) -> Judged:
    """Judge one measurement by the criteria of its metric; among repetitions one that misses the target is enough."""
    words = criteria.metric[measurement.metric]
    target = target_for(words, motion)
    if measurement.value is None or measurement.uncertainty is None:
        return Judged(measurement, Verdict.NOT_MEASURED, measurement.reason, "", target)
    verdict, reason = Verdict.INFO, ""
    if target is not None:
        verdict = verdict_of(measurement.value, measurement.uncertainty, target, criteria.guard.one_sided)
        clear = verdict is not Verdict.BORDERLINE and not words.biased
        if not clear and too_uncertain(measurement.uncertainty, target):
            width = f"{measurement.uncertainty:.{words.digits}f}"
            verdict, reason = Verdict.INFO, criteria.guard.too_wide.format(width=width, film=words.film)
    if motion.reps and Verdict.FAIL in event_verdicts(measurement, target, criteria).values():
        verdict, reason = Verdict.FAIL, ""
    return Judged(measurement, verdict, reason, _sentence(words, measurement, verdict, criteria), target)


def event_verdicts(measurement: Measurement, target: Target | None, criteria: Criteria) -> dict[int, Verdict]:
    """Verdict of each step's or repetition's own value by its index, without those that cannot be judged.

    Where the interval is too wide to judge by, only what misses its target beyond that doubt is left.
    """
    width = measurement.event_uncertainty
    if width is None or target is None:
        return {}
    found = {
        event.index: verdict_of(event.value, width, target, criteria.guard.one_sided) for event in measurement.per_event
    }
    if not too_uncertain(width, target):
        return found
    sure = not criteria.metric[measurement.metric].biased
    return {index: verdict for index, verdict in found.items() if sure and verdict is Verdict.FAIL}


def verdict_of(value: float, uncertainty: float, target: Target, one_sided: float) -> Verdict:
    """Pass, borderline or fail of a value with its 95 % half width."""
    guard = one_sided * uncertainty
    # Low limits are high limits of the negated value.
    high = _one_way(value, guard, target.pass_high, target.fail_high)
    low = _one_way(-value, guard, _negated(target.pass_low), _negated(target.fail_low))
    for verdict in (Verdict.FAIL, Verdict.BORDERLINE):
        if verdict in (high, low):
            return verdict
    return Verdict.PASS


def _one_way(value: float, guard: float, near: float | None, far: float | None) -> Verdict:
    """Verdict against a pass and a fail limit where higher is worse; pass where there are none.

    Without a fail limit the worst is borderline, and that only where the interval leaves no doubt.
    """
    if near is None:
        return Verdict.PASS
    if far is None:
        return Verdict.BORDERLINE if value - guard > near else Verdict.PASS
    if value >= far and value - guard > near:
        return Verdict.FAIL
    return Verdict.PASS if value <= near and value + guard < far else Verdict.BORDERLINE


def _negated(limit: float | None) -> float | None:
    return None if limit is None else -limit


def too_uncertain(uncertainty: float, target: Target) -> bool:
    """Whether the interval is wider than the borderline zone and half the target together, or the target alone."""
    rooms = []
    for near, far in ((target.pass_high, target.fail_high), (target.pass_low, target.fail_low)):
        if near is not None:
            rooms.append(abs(far - near) + abs(near) / 2.0 if far is not None else abs(near))
    return bool(rooms) and uncertainty > max(rooms)


def target_for(words: MetricCriteria, motion: Motion) -> Target | None:
    """The target for what the person does, in the measurement's own unit; None if there is none."""
    for target in words.limits:
        too_fast = target.up_to_mps is not None and (motion.speed_mps or 0.0) > target.up_to_mps
        if motion.activity not in target.activities or too_fast:
            continue
        if target.unit == "% leg":
            return target.scaled(motion.scale.leg_length_cm / 100.0) if motion.scale else None
        return target
    return None


def _sentence(words: MetricCriteria, measurement: Measurement, verdict: Verdict, criteria: Criteria) -> str:
    value = measurement.value or 0.0
    template = words.say.get(verdict.value, words.say.get("info", ""))  # type: ignore[call-overload]
    return str(
        template.format(
            side=measurement.side.value,
            other=measurement.side.other.value,
            value=f"{value:.{words.digits}f}",
            plus5=f"{1.05 * value:.0f}",
            inches=f"{value / 2.54:.1f}",
            strike=strike_class(measurement, criteria),
        )
    )


def strike_class(measurement: Measurement, criteria: Criteria) -> str:
    """Words for how the foot lands, unsure near a class border."""
    rules, value = criteria.strike, measurement.value or 0.0
    kind, sure = strike_kind(measurement, criteria)
    if sure:
        return {"heel": rules.rearfoot, "midfoot": rules.midfoot, "forefoot": rules.forefoot}[kind]
    nearer_heel = abs(value - rules.rearfoot_above_deg) <= abs(value - rules.forefoot_below_deg)
    return rules.unsure if nearer_heel else rules.unsure_low


def strike_kind(measurement: Measurement, criteria: Criteria) -> tuple[StrikeKind, bool]:
    """The class by the borders of Altman & Davis 2012, and whether the value is clear of both of them."""
    rules, value, doubt = criteria.strike, measurement.value or 0.0, (measurement.uncertainty or 0.0) / 2.0
    borders = (rules.rearfoot_above_deg, rules.forefoot_below_deg)
    sure = all(abs(value - border) > doubt for border in borders)
    if value > rules.rearfoot_above_deg:
        return "heel", sure
    return ("forefoot" if value < rules.forefoot_below_deg else "midfoot"), sure
