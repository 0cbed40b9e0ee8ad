"""The ladder of one person's clips: what each rung came to, the first that is not passed, and what running shows of it.

Rungs are told independently of each other: that a fault in one movement foretells it in a harder one, as the articles
say, is not supported at the level of 2-D angles (Vasconcelos 2022, by the project's notes).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.assessment import Assessment
from analyzer.compare.history import Dated
from analyzer.compare.ladder_table import FaultRule, RungRule, load_ladder
from analyzer.measured import MeasurementInfo
from analyzer.motion.types import Activity, View
from analyzer.pose.landmarks import SIDES, Side
from analyzer.schema import Model
from analyzer.tested import TestInfo
from analyzer.verdicts import TestVerdict, Verdict

HEADLINE_TESTS = ("step_up_test", "running_screen", "exercise_form")
"""The test that stands for a clip; that to the letter is told in the clip's own report."""


class LadderClip(Model):
    """One clip on a rung; ``verdict`` None where it has no test."""

    folder: str
    day: date
    activity: Activity
    view: View
    counted: str
    verdict: TestVerdict | None
    sides: dict[Side, TestVerdict]
    missed: tuple[str, ...]
    said: str


class Rung(Model):
    """One rung; ``verdict`` None where nothing was filmed."""

    name: str
    title: str
    verdict: TestVerdict | None
    clips: tuple[LadderClip, ...]


class Fault(Model):
    """One fault, where it was beyond its target, and whether it was in running; ``running`` None where that is open."""

    name: str
    title: str
    rungs: tuple[str, ...]
    running: bool | None
    said: str


class Ladder(Model):
    """All rungs from the lowest up.

    ``first`` is the name of the first rung that is not passed yet, ``apart`` why rungs are not told from each other.
    """

    schema_version: int = 1
    created: date
    person: str | None
    headline: str
    first: str | None
    rungs: tuple[Rung, ...]
    faults: tuple[Fault, ...]
    apart: str
    notes: tuple[str, ...]

    def to_json(self) -> str:
        """The text of ``ladder.json``."""
        return self.model_dump_json(indent=2) + "\n"


def ladder_of(found: Sequence[Dated], today: date) -> Ladder:
    """The ladder of dated assessments; of the same movement from the same side the newest counts."""
    say = load_ladder().words
    newest, notes = _newest(found)
    names = list(dict.fromkeys(name for each in newest if (name := each.assessment.subject.name)))
    if len(names) > 1:
        notes.append(say.several_people.format(names=", ".join(names)))
    rungs = tuple(_rung(rule, newest) for rule in load_ladder().rung)
    first = next((rung for rung in rungs if rung.verdict is TestVerdict.NOT_YET), None)
    return Ladder(
        created=today,
        person=names[-1] if len(names) == 1 else None,
        headline=_headline(rungs, first),
        first=first.name if first else None,
        rungs=rungs,
        faults=tuple(_faults(newest)),
        apart=say.apart,
        notes=tuple(notes),
    )


def _newest(found: Sequence[Dated]) -> tuple[list[Dated], list[str]]:
    kept: dict[tuple[Activity, View], Dated] = {}
    notes = []
    for each in sorted(found, key=lambda each: (each.day, each.assessment.created)):
        kind = (each.assessment.activity, each.assessment.camera.view)
        if kind in kept:
            notes.append(load_ladder().words.older.format(folder=kept[kind].folder.name))
        kept[kind] = each
    return list(kept.values()), notes


def _rung(rule: RungRule, found: Sequence[Dated]) -> Rung:
    order = {activity: place for place, activity in enumerate(rule.activities)}
    clips = [each for each in found if each.assessment.activity in order]
    clips.sort(key=lambda each: order[each.assessment.activity])
    told = tuple(_clip(each) for each in clips)
    return Rung(name=rule.name, title=rule.title, verdict=_worst([clip.verdict for clip in told]), clips=told)


def _worst(verdicts: Iterable[TestVerdict | None]) -> TestVerdict | None:
    """Of several clips one that misses is enough, and one that passes stands beside those that cannot tell."""
    seen = list(verdicts)
    for verdict in (TestVerdict.NOT_YET, TestVerdict.PASS):
        if verdict in seen:
            return verdict
    return TestVerdict.CANNOT_TELL if seen else None


