"""The tests that a clip allows: ten step-ups a side with perfect form, or the running screen."""

from __future__ import annotations

from analyzer.criteria.step_up_test import JudgedRep, step_up_tests, worst
from analyzer.criteria.tables import Criteria
from analyzer.criteria.verdict import Judged
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, Motion
from analyzer.pose.landmarks import SIDES, Side
from analyzer.tested import TestInfo
from analyzer.verdicts import TestVerdict, Verdict


def run_tests(
    motion: Motion, judged: tuple[Judged, ...], reps: tuple[JudgedRep, ...], criteria: Criteria
) -> tuple[TestInfo, ...]:
    """The tests that the activity allows."""
    if motion.activity is Activity.STEP_UP:
        return step_up_tests(motion, judged, reps, criteria)
    if motion.activity is Activity.RUNNING:
        return (_running_screen(motion, judged, criteria),)
    return ()


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
        verdict=worst(tuple(sides.values())),
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
