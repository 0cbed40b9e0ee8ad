from __future__ import annotations

import numpy as np
import pytest

from analyzer.assessment import Assessment
from analyzer.overlay.people import fullest_s, people_picture
from analyzer.pose.subject import Look
from analyzer.video.clip import Clip
from tests.pose.passers import person, standing, survey_of
from tests.report import samples


def test_the_picture_shows_the_moment_with_most_people() -> None:
    survey = survey_of(
        person(1, 6.0, standing(1.0)), person(2, 3.0, standing(4.0), start_s=2.0), person(3, 1.0, standing(7.0))
    )
    assert 2.0 <= fullest_s(survey, 1) < 5.0


def test_the_picture_shows_the_one_who_was_followed() -> None:
    stay = [person(number, 4.0, standing(float(number))) for number in (1, 2)]
    comes_late = person(3, 1.0, standing(5.0), start_s=6.0)
    alone = survey_of(stay[0], comes_late)
    assert fullest_s(alone, 3) >= 6.0
    assert fullest_s(survey_of(*stay, comes_late), 1) < 4.0


def test_everybody_gets_a_box_and_the_followed_one_the_heavier(front: tuple[Assessment, Clip]) -> None:
    look = samples.in_company(front[0]).motion.look
    scene = people_picture(look, front[1])
    assert scene.shape == (640, 360, 3)
    assert look.survey is not None
    lit = []
    for each in look.survey.people:
        left, top, right, bottom = each.box_px[0]
        middle = slice(round(top) + 40, round(bottom) - 40)
        side = scene[middle, round(right) - 4 : round(right) + 5].max(axis=2) > samples.GROUND + 30
        assert side.any()
        assert (np.abs(scene[middle, round(left) + 12 : round(right) - 12].astype(int) - samples.GROUND) < 12).all()
        lit.append(side.any(axis=1).mean())
    assert lit[0] < 0.9 < lit[1] == 1.0


def test_without_a_survey_there_is_no_picture(front: tuple[Assessment, Clip]) -> None:
    with pytest.raises(ValueError, match="who is who"):
        people_picture(Look(2, 0.5), front[1])
