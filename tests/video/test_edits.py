from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from analyzer.video.edits import plays_at_other_speeds
from tests.depth import examples
from tests.video.drawn import make_clip, set_edits


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", 20)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(0.5, 0.0, 1.0)], False),
        ([(0.2, 0.1, 1.0), (0.2, 0.4, 1.0)], False),
        ([(4.0, 0.0, 0.125)], True),
        ([(0.2, 0.0, 1.0), (1.6, 0.2, 0.125), (0.2, 0.4, 1.0)], True),
        ([(0.1, 0.0, 4.0)], True),
    ],
)
def test_edits_at_another_speed_are_noticed(edits, expected, plain, tmp_path):
    path = tmp_path / "edited.mp4"
    path.write_bytes(plain.read_bytes())
    assert plays_at_other_speeds(set_edits(path, edits)) is expected


def test_a_late_start_is_no_other_speed(plain, tmp_path):
    assert not plays_at_other_speeds(plain)
    assert not plays_at_other_speeds(make_clip(tmp_path / "late.mp4", times_s=[3.0 + i / 30 for i in range(20)]))
    assert not plays_at_other_speeds(make_clip(tmp_path / "other.webm", 20, codec="libvpx-vp9"))
    assert not plays_at_other_speeds(tmp_path / "missing.mp4")


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0.0, 1.0), noise=st.binary(max_size=40), place=st.floats(0.0, 1.0))
def test_damaged_files_do_no_harm(cut, noise, place, plain, tmp_path):
    data = bytearray(plain.read_bytes())
    at = int(place * len(data))
    data[at : at + len(noise)] = noise
    (tmp_path / "damaged.mp4").write_bytes(data[: int(cut * len(data))])
    assert plays_at_other_speeds(tmp_path / "damaged.mp4") in (True, False)