def _clip(each: Dated) -> LadderClip:
    assessment, say = each.assessment, load_ladder().words
    test = _test(assessment)
    withheld = bool(assessment.intake and assessment.intake.flags)
    missed = dict.fromkeys(m.title for m in assessment.measurements if _missed(m))
    return LadderClip(
        folder=each.folder.name,
        day=each.day,
        activity=assessment.activity,
        view=assessment.camera.view,
        counted=_counted(assessment),
        verdict=test.verdict if test and not withheld else None,
        sides={Side(side): verdict for side, verdict in test.sides.items()} if test and not withheld else {},
        missed=() if withheld else tuple(missed),
        said=say.withheld if withheld else assessment.headline if test else say.untested,
    )


def _test(assessment: Assessment) -> TestInfo | None:
    return next((test for test in assessment.tests if test.name in HEADLINE_TESTS), None)


def _missed(measurement: MeasurementInfo) -> bool:
    return measurement.verdict is Verdict.FAIL


def _counted(assessment: Assessment) -> str:
    say = load_ladder().words
    if assessment.steps:
        return say.steps.format(count=len(assessment.steps))
    return say.counted.format(count=len(assessment.reps))


def _headline(rungs: tuple[Rung, ...], first: Rung | None) -> str:
    say = load_ladder().words
    if all(rung.verdict is TestVerdict.PASS for rung in rungs):
        return say.all_passed
    below = rungs[: rungs.index(first)] if first else rungs
    unknown = ", ".join(_short(rung) for rung in below if rung.verdict is not TestVerdict.PASS)
    if first is None:
        return say.none_open.format(open=unknown)
    words = say.first_open if unknown else say.first
    return words.format(rung=_short(first), open=unknown)


def _short(rung: Rung) -> str:
    return rung.title.split(":")[0].lower()


def _faults(found: Sequence[Dated]) -> Iterable[Fault]:
    """Each fault that was beyond its target anywhere."""
    judged = [each.assessment for each in found if not (each.assessment.intake and each.assessment.intake.flags)]
    running = [each for each in judged if each.activity is Activity.RUNNING]
    for name, rule in load_ladder().fault.items():
        where = [rung for rung in load_ladder().rung if rung.name != "running" and _shows(rule, rung, judged)]
        there, why, sides = _in_running(rule, running)
        if where or there:
            yield Fault(
                name=name,
                title=rule.title,
                rungs=tuple(rung.name for rung in where),
                running=there,
                said=_said(rule, where, there, why, sides),
            )


def _shows(rule: FaultRule, rung: RungRule, judged: Sequence[Assessment]) -> bool:
    clips = [each for each in judged if each.activity in rung.activities]
    return any(_missed(m) and m.metric in rule.metrics for each in clips for m in each.measurements)


def _in_running(rule: FaultRule, running: Sequence[Assessment]) -> tuple[bool | None, str, str]:
    """Whether running shows it, why that is open, and on which sides it does."""
    say = load_ladder().words
    told = [m for each in running for m in each.measurements if m.metric in rule.running]
    missed = [m.side for m in told if _missed(m)]
    if missed:
        both = all(side in missed for side in SIDES)
        sides = say.side_both if both else say.side_left if Side.LEFT in missed else say.side_right
        return True, "", sides
    if any(m.verdict is Verdict.PASS for m in told) and not any(m.verdict is Verdict.BORDERLINE for m in told):
        return False, "", ""
    if not running:
        return None, say.no_running, ""
    return None, say.no_view if all(m.value is None for m in told) else say.unsure, ""


def _said(rule: FaultRule, where: list[RungRule], there: bool | None, why: str, sides: str) -> str:
    say = load_ladder().words
    fault = rule.title[:1].upper() + rule.title[1:]
    rungs = " and ".join(rung.title.split(":")[0].lower() for rung in where)
    if not where:
        return say.only_running.format(fault=fault, sides=sides)
    words = {True: say.both, False: say.only_exercise, None: say.unknown}[there]
    return words.format(fault=fault, where=rungs, sides=sides, why=why)
