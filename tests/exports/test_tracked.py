from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analyzer.errors import TrackError
from analyzer.exports.tracked import IN_FOLDER, read_tracked
from analyzer.motion.types import View
from analyzer.pose.landmarks import SIDES, point
from tests.exports.samples import CLEANED, CM_PER_PX, RAW, RUN, tracked
from tests.motion import figures


def test_metres_are_the_figures_own_with_the_floor_at_zero() -> None:
    metres = tracked().metres()
    # from the left, x to the right of the picture is backwards; the far leg looks smaller
    near = [point(SIDES[0], name) for name in ("hip", "knee", "ankle", "heel", "toe")]
    true = np.stack([-RUN.joints[:, near, 0], RUN.joints[:, near, 2]], axis=-1)
    off = metres[:, near] - true
    assert np.abs(off - off.mean(axis=(0, 1))).max() < 0.06
    assert np.abs(off[..., 1]).max() < 0.08


def test_without_the_persons_size_there_are_no_metres() -> None:
    assert np.isnan(replace(tracked(), cm_per_px=None).metres()).all()


def test_a_person_never_seen_has_no_metres_either() -> None:
    assert np.isnan(tracked(slice(None)).metres()).all()


def test_a_saved_file_gives_back_the_raw_and_the_cleaned_track(tmp_path: Path) -> None:
    (tmp_path / "clip").mkdir()
    RAW.save(tmp_path / "clip" / IN_FOLDER, cleaned=CLEANED, cm_per_px=CM_PER_PX)
    for source in (tmp_path / "clip", tmp_path / "clip" / IN_FOLDER):
        found = read_tracked(source)
        assert found.raw.points_px == pytest.approx(RAW.points_px, abs=1e-3)
        assert found.cleaned.points_px == pytest.approx(CLEANED.points_px, abs=1e-3)
        assert found.cm_per_px == pytest.approx(CM_PER_PX)
    assert read_tracked(tmp_path / "clip").name == "clip"


def test_a_raw_track_is_cleaned_first(tmp_path: Path) -> None:
    long = figures.run(figures.Runner(duration_s=5.0))
    noisy, exact = (figures.filmed(long, View.LEFT, noise_m=noise) for noise in (0.012, 0.0))
    noisy.save(tmp_path / "raw.npz")
    found = read_tracked(tmp_path / "raw.npz", height_cm=175.0)
    knee = point(SIDES[0], "knee")
    jitter = [
        np.nanstd(np.diff(t.points_px[:, knee] - exact.points_px[:, knee], axis=0)) for t in (noisy, found.cleaned)
    ]
    assert jitter[1] < 0.5 * jitter[0]
    assert found.cm_per_px is not None
    assert np.median(found.cm_per_px) == pytest.approx(175.0 / 768.0, rel=0.1)


@pytest.mark.parametrize("name", ["absent.npz", "."])
def test_no_track_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(TrackError, match="does not exist"):
        read_tracked(tmp_path / name)


def test_a_track_without_movement_is_refused(tmp_path: Path) -> None:
    RAW.part(slice(0, 1)).save(tmp_path / "one.npz")
    with pytest.raises(TrackError, match="no movement"):
        read_tracked(tmp_path / "one.npz")
