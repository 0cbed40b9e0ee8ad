"""Long tables: the track's points, the steps or repetitions, and the curves over their cycle."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.assessment import Assessment
from analyzer.errors import TrackError
from analyzer.exports.table import Column, Table
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import COUNT, NAMES
from analyzer.report.table import event_rows

WORDS: Final = frozenset({"side", "verdict", "reasons"})
"""Columns of the events that hold words."""


def points_table(tracked: Tracked) -> Table:
    """One row for each landmark in each frame.

    Without ``raw_`` cleaned; px of the picture, x right and y down, metres as in `analyzer.exports.tracked`.
    """
    clean, raw, metres = tracked.cleaned, tracked.raw, tracked.metres()

    def numbers(name: str, values: Floats, decimals: int) -> Column:
        return Column(name, float, values.ravel().tolist(), decimals)

    return Table(
        (
            Column("frame", int, np.repeat(np.arange(len(clean)), COUNT).tolist()),
            numbers("time_s", np.repeat(clean.times_s, COUNT), 6),
            Column("landmark", str, NAMES * len(clean)),
            numbers("x_px", clean.points_px[..., 0], 2),
            numbers("y_px", clean.points_px[..., 1], 2),
            numbers("x_m", metres[..., 0], 5),
            numbers("y_m", metres[..., 1], 5),
            numbers("visibility", raw.visibility, 3),
            numbers("raw_x_px", raw.points_px[..., 0], 2),
            numbers("raw_y_px", raw.points_px[..., 1], 2),
        )
    )


def events_table(assessment: Assessment) -> Table:
    """One row for each step or repetition, with a column for each value that was read there.

    Raises:
        TrackError: the clip shows neither.
    """
    _, names, rows = event_rows(assessment)
    if not rows:
        raise TrackError("No step and no repetition was seen whole in this clip, so there is nothing to write.")
    kinds = {name: str if name in WORDS else int if name == "index" else float for name in names}
    return Table(
        tuple(Column(name, kinds[name], cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True))
    )


def curves_table(assessment: Assessment) -> Table:
    """One row for each metric, side and per cent of the step, stride or repetition: mean and spread between events.

    Raises:
        TrackError: no whole cycle was seen.
    """
    rows = [
        (m.metric, m.side.value, m.unit, m.cycle.label, *place)
        for m in assessment.measurements
        if m.cycle is not None
        for place in zip(m.cycle.percent, m.cycle.mean, m.cycle.sd, strict=True)
    ]
    if not rows:
        raise TrackError("No step and no repetition was seen whole in this clip, so there are no curves.")
    names = ("metric", "side", "unit", "cycle", "percent", "mean", "sd")
    words = len(names) - 3
    return Table(
        tuple(
            Column(name, str if number < words else float, cells)
            for number, (name, cells) in enumerate(zip(names, zip(*rows, strict=True), strict=True))
        )
    )
