"""The quantities that an exercise's form is held against, read at each repetition with their uncertainty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.exercises.curves import curve
from analyzer.exercises.perform import exercise_of
from analyzer.exercises.tables import Quantity, load_exercises
from analyzer.metrics.measure import WANTED, Z95
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.readings import SUSTAINED_S, standing_value
from analyzer.motion.types import FRONTAL, SAGITTAL, Motion, Rep, View
from analyzer.pose.landmarks import SIDES, Side

SEEN: Final = {
    View.OBLIQUE: "at an angle", View.FRONT: "from the front", View.BACK: "from the back",
    View.LEFT: "from the left side", View.RIGHT: "from the right side",
}  # fmt: skip


def measure_checks(motion: Motion) -> tuple[Measurement, ...]:
    """Every quantity of the exercise, measured or with the reason why not; nothing where it is no exercise."""
    exercise, table = exercise_of(motion), load_exercises()
    names = [name for name in exercise.checks if name in table.quantity] if exercise else []
    names = [name for name in names if not _seen_better(table.quantity[name], motion)]
    return tuple(
        _measured(name, table.quantity[name], motion, side)
        for name in names
        for side in _sides(table.quantity[name], motion)
    )


def _seen_better(quantity: Quantity, motion: Motion) -> bool:
    """Whether the view shows something that is better than this."""
    return quantity.seen_from == "askew" and motion.camera.view in FRONTAL


def _sides(quantity: Quantity, motion: Motion) -> tuple[Side, ...]:
    """For whom there is a value: both legs of an exercise on two legs show only from the front."""
    alone = [side for side in SIDES if any(rep.side is side for rep in motion.reps)]
    if quantity.legs == "each" or (quantity.legs == "own" and not alone):
        near = Side(motion.camera.view.value) if motion.camera.view in SAGITTAL else None
        return (near,) if near is not None and not alone else SIDES
    return tuple(alone) if quantity.legs == "own" else (Side.BOTH,)


def _measured(name: str, quantity: Quantity, motion: Motion, side: Side) -> Measurement:
    if motion.camera.view not in quantity.views:
        wanted = WANTED[FRONTAL] if quantity.seen_from == "front" else WANTED[SAGITTAL]
        seen = SEEN[motion.camera.view]
        return Measurement(
            name, side, quantity.unit, reason=f"The clip was filmed {seen}; film from {wanted} to see this."
        )
    of_body = side if side is not Side.BOTH else Side.LEFT
    values = curve(quantity.curve, motion, of_body)
    if quantity.zeroed:
        values = np.asarray(values - standing_value(motion, values))
    mine = [rep for rep in motion.reps if quantity.legs != "own" or rep.side in (side, Side.BOTH)]
    found = [event for rep in mine if (event := _event(quantity, motion, values, rep)) is not None]
    if not found:
        return Measurement(name, side, quantity.unit, reason="No complete repetition was seen in which this shows.")
    return _summed_up(name, quantity, side, tuple(found))


def _event(quantity: Quantity, motion: Motion, values: Floats, rep: Rep) -> EventValue | None:
    found = _READ[quantity.reading](motion, values, rep, rep.loaded[0] if quantity.loaded else (rep.start_s, rep.end_s))
    return EventValue(rep.index, *found) if found is not None and np.isfinite(found[1]) else None


def _summed_up(name: str, quantity: Quantity, side: Side, events: tuple[EventValue, ...]) -> Measurement:
    """Median over the repetitions; errors alike in all of them do not average out, the spread between them does."""
    values = np.array([event.value for event in events])
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else quantity.event_error
    worst = int(np.argmin(values) if quantity.reading == "least" else np.argmax(np.abs(values)))
    return Measurement(
        metric=name,
        side=side,
        unit=quantity.unit,
        value=float(np.median(values)),
        uncertainty=float(Z95 * np.sqrt(quantity.pose_error**2 + spread**2 / len(values))),
        n=len(values),
        per_event=events,
        event_uncertainty=float(Z95 * quantity.event_error),
        evidence_s=events[worst].time_s,
    )


Span: TypeAlias = tuple[float, float]
Found: TypeAlias = "tuple[float, float] | None"
"""Time and value."""


def _at_turn(motion: Motion, values: Floats, rep: Rep, _span: Span) -> Found:
    return rep.top_s, motion.at(values, rep.top_s)


def _lasting(motion: Motion, values: Floats, span: Span) -> tuple[Floats, Floats] | None:
    """Times and windows (k, 5) of a curve that last `SUSTAINED_S` within a span; None if it is too short or unseen."""
    grid = np.arange(span[0], span[1], SUSTAINED_S / 4)
    if len(grid) < 5 or not np.isfinite(values[(motion.times_s >= span[0]) & (motion.times_s <= span[1])]).any():
        return None
    windows = np.lib.stride_tricks.sliding_window_view(np.interp(grid, motion.times_s, values), 5)
    known = np.isfinite(windows).all(axis=1)
    return (grid[2:-2][known], windows[known]) if known.any() else None


def _most(motion: Motion, values: Floats, _rep: Rep, span: Span) -> Found:
    found = _lasting(motion, values, span)
    if found is None:
        return None
    lasting = found[1].min(axis=1)
    return float(found[0][int(np.argmax(lasting))]), float(lasting.max())


def _least(motion: Motion, values: Floats, rep: Rep, span: Span) -> Found:
    found = _most(motion, np.asarray(-values), rep, span)
    return None if found is None else (found[0], -found[1])


def _furthest(motion: Motion, values: Floats, rep: Rep, span: Span) -> Found:
    ends = [each for each in (_most(motion, values, rep, span), _least(motion, values, rep, span)) if each is not None]
    return max(((at_s, abs(value)) for at_s, value in ends), key=lambda each: each[1], default=None)


def _change(motion: Motion, values: Floats, rep: Rep, _span: Span) -> Found:
    return rep.top_s, motion.at(values, rep.top_s) - motion.at(values, rep.start_s)


def _median(motion: Motion, values: Floats, rep: Rep, span: Span) -> Found:
    seen = values[(motion.times_s >= span[0]) & (motion.times_s <= span[1])]
    seen = seen[np.isfinite(seen)]
    return (rep.top_s, float(np.median(seen))) if len(seen) else None


def _spread(motion: Motion, values: Floats, rep: Rep, span: Span) -> Found:
    seen = values[(motion.times_s >= span[0]) & (motion.times_s <= span[1])]
    seen = seen[np.isfinite(seen)]
    return (rep.top_s, float(np.std(seen))) if len(seen) > 2 else None


_READ: Final[dict[str, Callable[[Motion, Floats, Rep, Span], Found]]] = {
    "turn": _at_turn,
    "most": _most,
    "least": _least,
    "furthest": _furthest,
    "change": _change,
    "median": _median,
    "spread": _spread,
}
