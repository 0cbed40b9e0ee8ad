from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analyzer.assessment import Caution
from analyzer.criteria.legibility import seen_s
from analyzer.criteria.quality import quality
from analyzer.motion.types import Activity, Motion, Tempo, View
from analyzer.pose.landmarks import LEG_POINTS
from analyzer.pose.subject import Look
from analyzer.pose.track import Places, PoseTrack
from analyzer.video.camerapath import CameraPath, Moves
from analyzer.video.clip import Clip, Notice
from analyzer.video.filming import Filming
from analyzer.video.inset import Inset
from analyzer.video.shots import Join, Shot
from tests.motion import figures
from tests.pose.passers import person, standing, survey_of

LONG = figures.run(figures.Runner(duration_s=8.0))


def clip(fps: float = 60.0) -> Clip:
    return Clip(
        path=Path("clip.mp4"), sha256="0" * 64, width=1280, height=1280, times_s=LONG.times_s, nominal_fps=fps,
        capture_fps=fps, rotation_deg=0, codec="h264", has_audio=False,
    )  # fmt: skip


def good() -> Motion:
    return figures.shown(LONG, View.LEFT)


def seen_in(motion: Motion, points: np.ndarray) -> Motion:
    track: PoseTrack = replace(motion.track, points_px=points)
    return replace(motion, raw=track, track=track)


def unseen(motion: Motion, share: float) -> Motion:
    points = motion.track.points_px.copy()
    points[: int(share * len(points))] = np.nan
    return seen_in(motion, points)


def codes(motion: Motion, fps: float = 60.0) -> set[str]:
    return {caution.code for caution in quality(clip(fps), motion).warnings}


def test_a_good_clip_has_nothing_to_caution_about() -> None:
    found = quality(clip(), good())
    assert (found.grade, found.warnings) == ("good", ())
    assert found.tracked_fraction == 1.0


@pytest.mark.parametrize(("share", "grade"), [(0.3, "usable"), (0.6, "poor")])
def test_a_person_lost_for_long_spoils_the_grade(share: float, grade: str) -> None:
    found = quality(clip(), unseen(good(), share))
    assert found.grade == grade
    (told,) = [caution.message for caution in found.warnings if caution.code == "lost"]
    assert f"{100 * (1 - share):.0f} %" in told
    assert found.tracked_fraction == pytest.approx(1.0 - share, abs=0.01)


def test_a_small_person_is_told_to_come_nearer() -> None:
    assert "small" in codes(figures.shown(LONG, View.LEFT, share=0.25))


def test_feet_outside_the_picture_are_noticed() -> None:
    motion = good()
    assert "feet" in codes(seen_in(motion, motion.track.points_px + np.array([0.0, 300.0])))


def test_a_camera_at_an_angle_is_noticed() -> None:
    motion = good()
    assert "oblique" in codes(replace(motion, camera=figures.camera(View.OBLIQUE)))
    assert "yaw" in codes(replace(motion, camera=figures.camera(View.FRONT, 12.0)))
    assert "yaw" not in codes(replace(motion, camera=figures.camera(View.FRONT, 3.0)))


def test_few_steps_and_few_frames_a_second_are_noticed() -> None:
    assert "few_steps" in codes(replace(good(), steps=good().steps[:6]))
    assert "frame_rate" in codes(good(), fps=30.0)


def test_many_repairs_spoil_the_grade() -> None:
    assert quality(clip(), replace(good(), repaired_fraction=0.3)).grade == "poor"
    assert quality(clip(), replace(good(), repaired_fraction=0.15)).grade == "usable"


def test_what_was_noticed_about_the_file_is_passed_on() -> None:
    notice = Notice("odd", "Something odd.", "Film again.")
    assert "odd" in {caution.code for caution in quality(replace(clip(), notices=(notice,)), good()).warnings}


@pytest.mark.parametrize(("factor", "how", "rate"), [(8.0, "8 times slower", "480"), (0.25, "4 times faster", "15")])
def test_a_tempo_that_cannot_be_is_told_with_the_rate_to_state(factor: float, how: str, rate: str) -> None:
    motion = replace(good(), tempo=Tempo(factor, 0.07, unknown=True))
    (caution,) = quality(clip(60.0), motion).warnings
    assert caution.code == "unknown_slow_motion"
    assert how in caution.message
    assert "not in the file" in caution.message
    assert f"about {rate} (--captured-fps)" in caution.advice


def test_slow_motion_of_unknown_factor_is_not_blamed_for_its_low_frame_rate() -> None:
    motion = replace(good(), tempo=Tempo(8.0, 0.07, unknown=True))
    assert "frame_rate" in codes(good(), fps=30.0)
    assert "frame_rate" not in codes(motion, fps=30.0)


def test_a_rate_in_the_file_that_cannot_be_is_said_to_be_wrong() -> None:
    motion = replace(good(), tempo=Tempo(0.25, 0.07, unknown=True))
    (caution,) = quality(replace(clip(60.0), capture_fps=240.0), motion).warnings
    assert "The rate in the file is wrong." in caution.message
    assert "about 60 (--captured-fps)" in caution.advice


