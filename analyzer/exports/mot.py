"""``.mot``, the motion file of OpenSim: a header, then one row a frame, the time and an angle a column, tabs between.

Angles are in degrees (see `analyzer.exports.angles`), times those of the container. What was not seen is ``nan``, since
the format has no blanks.
"""

from __future__ import annotations

import numpy as np

from analyzer.exports.angles import joint_angles
from analyzer.exports.tracked import Tracked


def mot_text(tracked: Tracked) -> str:
    """The file's text.

    Raises:
        TrackError: the view shows no joint angle.
    """
    angles, times_s = joint_angles(tracked), tracked.cleaned.times_s
    lines = [
        "Coordinates",
        "version=1",
        f"nRows={len(times_s)}",
        f"nColumns={1 + len(angles)}",
        "inDegrees=yes",
        "",
        "Units are S.I. units (second, meters, Newtons, ...)",
        "Angles are in degrees.",
        "",
        "endheader",
        "\t".join(["time", *(angle.name for angle in angles)]),
    ]
    for time_s, row in zip(times_s, np.stack([angle.deg for angle in angles], axis=1), strict=True):
        lines.append("\t".join([f"{time_s:.6f}", *(f"{value:.4f}" if np.isfinite(value) else "nan" for value in row)]))
    return "\n".join(lines) + "\n"
