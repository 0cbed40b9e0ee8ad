"""Several clips of one person held against the first: cue trial, before and after, first and last kilometre."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from analyzer import __version__
from analyzer.assessment import Assessment
from analyzer.compare.decision import CueName, change_text, cue_outcome, decide, what_text
from analyzer.compare.paired import paired_change
from analyzer.compare.setup import day_of, setup_of
from analyzer.compare.tables import load_compare
from analyzer.compare.types import (
    Change,
    ClipCard,
    Comparison,
    CueOutcome,
    Decision,
    Labelled,
    LoadRow,
    Pair,
    Role,
    Uncompared,
)
from analyzer.errors import CompareError
from analyzer.measured import MeasurementInfo
from analyzer.pose.landmarks import Side
from analyzer.program.plan import plan_for_cues

IMPACTS = "impacts_per_km"
COUNTED = "count"


def compare_clips(clips: Sequence[Labelled], today: date, distance_km: float | None = None) -> Comparison:
    """Hold clips against the first of them.

    Args:
        clips: the first one is what the others are held against.
        today: the day of the comparison.
        distance_km: the runner's own distance, for the number of impacts.

    Raises:
        CompareError: there are fewer than two clips, or a cue stands twice.
    """
    if len(clips) < 2:
        raise CompareError("One clip alone cannot be compared; name a first clip and one or more others.")
    first, *others = clips
    _check_roles(others)
    pairs = tuple(pair_of(first, other) for other in others)
    table = load_compare()
    flagged = any(clip.assessment.intake is not None and clip.assessment.intake.flags for clip in clips)
    cues = () if flagged else _cues(first, pairs)
    decision = decide({outcome.cue: outcome.helped for outcome in cues}) if cues else None
    helped = [outcome.cue for outcome in cues if outcome.helped == "yes"]
    return Comparison(
        created=today,
        stridecheck_version=__version__,
        person=first.assessment.subject.name,
        baseline=_card(first),
        pairs=pairs,
        decision=decision,
        said=table.words.decision[decision.value] if decision is not None else "",
        cues=cues,
        next=table.words.next[decision.value] if decision is not None else "",
        items=() if decision in (None, Decision.NEITHER, Decision.CANNOT_TELL) else plan_for_cues(helped),
        drift="" if flagged else _drift(pairs),
        load=tuple(_load(clips, distance_km)),
        withheld=table.words.withheld.said if flagged else "",
    )


def _check_roles(others: Sequence[Labelled]) -> None:
    for role in (Role.HIPS, Role.FEET):
        doubled = [clip.label for clip in others if clip.role is role]
        if len(doubled) > 1:
            raise CompareError(
                f"{' and '.join(doubled)} are both taken for the {role.value} cue; tell them apart with --label."
            )


def pair_of(first: Labelled, other: Labelled) -> Pair:
    """Every metric that both clips have, with the change of each side."""
    setup = setup_of(first, other)
    couples, missing = _couples(first.assessment, other.assessment) if setup.comparable else ([], [])
    same_day = day_of(first.assessment) == day_of(other.assessment)
    changes = tuple(
        paired_change(before, after, same_setup=setup.same, same_day=same_day, family=len(couples))
        for before, after in couples
    )
    return Pair(
        clip=_card(other),
        same_setup=setup.same,
        cautions=setup.cautions,
        changes=changes,
        uncompared=tuple(missing),
    )


def _couples(
    first: Assessment, other: Assessment
) -> tuple[list[tuple[MeasurementInfo, MeasurementInfo]], list[Uncompared]]:
    """Measurements that both clips have, and those that one of them has not."""
    afters = {(m.metric, m.side): m for m in other.measurements}
    couples, missing = [], []
    for before in first.measurements:
        after = afters.get((before.metric, before.side))
        if after is None or before.unit == COUNTED:
            continue
        if before.value is None and after.value is None:
            continue
        reason = _gap(before, after)
        if reason:
            missing.append(Uncompared(title=before.title, side=before.side, reason=reason))
        else:
            couples.append((before, after))
    return couples, missing


def _gap(before: MeasurementInfo, after: MeasurementInfo) -> str:
    """Why two measurements cannot be compared; empty where they can."""
    for which, measurement in (("first", before), ("other", after)):
        if measurement.value is None:
            return f"Not measured in the {which} clip. {measurement.reason}"
        if measurement.uncertainty is None:
            return f"The {which} clip does not say how sure it is."
    return "" if before.unit == after.unit else "The clips give it in different units."


def _cues(first: Labelled, pairs: tuple[Pair, ...]) -> tuple[CueOutcome, ...]:
    by_role = {pair.clip.role: pair for pair in pairs}
    names: tuple[tuple[CueName, Role], ...] = (("hips", Role.HIPS), ("feet", Role.FEET))
    if not any(role in by_role for _, role in names):
        return ()
    return tuple(cue_outcome(cue, by_role.get(role), first.pain) for cue, role in names)


def _drift(pairs: tuple[Pair, ...]) -> str:
    """What changed from the first clip to the last one of a run; empty where there is no last one."""
    last = next((pair for pair in pairs if pair.clip.role is Role.LAST), None)
    if last is None or not last.changes:
        return ""
    words = load_compare().words.drift
    told = [_drifted(change) for change in last.real]
    return words.some.format(what="; ".join(told)) if told else words.none


def _drifted(change: Change) -> str:
    return f"{what_text(change)} {change_text(change)}"


def _load(clips: Sequence[Labelled], distance_km: float | None) -> Iterable[LoadRow]:
    """Impacts of each clip whose speed is known."""
    for clip in clips:
        try:
            found = clip.assessment.of(IMPACTS, Side.BOTH)
        except KeyError:
            continue
        if found.value is not None:
            yield LoadRow(
                label=clip.label,
                per_km=found.value,
                uncertainty=found.uncertainty or 0.0,
                distance_km=distance_km,
                over_distance=found.value * distance_km if distance_km is not None else None,
            )


def _card(clip: Labelled) -> ClipCard:
    assessment = clip.assessment
    return ClipCard(
        label=clip.label,
        role=clip.role,
        file=PurePath(assessment.clip.path.replace("\\", "/")).name,
        sha256=assessment.clip.sha256,
        recorded=assessment.clip.recorded,
        created=assessment.created,
        pain=clip.pain,
        shoes=clip.shoes,
        speed_mps=assessment.subject.speed_mps,
        headline=assessment.headline,
    )
