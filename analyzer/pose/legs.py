"""Which of the places that the pose model thought of is the left knee, which the right, and so on down to the toes.

The model now and then calls the left leg right, or puts both legs on one, with full confidence: mostly where the legs
pass each other. Its heat maps nearly always show the right place as well. Smooth movement tells which it is: of all
ways to put the places of all frames together, the one is taken that needs least sudden movement, leaves no place that
the model believes in unexplained and strays least from what the model said. It is found for the whole clip at once, by
dynamic programming (Viterbi 1967, doi:10.1109/TIT.1967.1054010) over pairs of neighbouring frames. Heels, toes and
knees must in addition lie where their ankle can reach. Where legs pass each other and no map shows one of them, it may
be taken as hidden, if its way before and after leads past the other one.

A track without heat maps has two places a frame, the left and the right point: what is left is to find exchanged ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import AnyArray, Bools, Floats, Ints
from analyzer.pose.heat import FAINT, SURE
from analyzer.pose.landmarks import LEGS_FROM, SIDES, point
from analyzer.pose.passing import legs_pass, passing_places
from analyzer.pose.track import PoseTrack

ORDER: Final = ("ankle", "knee", "heel", "toe")
"""Ankles first: they move most and lie farthest apart, so they are the surest."""

REACH: Final = {"knee": 0.27, "heel": 0.09, "toe": 0.19}
"""Largest distance from the ankle, in body heights: the shank is 0.246, the foot 0.152 (Drillis & Contini 1966), and
some room for noise."""

MOST: Final = 4
"""Places of a frame that are told apart: more change nothing."""

MERGED: Final = 0.015
"""Places nearer to each other than that, in body heights, are one place seen by two maps."""

TRUST: Final = 0.1
"""Weight of the model's belief against smoothness. Anything from 0.1 to 0.3 gives the same tracks within a tenth."""

SAID: Final = 0.3
"""Belief in the point that the model gave, where its own map shows nothing."""

BLURRED: Final = 0.04
"""A faint place as near to the model's own point, in body heights, is that point once more and less exactly."""

USUAL: Final = 0.7
"""Belief in a point that is seen as usual, see `belief`."""

HIDDEN_TOE: Final = 0.067
"""The same for the toes of a slow exercise that no map believes in as usual: the window in which the model's own point
was put to the centre of belief reaches as far. Behind a box a map of toes shows the box's edge, and the model's numbers
are nearer to the truth; where nothing moves fast, no leg is taken for the other one for want of that place."""

APART: Final = 0.05
"""Distance in body heights within which it costs to have both legs in one place."""

OUT_OF_REACH: Final = (0.02, 4.0)
"""Body heights beyond the reach that cost as much as one sudden movement, and the most that it may cost."""

LEAST_JERK: Final = 0.005
"""Noise of a point, in body heights, below which no movement is called sudden."""

HIDDEN: Final = 0.8
"""Cost of taking a point as hidden, about that of a place which the model believes in and nobody explains. With 0.3 to
1.5 tracks of rendered people are as near to the truth within a twentieth; less gives up more of what was seen."""

ELSEWHERE: Final = 0.03
"""Body heights from every place that was named: a point is not hidden where it was seen."""

LONGEST_WAY: Final = 3.0
"""How many times longer than the interval before it an interval may be for movement to tell where the next place is."""

NOWHERE: Final = 50.0


@dataclass(frozen=True)
class Choices:
    """The places of one pair of points, frame by frame.

    Attributes:
        px: (n, m, 2, 2) as the left and as the right map sees them.
        belief: (n, m, 2) of the left and the right map.
        there: (n, m) False where a frame has fewer places.
        drawn: (n, m, 2) True for a place where no map shows anything, but the left or the right point may be hidden.
    """

    px: Floats
    belief: Floats
    there: Bools
    drawn: Bools

    def of(self, chosen: Ints) -> tuple[Floats, Floats, Bools]:
        """Places (n, 2, 2), the larger belief (n, 2) in each of the two maps, and whether they are drawn (n, 2).

        Args:
            chosen: (n, 2) the left and the right point's place in each frame.
        """
        rows = np.arange(len(chosen))
        px = np.stack([self.px[rows, chosen[:, side], side] for side in (0, 1)], axis=1)
        belief = np.stack([self.belief[rows, chosen[:, side]].max(axis=1) for side in (0, 1)], axis=1)
        return px, belief, np.stack([self.drawn[rows, chosen[:, side], side] for side in (0, 1)], axis=1)


