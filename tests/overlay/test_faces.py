from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Assessment
from analyzer.overlay.faces import (
    HELD_S,
    LONGEST_GAP_S,
    HeadTrack,
    blur_disc,
    cover_heads,
    heads_of,
    other_head,
    own_head,
)
from analyzer.overlay.keyframe import key_frame
from analyzer.overlay.people import people_picture
from analyzer.overlay.privacy import face_cover
from analyzer.overlay.raster import PlaneSheet, RgbSheet
from analyzer.pose.landmarks import INDEX, Side, point
from analyzer.video.clip import Clip
from analyzer.video.planes import as_planes, planes
from tests.pose.passers import HEIGHT_PX, person, standing
from tests.report import samples
from tests.video.pictures import scenery


def sharpness(grey: np.ndarray) -> float:
    """Variance of the Laplacian."""
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def head(seconds: float = 4.0, start_s: float = 0.0) -> HeadTrack:
    times = start_s + np.arange(0.0, seconds, 0.1)
    return HeadTrack(
        times, np.stack([100.0 + 10.0 * times, np.full(len(times), 80.0)], axis=1), np.full(len(times), 30.0)
    )


GROUND = scenery(1)[:120, :160].copy()


@given(st.floats(-50.0, 200.0), st.floats(-50.0, 150.0), st.floats(6.0, 60.0))
def test_a_disc_is_blurred_and_nothing_else_changes(x: float, y: float, radius: float) -> None:
    picture = GROUND.copy()
    blur_disc(RgbSheet(picture), np.array([x, y]), radius)
    ys, xs = np.mgrid[:120, :160]
    inside = (xs - x) ** 2 + (ys - y) ** 2 <= radius**2
    assert (picture[~inside] == GROUND[~inside]).all()


@pytest.mark.parametrize("planar", [False, True])
def test_a_hidden_head_has_no_detail_left(planar: bool) -> None:
    picture = scenery(1)[:240, :320].copy()
    frame = as_planes(picture, VideoReformatter())
    before = [plane.copy() for plane in planes(frame)]
    blur_disc(PlaneSheet(frame) if planar else RgbSheet(picture), np.array([160.0, 120.0]), 40.0)
    grey = planes(frame)[0] if planar else picture[..., 0]
    was = before[0] if planar else scenery(1)[:240, :320, 0]
    inner = np.s_[95:145, 135:185]
    assert sharpness(grey[inner]) < 0.02 * sharpness(was[inner])
    if planar:
        for plane, old, half in zip(planes(frame), before, (1, 2, 2), strict=True):
            y, x = np.mgrid[: plane.shape[0], : plane.shape[1]] * half
            outside = np.hypot(x - 160, y - 120) > 40 + 2 * half
            assert (plane[outside] == old[outside]).all()


def test_a_head_is_hidden_all_the_time_that_it_may_be_there() -> None:
    track = head()
    for time_s in (0.0, 1.234, 3.9, -0.9 * HELD_S, 3.9 + 0.9 * HELD_S):
        assert track.at(time_s) is not None
    assert track.at(-1.1 * HELD_S) is None
    assert track.at(3.9 + 1.1 * HELD_S) is None
    centre, radius = track.at(1.25) or (np.zeros(2), 0.0)
    assert centre == pytest.approx([112.5, 80.0])
    assert radius == 30.0


@pytest.mark.parametrize(("gap_s", "middle_hidden"), [(0.8 * LONGEST_GAP_S, True), (3.0 * LONGEST_GAP_S, False)])
def test_over_short_gaps_a_head_moves_on_and_beside_long_ones_it_stays_hidden(
    gap_s: float, middle_hidden: bool
) -> None:
    early, late = head(1.0), head(1.0, 1.0 + gap_s)
    track = HeadTrack(*(np.concatenate(pair) for pair in (
        (early.times_s, late.times_s), (early.centres_px, late.centres_px), (early.radii_px, late.radii_px)
    )))  # fmt: skip
    assert (track.at(1.0 + gap_s / 2) is not None) is middle_hidden
    after = track.at(0.9 + 0.5 * HELD_S)
    assert after is not None
    if not middle_hidden:
        assert after[0] == pytest.approx(early.centres_px[-1])


def test_nobody_has_no_head() -> None:
    assert HeadTrack(np.zeros(0), np.zeros((0, 2)), np.zeros(0)).at(0.0) is None


