from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analyzer.pose.follow as follow
from analyzer.errors import SubjectError
from analyzer.pose.follow import FIRST_LOOKS, first_look, follow_subject, looks, without_others
from analyzer.pose.landmarks import COUNT, SIDES, point
from analyzer.pose.models import ModelFile, find_model
from analyzer.pose.person import Person
from analyzer.pose.subject import Look, Survey
from analyzer.pose.track import PoseTrack
from analyzer.progress import silent
from analyzer.video.clip import Clip
from analyzer.video.probe import probe
from tests.pose.passers import HEIGHT_PX, person, standing, survey_of, walking
from tests.video.drawn import SHARED_CLIPS
from tests.video.overlaid import PLACES, laid_over, scene, size_of

MODEL = ModelFile(Path("model.task"), "full", "0" * 64)
RATE_HZ = 30.0
RUNS, STANDS = person(1, 4.0, standing(3.0), stride=0.2), person(2, 4.0, standing(7.0))


def clip() -> Clip:
    return Clip(
        path=Path("clip.mp4"), sha256="0" * 64, width=4000, height=800, times_s=np.arange(120) / RATE_HZ,
        nominal_fps=RATE_HZ, capture_fps=RATE_HZ, rotation_deg=0, codec="h264", has_audio=False,
    )  # fmt: skip


def track_of(*people: Person, seconds: float = 4.0) -> PoseTrack:
    """All points where the people's hips are, one person after the other for equal times."""
    times = np.arange(0.0, seconds, 1.0 / RATE_HZ)
    turn = (np.arange(len(times)) * len(people)) // len(times)
    points = np.zeros((len(times), COUNT, 2))
    for frame, (time_s, who) in enumerate(zip(times, turn, strict=True)):
        crop = people[who].crop(float(time_s))
        points[frame] = np.nan if crop is None else crop.centre_px
        points[frame, [point(side, "shoulder") for side in SIDES], 1] -= 0.288 * HEIGHT_PX
    return PoseTrack(times, points, np.ones(points.shape[:2]), np.zeros((*points.shape[:2], 3)), (4000, 800), "made up")


