"""``.c3d``, the file of motion laboratories: the landmarks as markers, and the steps as events.

Markers are in mm, x to the picture's right, y up, z 0 (see `analyzer.exports.tracked`). The format knows no times but a
rate, so frames that come unevenly are drawn onto even ones between their neighbours. A marker that was not seen has the
residual -1, as the format has it. Needs ezc3d, the extra ``c3d``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from analyzer import __version__
from analyzer.arrays import Floats
from analyzer.errors import OutputError, TrackError
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES

SUFFIX: Final = ".c3d"
"""Without it ezc3d adds it to the file's name."""


def write_c3d(tracked: Tracked, path: Path) -> None:
    """Write the file, whose name ends in ``.c3d``.

    Raises:
        TrackError: the person's size is not known, so that there are no mm.
        OutputError: ezc3d is not installed.
    """
    try:
        import ezc3d
    except ImportError:
        raise OutputError(
            'C3D needs the package ezc3d: install it with pip install "stridecheck[c3d]", or export as trc.'
        ) from None
    if tracked.cm_per_px is None:
        raise TrackError(
            "The person was never seen whole, so lengths in metres are unknown; export as csv, which also has px."
        )
    times_s, places = evenly(tracked)
    points = np.zeros((4, len(NAMES), len(times_s)))
    points[:2] = 1000.0 * places.transpose(2, 1, 0)
    seen = np.isfinite(points[:2]).all(axis=0)
    points[:3, ~seen] = np.nan
    points[3] = 1.0
    file = ezc3d.c3d()
    parameters = file["parameters"]["POINT"]
    parameters["RATE"]["value"] = [tracked.cleaned.rate_hz]
    parameters["LABELS"]["value"] = NAMES
    parameters["UNITS"]["value"] = ("mm",)
    for group, name, value in (
        ("POINT", "X_SCREEN", ["+X"]),
        ("POINT", "Y_SCREEN", ["+Y"]),
        ("MANUFACTURER", "SOFTWARE", [f"stridecheck {__version__}"]),
        *_events(tracked, float(times_s[0])),
    ):
        file.add_parameter(group, name, value)
    file["data"]["points"] = points
    file["data"]["meta_points"]["residuals"] = np.where(seen, 0.0, -1.0)[None]
    file["data"]["meta_points"]["camera_masks"] = np.zeros((7, len(NAMES), len(times_s)), dtype=bool)
    file.write(str(path))


def evenly(tracked: Tracked) -> tuple[Floats, Floats]:
    """Times (m,) that are the median of the frames' distances apart, and positions (m, 33, 2) in metres at them."""
    times_s, metres = tracked.cleaned.times_s, tracked.metres()
    even_s = times_s[0] + np.arange(round((times_s[-1] - times_s[0]) * tracked.cleaned.rate_hz) + 1) / (
        tracked.cleaned.rate_hz
    )
    flat = metres.reshape(len(times_s), -1)
    drawn = np.stack([np.interp(even_s, times_s, curve) for curve in flat.T], axis=1)
    return even_s, drawn.reshape(len(even_s), *metres.shape[1:])


def _events(tracked: Tracked, start_s: float) -> list[tuple[str, str, Any]]:
    """The parameters of the group EVENT, by the names that gait programs know; times are minutes and seconds."""
    found = [
        (step.side.value.capitalize(), label, time_s - start_s)
        for step in tracked.steps
        for label, time_s in (("Foot Strike", step.contact_s), ("Foot Off", step.toe_off_s))
        if time_s is not None and np.isfinite(time_s)
    ]
    if not found:
        return []
    contexts, labels, times_s = zip(*found, strict=True)
    minutes, seconds = np.divmod(np.array(times_s), 60.0)
    return [
        ("EVENT", "USED", [len(found)]),
        ("EVENT", "CONTEXTS", list(contexts)),
        ("EVENT", "LABELS", list(labels)),
        ("EVENT", "TIMES", np.stack([minutes, seconds])),
    ]
