from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import SubjectError
from analyzer.motion.types import View
from analyzer.pose.clean import body_height_px
from analyzer.pose.subject import Survey, broken, choose, parse_subject
from analyzer.pose.track import PoseTrack
from tests.motion import figures
from tests.pose.passers import HEIGHT_PX, person, standing, survey_of, walking

RUNS = person(1, 8.0, standing(3.0), stride=0.2)
STANDS_NEARER = person(2, 8.0, standing(7.0), height_px=1.7 * HEIGHT_PX)
RUN = figures.shown(figures.run(figures.Runner(duration_s=4.0)), View.LEFT).raw
TALL_PX = body_height_px(RUN.points_px)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("2", 2), (" 11 ", 11), ("0.3,0.6", (0.3, 0.6)), (".5, 1", (0.5, 1.0)), ("0,0", (0.0, 0.0)), ("1,0.", (1.0, 0.0))],
)
def test_numbers_and_points_are_read(text: str, meaning: object) -> None:
    assert parse_subject(text) == meaning


@pytest.mark.parametrize("text", ["", "0", "-1", "left", "0.3", "0.3;0.6", "1.2,0.5", "0.5,1.01", "0.1,0.2,0.3", "1e3"])
def test_what_is_neither_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SubjectError, match=r"0\.3,0\.6"):
        parse_subject(text)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_subject(text)
    except SubjectError:
        return
    assert found >= 1 if isinstance(found, int) else all(0.0 <= share <= 1.0 for share in found)


def test_somebody_who_runs_beats_a_bystander_who_stands_nearer() -> None:
    assert choose(survey_of(RUNS, STANDS_NEARER)) is RUNS


def test_of_two_who_run_the_nearer_one_is_chosen() -> None:
    nearer = person(2, 8.0, standing(7.0), stride=0.2, height_px=1.3 * HEIGHT_PX)
    assert choose(survey_of(RUNS, nearer)) is nearer


def test_somebody_who_exercises_slowly_beats_a_passer_by() -> None:
    balances = person(1, 8.0, standing(3.0), stride=0.02)
    passes = person(2, 1.5, walking(0.0, 1.0), start_s=3.0, stride=0.15)
    assert choose(survey_of(balances, passes)) is balances


def test_of_two_alike_the_one_who_is_there_for_longer_is_chosen() -> None:
    leaves = person(2, 4.0, standing(7.0), stride=0.2)
    assert choose(survey_of(leaves, RUNS)) is RUNS


def test_the_user_chooses_by_number() -> None:
    assert choose(survey_of(RUNS, STANDS_NEARER), "2") is STANDS_NEARER


def test_a_number_that_nobody_has_is_refused_with_who_was_seen_where() -> None:
    walks = person(3, 4.0, walking(3.5, 0.7))
    with pytest.raises(SubjectError, match=r"number 4.*1 on the left \(0.0-7.9 s\), 2 on the right .* and 3 in"):
        choose(survey_of(RUNS, STANDS_NEARER, walks), "4")


@pytest.mark.parametrize(("point", "number"), [("0.3,0.5", 1), ("0.69,0.6", 2), ("0,0", 1), ("1,1", 2)])
def test_the_user_chooses_by_a_point_in_or_near_somebody(point: str, number: int) -> None:
    assert choose(survey_of(RUNS, STANDS_NEARER), point).number == number


def test_a_point_means_the_one_who_is_there_for_longest() -> None:
    stands, passes = person(1, 8.0, standing(5.0)), person(2, 8.0, walking(1.0, 1.0))
    assert choose(survey_of(stands, passes), "0.5,0.5") is stands


def test_places_are_told_by_the_thirds_of_the_picture() -> None:
    people = tuple(person(number, 1.0, standing(x)) for number, x in enumerate((1.0, 5.0, 9.0), 1))
    survey: Survey = survey_of(*people)
    assert [survey.place(each) for each in people] == ["on the left", "in the middle", "on the right"]


def test_the_share_is_of_all_looks() -> None:
    half = person(2, 4.0, standing(7.0))
    survey = survey_of(RUNS, half)
    assert [survey.share(each) for each in survey.people] == pytest.approx([1.0, 0.5])


def moved(track: PoseTrack, rows: slice, by_px: float = 0.0, size: float = 1.0) -> PoseTrack:
    points = track.points_px.copy()
    points[rows] = points[rows] * size + [by_px, 0.0]
    return replace(track, points_px=points)


def test_a_runner_is_not_broken() -> None:
    assert not broken(RUN)


def test_a_track_that_jumps_to_somebody_else_is_broken() -> None:
    assert broken(moved(RUN, slice(100, None), by_px=0.6 * TALL_PX))


def test_a_track_that_jumps_to_somebody_twice_as_large_in_the_same_place_is_broken() -> None:
    assert broken(moved(RUN, slice(100, None), size=2.0))


def test_a_jump_that_is_taken_back_at_once_breaks_nothing() -> None:
    assert not broken(moved(RUN, slice(100, 102), by_px=3.0 * TALL_PX))


def test_somebody_who_comes_back_elsewhere_after_a_while_may_have_walked_there() -> None:
    points = RUN.points_px.copy()
    points[80:160] = np.nan
    points[160:] += [0.8 * TALL_PX, 0.0]
    assert not broken(replace(RUN, points_px=points))


@pytest.mark.parametrize("frames", [0, 1, 9])
def test_a_track_too_short_to_tell_is_not_broken(frames: int) -> None:
    assert not broken(
        replace(
            RUN,
            times_s=RUN.times_s[:frames],
            points_px=RUN.points_px[:frames],
            visibility=RUN.visibility[:frames],
            world_m=RUN.world_m[:frames],
        )
    )
