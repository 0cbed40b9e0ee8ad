"""What a curve is as a foot lands, and how it goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analyzer.arrays import Floats, Ints

FOLLOWED_S: Final = 0.08
"""How long a curve is followed back to a landing: two or three frames of 30 per second, and far from mid-stance yet."""

FEWEST_SPARE: Final = 2
"""Frames more than landings without which there is no shape, not even a line."""

ROUNDS: Final = 3
STRAY_SDS: Final = 3.0
"""Frames that stray further than that from the common shape soon count for little, as those of an exchanged leg do."""

LEAST_STRAY: Final = 1e-9
"""In the curve's unit: of curves without noise nothing strays."""

ALIKE: Final = 0.1
"""Where bend and slope are harder to tell apart, since all frames fall on the same two moments, a line does."""


@dataclass(frozen=True)
class Landed:
    """A curve as one foot lands again and again.

    Attributes:
        values: (k,) at each landing, NaN where that was not seen.
        slope: how fast the curve changes on the whole while it is followed, in its unit per second; NaN where too
            little is known.
        error: standard error that all values have in common, since they are followed back along the same shape.
    """

    values: Floats
    slope: float
    error: float


def landed(times_s: Floats, curve: Floats, landings_s: Floats) -> Landed:
    """What a curve is as a foot lands, followed back to those moments from after them.

    From contact on the foot moves with the ground, but shortly before it the leg turns round: a line between the frames
    on either side cuts off that tip, by up to 4 degrees of shank angle at 60 frames per second and more at 30. The leg
    goes on in much the same way after each landing, while the frames fall on other moments after each: so all landings
    share one parabola, each with a level of its own, and two or three frames of each are enough.

    Args:
        times_s: (n,)
        curve: (n,), NaN where unknown.
        landings_s: (k,) moments.

    Returns:
        Where too few frames follow for a parabola or a line, the values are those of the line between the neighbours;
        NaN outside the clip or beside a gap.
    """
    inside = (landings_s >= times_s[0]) & (landings_s <= times_s[-1])
    plain = np.where(inside, np.interp(landings_s, times_s, curve), np.nan)
    seen = np.flatnonzero(np.isfinite(plain))
    first = np.searchsorted(times_s, landings_s[seen])
    last = np.searchsorted(times_s, landings_s[seen] + FOLLOWED_S, side="right")
    whose = np.repeat(seen, last - first)
    frames = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)] or [np.empty(0, int)])
    known = np.isfinite(curve[frames])
    frames, whose = frames[known], whose[known]
    values = plain.copy()
    gone = _goes_on((times_s[frames] - landings_s[whose]) / FOLLOWED_S, curve[frames], whose)
    if gone is None:
        return Landed(values, float("nan"), 0.0)
    values[np.unique(whose)] = gone.levels
    return Landed(values, gone.change / FOLLOWED_S, gone.error)


class _Shape(NamedTuple):
    """How values go on with the share of a time that has passed: the change from 0 to 1, and each owner's level at 0.

    ``error`` is the standard error that the mean level owes to the shape.
    """

    change: float
    levels: Floats
    error: float


def _goes_on(shares: Floats, values: Floats, whose: Ints) -> _Shape | None:
    """One shape for all values (m,), a level for each owner; None if there are too few to say."""
    owner = np.unique(whose, return_inverse=True)[1]
    spare = len(values) - len(np.unique(whose))
    if spare < FEWEST_SPARE:
        return None
    terms = np.stack([shares, shares**2 - shares], axis=1)[:, : min(2, spare - 1)]
    weight = np.ones(len(values))
    for _ in range(ROUNDS):
        mean = _by_owner(terms, weight, owner)
        root = np.sqrt(weight)[:, None]
        bare, aim = root * (terms - mean[owner]), root * (values - _by_owner(values, weight, owner)[owner])[:, None]
        shape = np.linalg.lstsq(bare, aim, ALIKE)[0][:, 0]
        away = np.abs(aim[:, 0] - bare @ shape) / root[:, 0]
        weight = 1.0 / (1.0 + (away / (STRAY_SDS * 1.4826 * max(float(np.median(away)), LEAST_STRAY))) ** 2)
    noise = float(weight @ away**2) / max(float(weight.sum()) - len(mean) - len(shape), 1.0)
    off = mean.mean(axis=0) @ np.linalg.pinv(bare, ALIKE)
    levels = _by_owner(values - terms @ shape, weight, owner)
    return _Shape(float(shape[0]), levels, float(np.sqrt(noise) * np.linalg.norm(off)))


def _by_owner(rows: Floats, weight: Floats, owner: Ints) -> Floats:
    """Weighted mean of the rows (m,) or (m, k) of each owner."""
    sums = [np.bincount(owner, weight * column) / np.bincount(owner, weight) for column in np.atleast_2d(rows.T)]
    return np.asarray(np.stack(sums, axis=-1) if rows.ndim > 1 else sums[0])
