"""A long table of the track: one row for each landmark in each frame, one column for each quantity."""

from __future__ import annotations

import csv
import io
from typing import Final

import numpy as np

from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES

COLUMNS: Final = ("frame", "time_s", "landmark", "x_px", "y_px", "x_m", "y_m", "visibility", "raw_x_px", "raw_y_px")
"""Without ``raw_`` cleaned; px of the picture, x right and y down, metres as in `analyzer.exports.tracked`."""


def tidy_csv(tracked: Tracked) -> str:
    """The table's text; what was not seen is blank."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    clean, raw, metres = tracked.cleaned, tracked.raw, tracked.metres()
    for frame, time_s in enumerate(clean.times_s):
        for index, name in enumerate(NAMES):
            numbers = (
                *(f"{v:.2f}" if np.isfinite(v) else "" for v in clean.points_px[frame, index]),
                *(f"{v:.5f}" if np.isfinite(v) else "" for v in metres[frame, index]),
                f"{raw.visibility[frame, index]:.3f}",
                *(f"{v:.2f}" if np.isfinite(v) else "" for v in raw.points_px[frame, index]),
            )
            writer.writerow((frame, f"{time_s:.6f}", name, *numbers))
    return file.getvalue()
