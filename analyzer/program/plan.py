"""What to train, from verdicts alone: findings lead to exercises, a step-up test not passed yet to the ladder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from analyzer.criteria.verdict import Judged
from analyzer.planned import Plan, PlanItem, PlanPhase, PlanWeek
from analyzer.program.tables import Finding, Program, load_program
from analyzer.tested import TestInfo
from analyzer.verdicts import TestVerdict, Verdict

MOST_PRIORITIES: Final = 2
KNOWN: Final = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)
STEP_UP_TEST: Final = "step_up_test"


def plan_for(judged: tuple[Judged, ...], tests: tuple[TestInfo, ...], *, more_cadence: bool = False) -> Plan:
    """The plan that the verdicts call for; withheld where nothing could be judged. It has no dates yet.

    ``more_cadence`` is whether the cadence card finds a little more worth a try.
    """
    program = load_program()
    if not tests or not any(each.verdict in KNOWN for each in judged):
        return Plan(withheld=program.base.withheld)
    stepping = any(test.name == STEP_UP_TEST for test in tests)
    climbs = any(test.name == STEP_UP_TEST and test.verdict is TestVerdict.NOT_YET for test in tests)
    missed = _metrics(judged, Verdict.FAIL)
    found = [f for f in program.finding.values() if missed & set(f.metrics) and (stepping or not f.only_step_up)]
    found = found[:MOST_PRIORITIES]
    items = tuple(_items(program, found, climbs=climbs, stepping=stepping, more_cadence=more_cadence))
    phases = _phases(program) if climbs else ()
    if phases:
        notes = [program.ladder.why, program.base.ladder_note]
    else:
        notes = [program.base.note if found else program.base.keep, program.base.weeks_proposed]
    return Plan(
        focus=tuple(finding.title for finding in found),
        items=items,
        weeks=_ladder_weeks(program, phases, items) if phases else _weeks(program, items),
        notes=(*notes, *program.base.rules),
        phases=phases,
        uncovered=tuple(_uncovered(program, judged)),
    )


def plan_for_cues(helped: Iterable[str]) -> tuple[PlanItem, ...]:
    """What the cues that helped lead to; ``helped`` holds ``hips``, ``feet`` or both."""
    program = load_program()
    items: dict[str, PlanItem] = {}
    for cue in sorted(helped):
        for name in program.trial[cue].exercises:
            items.setdefault(name, _item(program, name, program.trial[cue].why))
    return tuple(items.values())


def _metrics(judged: tuple[Judged, ...], *verdicts: Verdict) -> set[str]:
    return {each.measurement.metric for each in judged if each.verdict in verdicts}


def _uncovered(program: Program, judged: tuple[Judged, ...]) -> Iterable[str]:
    """One sentence for each finding whose metrics this clip should have, none of them judged."""
    had, known = {each.measurement.metric for each in judged}, _metrics(judged, *KNOWN)
    for finding in program.finding.values():
        if finding.unseen and had & set(finding.metrics) and not known & set(finding.metrics):
            yield finding.unseen.format(view=finding.view)


def _items(
    program: Program, found: list[Finding], *, climbs: bool, stepping: bool, more_cadence: bool
) -> Iterable[PlanItem]:
    """Everything that the plan names, each once: extra sets first, the rest of the base, then drills and cues."""
    seen: set[str] = set()
    after = dict.fromkeys(program.ladder.waiting, program.ladder.waits_for_phase) if climbs else {}
    for finding in found:
        for name in finding.extra:
            if name not in seen:
                seen.add(name)
                yield _item(program, name, finding.why, program.base.extra_sets, after.get(name))
    for name in program.base.exercises:
        if name not in seen:
            yield _item(program, name, program.base.why, program.base.sets, after.get(name))
    if climbs:
        for phase in program.ladder.phase:
            yield from (_item(program, name, program.ladder.why) for name in phase.exercises)
    if not stepping:
        for finding in found:
            yield from (_item(program, name, finding.why_running) for name in finding.running)
        if more_cadence:
            yield _item(program, program.cadence.exercise, program.cadence.why)


def _item(program: Program, name: str, why: str, sets: str = "{dose}", after_phase: int | None = None) -> PlanItem:
    exercise = program.exercise[name]
    return PlanItem(
        exercise=name,
        title=exercise.title,
        dose=sets.format(dose=exercise.dose),
        how=exercise.how,
        why=why,
        source=program.articles[exercise.article],
        kind=exercise.kind,
        proposed=exercise.proposed,
        after_phase=after_phase,
    )


def _weeks(program: Program, items: tuple[PlanItem, ...]) -> tuple[PlanWeek, ...]:
    """The same week until it is time to film again."""
    base, names = program.base, tuple(item.exercise for item in items)
    return tuple(
        PlanWeek(week=week, exercises=names, note=base.last_note if week == base.weeks else base.week_note)
        for week in range(1, base.weeks + 1)
    )


def _phases(program: Program) -> tuple[PlanPhase, ...]:
    phases: list[PlanPhase] = []
    week: int | None = 1
    for number, phase in enumerate(program.ladder.phase, 1):
        phases.append(
            PlanPhase(
                number=number,
                title=phase.title,
                exercises=phase.exercises,
                weeks_low=phase.weeks_low,
                weeks_high=phase.weeks_high,
                first_week=week,
                gate=phase.gate,
                film=phase.film,
                source=program.articles[program.ladder.source],
            )
        )
        week = week + phase.weeks_low if week is not None and phase.weeks_low is not None else None
    return tuple(phases)


def _ladder_weeks(program: Program, phases: tuple[PlanPhase, ...], items: tuple[PlanItem, ...]) -> tuple[PlanWeek, ...]:
    """Week by week if every re-test is passed at once; phases without weeks come after the last of them."""
    climbed = {name for phase in phases for name in phase.exercises}
    weeks = []
    for phase in phases:
        if phase.first_week is None or phase.weeks_low is None:
            continue
        now = tuple(
            item.exercise
            for item in items
            if item.exercise in phase.exercises
            or (item.exercise not in climbed and (item.after_phase is None or item.after_phase < phase.number))
        )
        for week in range(phase.weeks_low):
            last = week == phase.weeks_low - 1
            note = f"{phase.film} {phase.gate}" if last else program.base.week_note
            weeks.append(PlanWeek(week=phase.first_week + week, exercises=now, note=note))
    return tuple(weeks)
