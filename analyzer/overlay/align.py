"""Which instants of two clips belong together: the same foot landing, a repetition beginning, at its top, ending.

Between two such instants the second clip is stretched evenly to the length of the first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from analyzer.assessment import Assessment, RepInfo, StepInfo
from analyzer.errors import CompareError
from analyzer.pose.landmarks import Side

MISSED: Final = 1.5
"""A step that lasts that many times as long as the usual one of its clip hides a step that was not found."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the first clip and what it is shown beside, in seconds of the files.

    Attributes:
        name: of the step or repetition, such as ``Left 2``.
        first_s: beginning and end in the first clip.
        second_s: beginning and end in the second clip.
    """

    name: str
    first_s: tuple[float, float]
    second_s: tuple[float, float]

    @property
    def speed(self) -> float:
        """How many times faster than by itself the second clip is played."""
        return (self.second_s[1] - self.second_s[0]) / (self.first_s[1] - self.first_s[0])

    def beside(self, first_s: float) -> float:
        """The time of the second clip that is shown beside one of the first."""
        return self.second_s[0] + self.speed * (first_s - self.first_s[0])


def aligned(first: Assessment, second: Assessment) -> list[Piece]:
    """The pieces that both clips have, in the order of the first one.

    Raises:
        CompareError: the clips share neither steps nor repetitions.
    """
    if first.reps and second.reps:
        pieces = _by_reps(first.reps, second.reps)
    else:
        pieces = _by_steps(_landed(first), _landed(second))
    if not pieces:
        raise CompareError(
            "These two clips share no steps of the same foot and no repetitions of the same side, so they cannot be "
            "shown in step; give two clips of the same activity."
        )
    factors = first.clip.slow_motion_factor, second.clip.slow_motion_factor
    return [
        Piece(
            piece.name,
            (piece.first_s[0] * factors[0], piece.first_s[1] * factors[0]),
            (piece.second_s[0] * factors[1], piece.second_s[1] * factors[1]),
        )
        for piece in pieces
    ]


def _by_reps(first: Sequence[RepInfo], second: Sequence[RepInfo]) -> list[Piece]:
    pieces = []
    for side in Side:
        ours, theirs = ([rep for rep in reps if rep.side is side] for reps in (first, second))
        for number, (a, b) in enumerate(zip(ours, theirs, strict=False), 1):
            name = f"{'Repetition' if side is Side.BOTH else side.value.capitalize()} {number}"
            pieces.append(Piece(name, (a.start_s, a.top_s), (b.start_s, b.top_s)))
            pieces.append(Piece(name, (a.top_s, a.end_s), (b.top_s, b.end_s)))
    return sorted((p for p in pieces if _lasts(p)), key=lambda piece: piece.first_s)


def _lasts(piece: Piece) -> bool:
    return piece.first_s[1] > piece.first_s[0] and piece.second_s[1] > piece.second_s[0]


def _landed(assessment: Assessment) -> list[tuple[Side, float]]:
    found = [(step.side, _contact_s(step)) for step in assessment.steps]
    return sorted((step for step in found if np.isfinite(step[1])), key=lambda step: step[1])


def _contact_s(step: StepInfo) -> float:
    return float("nan") if step.contact_s is None else step.contact_s


def _by_steps(first: Sequence[tuple[Side, float]], second: Sequence[tuple[Side, float]]) -> list[Piece]:
    """Steps of the same foot side by side; where one was not found in either clip, both go on at the next ones."""
    ours, theirs = _steps(first), _steps(second)
    pieces: list[Piece] = []
    j = 0
    for side, span in ours:
        rest = [k for k in range(j, len(theirs)) if theirs[k][0] is side]
        if not rest:
            break
        j = rest[0] + 1
        name = f"Step {len(pieces) + 1}, {side.value}"
        pieces.append(Piece(name, span, theirs[rest[0]][1]))
    return pieces


def _steps(landed: Sequence[tuple[Side, float]]) -> list[tuple[Side, tuple[float, float]]]:
    """Foot, and time from its landing to the other one's, of every step that has nothing missing in it."""
    if len(landed) < 2:
        return []
    usual_s = float(np.median(np.diff([time_s for _, time_s in landed])))
    return [
        (side, (start_s, end_s))
        for (side, start_s), (other, end_s) in pairwise(landed)
        if other is not side and end_s - start_s < MISSED * usual_s
    ]
