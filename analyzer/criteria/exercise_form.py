"""How an exercise was done: pass, not yet or cannot tell for each side, and what else there is to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.criteria.step_up_test import worst
from analyzer.criteria.tables import Criteria
from analyzer.criteria.verdict import Judged
from analyzer.exercises.perform import exercise_of
from analyzer.exercises.tables import Exercise, load_exercises
from analyzer.filmed import Subject
from analyzer.metrics.registry import Metric, RepMetric, all_metrics
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, Motion, View, Why
from analyzer.pose.landmarks import SIDES, Side
from analyzer.tested import ExerciseInfo, TestInfo
from analyzer.verdicts import TestVerdict, Verdict

QUICK_FPS: Final = 30.0
"""Below it quick movements are counted too low; of drawn skippers 6 to 9 of 10 were left at 5 frames a second."""


@dataclass(frozen=True)
class Form:
    """The exercise as the assessment keeps it, and its test; no test where step-ups have one of their own.

    ``headline`` is a report's first sentence, ``worth_work`` one on what missed its target, empty where nothing did.
    """

    exercise: ExerciseInfo
    tests: tuple[TestInfo, ...]
    headline: str
    worth_work: str


def exercise_form(motion: Motion, judged: tuple[Judged, ...], subject: Subject, criteria: Criteria) -> Form | None:
    """What can be said of the exercise; None where it is none."""
    exercise = exercise_of(motion)
    if exercise is None:
        return None
    checked = [each for name in exercise.checks for each in judged if each.measurement.metric == name]
    sides = _sides(motion)
    verdicts = {side: _verdict([each for each in checked if _of(each, side)], side, motion, exercise) for side in sides}
    reasons = [*_counts(motion, exercise, criteria), *_said_of_sides(checked, sides, motion, criteria)]
    reasons += [*_dose(motion, exercise, criteria), *_asides(motion, exercise, subject, criteria)]
    verdict = worst(tuple(verdicts.values())) if verdicts else TestVerdict.CANNOT_TELL
    info = ExerciseInfo(
        name=motion.activity,
        title=exercise.title,
        counts={side: sum(rep.side is side for rep in motion.reps) for side in sides},
        each_s=_each_s(motion, exercise),
        verdict=verdict,
        sides=verdicts,
        checks=tuple((each.measurement.metric, each.measurement.side) for each in checked),
        not_counted=len(motion.unfinished),
        cues=exercise.cues,
        never_seen=exercise.unseen,
        dose=" ".join(_dose(motion, exercise, criteria)),
        film=exercise.film,
        source=exercise.source,
        eyes=subject.eyes if exercise.eyes else None,
    )
    test = TestInfo(
        name="exercise_form",
        title=criteria.exercise_form.title.format(title=exercise.title),
        verdict=verdict,
        sides={"left": verdicts[Side.LEFT], "right": verdicts[Side.RIGHT]} if Side.LEFT in verdicts else {},
        reasons=tuple(reasons),
    )
    tests = () if motion.activity is Activity.STEP_UP else (test,)
    missed = _titles(checked, criteria, Verdict.FAIL)
    worth_work = criteria.exercise_form.worth_work.format(what=missed) if missed else ""
    return Form(info, tests, _headline(motion, exercise, missed, verdict, criteria), worth_work)


def _sides(motion: Motion) -> tuple[Side, ...]:
    if any(rep.side is Side.BOTH for rep in motion.reps) or not motion.reps:
        return (Side.BOTH,)
    return SIDES


def _done_on(side: Side, motion: Motion) -> bool:
    return side is Side.BOTH or any(rep.side is side for rep in motion.reps)


def _of(judged: Judged, side: Side) -> bool:
    return side is Side.BOTH or judged.measurement.side in (side, Side.BOTH)


def _verdict(mine: list[Judged], side: Side, motion: Motion, exercise: Exercise) -> TestVerdict:
    """Not yet where one check is missed; a pass where the weightiest that has a target was seen and is met, none of
    those that can be missed is in doubt, and a hold lasted as long as is asked for."""
    if any(each.verdict is Verdict.FAIL for each in mine):
        return TestVerdict.NOT_YET
    aimed = [each for each in mine if each.target is not None]
    in_doubt = any(each.verdict is Verdict.BORDERLINE and _can_be_missed(each) for each in aimed)
    met = bool(aimed) and aimed[0].verdict is Verdict.PASS
    if not motion.reps or not met or in_doubt or not _held_long_enough(motion, side, exercise):
        return TestVerdict.CANNOT_TELL
    return TestVerdict.PASS


def _held_long_enough(motion: Motion, side: Side, exercise: Exercise) -> bool:
    """Whether the longest hold took what is asked for; so for what is no hold."""
    if exercise.dose is None or exercise.dose.unit != "s" or not _is_hold(exercise):
        return True
    return max(_lasted_s(motion, side), default=0.0) >= exercise.dose.low


def _lasted_s(motion: Motion, side: Side) -> list[float]:
    return [rep.end_s - rep.start_s for rep in motion.reps if side is Side.BOTH or rep.side is side]


def _can_be_missed(judged: Judged) -> bool:
    target = judged.target
    return target is not None and (target.fail_low is not None or target.fail_high is not None)


def _titles(checked: list[Judged], criteria: Criteria, *verdicts: Verdict) -> str:
    names = dict.fromkeys(
        criteria.metric[each.measurement.metric].title.lower() for each in checked if each.verdict in verdicts
    )
    return " and ".join(names)


def _said_of_sides(checked: list[Judged], sides: tuple[Side, ...], motion: Motion, criteria: Criteria) -> Iterator[str]:
    """What was missed, in doubt, met and unsure, side by side; then what this view does not show."""
    say = criteria.exercise_form
    if not motion.reps:
        return
    for side in sides:
        if not _done_on(side, motion):
            yield say.missing.format(side=side.value)
            continue
        mine = [each for each in checked if _of(each, side)]
        name = "" if side is Side.BOTH else f"{side.value.capitalize()}: "
        unsure = [e for e in mine if e.verdict is Verdict.INFO and e.target is not None]
        told = (
            (say.missed, _titles(mine, criteria, Verdict.FAIL)),
            (say.borderline, _titles(mine, criteria, Verdict.BORDERLINE)),
            (say.within, _titles(mine, criteria, Verdict.PASS)),
            (say.unsure, _titles(unsure, criteria, Verdict.INFO)),
        )
        said = [_sentence(words.format(side=name, what=what)) for words, what in told if what]
        yield from said or [_sentence(say.unseen.format(side=name))]
    yield from _other_views(checked, motion, criteria)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _other_views(checked: list[Judged], motion: Motion, criteria: Criteria) -> Iterator[str]:
    """Which judgements need which other view."""
    say, views = criteria.exercise_form, _views()
    for wanted, spoken in ((FRONTAL, say.front), (SAGITTAL, say.side)):
        names = dict.fromkeys(
            criteria.metric[each.measurement.metric].title.lower()
            for each in checked
            if views.get(each.measurement.metric) == wanted and motion.camera.view not in wanted
        )
        if names:
            yield say.other_view.format(what=", ".join(names), view=spoken)


def _views() -> dict[str, frozenset[View]]:
    own = {name: quantity.views for name, quantity in load_exercises().quantity.items()}
    return own | {each.name: each.views for each in all_metrics() if isinstance(each, Metric | RepMetric)}


def _each_s(motion: Motion, exercise: Exercise) -> float | None:
    lasted = [rep.end_s - rep.start_s for rep in motion.reps]
    if not lasted:
        return None
    return float(max(lasted) if _is_hold(exercise) else np.median(lasted))


def _is_hold(exercise: Exercise) -> bool:
    return "hold_time" in exercise.checks


def _counts(motion: Motion, exercise: Exercise, criteria: Criteria) -> Iterator[str]:
    say = criteria.exercise_form
    if not motion.reps:
        yield say.none.format(film=exercise.film)
    else:
        each = ", ".join(f"{sum(rep.side is s for rep in motion.reps)} {s.value}" for s in SIDES)
        sides = "" if _sides(motion) == (Side.BOTH,) else f" ({each})"
        words = say.held if _is_hold(exercise) else say.counted
        yield words.format(count=len(motion.reps), sides=sides, seconds=f"{_each_s(motion, exercise):.1f}")
    for why, told in ((Why.CUT_OFF, say.cut_off), (Why.NOT_TO_THE_TOP, say.broken_off)):
        count = sum(each.why is why for each in motion.unfinished)
        if count:
            yield told.format(count=count)


def _dose(motion: Motion, exercise: Exercise, criteria: Criteria) -> Iterator[str]:
    """What was asked for against what the clip shows."""
    say, dose = criteria.exercise_form, exercise.dose
    if dose is None or not motion.reps:
        return
    span = f"{dose.low:g}" if dose.low == dose.high else f"{dose.low:g}-{dose.high:g}"
    sides = SIDES if dose.each_side and _sides(motion) == SIDES else (Side.BOTH,)
    done = " and ".join(_done(motion, side, dose.unit) for side in sides)
    words = say.dose_proposed if dose.proposed else say.dose
    yield words.format(
        dose=f"{span} {'seconds' if dose.unit == 's' else dose.unit}",
        each=say.each_side if dose.each_side else "",
        done=done,
    )


def _done(motion: Motion, side: Side, unit: str) -> str:
    mine = [rep for rep in motion.reps if side is Side.BOTH or rep.side is side]
    name = "" if side is Side.BOTH else f" {side.value}"
    if unit != "s":
        return f"{len(mine)}{name}"
    held = _lasted_s(motion, side)
    whole = motion.activity in (Activity.DOUBLE_LEG_SKIP, Activity.SINGLE_LEG_SKIP, Activity.HIGH_KNEES)
    lasting = mine[-1].end_s - mine[0].start_s if mine and whole else max(held, default=0.0)
    return f"{lasting:.0f} s{name}"


def _asides(motion: Motion, exercise: Exercise, subject: Subject, criteria: Criteria) -> Iterator[str]:
    say = criteria.exercise_form
    if motion.activity is Activity.BALANCE:
        again = sum(a.side is b.side for a, b in zip(motion.reps, motion.reps[1:], strict=False))
        if again:
            yield say.touched_down_once if again == 1 else say.touched_down.format(count=again)
    if exercise.eyes:
        yield say.eyes.format(eyes=subject.eyes) if subject.eyes else say.eyes_unknown
    if exercise.quick and motion.clip_fps < QUICK_FPS:
        yield say.few_frames.format(rate=f"{motion.clip_fps:.0f}", wanted=f"{QUICK_FPS:.0f}")
    if subject.activity is None:
        yield say.name_it.format(many=exercise.many)
    yield say.never_seen.format(what="; nor ".join(exercise.unseen))


def _headline(motion: Motion, exercise: Exercise, missed: str, verdict: TestVerdict, criteria: Criteria) -> str:
    say = criteria.exercise_form
    if not motion.reps:
        return f"{exercise.title}: {say.none.format(film=exercise.film)}"
    words = {
        TestVerdict.PASS: say.passed_headline,
        TestVerdict.NOT_YET: say.missed_headline,
        TestVerdict.CANNOT_TELL: say.open_headline,
    }[verdict]
    return words.format(title=exercise.title, count=len(motion.reps), what=missed)
