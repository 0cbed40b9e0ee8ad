"""Who is who: glimpses of people, look by look, put together into persons.

First come stretches in which there is no doubt who is who. Where people come so near to each other that there is, or
that only one of them is seen, stretches end. Those of one person alone are put together over the whole clip at once, by
where each was heading, by size and by the colours of the trunk: the links whose sum costs least are taken (the
assignment problem). What was seen for a moment only, or while people stood in each other's way, goes look by look to
whoever was missing there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.person import Glimpse, Person

Stretch: TypeAlias = list[Glimpse]
"""Of one person, in the order of their times."""

PLACE: Final = 0.1
"""Standard deviation in body heights of a place expected from the two before it, a tenth of a second apart."""

FIRST_PLACE: Final = 0.15
"""The same where only one place came before: a sprinter moves by four of them."""

ASTRAY: Final = 0.5
"""By how much it grows with every second that somebody is hidden: walkers stop or turn round."""

TURNED: Final = (0.5, 0.5)
"""Standard deviation of a change of speed in body heights per second, and by how much it grows with every second."""

SIZE: Final = 0.12
"""Standard deviation of the logarithm of the size between looks."""

COLOUR: Final = 10.0
"""Standard deviation of the trunk's colour in L*a*b*; 2.3 is a difference that is just noticed."""

IMPOSSIBLE: Final = 25.0
"""Cost, in squared standard deviations, at which two glimpses are not of one person."""

DOUBT: Final = 6.0
"""Unless any other way costs more by that much, odds of 20 to 1, it is left open who is who."""

UNLIKELY: Final = 14.0
"""Cost at which it is likelier that one person left and another came."""

LONGEST_LOST_S: Final = 4.0
FEWEST_LOOKS: Final = 3
"""Looks that make a stretch long enough to tell where somebody was heading, and that make a person."""

FEWEST_ALONE: Final = 9
"""Looks that make a person of what was seen only while people stood in each other's way."""

HEADING: Final = 5
"""Looks from which that is told."""

TOGETHER_S: Final = 0.5
"""Those who are seen first within that time came together, and are numbered from left to right."""


def associate(looks: Sequence[Sequence[Glimpse]], slow_motion_factor: float = 1.0) -> tuple[Person, ...]:
    """Everybody who was seen, each once, by number.

    Args:
        looks: everybody in each look; a tenth of a second or so lies between looks.
        slow_motion_factor: of the clip.
    """
    plain, mixed = _stretches(looks)
    people = _linked([each for each in plain if len(each) >= FEWEST_LOOKS])
    left_over = _fill(people, mixed + [each for each in plain if len(each) < FEWEST_LOOKS])
    long_enough = [each for each in left_over if len(each) >= FEWEST_LOOKS]
    people = [each for each in _linked(people + long_enough) if each not in long_enough or len(each) >= FEWEST_ALONE]
    _fill(people, [each for each in left_over if len(each) < FEWEST_LOOKS])
    if not people:
        return ()
    start_s = min(each[0].time_s for each in people)
    people.sort(key=lambda each: (max(each[0].time_s - start_s - TOGETHER_S, 0.0), each[0].hips_px[0]))
    return tuple(Person.of(number, each, slow_motion_factor) for number, each in enumerate(people, 1))


def _stretches(looks: Sequence[Sequence[Glimpse]]) -> tuple[list[Stretch], list[Stretch]]:
    """Glimpses of neighbouring looks, joined where there is no doubt: of one person alone, and of two in one place.

    Two are in one place from the look on at which one of them vanishes near the other, until one appears there.
    """
    plain: list[Stretch] = []
    mixed: list[Stretch] = []
    going_on: list[Stretch] = []
    for look in looks:
        cost = np.array([[_step_cost(stretch, glimpse) for glimpse in look] for stretch in going_on])
        cost = cost.reshape(len(going_on), len(look))
        pairs = _partners(cost)
        vanished = sorted(set(range(len(going_on))) - {row for row, _ in pairs})
        appeared = sorted(set(range(len(look))) - {column for _, column in pairs})
        sure = {column: row for row, column in pairs if _dearer((row, column), pairs, cost) > DOUBT}
        now = []
        for column, glimpse in enumerate(look):
            swallows = bool((cost[vanished, column] < IMPOSSIBLE).any())
            stretch = going_on[sure[column]] if column in sure else None
            if stretch is not None and any(stretch is each for each in mixed):
                releases = bool((cost[sure[column], appeared] < IMPOSSIBLE).any())
                swallows = not releases
                stretch = None if releases else stretch
            elif swallows:
                stretch = None
            if stretch is None:
                stretch = []
                (mixed if swallows else plain).append(stretch)
            stretch.append(glimpse)
            now.append(stretch)
        going_on = now
    return plain, mixed


def _partners(cost: Floats) -> list[tuple[int, int]]:
    """Rows and columns that belong together at the least cost."""
    return [(row, column) for row, column in _paired(np.minimum(cost, IMPOSSIBLE)) if cost[row, column] < IMPOSSIBLE]


def _paired(cost: Floats) -> list[tuple[int, int]]:
    """Each row with a column of its own, as far as there are as many, at the least cost."""
    if min(cost.shape) <= 1:
        return [divmod(int(cost.argmin()), cost.shape[1])] if cost.size else []
    from scipy.optimize import linear_sum_assignment  # takes long to load, and one person alone needs none of it

    rows, columns = linear_sum_assignment(cost)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _dearer(pair: tuple[int, int], pairs: list[tuple[int, int]], cost: Floats) -> float:
    """By how much the cost rises, at least, if a pair is parted: partners exchanged, or left for one who has none."""
    row, column = pair
    possible = np.where(cost < IMPOSSIBLE, cost, np.inf)
    partner_of_row, partner_of_column = dict(pairs), {there: here for here, there in pairs}
    other_ways = [np.inf]
    for other in range(cost.shape[1]):
        if other != column:
            theirs = partner_of_column.get(other)
            back = 0.0 if theirs is None else possible[theirs, column] - cost[theirs, other]
            other_ways.append(possible[row, other] + back)
    other_ways += [
        possible[other, column] for other in range(cost.shape[0]) if other != row and other not in partner_of_row
    ]
    return float(min(other_ways) - cost[row, column])


