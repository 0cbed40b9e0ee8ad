from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.assessment import Assessment
from analyzer.motion.types import View
from analyzer.overlay.certainty import Certainty
from analyzer.overlay.film import Film, Scene
from analyzer.overlay.guides import RING_S
from analyzer.overlay.pace import Pace
from analyzer.overlay.shapes import Lines, MassMark, Placed, Ring, Trail
from analyzer.overlay.skeleton import SkeletonAnnotator
from analyzer.pose.landmarks import COUNT, LEG_POINTS, Side, point
from analyzer.pose.track import Places
from analyzer.video.camerapath import CameraPath, Moves
from tests.report import samples

NAMES = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe")


def film(assessment: Assessment, scale: float = 1.0, pace: Pace | None = None) -> Film:
    width, height = samples.SIZE_PX
    return Film(assessment, (round(width * scale), round(height * scale)), scale, pace)


def of_kind(scene: Scene, kind: type) -> list:
    return [shape for layer in scene.layers for shape in layer if isinstance(shape, kind)]


@pytest.mark.parametrize("make", [samples.front_run, samples.side_run, samples.step_ups])
@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_joint_markers_stand_exactly_on_the_track(make, scale: float) -> None:
    assessment = make()
    track = assessment.motion.track
    scenes = film(assessment, scale)
    for row in range(0, len(track), 7):
        joints = scenes.at(float(track.times_s[row])).joints
        assert sorted(joints) == sorted(point(side, name) for side in (Side.LEFT, Side.RIGHT) for name in NAMES)
        for index, at in joints.items():
            assert (at == track.points_px[row, index] * scale).all()


def test_joint_markers_follow_the_pictures_of_a_shaken_phone() -> None:
    assessment = samples.front_run()
    motion = assessment.motion
    n = len(motion.track)
    path = CameraPath(Moves.SHAKING, np.full(n, 7.0), np.full(n, -3.0), np.zeros(n), np.ones(n), 1.0)
    shaken = assessment.with_motion(replace(motion, path=path))
    knee = point(Side.LEFT, "knee")
    still, moved = (film(each).at(0.5) for each in (assessment, shaken))
    assert moved.joints[knee] - still.joints[knee] == pytest.approx([7.0, -3.0])
    newest = [[trail.points[-1] for trail in of_kind(scene, Trail)] for scene in (still, moved)]
    assert np.array(newest[1]) - np.array(newest[0]) == pytest.approx(np.tile([7.0, -3.0], (len(newest[0]), 1)))


def test_where_nobody_was_seen_nothing_is_drawn_on_the_body() -> None:
    scene = film(samples.lost(samples.front_run(), 0.9, 1.2)).at(1.0)
    assert all(np.isnan(at).all() for at in scene.joints.values())
    assert of_kind(scene, Trail) == []
    on_body = scene.layers[3]
    assert all(not np.isfinite(shape.lines).all(axis=(1, 2)).any() for shape in on_body if isinstance(shape, Lines))


def test_a_limb_that_was_not_seen_is_not_made_up() -> None:
    assessment = samples.front_run()
    points = assessment.motion.track.points_px.copy()
    points[:, point(Side.LEFT, "ankle")] = np.nan
    half = assessment.with_motion(replace(assessment.motion, track=replace(assessment.motion.track, points_px=points)))
    joints = film(half).at(0.47).joints
    assert np.isnan(joints[point(Side.LEFT, "ankle")]).all()
    assert np.isfinite(joints[point(Side.RIGHT, "ankle")]).all()


def doubting(assessment: Assessment, believed: float) -> Assessment:
    """With heat maps that believe that much in the left leg, and fully in the right one."""
    motion = assessment.motion
    n = len(motion.track)
    belief = np.ones((n, COUNT))
    legs = [index for index in LEG_POINTS if index % 2]
    belief[:, legs] = believed
    places = Places(np.zeros((n, len(LEG_POINTS), 1, 2)), np.zeros((n, len(LEG_POINTS), 1, 2)))
    return assessment.with_motion(
        replace(motion, raw=replace(motion.raw, places=places), track=replace(motion.track, visibility=belief))
    )


