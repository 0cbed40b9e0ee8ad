"""The plan laid out on days."""

from __future__ import annotations

from datetime import date, timedelta

from analyzer.errors import ScheduleError
from analyzer.planned import Kind, Plan, PlanPhase, PlanSession, PlanWeek
from analyzer.program.tables import CalendarRules, load_program
from analyzer.program.week import EVERY_DAY, Week, lay_out


def dated(plan: Plan, start: date, days: frozenset[int] = EVERY_DAY, phase: int = 1) -> Plan:
    """The same plan with a calendar; one that is withheld stays without.

    Args:
        plan: from `plan_for`.
        start: the first day of week 1.
        days: days of the week that are free for training, Monday 0.
        phase: the phase to begin with, its re-tests before having been passed; means nothing in a plan without phases.

    Raises:
        ScheduleError: the plan has phases, but not that one, or it has no weeks.
    """
    if plan.withheld or not plan.weeks:
        return plan
    plan = _from_phase(plan, phase)
    rules = load_program().calendar
    week = lay_out(start, days, rules, drills=any(item.kind is Kind.DRILLS for item in plan.items))
    sessions = [entry for each in plan.weeks for entry in _sessions(plan, each, week, start, rules)]
    said = (rules.proposed,) if week.hard is not None else (rules.proposed, rules.no_hard_run)
    notes = tuple(dict.fromkeys((*plan.notes, *said)))
    return plan.model_copy(update={"start": start, "sessions": tuple(sorted(sessions, key=_order)), "notes": notes})


def _from_phase(plan: Plan, number: int) -> Plan:
    """The plan without the phases that have been passed, its weeks counted anew."""
    if not plan.phases or number == 1:
        return plan
    phase = next((phase for phase in plan.phases if phase.number == number), None)
    if phase is None or phase.first_week is None or phase.weeks_low is None:
        counted = [phase.number for phase in plan.phases if phase.weeks_low is not None]
        raise ScheduleError(f"There is no phase {number} with weeks; give {counted[0]} to {counted[-1]}.")
    before = phase.first_week - 1
    kept = tuple(
        each.model_copy(update={"first_week": each.first_week - before if each.first_week is not None else None})
        for each in plan.phases
        if each.number >= number
    )
    weeks = tuple(week.model_copy(update={"week": week.week - before}) for week in plan.weeks if week.week > before)
    done = {name for each in plan.phases if each.number < number for name in each.exercises}
    return plan.model_copy(
        update={
            "phases": kept,
            "weeks": weeks,
            "items": tuple(item for item in plan.items if item.exercise not in done),
        }
    )


def _order(session: PlanSession) -> tuple[date, int]:
    """A re-test comes before the day's training: filmed fresh."""
    return session.day, (Kind.RETEST, *[kind for kind in Kind if kind is not Kind.RETEST]).index(session.kind)


def _sessions(plan: Plan, week: PlanWeek, layout: Week, start: date, rules: CalendarRules) -> list[PlanSession]:
    monday = start + timedelta(weeks=week.week - 1)
    phase = _phase_of(plan, week.week)
    later = phase is not None and phase.number > plan.phases[0].number
    note = rules.conditional_note if later else ""

    def entry(day: int, kind: Kind, title: str, exercises: tuple[str, ...] = (), said: str = note) -> PlanSession:
        return PlanSession(
            day=monday + timedelta(days=day),
            kind=kind,
            title=title,
            exercises=exercises,
            note=said,
            week=week.week,
            phase=phase.number if phase is not None else None,
            conditional=later,
        )

    of_kind = {kind: tuple(n for n in week.exercises if plan.item(n).kind is kind) for kind in Kind}
    found = [entry(day, Kind.LIFT, rules.lift, of_kind[Kind.LIFT]) for day in layout.strength]
    if of_kind[Kind.DRILLS]:
        found += [entry(day, Kind.DRILLS, rules.drills, of_kind[Kind.DRILLS]) for day in layout.drills]
    cues = of_kind[Kind.EASY_RUN]
    for count, day in enumerate(layout.easy):
        # One cue a run, in turn: whoever changes two things at once cannot tell which one helped.
        turn = (week.week - 1) * len(layout.easy) + count
        found.append(entry(day, Kind.EASY_RUN, rules.easy_run, (cues[turn % len(cues)],) if cues else ()))
    if layout.hard is not None:
        found.append(entry(layout.hard, Kind.HARD_RUN, rules.hard_run, said=f"{rules.hard_note} {note}".strip()))
    if of_kind[Kind.DAILY]:
        found.append(entry(0, Kind.DAILY, rules.daily, of_kind[Kind.DAILY]))
    if _ends_here(plan, week, phase):
        found.append(entry(max(layout.drills), Kind.RETEST, rules.retest, said=f"{week.note} {note}".strip()))
    return found


def _phase_of(plan: Plan, week: int) -> PlanPhase | None:
    begun = [phase for phase in plan.phases if phase.first_week is not None and phase.first_week <= week]
    return begun[-1] if begun else None


def _ends_here(plan: Plan, week: PlanWeek, phase: PlanPhase | None) -> bool:
    if phase is None or phase.first_week is None or phase.weeks_low is None:
        return week.week == plan.weeks[-1].week
    return week.week == phase.first_week + phase.weeks_low - 1
