"""The one sentence that a report begins with."""

from __future__ import annotations

from analyzer.assessment import Quality, TestInfo, TestVerdict, Verdict
from analyzer.criteria.tables import Criteria
from analyzer.criteria.verdict import Judged
from analyzer.motion.types import Activity, Motion
from analyzer.pose.landmarks import SIDES, Side

_NAMES = {
    Activity.SQUAT: "Squats",
    Activity.SINGLE_LEG_SQUAT: "Single-leg squats",
    Activity.WALKING: "Walking",
    Activity.BALANCE: "Balancing",
}


def headline(
    motion: Motion, tests: tuple[TestInfo, ...], judged: tuple[Judged, ...], seen: Quality, criteria: Criteria
) -> str:
    """What came out, in one sentence."""
    if motion.activity is Activity.STEP_UP:
        return _step_ups(motion, tests[0])
    if motion.activity is Activity.RUNNING:
        return _running(tests[0], judged, criteria)
    if motion.activity in (Activity.SQUAT, Activity.SINGLE_LEG_SQUAT):
        return f"{_NAMES[motion.activity]}: {len(motion.reps)} complete repetitions counted."
    if motion.activity is Activity.UNKNOWN:
        why = f" {seen.warnings[0].message} {seen.warnings[0].advice}" if seen.warnings else ""
        return f"Neither running nor step-ups were seen in this clip, so nothing was measured.{why}"
    name = _NAMES.get(motion.activity, motion.activity.value.replace("_", " ").capitalize())
    return f"{name} was seen in this clip, so nothing was measured; film running or step-ups."


def _step_ups(motion: Motion, test: TestInfo) -> str:
    counts = " and ".join(f"{sum(rep.side is s for rep in motion.reps)} {s.value}" for s in SIDES)
    if test.verdict is TestVerdict.PASS:
        return f"Step-up test passed: {counts}, all within the training targets."
    if test.verdict is TestVerdict.NOT_YET:
        missed = " and ".join(s for s, verdict in test.sides.items() if verdict is TestVerdict.NOT_YET)
        return f"Step-up test not yet passed: the {missed} side missed a training target ({counts} counted)."
    return f"Step-ups counted: {counts}; this clip alone cannot tell whether the test is passed."


def _running(test: TestInfo, judged: tuple[Judged, ...], criteria: Criteria) -> str:
    missed = sorted(
        (each for each in judged if each.verdict is Verdict.FAIL),
        key=lambda each: -criteria.metric[each.measurement.metric].weight,
    )
    titles = list(dict.fromkeys(criteria.metric[each.measurement.metric].title.lower() for each in missed))
    if titles:
        sides = {each.measurement.side for each in missed if each.measurement.side is not Side.BOTH}
        where = f" on the {next(iter(sides)).value} side" if len(sides) == 1 else ""
        return f"Running: worth working on {' and '.join(titles[:2])}{where}."
    if test.verdict is TestVerdict.PASS:
        return "Running: all that could be judged from this view is within the training targets."
    return "Running: nothing in this view clearly misses a training target; some of it is borderline or uncertain."
