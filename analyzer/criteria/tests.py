"""The two tests: ten step-ups a side with perfect form, and the running screen."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.assessment import TestInfo, TestVerdict, Verdict
from analyzer.criteria.tables import Criteria, StepUpWords
from analyzer.criteria.verdict import Judged, event_verdicts
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, Motion, Rep
from analyzer.pose.landmarks import SIDES, Side


@dataclass(frozen=True)
class JudgedRep:
    """One repetition with its verdict and what decided it."""

    rep: Rep
    verdict: Verdict
    reasons: tuple[str, ...]


def judge_reps(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> tuple[JudgedRep, ...]:
    """Each repetition by its own values: one miss fails it, one borderline value makes it borderline."""
    out = []
    for rep in motion.reps:
        found: dict[Verdict, list[str]] = {}
        for each in judged:
            verdict = event_verdicts(each.measurement, each.target, criteria).get(rep.index)
            if verdict is not None and each.measurement.metric in criteria.step_up_test.judged:
                found.setdefault(verdict, []).append(criteria.metric[each.measurement.metric].title.lower())
        worst = next((v for v in (Verdict.FAIL, Verdict.BORDERLINE, Verdict.PASS) if v in found), Verdict.NOT_MEASURED)
        reasons = found.get(worst, []) if worst in (Verdict.FAIL, Verdict.BORDERLINE) else []
        out.append(JudgedRep(rep, worst, tuple(reasons)))
    return tuple(out)


def run_tests(
    motion: Motion, judged: tuple[Judged, ...], reps: tuple[JudgedRep, ...], criteria: Criteria
) -> tuple[TestInfo, ...]:
    """The tests that the activity allows."""
    if motion.activity is Activity.STEP_UP:
        return (_step_up_test(motion, reps, criteria),)
    if motion.activity is Activity.RUNNING:
        return (_running_screen(motion, judged, criteria),)
    return ()


def _step_up_test(motion: Motion, reps: tuple[JudgedRep, ...], criteria: Criteria) -> TestInfo:
    sides: dict[Side, TestVerdict] = {}
    low, high = criteria.step_up_test.lowest_box_cm, criteria.step_up_test.highest_box_cm
    fits = motion.box_cm is None or low <= motion.box_cm <= high
    reasons = [] if fits else [criteria.step_up_test.say.box.format(box=f"{motion.box_cm:.0f}")]
    for side in SIDES:
        sides[side], said = _step_up_side(motion, [r for r in reps if r.rep.side is side], side, criteria)
        reasons.extend(said)
        if sides[side] is TestVerdict.PASS and not fits:
            sides[side] = TestVerdict.CANNOT_TELL
    return TestInfo(
        name="step_up_test",
        title=criteria.step_up_test.title,
        verdict=_worst(tuple(sides.values())),
        sides={"left": sides[Side.LEFT], "right": sides[Side.RIGHT]},
        reasons=tuple(reasons),
    )


def _step_up_side(
    motion: Motion, reps: list[JudgedRep], side: Side, criteria: Criteria
) -> tuple[TestVerdict, list[str]]:
    """Pass needs ten repetitions within the targets, few of them borderline; one that misses is enough for not yet."""
    say, needed = criteria.step_up_test.say, criteria.step_up_test.needed
    facts = {"side": side.value.capitalize(), "count": len(reps), "needed": needed}
    numbers = {
        v: [str(i + 1) for i, rep in enumerate(reps) if rep.verdict is v] for v in (Verdict.FAIL, Verdict.BORDERLINE)
    }
    if numbers[Verdict.FAIL]:
        why = sorted({reason for rep in reps if rep.verdict is Verdict.FAIL for reason in rep.reasons})
        which = _which(numbers[Verdict.FAIL], say)
        return TestVerdict.NOT_YET, [say.missed.format(**facts, which=which, what=" and ".join(why))]
    if motion.camera.view not in FRONTAL:
        return TestVerdict.CANNOT_TELL, [say.not_judged.format(**facts)]
    if len(reps) < needed:
        return TestVerdict.CANNOT_TELL, [say.too_few.format(**facts)]
    seen = sum(rep.verdict is not Verdict.NOT_MEASURED for rep in reps)
    if seen < needed:
        return TestVerdict.CANNOT_TELL, [say.unseen.format(**facts, seen=seen)]
    if unsure := numbers[Verdict.BORDERLINE]:
        said = say.borderline.format(**facts, which=_which(unsure, say))
        allowed = len(unsure) <= criteria.step_up_test.borderline_allowed
        return TestVerdict.PASS if allowed else TestVerdict.CANNOT_TELL, [said]
    return TestVerdict.PASS, [say.passed.format(**facts)]


def _running_screen(motion: Motion, judged: tuple[Judged, ...], criteria: Criteria) -> TestInfo:
    screen = criteria.running_screen
    names = screen.frontal if motion.camera.view in FRONTAL else screen.sagittal
    sides, reasons = {}, []
    for side in SIDES:
        mine = [each for each in judged if each.measurement.metric in names and each.measurement.side is side]
        sides[side], said = _screen_side(mine, side, criteria)
        reasons.extend(said)
    if motion.camera.view in FRONTAL | SAGITTAL:
        reasons.append(screen.say.frontal_only if motion.camera.view in FRONTAL else screen.say.sagittal_only)
    return TestInfo(
        name="running_screen",
        title=screen.title,
        verdict=_worst(tuple(sides.values())),
        sides={"left": sides[Side.LEFT], "right": sides[Side.RIGHT]},
        reasons=tuple(reasons),
    )


def _screen_side(mine: list[Judged], side: Side, criteria: Criteria) -> tuple[TestVerdict, list[str]]:
    titles = {
        verdict: [criteria.metric[each.measurement.metric].title.lower() for each in mine if each.verdict is verdict]
        for verdict in Verdict
    }
    say, name = criteria.running_screen.say, side.value.capitalize()
    if missed := titles[Verdict.FAIL]:
        return TestVerdict.NOT_YET, [say.missed.format(side=name, what=" and ".join(missed))]
    if not titles[Verdict.PASS]:
        return TestVerdict.CANNOT_TELL, [say.unseen.format(side=name)]
    if doubtful := titles[Verdict.BORDERLINE]:
        return TestVerdict.CANNOT_TELL, [say.borderline.format(side=name, what=" and ".join(doubtful))]
    unsure = titles[Verdict.INFO] + titles[Verdict.NOT_MEASURED]
    within = (say.within_some if unsure else say.within).format(
        side=name, what=", ".join(titles[Verdict.PASS]), unsure=", ".join(unsure)
    )
    return TestVerdict.PASS if len(titles[Verdict.PASS]) > len(unsure) else TestVerdict.CANNOT_TELL, [within]


def _worst(verdicts: tuple[TestVerdict, ...]) -> TestVerdict:
    order = (TestVerdict.NOT_YET, TestVerdict.CANNOT_TELL, TestVerdict.PASS)
    return min(verdicts, key=order.index)


def _which(numbers: list[str], say: StepUpWords) -> str:
    return (say.one if len(numbers) == 1 else say.several).format(numbers=", ".join(numbers))
