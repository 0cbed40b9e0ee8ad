"""The one sentence that a report begins with."""

from __future__ import annotations

from analyzer.criteria.exercise_form import Form
from analyzer.criteria.tables import Criteria, HeadlineWords
from analyzer.criteria.verdict import Judged
from analyzer.filmed import Quality
from analyzer.motion.types import Activity, Motion, Why
from analyzer.pose.landmarks import SIDES, Side
from analyzer.tested import TestInfo
from analyzer.verdicts import TestVerdict, Verdict


def headline(
    motion: Motion,
    tests: tuple[TestInfo, ...],
    judged: tuple[Judged, ...],
    seen: Quality,
    criteria: Criteria,
    form: Form | None = None,
) -> str:
    """What came out, in one sentence."""
    say = criteria.headline
    name = say.names.get(motion.activity, motion.activity.value.replace("_", " ").capitalize())
    if form is not None and not motion.reps:
        return form.headline + _cut_off(motion, say)
    if motion.activity is Activity.STEP_UP:
        return _step_ups(motion, tests[0], say)
    if motion.activity is Activity.RUNNING:
        return _running(tests[0], judged, criteria)
    if motion.activity in (Activity.SQUAT, Activity.SINGLE_LEG_SQUAT):
        missed = f" {form.worth_work}" if form and form.worth_work else ""
        return say.counted.format(what=name, count=len(motion.reps)) + _cut_off(motion, say) + missed
    if motion.activity is Activity.BALANCE and motion.reps:
        longest = max(motion.reps, key=lambda rep: rep.end_s - rep.start_s)
        held = f"{longest.end_s - longest.start_s:.1f}"
        return say.held.format(what=name, seconds=held, side=longest.side.value)
    if form is not None:
        return form.headline
    if motion.activity is Activity.UNKNOWN:
        why = f" {seen.warnings[0].message} {seen.warnings[0].advice}" if seen.warnings else ""
        return f"{say.unseen}{why}"
    return say.other.format(what=name)


def _cut_off(motion: Motion, say: HeadlineWords) -> str:
    """How many repetitions the clip cuts off; empty where none."""
    cut = sum(each.why is Why.CUT_OFF for each in motion.unfinished)
    return say.cut_off.format(count=cut) if cut else ""


def _step_ups(motion: Motion, test: TestInfo, say: HeadlineWords) -> str:
    counts = " and ".join(f"{sum(rep.side is s for rep in motion.reps)} {s.value}" for s in SIDES)
    if test.verdict is TestVerdict.PASS:
        return say.step_ups_passed.format(counts=counts)
    if test.verdict is TestVerdict.NOT_YET:
        missed = " and ".join(s for s, verdict in test.sides.items() if verdict is TestVerdict.NOT_YET)
        return say.step_ups_missed.format(side=missed, counts=counts)
    return say.step_ups_open.format(counts=counts)


def _running(test: TestInfo, judged: tuple[Judged, ...], criteria: Criteria) -> str:
    say = criteria.headline
    missed = sorted(
        (each for each in judged if each.verdict is Verdict.FAIL),
        key=lambda each: -criteria.metric[each.measurement.metric].weight,
    )
    titles = list(dict.fromkeys(criteria.metric[each.measurement.metric].title.lower() for each in missed))
    if titles:
        sides = {each.measurement.side for each in missed if each.measurement.side is not Side.BOTH}
        what = " and ".join(titles[:2])
        if len(sides) == 1:
            return say.running_missed_side.format(what=what, side=next(iter(sides)).value)
        return say.running_missed.format(what=what)
    return say.running_within if test.verdict is TestVerdict.PASS else say.running_open
