"""Ten step-ups on each side with perfect form, to a coach's tolerance and to the letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analyzer.criteria.tables import Criteria, StepUpWords
from analyzer.criteria.verdict import Judged, event_verdicts
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import FRONTAL, Motion, Rep, Why
from analyzer.pose.landmarks import SIDES, Side
from analyzer.tested import Decider, TestInfo
from analyzer.verdicts import TestVerdict, Verdict


@dataclass(frozen=True)
class JudgedRep:
    """One repetition with its verdict, what decided it, and of each of these the metric and when it was worst, in s."""

    rep: Rep
    verdict: Verdict
    reasons: tuple[str, ...]
    worst: tuple[tuple[str, float], ...] = ()


def judge_reps(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> tuple[JudgedRep, ...]:
    """Each repetition by its own values: one miss fails it, one borderline value makes it borderline.

    One whose knee could not be judged in every way is not judged, however upright the trunk, unless something missed
    its target.
    """
    names, decisive = criteria.step_up_test.judged, set(criteria.step_up_test.decisive)
    of_test = [each for each in judged if each.measurement.metric in names]
    of_test.sort(key=lambda each: names.index(each.measurement.metric))
    verdicts = [(each.measurement, event_verdicts(each.measurement, each.target, criteria)) for each in of_test]
    out = []
    for rep in motion.reps:
        found: dict[Verdict, list[Measurement]] = {}
        for measurement, by_rep in verdicts:
            if rep.index in by_rep:
                found.setdefault(by_rep[rep.index], []).append(measurement)
        verdict = next(
            (v for v in (Verdict.FAIL, Verdict.BORDERLINE, Verdict.PASS) if v in found), Verdict.NOT_MEASURED
        )
        if verdict is not Verdict.FAIL and not decisive <= {m.metric for group in found.values() for m in group}:
            verdict = Verdict.NOT_MEASURED
        to_blame = found.get(verdict, []) if verdict in (Verdict.FAIL, Verdict.BORDERLINE) else []
        reasons = tuple(criteria.metric[each.metric].title.lower() for each in to_blame)
        out.append(JudgedRep(rep, verdict, reasons, tuple((each.metric, _when(each, rep)) for each in to_blame)))
    return tuple(out)


def _when(measurement: Measurement, rep: Rep) -> float:
    return next(event.time_s for event in measurement.per_event if event.index == rep.index)


def step_up_tests(
    motion: Motion, judged: tuple[Judged, ...], reps: tuple[JudgedRep, ...], criteria: Criteria
) -> tuple[TestInfo, ...]:
    """The test as a coach would judge it, and to the letter, where no repetition may be in doubt."""
    rules = criteria.step_up_test
    return (
        _test("step_up_test", rules.title, rules.borderline_allowed, motion, judged, reps, criteria),
        _test("step_up_test_strict", rules.title_strict, 0, motion, judged, reps, criteria, headline=False),
    )


def _test(
    name: str,
    title: str,
    allowed: int,
    motion: Motion,
    judged: tuple[Judged, ...],
    reps: tuple[JudgedRep, ...],
    criteria: Criteria,
    *,
    headline: bool = True,
) -> TestInfo:
    sides: dict[Side, TestVerdict] = {}
    reasons = _box_reasons(motion, judged, criteria)
    fits = not reasons
    for side in SIDES:
        sides[side], said = _side(motion, [r for r in reps if r.rep.side is side], side, allowed, criteria)
        reasons.append(said)
        if sides[side] is TestVerdict.PASS and not fits:
            sides[side] = TestVerdict.CANNOT_TELL
    say = criteria.step_up_test.say
    role = say.verdict.format(allowed=allowed) if headline else say.beside
    return TestInfo(
        name=name,
        title=title,
        verdict=worst(tuple(sides.values())),
        sides={"left": sides[Side.LEFT], "right": sides[Side.RIGHT]},
        reasons=(
            *reasons,
            *_unjudged(motion, judged, criteria),
            *_hesitations(motion, criteria),
            *_not_counted(motion, say),
            role,
        ),
        headline=headline,
        decided_by=tuple(each for side in SIDES for each in _deciders(reps, side, criteria)),
    )


def _deciders(reps: tuple[JudgedRep, ...], side: Side, criteria: Criteria) -> list[Decider]:
    """The repetitions of a side that missed a target, or, where none did, those in doubt."""
    mine = [rep for rep in reps if rep.rep.side is side]
    verdict = next((v for v in (Verdict.FAIL, Verdict.BORDERLINE) if any(rep.verdict is v for rep in mine)), None)
    return [
        Decider(
            side=side,
            number=number,
            index=rep.rep.index,
            metric=rep.worst[0][0],
            title=criteria.metric[rep.worst[0][0]].title,
            t_s=rep.worst[0][1],
        )
        for number, rep in enumerate(mine, 1)
        if rep.verdict is verdict and rep.worst
    ]


def _box_reasons(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> list[str]:
    """Why the box is not the test's; empty where it is, or where that is not certain."""
    rules = criteria.step_up_test
    value, doubt = motion.box_cm, 0.0
    for each in judged:
        measured = each.measurement
        if value is None and measured.metric == "box_height":
            value, doubt = measured.value, measured.uncertainty or 0.0
    if value is None or (value + doubt >= rules.lowest_box_cm and value - doubt <= rules.highest_box_cm):
        return []
    return [rules.say.box.format(box=f"{value:.0f}")]


