from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.steady import as_filmed
from analyzer.motion.types import Activity, View
from analyzer.motion.understand import understand
from analyzer.video.camerapath import CameraPath, Moves
from analyzer.video.filming import Filming
from analyzer.video.shots import Join, Shot
from tests.motion import figures

VIEWS = [View.LEFT, View.RIGHT, View.FRONT, View.BACK]
RUN = figures.run()


@pytest.mark.parametrize("view", VIEWS)
def test_size_is_that_of_the_figure_where_its_height_is_stated(view: View) -> None:
    motion = understand(figures.filmed(RUN, view, noise_m=0.004), clip_fps=60, height_cm=175.0)
    assert motion.scale is not None
    true = 175.0 / (0.6 * 1280)
    assert np.median(motion.scale.cm_per_px) == pytest.approx(true, rel=0.10)
    assert motion.scale.source == "stated"


def test_an_assumed_height_is_less_certain() -> None:
    track = figures.filmed(RUN, View.LEFT, noise_m=0.004)
    stated, assumed = (understand(track, clip_fps=60, height_cm=cm).scale for cm in (175.0, None))
    assert stated is not None
    assert assumed is not None
    assert assumed.source == "assumed"
    assert assumed.relative_error > stated.relative_error


def test_what_the_user_says_is_kept() -> None:
    track = figures.filmed(RUN, View.FRONT, noise_m=0.004)
    motion = understand(track, clip_fps=240, activity=Activity.STEP_UP, view=View.BACK)
    assert (motion.activity, motion.camera.view, motion.clip_fps) == (Activity.STEP_UP, View.BACK, 240)


@pytest.mark.parametrize(
    ("figure", "view"),
    [
        (RUN, View.LEFT), (RUN, View.BACK),
        (figures.step_up(), View.RIGHT), (figures.step_up(), View.FRONT),
    ],
)  # fmt: skip
def test_a_mirrored_clip_shows_the_same_with_the_sides_exchanged(figure: figures.Figure, view: View) -> None:
    track = figures.filmed(figure, view, noise_m=0.004)
    here, there = (understand(t, clip_fps=60) for t in (track, track.mirrored()))
    assert here.activity is there.activity
    assert [s.side for s in here.steps] == [s.side.other for s in there.steps]
    assert [r.side for r in here.reps] == [r.side.other for r in there.reps]
    np.testing.assert_allclose(
        [s.contact_s for s in here.steps], [s.contact_s for s in there.steps], atol=0.002
    )  # fmt: skip
    np.testing.assert_allclose([r.start_s for r in here.reps], [r.start_s for r in there.reps], atol=0.04)


def test_nobody_seen_is_an_unknown_activity_without_size() -> None:
    track = figures.filmed(RUN, View.FRONT)
    track.points_px[3:] = track.world_m[3:] = np.nan
    motion = understand(track, clip_fps=60)
    assert motion.activity is Activity.UNKNOWN
    assert not motion.steps


def shaking(n: int) -> CameraPath:
    t = np.arange(n) / 60.0
    return CameraPath(Moves.SHAKING, 25 * np.sin(11 * t), 20 * np.cos(17 * t), 2 * np.sin(7 * t), np.ones(n), 1.0)


def test_with_the_phones_path_a_shaken_clip_reads_like_a_still_one() -> None:
    still = figures.filmed(RUN, View.LEFT, noise_m=0.002)
    path = shaking(len(still))
    shaken = as_filmed(still, path)
    shot = Shot(0, len(still), 0.0, float(still.times_s[-1]), Join.START)
    filming = Filming((shot,), shot, 0.5, 0.6, path, 1280)
    here, lost = (understand(track, clip_fps=60) for track in (still, shaken))
    there = understand(shaken, clip_fps=60, filming=filming)
    wanted = [s.contact_s for s in here.steps]
    np.testing.assert_allclose([s.contact_s for s in there.steps], wanted, atol=0.001)
    assert len(lost.steps) != len(wanted) or np.abs([s.contact_s for s in lost.steps] - np.array(wanted)).max() > 0.01
    assert there.raw is shaken
    assert there.path is not None
    drawn = as_filmed(there.track, there.path).points_px
    assert np.nanmax(np.abs(drawn - as_filmed(here.track, path).points_px)) < 1.0


def test_a_clear_roll_is_taken_off_and_an_upright_phone_is_left_alone() -> None:
    upright = figures.filmed(RUN, View.FRONT, noise_m=0.002)
    rolled = as_filmed(upright, CameraPath.still(len(upright)).rolled(5.0))
    here, there = (understand(t, clip_fps=60) for t in (upright, rolled))
    assert there.camera.roll_deg == pytest.approx(5.0, abs=0.7)
    assert abs(here.camera.roll_deg) < 0.7
    assert np.nanmax(np.abs(there.track.points_px - here.track.points_px)) < 8.0
    assert np.isnan(understand(figures.filmed(RUN, View.LEFT), clip_fps=60).camera.roll_deg)