def test_ones_own_head_is_covered_from_crown_to_chin() -> None:
    track = samples.front_run().motion.raw
    for row in (0, 17, 40):
        centre, radius = own_head(track).at(float(track.times_s[row])) or (np.zeros(2), 0.0)
        face = track.points_px[row, : INDEX["mouth_right"] + 1]
        assert np.linalg.norm(face - centre, axis=1).max() < radius
        crown = (samples.SIZE_PX[1] - samples.BODY_PX) / 2 + face[0, 1] - samples.standing_px()[0, 1]
        assert centre[1] - radius <= crown
        shoulders = track.points_px[row, [point(side, "shoulder") for side in (Side.LEFT, Side.RIGHT)]]
        assert centre[1] + radius < shoulders[:, 1].mean() + 0.05 * samples.BODY_PX


def test_another_head_is_where_the_body_has_it() -> None:
    found = other_head(person(2, 3.0, standing(4.0)))
    centre, radius = found.at(1.0) or (np.zeros(2), 0.0)
    hips = person(2, 3.0, standing(4.0)).hips_px[0]
    eyes = hips - [0.0, (0.936 - 0.53) * HEIGHT_PX]
    assert np.linalg.norm(centre - eyes) < 0.03 * HEIGHT_PX
    assert radius > 0.09 * HEIGHT_PX


def test_faces_are_hidden_on_the_files_clock_and_at_the_pictures_scale() -> None:
    picture = scenery(1)[:240, :320].copy()
    cover_heads([head()], slow_motion_factor=4.0)(RgbSheet(picture), 8.0, 0.5)
    changed = (picture != scenery(1)[:240, :320]).any(axis=2)
    ys, xs = np.nonzero(changed)
    assert (xs.mean(), ys.mean()) == pytest.approx((60.0, 40.0), abs=2.0)
    assert np.hypot(xs - 60, ys - 40).max() <= 16.0


def test_key_frames_and_the_picture_of_people_are_covered(front: tuple[Assessment, Clip]) -> None:
    assessment, clip = samples.in_company(front[0]), front[1]
    told = []

    def cover(sheet: RgbSheet, clip_s: float, scale: float) -> None:
        told.append((clip_s, scale))
        blur_disc(sheet, np.array([180.0, 100.0]), 30.0)

    key_frame(assessment, assessment.of("knee_valgus", "left"), clip, cover)
    people_picture(assessment.motion.look, clip, cover)
    assert [scale for _, scale in told] == [1.0, 1.0]
    assert told[0][0] == pytest.approx(assessment.of("knee_valgus", "left").evidence_s, abs=0.02)


def test_everybody_who_was_followed_is_hidden_without_looking_again(front: tuple[Assessment, Clip]) -> None:
    assessment = samples.in_company(front[0])
    survey = assessment.motion.look.survey
    assert survey is not None
    assert len(heads_of(assessment.motion, survey.people)) == 3
    picture = np.repeat(scenery(1)[:, :360, :1], 3, axis=2)
    picture = cv2.resize(picture, samples.SIZE_PX)
    before = picture.copy()
    face_cover(assessment, front[1], "no such model")(RgbSheet(picture), 0.1, 1.0)
    for each in survey.people:
        x, y = (round(v) for v in each.hips_px[0] + 0.8 * (each.circle_px[0] - each.hips_px[0]))
        spot = np.s_[max(y - 10, 0) : y + 11, max(x - 10, 0) : x + 11]
        assert sharpness(picture[spot][..., 0]) < 0.1 * sharpness(before[spot][..., 0])


def test_a_face_near_the_camera_is_covered_though_no_leg_is_seen() -> None:
    motion = samples.front_run().motion
    points = motion.raw.points_px.copy()
    points[:, [point(side, name) for side in (Side.LEFT, Side.RIGHT) for name in ("knee", "ankle")]] = np.nan
    _, radius = own_head(replace(motion.raw, points_px=points)).at(0.5) or (0, 0.0)
    assert radius > 0.0


def test_the_measured_persons_head_is_hidden_once_and_a_neighbours_as_well() -> None:
    assessment = samples.in_company(samples.front_run())
    motion, survey = assessment.motion, assessment.motion.look.survey
    assert survey is not None
    own = own_head(motion.raw)
    twin = replace(
        survey.people[1],
        hips_px=np.repeat(
            (own.centres_px[:1] + np.array([0.0, 0.4 * samples.BODY_PX])), len(survey.people[1].times_s), axis=0
        ),
        circle_px=np.repeat(
            (own.centres_px[:1] - np.array([0.0, 0.1 * samples.BODY_PX])), len(survey.people[1].times_s), axis=0
        ),
    )
    told = [len(each.times_s) for each in heads_of(motion, (survey.people[0], twin))]
    assert told == [len(motion.raw), len(survey.people[0].times_s), 0]
    gone = samples.lost(assessment, -1.0, 99.0).motion
    unseen = heads_of(replace(gone, raw=gone.track), (survey.people[0], twin))
    assert [len(each.times_s) for each in unseen] == [0, len(survey.people[0].times_s), len(twin.times_s)]