def _side(
    motion: Motion, reps: list[JudgedRep], side: Side, allowed: int, criteria: Criteria
) -> tuple[TestVerdict, str]:
    """Pass needs ten repetitions within the targets, few of them borderline; one that misses is enough for not yet."""
    say, needed = criteria.step_up_test.say, criteria.step_up_test.needed
    facts = {"side": side.value.capitalize(), "count": len(reps), "needed": needed}
    numbers = {
        v: [str(i + 1) for i, rep in enumerate(reps) if rep.verdict is v] for v in (Verdict.FAIL, Verdict.BORDERLINE)
    }
    if numbers[Verdict.FAIL]:
        # in the order of the criteria: the knee over the foot first
        why = dict.fromkeys(reason for rep in reps if rep.verdict is Verdict.FAIL for reason in rep.reasons)
        which = _which(numbers[Verdict.FAIL], say)
        return TestVerdict.NOT_YET, say.missed.format(**facts, which=which, what=" and ".join(why))
    if motion.camera.view not in FRONTAL:
        return TestVerdict.CANNOT_TELL, say.not_judged.format(**facts)
    if len(reps) < needed:
        return TestVerdict.CANNOT_TELL, say.too_few.format(**facts)
    seen = sum(rep.verdict is not Verdict.NOT_MEASURED for rep in reps)
    if seen < needed:
        return TestVerdict.CANNOT_TELL, say.unseen.format(**facts, seen=seen)
    if unsure := numbers[Verdict.BORDERLINE]:
        verdict = TestVerdict.PASS if len(unsure) <= allowed else TestVerdict.CANNOT_TELL
        return verdict, say.borderline.format(**facts, which=_which(unsure, say))
    return TestVerdict.PASS, say.passed.format(**facts)


def _unjudged(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> list[str]:
    """What the test asks for and this clip could judge in no repetition, from the front or the back."""
    rules = criteria.step_up_test
    if motion.camera.view not in FRONTAL or not motion.reps:
        return []
    seen = {each.measurement.metric for each in judged if event_verdicts(each.measurement, each.target, criteria)}
    left_out = [criteria.metric[name].title.lower() for name in rules.judged if name not in seen]
    return [rules.say.unjudged.format(what=" and ".join(left_out))] if left_out else []


def _hesitations(motion: Motion, criteria: Criteria) -> list[str]:
    """Which repetitions paused on the way up, numbered on their side; told, not judged."""
    rules, said = criteria.step_up_test, []
    for side in SIDES:
        phases = [rep.phases for rep in motion.reps if rep.side is side]
        paused = [str(i + 1) for i, p in enumerate(phases) if p and p.hesitation_s > rules.hesitation_s]
        if paused:
            said.append(rules.say.hesitated.format(side=side.value.capitalize(), which=_which(paused, rules.say)))
    return said


def _not_counted(motion: Motion, say: StepUpWords) -> list[str]:
    """What was begun and does not count."""
    counts = Counter(each.why for each in motion.unfinished)
    words = {Why.CUT_OFF: say.cut_off, Why.NOT_TO_THE_TOP: say.not_to_the_top}
    return [words[why].format(count=count) for why, count in sorted(counts.items())]


def worst(verdicts: tuple[TestVerdict, ...]) -> TestVerdict:
    """The verdict of a test whose sides came out so."""
    order = (TestVerdict.NOT_YET, TestVerdict.CANNOT_TELL, TestVerdict.PASS)
    return min(verdicts, key=order.index)


def _which(numbers: list[str], say: StepUpWords) -> str:
    return (say.one if len(numbers) == 1 else say.several).format(numbers=", ".join(numbers))
