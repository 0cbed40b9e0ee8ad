"""What only exercises are held against, for the criteria as a document."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.criteria.describe import UNITS
from analyzer.criteria.tables import Criteria, DocumentWords, MetricCriteria
from analyzer.exercises.curves import curve_words
from analyzer.exercises.tables import Exercise, Quantity, load_exercises
from analyzer.metrics.readings import SUSTAINED_S


@dataclass(frozen=True)
class FormEntry:
    """What the document says of one quantity; ``used`` names the exercises that are held against it."""

    name: str
    words: MetricCriteria
    used: tuple[str, ...]
    definition: str
    unit: str
    view: str
    moment: str
    unsure: str
    because: str


@dataclass(frozen=True)
class ExerciseEntry:
    """What the document says of one exercise; ``checked`` in order of weight."""

    title: str
    counted: str
    checked: str
    source: str


def form_entries(criteria: Criteria) -> list[FormEntry]:
    """Every quantity, those of the first exercises first."""
    table = load_exercises()
    names = dict.fromkeys(name for each in table.exercise.values() for name in each.checks if name in table.quantity)
    return [_form_entry(name, table.quantity[name], criteria) for name in names]


def exercise_entries(criteria: Criteria) -> list[ExerciseEntry]:
    """Every exercise, in the table's order."""
    return [_exercise_entry(each, criteria) for each in load_exercises().exercise.values()]


def _form_entry(name: str, quantity: Quantity, criteria: Criteria) -> FormEntry:
    words = criteria.document
    used = [words.activities[activity] for activity, each in load_exercises().exercise.items() if name in each.checks]
    return FormEntry(
        name=name,
        words=criteria.metric[name],
        used=tuple(used),
        definition=curve_words(quantity.curve),
        unit=words.units.get(quantity.unit, quantity.unit),
        view=words.seen_from[quantity.seen_from],
        moment=_moment(quantity, words),
        unsure=_unsure(quantity, words),
        because=quantity.because,
    )


def _moment(quantity: Quantity, words: DocumentWords) -> str:
    parts = [words.readings[quantity.reading].format(lasting=f"{SUSTAINED_S:g}"), words.legs[quantity.legs]]
    return ", ".join([*parts, words.loaded] if quantity.loaded else parts)


def _unsure(quantity: Quantity, words: DocumentWords) -> str:
    """The parts of the interval, as `analyzer.exercises.checks` puts them together."""
    unit = UNITS[quantity.unit]
    pose = words.pose.format(mean=f"{quantity.pose_error:g}{unit}", single=f"{quantity.event_error:g}{unit}")
    said = f"{pose[:1].upper()}{pose[1:]}; {words.spread}."
    return f"{said} {words.standing}" if quantity.zeroed else said


def _exercise_entry(exercise: Exercise, criteria: Criteria) -> ExerciseEntry:
    words = criteria.document
    titles = ", ".join(criteria.metric[name].title.lower() for name in exercise.checks)
    return ExerciseEntry(
        title=exercise.title,
        counted=exercise.phase.because if exercise.phase else words.recognised,
        checked=titles or words.unchecked,
        source=exercise.source,
    )