def _step_cost(stretch: Stretch, glimpse: Glimpse) -> float:
    last = stretch[-1]
    expected, sd = last.hips_px, FIRST_PLACE
    if len(stretch) > 1:
        before = stretch[-2]
        share = (glimpse.time_s - last.time_s) / (last.time_s - before.time_s)
        expected, sd = last.hips_px + share * (last.hips_px - before.hips_px), PLACE
    away = float(np.linalg.norm(glimpse.hips_px - expected)) / max(last.height_px, glimpse.height_px)
    return (away / sd) ** 2 + _unlike(last, glimpse)


def _unlike(a: Glimpse, b: Glimpse, size_sd: float = SIZE) -> float:
    """Cost of two glimpses of one person differing in size and colour."""
    colour = float(np.nan_to_num(np.linalg.norm(a.colour - b.colour)))
    return float((np.log(a.height_px / b.height_px) / size_sd) ** 2) + (colour / COLOUR) ** 2


def _linked(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches of one person put together, at the least cost over all."""
    count = len(stretches)
    gain = np.array([[min(_link_cost(a, b) - UNLIKELY, 0.0) for b in stretches] for a in stretches])
    follows = {a: b for a, b in _paired(gain.reshape(count, count)) if gain[a, b] < 0.0}
    people = []
    for first in sorted(set(range(count)) - set(follows.values())):
        person: Stretch = []
        index: int | None = first
        while index is not None:
            person += stretches[index]
            index = follows.get(index)
        people.append(person)
    return people


def _link_cost(a: Stretch, b: Stretch) -> float:
    """Cost of b being the person of a once more."""
    gap_s = b[0].time_s - a[-1].time_s
    if not 0.0 < gap_s <= LONGEST_LOST_S:
        return float("inf")
    end, start = _typical(a[-HEADING:], a), _typical(b[:HEADING], b)
    went, goes = _speed_px_s(a[-HEADING:]), _speed_px_s(b[:HEADING])
    height_px = max(end.height_px, start.height_px)
    away = np.linalg.norm(b[0].hips_px - a[-1].hips_px - 0.5 * (went + goes) * gap_s) / height_px
    turned = np.linalg.norm(goes - went) / height_px
    return (
        float(away / (PLACE + ASTRAY * gap_s)) ** 2
        + float(turned / (TURNED[0] + TURNED[1] * gap_s)) ** 2
        + _unlike(end, start, SIZE * (1.0 + gap_s))
    )


def _typical(near: Stretch, whole: Stretch) -> Glimpse:
    """The middle of some glimpses, with the colour of the whole stretch."""
    middle = near[len(near) // 2]
    up = np.array([0.0, -0.5 * float(np.median([each.height_px for each in near]))])
    return Glimpse(
        time_s=middle.time_s,
        hips_px=middle.hips_px,
        circle_px=middle.hips_px + up,
        box_px=middle.box_px,
        ankles_px=middle.ankles_px,
        colour=np.median([each.colour for each in whole], axis=0),
    )


def _speed_px_s(stretch: Stretch) -> Floats:
    """(2,) of the hips."""
    times = np.array([each.time_s for each in stretch])
    return np.asarray(np.polyfit(times, np.array([each.hips_px for each in stretch]), 1)[0])


def _fill(people: list[Stretch], stretches: list[Stretch]) -> list[Stretch]:
    """Give every glimpse to whoever was missing there and then; returns the stretches that few of them fill.

    Nobody gets two glimpses of one look.
    """
    left_over = []
    wanted: list[tuple[float, int, Glimpse]] = []
    for stretch in stretches:
        costs = np.array([[_fill_cost(person, glimpse) for person in people] for glimpse in stretch])
        fits = costs.reshape(len(stretch), len(people)) < UNLIKELY
        if fits.any(axis=1).mean() > 0.5:
            wanted += [(float(costs[row, who]), int(who), stretch[row]) for row, who in np.argwhere(fits)]
        else:
            left_over.append(stretch)
    given: set[int] = set()
    had: set[tuple[int, float]] = set()
    for _, who, glimpse in sorted(wanted, key=lambda each: each[0]):
        if id(glimpse) not in given and (who, glimpse.time_s) not in had:
            given.add(id(glimpse))
            had.add((who, glimpse.time_s))
            people[who].append(glimpse)
    for person in people:
        person.sort(key=lambda each: each.time_s)
    return left_over


def _fill_cost(person: Stretch, glimpse: Glimpse) -> float:
    """Cost of a glimpse lying in a gap of a person."""
    times = [each.time_s for each in person]
    after = bisect_left(times, glimpse.time_s)
    if after in (0, len(person)) or times[after] == glimpse.time_s:
        return float("inf")
    before, behind = person[after - 1], person[after]
    share = (glimpse.time_s - before.time_s) / (behind.time_s - before.time_s)
    expected = (1.0 - share) * before.hips_px + share * behind.hips_px
    sd = PLACE + ASTRAY * min(glimpse.time_s - before.time_s, behind.time_s - glimpse.time_s)
    away = float(np.linalg.norm(glimpse.hips_px - expected)) / glimpse.height_px
    return (away / sd) ** 2 + _unlike(before if share < 0.5 else behind, glimpse)
