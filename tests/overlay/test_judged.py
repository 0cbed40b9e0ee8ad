from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.assessment import Verdict
from analyzer.overlay.canvas import Pen
from analyzer.overlay.judged import JudgedAnnotator, Label, paint, place_labels, showings
from analyzer.overlay.moment import Timeline
from analyzer.overlay.palette import rgb
from analyzer.overlay.sketches import DRAWINGS
from analyzer.overlay.stamps import Stamp
from analyzer.pose.landmarks import Side, point
from tests.report import samples


def grey() -> np.ndarray:
    return np.full((640, 360, 3), samples.GROUND, np.uint8)


def near(picture: np.ndarray, place: np.ndarray, verdict: Verdict, radius: int = 3) -> bool:
    x, y = (round(v) for v in place)
    patch = picture[y - radius : y + radius + 1, x - radius : x + radius + 1].astype(int)
    return bool((np.abs(patch - rgb(verdict)).max(axis=2) < 40).any())


def test_a_reading_is_drawn_at_its_joint_in_its_colour_and_only_then() -> None:
    assessment = samples.front_run()
    annotator, timeline = JudgedAnnotator(assessment), Timeline(assessment.motion)
    step = next(step for step in assessment.motion.steps if step.side is Side.LEFT and step.index == 2)
    picture = grey()
    annotator.annotate(picture, timeline.at(step.mid_stance_s))
    assert near(picture, timeline.at(step.mid_stance_s).joint(Side.LEFT, "knee"), Verdict.FAIL)
    idle = grey()
    annotator.annotate(idle, timeline.at(step.mid_stance_s + 0.17))
    assert (idle == samples.GROUND).all()


def test_where_nobody_is_seen_nothing_is_drawn() -> None:
    assessment = samples.lost(samples.front_run(), 0.0, 9.0)
    picture = grey()
    JudgedAnnotator(assessment).annotate(picture, Timeline(assessment.motion).at(0.47))
    assert (picture == samples.GROUND).all()


def test_repetitions_keep_their_own_verdicts() -> None:
    assessment = samples.step_ups()
    found = {s.event.index: s.verdict for s in showings(assessment, assessment.motion)}
    assert found == {0: Verdict.PASS, 1: Verdict.FAIL, 2: Verdict.PASS, 3: Verdict.FAIL}
    shown = next(s for s in showings(assessment, assessment.motion) if s.event.index == 1)
    assert (shown.from_s, shown.until_s) == assessment.motion.reps[1].loaded[0]


def test_metrics_at_the_same_joint_keep_quiet_on_target() -> None:
    assessment = samples.side_run()
    drawn = {s.measurement.metric: s.verdict for s in showings(assessment, assessment.motion)}
    assert "knee_flexion_contact" not in drawn
    assert drawn["shank_angle"] is not Verdict.PASS
    assert drawn["foot_strike_angle"] is Verdict.INFO


def test_what_was_not_measured_is_not_drawn() -> None:
    assessment = samples.front_run()
    assert "foot_strike_position" not in {s.measurement.metric for s in showings(assessment, assessment.motion)}


@pytest.mark.parametrize("name", ["knee_valgus", "knee_over_toe", "pelvic_drop", "trunk_lean_lateral"])
@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL, Verdict.INFO])
def test_each_verdict_paints_its_colour(name: str, verdict: Verdict) -> None:
    assessment = samples.front_run()
    moment = Timeline(assessment.motion).at(0.47)
    picture = grey()
    sketch = DRAWINGS[name].at(moment, Side.LEFT, 5.0)
    paint(picture, sketch, verdict, Pen.fitting(picture, moment.body_px))
    assert near(picture, getattr(sketch, "vertex", getattr(sketch, "mark", None)), verdict)


def plate(grey_level: int) -> Stamp:
    return Stamp(np.full((20, 60, 3), grey_level, np.uint8), np.zeros((20, 60, 3), np.uint8))


def test_labels_neither_overlap_nor_leave_the_picture() -> None:
    right = np.array([1.0, 0.0])
    at = (np.array([180.0, 300.0]), np.array([182.0, 303.0]), np.array([358.0, 10.0]), np.array([-50.0, 630.0]))
    picture = grey()
    place_labels(picture, [Label(plate(200 + i), place, right, 4.0) for i, place in enumerate(at)])
    for i in range(len(at)):
        assert (picture == 200 + i).all(axis=2).sum() == 20 * 60


def test_a_label_of_an_unseen_joint_is_left_out() -> None:
    picture = grey()
    place_labels(picture, [Label(plate(200), np.array([np.nan, 5.0]), np.array([1.0, 0.0]), 4.0)])
    assert (picture == samples.GROUND).all()


def test_half_seen_people_do_no_harm() -> None:
    assessment = samples.front_run()
    motion = assessment.motion
    points = motion.track.points_px.copy()
    points[:, point(Side.LEFT, "ankle")] = np.nan
    half = assessment.with_motion(replace(motion, track=replace(motion.track, points_px=points)))
    picture = grey()
    JudgedAnnotator(half).annotate(picture, Timeline(half.motion).at(0.47))
    assert picture.shape == (640, 360, 3)
