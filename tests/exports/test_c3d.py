from __future__ import annotations

import builtins
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer.assessment import StepInfo
from analyzer.errors import OutputError, TrackError
from analyzer.exports.c3d import evenly, write_c3d
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES, Side
from tests.exports.samples import tracked

STEPS = (
    StepInfo(index=0, side=Side.LEFT, contact_s=None, toe_off_s=0.25),
    StepInfo(index=1, side=Side.RIGHT, contact_s=0.5, toe_off_s=0.75),
)


def read_again(source: Tracked, path: Path) -> tuple[Any, np.ndarray]:
    """What the package c3d finds: its reader, and (n, markers, 5) x, y, z, residual and cameras."""
    reader = pytest.importorskip("c3d", reason="the reader c3d is not installed")
    pytest.importorskip("ezc3d", reason="the extra 'c3d' is not installed")
    write_c3d(source, path)
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore", UserWarning)  # that there are no analogue data
        found = reader.Reader(file)
        return found, np.stack([points for _, points, _ in found.read_frames()])


def test_another_reader_finds_names_rate_and_places_in_mm(tmp_path: Path) -> None:
    source = tracked()
    reader, frames = read_again(source, tmp_path / "run.c3d")
    assert [name.strip() for name in reader.point_labels] == list(NAMES)
    assert reader.point_rate == pytest.approx(60.0)
    assert len(frames) == len(source.cleaned)
    assert frames[..., :2] == pytest.approx(1000.0 * source.metres(), abs=0.1)
    assert (frames[..., 2] == 0.0).all()
    assert reader.get("POINT").get_string("UNITS").strip() == "mm"


def test_what_was_not_seen_has_no_place(tmp_path: Path) -> None:
    _, frames = read_again(tracked(gap=slice(10, 20)), tmp_path / "run.c3d")
    assert (frames[10:20, :, 3] == -1.0).all()
    assert (frames[:10, :, 3] == 0.0).all()


def test_steps_are_events(tmp_path: Path) -> None:
    ezc3d = pytest.importorskip("ezc3d", reason="the extra 'c3d' is not installed")
    write_c3d(replace(tracked(), steps=STEPS), tmp_path / "run.c3d")
    events = ezc3d.c3d(str(tmp_path / "run.c3d"))["parameters"]["EVENT"]
    assert events["USED"]["value"].tolist() == [3]
    assert events["CONTEXTS"]["value"] == ["Left", "Right", "Right"]
    assert events["LABELS"]["value"] == ["Foot Off", "Foot Strike", "Foot Off"]
    assert events["TIMES"]["value"] == pytest.approx(np.array([[0.0] * 3, [0.25, 0.5, 0.75]]))


def test_uneven_frames_are_drawn_onto_even_times() -> None:
    source = tracked()
    times_s = source.cleaned.times_s + 0.004 * (np.arange(len(source.cleaned)) % 3)
    even_s, places = evenly(replace(source, cleaned=replace(source.cleaned, times_s=times_s)))
    steps = np.diff(even_s)
    assert steps == pytest.approx(np.full(len(steps), np.median(np.diff(times_s))))
    knee = NAMES.index("left_knee")
    assert places[:, knee, 1] == pytest.approx(np.interp(even_s, times_s, source.metres()[:, knee, 1]))


def test_without_metres_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="metres"):
        write_c3d(replace(tracked(), cm_per_px=None), tmp_path / "run.c3d")


def test_without_ezc3d_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "ezc3d":
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"stridecheck\[c3d\]"):
        write_c3d(tracked(), tmp_path / "run.c3d")