def sort_legs(track: PoseTrack, height_px: float, *, slow: bool = False) -> Floats:
    """The points of a track with those of the legs in their most likely places.

    Args:
        track: a raw track; points outside the picture should be NaN.
        height_px: how tall the person appears.
        slow: whether the feet rest most of the time, as in exercises.

    Returns:
        (n, 33, 2), NaN where the track has NaN, and where a leg is hidden behind the other one.
    """
    points = track.points_px.copy()
    seen = np.flatnonzero(np.isfinite(points[:, LEGS_FROM:]).any(axis=(1, 2)))
    if len(seen) < 3 or not np.isfinite(height_px):
        return points
    ankles = points[:, [point(side, "ankle") for side in SIDES]]
    times_s, passing = track.times_s[seen], legs_pass(track, height_px)
    for part in ORDER:
        pair = [point(side, part) for side in SIDES]
        choices = _choices(track, part, seen, height_px, slow=slow)
        jerk_px = max(_typical_jerk(points[:, pair][seen], times_s), LEAST_JERK * height_px)
        reach = None if part == "ankle" else (ankles[seen], REACH[part])
        chosen = _cheapest(_cost(choices, reach, height_px), choices, times_s, jerk_px)
        if passing:
            choices = _with_hidden(choices, chosen, times_s, height_px)
        if choices.drawn.any():
            chosen = _cheapest(_cost(choices, reach, height_px), choices, times_s, jerk_px)
        px, _, hidden = choices.of(chosen)
        px[~np.isfinite(points[seen][:, pair])] = np.nan
        if part == "ankle":
            ankles[seen] = px
        for side in (0, 1):
            points[seen, pair[side]] = np.where(hidden[:, side, None], np.nan, px[:, side])
    return points


def _choices(track: PoseTrack, part: str, seen: Ints, height_px: float, *, slow: bool) -> Choices:
    """Every place that either map or the points themselves name, each once."""
    n = len(seen)
    found = Choices(
        px=np.full((n, MOST, 2, 2), np.nan),
        belief=np.zeros((n, MOST, 2)),
        there=np.zeros((n, MOST), bool),
        drawn=np.zeros((n, MOST, 2), bool),
    )
    pair = [point(side, part) for side in SIDES]
    if track.places is not None:
        rows = [index - LEGS_FROM for index in pair]
        for rank in range(track.places.px.shape[2]):
            for side, row in enumerate(rows):
                belief = track.places.belief[seen, row, rank]
                place = track.places.px[seen, row, rank]
                away = np.linalg.norm(place - track.points_px[seen, pair[side]], axis=1) / height_px
                blurred = (belief[:, 0] < SURE) & (away < BLURRED)
                if slow and part == "toe":
                    blurred |= (belief[:, 0] < USUAL) & (belief[:, 1] < FAINT) & (away < HIDDEN_TOE)
                place = np.where(blurred[:, None], np.nan, place)
                _add(found, side, place, belief[:, ::-1] if side else belief, height_px)
    for side, index in enumerate(pair):
        said = np.zeros((n, 2))
        said[:, side] = SAID
        _add(found, side, track.points_px[seen, index], said, height_px)
    for side in (0, 1):
        unseen = ~np.isfinite(found.px[:, :, side, 0])
        found.px[:, :, side][unseen] = found.px[:, :, 1 - side][unseen]
    return found


def _add(found: Choices, side: int, place: Floats, belief: Floats, height_px: float) -> None:
    """Put a place (n, 2) with its belief (n, 2) where it belongs: to one that is there already, else to a new one."""
    left = np.isfinite(place).all(axis=1)
    for k in range(MOST):
        away = np.linalg.norm(found.px[:, k] - place[:, None], axis=-1)
        here = left & (np.where(np.isfinite(away), away, np.inf).min(axis=1) < MERGED * height_px)
        first = here & ~np.isfinite(found.px[:, k, side, 0])
        found.px[first, k, side] = place[first]
        found.belief[here, k] = np.maximum(found.belief[here, k], belief[here])
        left &= ~here
    for k in range(MOST):
        new = left & ~found.there[:, k]
        found.px[new, k, side] = place[new]
        found.belief[new, k] = belief[new]
        found.there[new, k] = True
        left &= ~new


def _with_hidden(choices: Choices, chosen: Ints, times_s: Floats, height_px: float) -> Choices:
    """The same with the places where a point may be hidden, instead of the least believed ones of a full frame.

    Plainly seen is a point whose place is believed in, and is not the other leg's as well.
    """
    px, belief, _ = choices.of(chosen)
    alone = np.linalg.norm(px[:, 0] - px[:, 1], axis=1) > APART * height_px
    sure = SURE if (choices.belief > SAID).any() else SAID
    places = passing_places(px, alone[:, None] & (belief >= sure), times_s)
    away = np.linalg.norm(choices.px[:, :, None] - places[:, None, None], axis=-1)
    elsewhere = np.where(np.isfinite(away), away, np.inf).min(axis=(1, 2)) > ELSEWHERE * height_px
    places[~elsewhere] = np.nan
    new = Choices(choices.px.copy(), choices.belief.copy(), choices.there.copy(), choices.drawn.copy())
    for side in (0, 1):
        rows = np.flatnonzero(np.isfinite(places[:, side]).all(axis=1))
        rank = np.where(new.there[rows], new.belief[rows].max(axis=2) + new.drawn[rows].any(axis=2), -1.0)
        slot = rank.argmin(axis=1)
        new.px[rows, slot] = places[rows, side, None]
        new.belief[rows, slot] = 0.0
        new.there[rows, slot] = True
        new.drawn[rows, slot, side] = True
    return new