@pytest.fixture
def seeing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Stand-ins for what looks at pixels; gives the guides that the pose was asked for with."""

    def see(people: int, alone: PoseTrack, surveyed: Survey) -> list[Any]:
        guides: list[Any] = []

        def estimated(*_: Any, guide: Any = None, crop_side_px: float | None = None) -> tuple[PoseTrack, None]:
            guides.append(guide)
            return (alone if guide is None else track_of(guide)), None

        monkeypatch.setattr(follow, "first_look", lambda *_: Look(people, 0.5, 300.0))
        monkeypatch.setattr(follow, "survey", lambda *_: surveyed)
        monkeypatch.setattr(follow, "estimate_pose", estimated)
        return guides

    return see


def test_one_person_is_followed_without_asking_who_is_who(seeing: Callable[..., list[Any]]) -> None:
    guides = seeing(1, track_of(RUNS), survey_of(RUNS))
    track, look, _ = follow_subject(clip(), MODEL, None, silent)
    assert guides == [None]
    assert (len(track), look.people, look.survey, look.chosen) == (120, 1, None, None)


def test_of_several_the_one_whom_the_clip_is_about_is_followed(seeing: Callable[..., list[Any]]) -> None:
    guides = seeing(2, track_of(STANDS), survey_of(RUNS, STANDS))
    track, look, _ = follow_subject(clip(), MODEL, None, silent)
    assert guides == [RUNS]
    assert (look.people, look.chosen) == (2, 1)
    assert track.seen.all()


def test_the_user_may_ask_for_another(seeing: Callable[..., list[Any]]) -> None:
    guides = seeing(1, track_of(RUNS), survey_of(RUNS, STANDS))
    assert follow_subject(clip(), MODEL, "2", silent).look.chosen == 2
    assert guides == [STANDS]


def test_a_track_that_changed_persons_is_made_anew(seeing: Callable[..., list[Any]]) -> None:
    guides = seeing(1, track_of(RUNS, STANDS), survey_of(RUNS, STANDS))
    track, look, _ = follow_subject(clip(), MODEL, None, silent)
    assert guides == [None, RUNS]
    assert look.people == 2
    assert track.points_px == pytest.approx(track_of(RUNS).points_px)


def test_where_nobody_is_there_is_no_track(seeing: Callable[..., list[Any]]) -> None:
    guides = seeing(0, track_of(RUNS), Survey((), 36, (4000, 800)))
    track, look, _ = follow_subject(clip(), MODEL, None, silent)
    assert (guides, len(track), look.people) == ([], 0, 0)
    assert track.validate() == []


def test_a_wish_that_nobody_understands_is_refused_before_anybody_looks() -> None:
    with pytest.raises(SubjectError):
        follow_subject(clip(), MODEL, "the tall one", silent)


def test_the_body_of_somebody_else_is_taken_out_of_the_track() -> None:
    walks = person(1, 4.0, walking(2.0, 0.5))
    track = track_of(walks, STANDS)
    cleared = without_others(track, walks, ())
    assert cleared.seen[: len(track) // 2].all()
    assert not cleared.seen[len(track) // 2 :].any()
    assert not cleared.visibility[len(track) // 2 :].any()


def test_a_body_that_is_rather_somebody_elses_is_taken_out() -> None:
    hidden, covers = person(1, 4.0, standing(3.0)), person(2, 4.0, standing(3.15))
    assert without_others(track_of(hidden), hidden, (hidden, covers)).seen.all()
    assert not without_others(track_of(covers), hidden, (hidden, covers)).seen.any()


def test_in_slow_motion_the_body_is_looked_for_at_the_real_time() -> None:
    walks = person(1, 4.0, walking(2.0, 0.5))
    assert without_others(track_of(walks), replace(walks, slow_motion_factor=8.0), ()).seen.all()


@pytest.mark.parametrize(
    ("name", "people"),
    [("rendered/run_front_bystander.mp4", 2), ("bad/no_person_ceiling.mp4", 0)],
)
def test_a_first_look_counts_people(name: str, people: int) -> None:
    if not (SHARED_CLIPS / name).exists():
        pytest.skip("the shared clips are not here")
    assert first_look(probe(SHARED_CLIPS / name), find_model()).people == people


@pytest.mark.parametrize(("somebody", "noticed"), [(True, True), (False, False)])
def test_a_first_look_notices_a_picture_within_the_picture_if_somebody_is_in_it(
    monkeypatch: pytest.MonkeyPatch, somebody: bool, noticed: bool
) -> None:
    place = PLACES["in the middle"]
    pictures = laid_over(scene(1), 255 - scene(2, size_of(place)), place)

    class Blind:
        def __init__(self, _: object) -> None: ...

        def everybody(self, *_: object, **__: object) -> list[Any]:
            return []

        def somebody_whole(self, rgb: np.ndarray) -> bool:
            assert rgb.size < pictures[0].size
            return somebody

    def glances(_: Clip, __: object, wanted: Any) -> list[Any]:
        order = looks(120, np.array([], int)).tolist()
        return [follow._Glance(pictures[order.index(index)], 1.0, []) for index in wanted]

    monkeypatch.setattr(follow, "Onlooker", Blind)
    monkeypatch.setattr(follow, "_glances", glances)
    monkeypatch.setattr(follow, "keyframes", lambda _: np.array([], int))
    monkeypatch.setattr(follow, "read_bundle", lambda _: None)
    assert (first_look(clip(), MODEL).inset is not None) == noticed


@given(st.integers(1, 2000), st.sets(st.integers(0, 1999), max_size=20))
def test_first_looks_are_all_over_the_clip_whatever_is_quick_to_reach(frames: int, marked: set[int]) -> None:
    quick = np.array(sorted(index for index in marked if index < frames), dtype=int)
    chosen = looks(frames, quick)
    assert len(chosen) == min(frames, FIRST_LOOKS) or frames < 3 * FIRST_LOOKS
    assert (np.diff(chosen) > 0).all()
    evenly = (frames - 1) * np.arange(1, FIRST_LOOKS + 1) / (FIRST_LOOKS + 1)
    off = np.abs(chosen[:, None] - evenly).min(axis=1)
    assert (off <= 0.5 * (frames - 1) / (FIRST_LOOKS + 1) + 0.5).all()


def test_a_first_look_takes_keyframes_where_they_are_near() -> None:
    assert looks(601, np.array([0, 145, 252, 290, 575])).tolist() == [145, 200, 290, 400, 500]
    assert looks(601, np.array([], dtype=int)).tolist() == [100, 200, 300, 400, 500]
