from __future__ import annotations

import csv
import io

import pytest

from analyzer.errors import TrackError
from analyzer.exports.table import csv_text
from analyzer.exports.tidy import curves_table, events_table, points_table
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES
from tests.exports.samples import tracked
from tests.report import samples

COLUMNS = ("frame", "time_s", "landmark", "x_px", "y_px", "x_m", "y_m", "visibility", "raw_x_px", "raw_y_px")


def tidy_csv(source: Tracked) -> str:
    return csv_text(points_table(source))


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


def test_one_row_for_each_step_and_repetition() -> None:
    run, stepping = samples.front_run(), samples.step_ups()
    steps = list(csv.DictReader(io.StringIO(csv_text(events_table(run)))))
    assert [(int(row["index"]), row["side"]) for row in steps] == [(s.index, s.side.value) for s in run.steps]
    reps = events_table(stepping)
    assert {column.name: column.kind for column in reps.columns}["verdict"] is str
    assert [column.kind for column in reps.columns[:3]] == [int, str, float]
    assert [float(cell) for cell in reps.columns[3].cells if cell is not None] == [rep.top_s for rep in stepping.reps]


def test_one_row_for_each_place_of_a_cycle() -> None:
    run = samples.front_run()
    rows = list(csv.DictReader(io.StringIO(csv_text(curves_table(run)))))
    drawn = [m for m in run.measurements if m.cycle is not None]
    assert drawn
    assert len(rows) == sum(len(m.cycle.percent) for m in drawn)
    last = drawn[-1]
    tail = rows[-len(last.cycle.percent) :]
    assert {(row["metric"], row["side"], row["unit"]) for row in tail} == {(last.metric, last.side.value, last.unit)}
    assert [float(row["percent"]) for row in tail] == pytest.approx(last.cycle.percent)
    assert [row["mean"] == "" for row in tail] == [mean is None for mean in last.cycle.mean]


def test_a_clip_without_steps_or_curves_is_told_so() -> None:
    nothing = samples.front_run().model_copy(update={"steps": (), "measurements": ()})
    for make in (events_table, curves_table):
        with pytest.raises(TrackError, match="No step and no repetition"):
            make(nothing)
