"""Pictures picked out on the way are those that a look at the file finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analyzer.video.probe import probe
from analyzer.video.reader import read_frame, read_stored
from analyzer.video.stills import Stills
from tests.video.drawn import make_clip


def test_what_was_picked_out_is_what_the_file_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    clip = probe(make_clip(tmp_path / "clip.mp4", count=20))
    times_s = [float(clip.times_s[3]) + 0.001, float(clip.times_s[17])]
    expected = [read_frame(clip, time_s) for time_s in times_s]
    stills = Stills(clip, times_s)
    for index, frame in read_stored(clip):
        stills.see(index, frame)
    monkeypatch.setattr("analyzer.video.stills.read_frame", lambda *_: pytest.fail("it was on the way"))

    found = [stills.at(time_s) for time_s in times_s]

    assert [(each.index, each.time_s) for each in found] == [(each.index, each.time_s) for each in expected]
    assert all(np.array_equal(a.rgb, b.rgb) for a, b in zip(found, expected, strict=True))
    found[0].rgb[:] = 0
    assert np.array_equal(stills.at(times_s[0]).rgb, expected[0].rgb)


def test_what_was_not_seen_on_the_way_is_looked_for(tmp_path: Path):
    clip = probe(make_clip(tmp_path / "clip.mp4", count=20))

    assert Stills(clip, []).at(float(clip.times_s[5])).index == 5
