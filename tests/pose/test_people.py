from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.arrays import Floats
from analyzer.pose.people import associate
from analyzer.pose.person import Glimpse, Person
from tests.depth import examples
from tests.pose.passers import GREY, HEIGHT_PX, LOOKS_HZ, RED, Path, glimpse, standing, walking

HIDDEN = 0.25
"""Body heights within which the one who stands behind is not seen."""

SHAKES = 0.015
TIMES = np.arange(0.0, 5.0, 1.0 / LOOKS_HZ)


def looks_at(
    *paths: tuple[Path, tuple[float, ...]], seed: int = 0, hiding: bool = True, sliding: bool = False
) -> list[list[Glimpse]]:
    """Everybody in each look, in no order.

    The first of two who are near each other hides the other; or what is seen slides from the one who was hidden to the
    other, as a square does that follows somebody whom somebody else covers.
    """
    shakes = np.random.default_rng(seed)
    looks = []
    for time_s in TIMES:
        places = [np.array(path(float(time_s))) for path, _ in paths]
        behind = {
            far: near
            for near, far in combinations(range(len(paths)), 2)
            if abs(places[near] - places[far]).max() < HIDDEN
        }
        for far, near in behind.items() if sliding else ():
            places[near] = 0.5 * (places[near] + places[far])
        seen = [
            glimpse(float(time_s), tuple(places[who] + shakes.normal(0.0, SHAKES, 2)), colour=colour)
            for who, (_, colour) in enumerate(paths)
            if not (hiding and who in behind)
        ]
        looks.append([seen[index] for index in shakes.permutation(len(seen))])
    return looks


def strayed(person: Person, path: Path) -> Floats:
    """(k,) body heights between where somebody was seen and where they were."""
    true = np.array([path(float(time_s)) for time_s in person.times_s])
    return np.asarray(np.linalg.norm(person.hips_px / HEIGHT_PX - true, axis=1))


@given(
    st.floats(0.3, 1.6),
    st.floats(0.3, 1.6),
    st.sampled_from([GREY, RED]),
    st.floats(1.5, 3.5),
    st.booleans(),
    st.integers(0, 10**6),
)
def test_two_who_cross_each_other_stay_who_they_are(
    right: float, left: float, colour: tuple[float, ...], meet_s: float, sliding: bool, seed: int
) -> None:
    paths = walking(-right * meet_s, right), walking(left * meet_s, -left)
    people = associate(looks_at((paths[0], GREY), (paths[1], colour), seed=seed, sliding=sliding))
    assert [person.number for person in people] == [1, 2]
    for person, path in zip(people, paths, strict=True):
        assert strayed(person, path).max() < HIDDEN
        assert person.times_s[0] == TIMES[0]
        assert person.times_s[-1] == TIMES[-1]


@pytest.mark.parametrize("stands", [GREY, RED])
def test_somebody_hidden_by_a_passer_by_is_found_again(stands: tuple[float, ...]) -> None:
    passes, stays = walking(-2.5, 1.0), standing(0.0)
    people = associate(looks_at((passes, GREY), (stays, stands)))
    assert len(people) == 2
    assert strayed(people[0], passes).max() < HIDDEN
    assert strayed(people[1], stays).max() < HIDDEN
    gap_s = np.diff(people[1].times_s).max()
    assert gap_s > 0.4


def test_two_who_meet_and_turn_round_are_told_apart_by_their_colours() -> None:
    def comes_from(side: float) -> Path:
        return lambda time_s: (side * max(0.1, abs(time_s - 2.5) * 0.8), 1.0)

    people = associate(looks_at((comes_from(-1.0), GREY), (comes_from(1.0), RED)))
    assert len(people) == 2
    for person, side in zip(people, (-1.0, 1.0), strict=True):
        assert (np.sign(person.hips_px[:, 0]) == side).all()


def test_two_who_run_side_by_side_in_the_same_clothes_never_mix() -> None:
    paths = walking(0.0, 0.8), walking(0.5, 0.8)
    people = associate(looks_at((paths[0], GREY), (paths[1], GREY), hiding=False))
    assert [len(person.times_s) for person in people] == [len(TIMES)] * 2
    assert max(strayed(person, path).max() for person, path in zip(people, paths, strict=True)) < 0.1


@given(st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=5, unique=True), st.integers(0, 10**6))
@examples(20)
def test_those_who_are_there_at_first_are_numbered_from_the_left(places: list[float], seed: int) -> None:
    far_apart = [2.0 * rank + 0.01 * x for rank, x in enumerate(places)]
    people = associate(looks_at(*((standing(x), GREY) for x in far_apart), seed=seed)[:10])
    assert [person.number for person in people] == list(range(1, len(places) + 1))
    assert [person.hips_px[0, 0] for person in people] == pytest.approx(
        [x * HEIGHT_PX for x in sorted(far_apart)], abs=0.1 * HEIGHT_PX
    )


def test_of_two_who_meet_and_leave_as_one_the_other_is_not_made_up() -> None:
    looks = looks_at((walking(-2.0, 1.0), GREY), (standing(0.0), RED))
    gone = [[each for each in look if each.time_s < 2.2 or each.hips_px[0] > 0.3 * HEIGHT_PX] for look in looks]
    assert len(associate(gone)) == 2


def test_a_ghost_beside_somebody_breaks_nothing() -> None:
    looks = looks_at((standing(0.0), GREY))
    for flicker in (10, 11, 20, 30, 31):
        looks[flicker].append(glimpse(float(TIMES[flicker]), (0.3, 1.0), height_px=0.9 * HEIGHT_PX))
    people = associate(looks)
    assert [len(person.times_s) for person in people] == [len(TIMES)]
    assert strayed(people[0], standing(0.0)).max() < HIDDEN


def test_a_newcomer_gets_the_next_number() -> None:
    looks = looks_at((standing(3.0), GREY), (standing(-3.0), GREY))
    late = [[each for each in look if each.hips_px[0] > 0 or each.time_s > 2.0] for look in looks]
    people = associate(late)
    assert [np.sign(person.hips_px[0, 0]) for person in people] == [1.0, -1.0]


def test_somebody_of_another_size_is_somebody_else() -> None:
    near = [[glimpse(float(t), (0.0, 1.0))] for t in TIMES[:10]]
    far = [[glimpse(float(t), (0.3, 1.0), height_px=0.4 * HEIGHT_PX)] for t in TIMES[10:20]]
    assert len(associate(near + far)) == 2


def test_what_was_there_for_one_look_is_nobody() -> None:
    looks = looks_at((standing(0.0), GREY))
    looks[20].append(glimpse(float(TIMES[20]), (2.0, 1.0)))
    assert len(associate(looks)) == 1


def test_nobody_is_nobody() -> None:
    assert associate([[], [], []]) == ()
    assert associate([]) == ()


def test_a_trunk_without_colour_is_followed_all_the_same() -> None:
    looks = [[glimpse(float(t), (0.2 * t, 1.0), colour=(np.nan,) * 3)] for t in TIMES]
    assert len(associate(looks)) == 1