def test_doubtful_limbs_are_dashed_and_pale_and_their_joints_small() -> None:
    sure, unsure = (doubting(samples.front_run(), believed) for believed in (0.9, 0.15))
    layers = []
    for assessment in (sure, unsure):
        moment = film(assessment).at(0.2).moment
        layers.append(SkeletonAnnotator().shapes(moment, samples.SIZE_PX))
    pale = [[shape for shape in layer if isinstance(shape, Lines) and shape.alpha < 1.0] for layer in layers]
    assert pale[0] == []
    dashes = np.concatenate([shape.lines for shape in pale[1]]).mean(axis=1)
    for upper, lower in (("hip", "knee"), ("knee", "ankle")):
        a, b = moment.joint(Side.LEFT, upper), moment.joint(Side.LEFT, lower)
        along = (b - a) / np.hypot(*(b - a))
        beside = np.abs((dashes - a) @ np.array([-along[1], along[0]]))
        assert ((beside < 1.0) & ((dashes - a) @ along > 0.0) & ((dashes - b) @ along < 0.0)).sum() > 2
    sizes = [{s.joint: s.radius for s in layer if getattr(s, "joint", None) is not None} for layer in layers]
    knee, other = point(Side.LEFT, "knee"), point(Side.RIGHT, "knee")
    assert sizes[1][knee] < sizes[0][knee]
    assert sizes[1][other] == sizes[0][other]


def test_doubt_does_not_flicker() -> None:
    assessment = doubting(samples.front_run(), 0.9)
    track = assessment.motion.track
    belief = track.visibility.copy()
    belief[20, point(Side.LEFT, "knee")] = 0.3  # for a frame only
    motion = replace(assessment.motion, track=replace(track, visibility=belief))
    certainty = Certainty(motion)
    assert not any(certainty.doubtful(float(t)).any() for t in track.times_s)


def test_trails_are_short_and_end_at_knee_and_foot() -> None:
    assessment = samples.side_run()
    track = assessment.motion.track
    scene = film(assessment).at(float(track.times_s[40]))
    ends = [trail.points[-1] for trail in of_kind(scene, Trail)]
    foot = track.points_px[40, [point(Side.LEFT, "heel"), point(Side.LEFT, "toe")]].mean(axis=0)
    assert len(ends) == 2  # the far leg has none
    assert ends[0] == pytest.approx(track.points_px[40, point(Side.LEFT, "knee")])
    assert ends[1] == pytest.approx(foot)
    assert max(len(trail.points) for trail in of_kind(scene, Trail)) <= 20


def test_a_plumb_line_hangs_from_the_centre_of_mass_as_the_foot_lands_and_only_then() -> None:
    assessment = samples.front_run()
    assessment = assessment.model_copy(update={"measurements": ()}).with_motion(assessment.motion)
    step = assessment.motion.steps[2]
    scenes = film(assessment)
    landing, later = scenes.at(step.contact_s + 0.01), scenes.at(step.contact_s + 0.2)
    (mark,) = of_kind(landing, MassMark)
    assert mark.at == pytest.approx(landing.moment.com_px)
    assert of_kind(later, MassMark) == []


def test_a_ring_grows_and_fades_round_the_foot_that_landed() -> None:
    assessment = samples.side_run()
    step = assessment.motion.steps[2]
    scenes = film(assessment)
    times_s = step.contact_s + RING_S * np.array([0.05, 0.5, 0.9])
    rings = [of_kind(scenes.at(float(t)), Ring)[0] for t in times_s]
    assert [ring.radius for ring in rings] == sorted(ring.radius for ring in rings)
    assert [ring.alpha for ring in rings] == sorted((ring.alpha for ring in rings), reverse=True)
    assert of_kind(scenes.at(step.contact_s - 0.02), Ring) == []


def test_the_horizon_stands_at_the_hips_of_whoever_bears_weight() -> None:
    assessment = samples.front_run()
    assessment = assessment.model_copy(update={"measurements": ()}).with_motion(assessment.motion)
    step = assessment.motion.steps[2]
    bare = samples.side_run().model_copy(update={"measurements": ()}).with_motion(samples.side_run().motion)

    def levels(scene: Scene) -> int:
        hips_y = scene.moment.middle("hip")[1]
        return sum(len(shape.lines) > 2 and np.allclose(shape.lines[..., 1], hips_y) for shape in of_kind(scene, Lines))

    assert levels(film(assessment).at(step.mid_stance_s)) == 1
    assert levels(film(bare).at(step.mid_stance_s)) == 0
    assert bare.motion.camera.view is View.LEFT


def test_slow_motion_is_said_while_it_lasts() -> None:
    assessment = samples.front_run()
    scenes = film(assessment, pace=Pace(4.0, ((0.5, 0.9),)))
    fast, slow = (sum(isinstance(s, Placed) for layer in scenes.at(t).layers for s in layer) for t in (0.3, 0.45 + 0.4))
    without = film(assessment).at(0.45 + 0.4)
    assert len(scenes.at(0.3).layers) + 1 == len(scenes.at(0.85).layers) == len(without.layers) + 1
    assert fast > 0
    assert slow > 0
