from __future__ import annotations

import csv
import io

import pytest

from analyzer.exports.tidy import COLUMNS, tidy_csv
from analyzer.pose.landmarks import NAMES
from tests.exports.samples import tracked


def test_one_row_for_each_landmark_in_each_frame() -> None:
    source = tracked(gap=slice(3, 5))
    rows = list(csv.DictReader(io.StringIO(tidy_csv(source))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(source.cleaned) * len(NAMES)
    row = rows[7 * len(NAMES) + NAMES.index("left_knee")]
    knee = NAMES.index("left_knee")
    assert (row["frame"], row["landmark"]) == ("7", "left_knee")
    assert float(row["time_s"]) == pytest.approx(source.cleaned.times_s[7], abs=1e-6)
    assert [float(row["x_px"]), float(row["y_px"])] == pytest.approx(source.cleaned.points_px[7, knee], abs=0.01)
    assert [float(row["raw_x_px"]), float(row["raw_y_px"])] == pytest.approx(source.raw.points_px[7, knee], abs=0.01)
    assert [float(row["x_m"]), float(row["y_m"])] == pytest.approx(source.metres()[7, knee], abs=1e-5)


def test_what_was_not_seen_is_blank() -> None:
    rows = list(csv.DictReader(io.StringIO(tidy_csv(tracked(gap=slice(3, 5))))))
    blank = [row for row in rows if row["frame"] in ("3", "4")]
    assert all(row[name] == "" for row in blank for name in ("x_px", "y_px", "x_m", "y_m"))
    assert all(row["raw_x_px"] for row in blank)
    assert "nan" not in "".join(row["x_m"] for row in rows)