def people_caution(look: Look) -> Caution:
    return next(c for c in quality(clip(), replace(good(), look=look)).warnings if c.code == "people")


@pytest.mark.parametrize(("chosen", "where", "other"), [(1, "on the left", 2), (2, "on the right", 1)])
def test_of_several_people_it_is_told_who_was_followed_and_how_to_choose_another(
    chosen: int, where: str, other: int
) -> None:
    survey = survey_of(person(1, 2.0, standing(2.0)), person(2, 2.0, standing(8.0)))
    found = people_caution(Look(2, 0.5, survey=survey, chosen=chosen))
    assert found.message == f"2 people were seen; number {chosen}, {where}, was followed."
    assert f"--subject {other};" in found.advice


def test_people_whom_nobody_numbered_are_told_as_well() -> None:
    assert "3 people" in people_caution(Look(3, 0.5)).message


def test_one_person_alone_is_nothing_to_caution_about() -> None:
    assert "people" not in {caution.code for caution in quality(clip(), replace(good(), look=Look(1, 0.5))).warnings}


def test_a_picture_within_the_picture_is_told_and_where() -> None:
    look = Look(1, 0.5, inset=Inset(0.7, 0.6, 1.0, 1.0))
    (caution,) = (c for c in quality(clip(), replace(good(), look=look)).warnings if c.code == "inset")
    assert "lower right part, over 12 %" in caution.message
    assert "nothing laid over it" in caution.advice


def filmed(shots: int = 1, moves: Moves = Moves.STEADY, wander_px: float = 0.0, **how: float) -> set[str]:
    motion = good()
    n = len(motion.track)
    path = replace(CameraPath.still(n), moves=moves, x_px=wander_px * np.sin(np.arange(n)))
    each = tuple(Shot(i * n // shots, (i + 1) * n // shots, i * 2.0, i * 2.0 + 1.5, Join.CUT) for i in range(shots))
    filming = Filming(each, each[0], how.get("brightness", 0.5), how.get("sharpness", 0.6), path, 1280)
    found = quality(clip(), replace(motion, filming=filming)).warnings
    assert all(str(shots) in c.message for c in found if c.code == "cut")
    return {caution.code for caution in found}


def test_how_the_clip_was_filmed_is_told() -> None:
    assert filmed() == set()
    assert filmed(shots=3) == {"cut"}
    assert filmed(moves=Moves.SHAKING, wander_px=20.0) == {"shaken"}
    assert filmed(moves=Moves.PANNING, wander_px=400.0) == {"panned"}
    assert filmed(moves=Moves.UNKNOWN) == set()
    assert filmed(brightness=0.1) == {"dark"}
    assert filmed(sharpness=0.2) == {"blurred"}
    assert filmed(sharpness=np.nan, brightness=np.nan) == set()


@pytest.mark.parametrize(("roll_deg", "side"), [(5.0, "left"), (-5.0, "right"), (0.6, None), (np.nan, None)])
def test_a_tilted_phone_is_told_where_it_was_corrected(roll_deg: float, side: str | None) -> None:
    motion = figures.shown(LONG, View.FRONT)
    motion = replace(
        motion,
        camera=replace(motion.camera, roll_deg=roll_deg),
        path=CameraPath.still(len(motion.track)).rolled(roll_deg),
    )
    found = [c for c in quality(clip(), motion).warnings if c.code == "roll"]
    assert [side in c.message for c in found if side] == ([True] if side else [])
    assert bool(found) == bool(side)


def test_a_short_exercise_is_noticed_and_a_short_run_told_by_its_steps() -> None:
    short = figures.cut(good().track, 0.0, 2.0)
    motion = replace(good(), raw=short, track=short)
    assert "short" not in codes(motion)
    assert "short" in codes(replace(motion, activity=Activity.BALANCE))
    assert "short" not in codes(replace(good(), activity=Activity.BALANCE))


@pytest.mark.parametrize(("belief", "said"), [(0.9, False), (0.5, False), (0.2, True)])
def test_a_leg_that_the_model_hardly_believes_in_is_told(belief: float, said: bool) -> None:
    motion = good()
    visibility = motion.track.visibility.copy()
    visibility[:, LEG_POINTS[::2]] = belief
    nothing = Places(np.empty((len(motion.track), 8, 0, 2)), np.empty((len(motion.track), 8, 0, 2)))
    seen = replace(motion, raw=replace(motion.raw, places=nothing), track=replace(motion.track, visibility=visibility))
    assert ("hidden_leg" in codes(seen)) is said


def test_how_long_somebody_was_seen_is_from_their_first_frame_to_their_last() -> None:
    motion = good()
    points = motion.track.points_px.copy()
    points[(motion.times_s < 2.0) | (motion.times_s > 5.0)] = np.nan
    points[(motion.times_s > 3.0) & (motion.times_s < 3.5)] = np.nan
    assert seen_s(seen_in(motion, points)) == pytest.approx(3.0, abs=0.04)
