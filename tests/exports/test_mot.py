from __future__ import annotations

import io

import numpy as np
import pytest

from analyzer.exports.angles import joint_angles
from analyzer.exports.mot import mot_text
from tests.exports.samples import tracked


def parsed(text: str) -> tuple[list[str], list[str], np.ndarray]:
    """Header lines, column names and rows, read as the format's description has it."""
    head, _, body = text.partition("endheader\n")
    names, _, rows = body.partition("\n")
    return head.split("\n"), names.split("\t"), np.loadtxt(io.StringIO(rows), delimiter="\t", ndmin=2)


def test_the_header_tells_rows_columns_and_degrees() -> None:
    head, names, rows = parsed(mot_text(tracked()))
    assert head[0] == "Coordinates"
    assert {f"nRows={rows.shape[0]}", f"nColumns={rows.shape[1]}", "inDegrees=yes"} <= set(head)
    assert rows.shape == (len(tracked().cleaned), len(names))


def test_the_columns_hold_the_containers_times_and_the_angles() -> None:
    source = tracked(gap=slice(10, 14))
    _, names, rows = parsed(mot_text(source))
    assert names[0] == "time"
    assert rows[:, 0] == pytest.approx(source.cleaned.times_s, abs=1e-6)
    for angle in joint_angles(source):
        assert rows[:, names.index(angle.name)] == pytest.approx(angle.deg, abs=1e-4, nan_ok=True)
    assert np.isnan(rows[10:14, 1:]).all()


def test_pandas_reads_it_as_programs_do() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with the extra 'movement'")
    text = mot_text(tracked())
    at = text.split("\n").index("endheader")
    found = pandas.read_csv(io.StringIO(text), sep="\t", skiprows=at + 1)
    assert (found["knee_angle_l"].max() > 60.0) & found["time"].is_monotonic_increasing
