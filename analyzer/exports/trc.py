"""``.trc``, the marker file of OpenSim and Cortex: one row a frame, three columns a marker, tabs between.

Axes are OpenSim's: x to the picture's right, y up from the floor, z 0 (see `analyzer.exports.tracked`), in metres. The
time of each frame is the container's; the rate in the header is the median. Unseen markers are left blank.
"""

from __future__ import annotations

import numpy as np

from analyzer.errors import TrackError
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES


def trc_text(tracked: Tracked) -> str:
    """The file's text.

    Raises:
        TrackError: the person's size is not known, so that there are no metres.
    """
    if tracked.cm_per_px is None:
        raise TrackError(
            "The person was never seen whole, so lengths in metres are unknown; export as csv, which also has px."
        )
    track, metres = tracked.cleaned, tracked.metres()
    n, rate = len(track), f"{track.rate_hz:.3f}"
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{tracked.name}.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"{rate}\t{rate}\t{n}\t{len(NAMES)}\tm\t{rate}\t1\t{n}",
        "Frame#\tTime\t" + "\t\t\t".join(NAMES) + "\t\t",
        "\t\t" + "\t".join(f"{axis}{index}" for index in range(1, len(NAMES) + 1) for axis in "XYZ"),
        "",
    ]
    for row, (time_s, places) in enumerate(zip(track.times_s, metres, strict=True), 1):
        cells = ["\t".join((f"{x:.5f}", f"{y:.5f}", "0.00000")) if np.isfinite(x) else "\t\t" for x, y in places]
        lines.append(f"{row}\t{time_s:.6f}\t" + "\t".join(cells))
    return "\n".join(lines) + "\n"
