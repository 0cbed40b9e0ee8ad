from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyzer.errors import TrackError
from analyzer.exports.trc import trc_text
from analyzer.pose.landmarks import NAMES
from tests.exports.samples import tracked


def parsed(text: str) -> tuple[dict[str, str], list[str], np.ndarray, np.ndarray]:
    """Header, marker names, times and positions (n, markers, 3), read as the format's descriptions have it."""
    lines = text.split("\n")
    header = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    names = [name for name in lines[3].split("\t")[2:] if name]
    assert lines[4].split("\t")[2:] == [f"{axis}{i + 1}" for i in range(len(names)) for axis in "XYZ"]
    rows = [line.split("\t") for line in lines[6:] if line]
    numbers = np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in rows])
    return header, names, numbers[:, 0], numbers[:, 1:].reshape(len(rows), len(names), 3)


def test_the_file_holds_the_track_in_metres() -> None:
    source = tracked()
    header, names, times_s, places = parsed(trc_text(source))
    assert tuple(names) == NAMES
    assert (header["NumFrames"], header["NumMarkers"], header["Units"]) == (str(len(source.cleaned)), "33", "m")
    assert float(header["DataRate"]) == pytest.approx(60.0)
    assert times_s == pytest.approx(source.cleaned.times_s, abs=1e-6)
    assert places[..., :2] == pytest.approx(source.metres(), abs=1e-5)
    assert (places[..., 2] == 0.0).all()


def test_a_standing_height_is_upright_and_above_the_floor() -> None:
    _, names, _, places = parsed(trc_text(tracked()))
    height = places[:, names.index("nose"), 1]
    assert 1.2 < height.min() < height.max() < 1.9


def test_unseen_markers_are_blank_in_rows_of_full_width() -> None:
    text = trc_text(tracked(gap=slice(10, 20)))
    assert len({line.count("\t") for line in text.split("\n")[6:] if line}) == 1
    _, _, _, places = parsed(text)
    assert np.isnan(places[10:20]).all()
    assert np.isfinite(places[:10]).all()


def test_without_metres_there_is_no_file() -> None:
    with pytest.raises(TrackError, match="metres"):
        trc_text(replace(tracked(), cm_per_px=None))
