from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import TrackError
from analyzer.motion.types import View
from analyzer.pose.landmarks import MIRROR, Side, point
from analyzer.pose.track import PoseTrack, load_scale, load_track
from tests.depth import examples
from tests.motion import figures


@pytest.fixture(scope="module")
def track() -> PoseTrack:
    whole = figures.filmed(figures.run(figures.Runner(duration_s=1.0)), View.FRONT)
    points, world = whole.points_px.copy(), whole.world_m.copy()
    points[7] = world[7] = np.nan
    return replace(
        whole, points_px=points, world_m=world, waist_deg=np.where(np.arange(60) == 7, np.nan, np.arange(60.0))
    )


def test_a_sound_track_has_no_faults(track: PoseTrack) -> None:
    assert track.validate() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"times_s": np.zeros(60)}, "does not rise"),
        ({"times_s": np.full(60, np.nan)}, "not numbers"),
        ({"points_px": np.zeros((60, 32, 2))}, "points_px has shape"),
        ({"points_px": np.full((60, 33, 2), np.inf)}, "infinite"),
        ({"visibility": np.zeros((59, 33))}, "visibility has shape"),
        ({"waist_deg": np.zeros(59)}, "waist_deg has shape"),
        ({"size_px": (0, 720)}, "picture size"),
    ],
)
def test_every_fault_is_named(track: PoseTrack, change: dict[str, object], word: str) -> None:
    (fault,) = replace(track, **change).validate()  # type: ignore[arg-type]
    assert word in fault


def test_all_faults_are_listed_together(track: PoseTrack) -> None:
    assert len(replace(track, times_s=np.zeros(60), size_px=(0, 0)).validate()) == 2


def test_unseen_frames_are_told_apart(track: PoseTrack) -> None:
    assert np.flatnonzero(track.seen == 0).tolist() == [7]


def test_the_rate_is_in_frames_per_second(track: PoseTrack) -> None:
    assert track.rate_hz == pytest.approx(60.0)


def test_mirroring_twice_gives_the_track_back(track: PoseTrack) -> None:
    twice = track.mirrored().mirrored()
    np.testing.assert_allclose(twice.points_px, track.points_px, atol=1e-9)
    np.testing.assert_allclose(twice.world_m, track.world_m)
    np.testing.assert_array_equal(twice.waist_deg, track.waist_deg)


def test_mirroring_exchanges_sides_and_keeps_heights(track: PoseTrack) -> None:
    seen = track.mirrored().points_px[:, point(Side.LEFT, "knee")]
    there = track.points_px[:, point(Side.RIGHT, "knee")]
    np.testing.assert_allclose(seen[:, 1], there[:, 1])
    np.testing.assert_allclose(seen[:, 0] + there[:, 0], np.where(np.isnan(there[:, 0]), np.nan, track.size_px[0]))
    np.testing.assert_array_equal(track.mirrored().waist_deg[:3], [0.0, -1.0, -2.0])
    assert (track.mirrored().visibility == track.visibility[:, list(MIRROR)]).all()


def test_a_saved_track_reads_back_the_same(track: PoseTrack, tmp_path: Path) -> None:
    track.save(tmp_path / "pose.npz")
    back = load_track(tmp_path / "pose.npz")
    np.testing.assert_array_equal(back.times_s, track.times_s)
    np.testing.assert_allclose(back.points_px, track.points_px, atol=1e-3)
    np.testing.assert_allclose(back.world_m, track.world_m, atol=1e-6)
    np.testing.assert_array_equal(back.waist_deg, track.waist_deg)
    assert (back.size_px, back.source) == (track.size_px, track.source)


def test_arrays_without_a_header_are_read(track: PoseTrack, tmp_path: Path) -> None:
    np.savez(
        tmp_path / "bare.npz", times_s=track.times_s, points_px=track.points_px, visibility=track.visibility,
        world_m=track.world_m, size_px=np.array(track.size_px),
    )  # fmt: skip
    assert load_track(tmp_path / "bare.npz").source == "unknown"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match=r"nowhere\.npz does not exist"):
        load_track(tmp_path / "nowhere.npz")


@examples(30)
@given(content=st.binary(max_size=200), head=st.sampled_from([b"", b"PK\x03\x04", b"\x93NUMPY"]))
def test_any_other_file_is_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "other.npz"
    path.write_bytes(head + content)
    with pytest.raises(TrackError, match=r"other\.npz is not a saved pose track"):
        load_track(path)


def test_a_truncated_file_is_refused(track: PoseTrack, tmp_path: Path) -> None:
    path = tmp_path / "pose.npz"
    track.save(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(TrackError):
        load_track(path)


def test_a_track_that_breaks_the_rules_is_refused(track: PoseTrack, tmp_path: Path) -> None:
    replace(track, times_s=track.times_s[::-1]).save(tmp_path / "back.npz")
    with pytest.raises(TrackError, match="does not rise"):
        load_track(tmp_path / "back.npz")


def test_a_single_array_is_no_track(tmp_path: Path) -> None:
    with (tmp_path / "array.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(TrackError, match="not a saved pose track"):
        load_track(tmp_path / "array.npz")


def test_a_part_keeps_the_clips_clock(track: PoseTrack) -> None:
    part = track.part(slice(2, 5))
    assert part.times_s == pytest.approx(track.times_s[2:5])
    assert part.points_px == pytest.approx(track.points_px[2:5], nan_ok=True)
    np.testing.assert_array_equal(part.waist_deg, track.waist_deg[2:5])
    assert not part.validate()


def test_raw_and_cleaned_points_share_a_file(track: PoseTrack, tmp_path: Path) -> None:
    raw = track
    clean = replace(raw, points_px=raw.points_px + 1.0)
    size = np.linspace(0.2, 0.3, len(raw))
    raw.save(tmp_path / "both.npz", cleaned=clean, cm_per_px=size)
    assert load_track(tmp_path / "both.npz").points_px == pytest.approx(raw.points_px, abs=1e-3, nan_ok=True)
    found = load_track(tmp_path / "both.npz", cleaned=True)
    assert found.points_px == pytest.approx(clean.points_px, abs=1e-3, nan_ok=True)
    assert load_scale(tmp_path / "both.npz") == pytest.approx(size)
    assert found.waist_deg is None


def test_cleaned_points_that_are_not_there_are_told(track: PoseTrack, tmp_path: Path) -> None:
    track.save(tmp_path / "raw.npz")
    assert load_scale(tmp_path / "raw.npz") is None
    with pytest.raises(TrackError, match="only the raw track"):
        load_track(tmp_path / "raw.npz", cleaned=True)


def test_cleaned_points_of_another_length_are_refused(track: PoseTrack, tmp_path: Path) -> None:
    raw = track
    raw.save(tmp_path / "odd.npz", cleaned=raw.part(slice(0, 2)))
    with pytest.raises(TrackError, match="cleaned_px has shape"):
        load_track(tmp_path / "odd.npz")