def _typical_jerk(pair_px: Floats, times_s: Floats) -> float:
    """Median distance in px of a point from where its last two places led one to expect it."""
    share = (np.diff(times_s)[1:] / np.diff(times_s)[:-1])[:, None, None]
    away = np.linalg.norm(pair_px[2:] - pair_px[1:-1] - (pair_px[1:-1] - pair_px[:-2]) * share, axis=-1)
    known = away[np.isfinite(away)]
    return float(np.median(known)) if len(known) else 0.0


def _astray(choices: Choices, ankles_px: Floats, reach: float, height_px: float) -> Floats:
    """(n, m, 2) cost of places that the left and the right ankle cannot reach."""
    away = np.linalg.norm(choices.px - ankles_px[:, None], axis=-1) / height_px
    room, most = OUT_OF_REACH
    return np.asarray(np.nan_to_num(np.clip((away - reach) / room, 0.0, most)))


def _cost(choices: Choices, reach: tuple[Floats, float] | None, height_px: float) -> Floats:
    """(n, m, m) what it costs a frame to have the left point in one place and the right point in another."""
    m = choices.there.shape[1]
    alone = -TRUST * np.log(np.maximum(choices.belief, FAINT))
    alone[choices.drawn] = HIDDEN
    alone[choices.drawn[..., ::-1]] = NOWHERE
    alone[~choices.there] = NOWHERE
    if reach is not None:
        alone = alone + _astray(choices, *reach, height_px)
    gap = np.linalg.norm(choices.px[:, :, None, 0] - choices.px[:, None, :, 1], axis=-1)
    together: Floats = np.exp(-((np.where(np.isfinite(gap), gap, np.inf) / (APART * height_px)) ** 2))
    own = np.eye(m, dtype=bool)
    left_over = ~(own[:, :, None] | own[:, None, :])
    believed = np.where(choices.there, choices.belief.max(axis=2), 0.0)
    unexplained = (believed[:, :, None, None] * left_over).max(axis=1)
    return np.asarray(alone[:, :, None, 0] + alone[:, None, :, 1] + together + unexplained)


def _cheapest(cost: Floats, choices: Choices, times_s: Floats, jerk_px: float) -> Ints:
    """(n, 2) the left and the right place of each frame on the cheapest way through the clip.

    Each frame is looked at with as many places as it has: with all four it takes four times as long.
    """
    n = len(cost)
    sudden = [_sudden(np.nan_to_num(choices.px[:, :, side]), times_s, jerk_px) for side in (0, 1)]
    many = np.maximum(choices.there.sum(axis=1), 1).tolist()
    costs = [each[:m, :m] for each, m in zip(cost, many, strict=True)]
    total = costs[0][:, :, None, None] + costs[1][None, None]
    back: list[AnyArray] = []
    for i in range(2, n):
        a, b, c = many[i - 2 : i + 1]
        left, right = (each[i - 2, :a, :b, :c] for each in sudden)
        through = total[..., None, None] + left[:, None, :, None, :, None] + right[None, :, None, :, None, :]
        through = through.reshape(a * a, b, b, c, c)
        back.append(through.argmin(axis=0).astype(np.int8))
        total = through.min(axis=0) + costs[i]
    chosen = np.zeros((n, 2), dtype=int)
    last = np.unravel_index(int(total.argmin()), total.shape)
    chosen[-2], chosen[-1] = last[:2], last[2:]
    for i in range(n - 1, 1, -1):
        chosen[i - 2] = divmod(int(back[i - 2][(*chosen[i - 1], *chosen[i])]), many[i - 2])
    return chosen


def _sudden(px: Floats, times_s: Floats, jerk_px: float) -> Floats:
    """Cost (n-2, m, m, m) of going through places of three neighbouring frames.

    The logarithm keeps one wild frame from deciding for its neighbours. After a gap nothing is sudden any more:
    what the movement before it foretells would be far off.
    """
    share = (np.diff(times_s)[1:] / np.diff(times_s)[:-1])[:, None, None, None]
    here = px[1:-1][:, None, :]
    expected = here + (here - px[:-2][:, :, None]) * share
    away = np.linalg.norm(px[2:][:, None, None] - expected[:, :, :, None], axis=-1)
    cost = np.log1p(away / jerk_px)
    cost[share[:, 0, 0, 0] > LONGEST_WAY] = 0.0
    return np.asarray(cost)
