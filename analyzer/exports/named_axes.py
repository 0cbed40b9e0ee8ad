"""A dataset with named axes, as the package ``movement`` reads and writes poses.

Dimensions ``time, space, keypoints, individuals``, variables ``position`` in px and ``confidence``, the attributes
``ds_type``, ``time_unit``, ``source_software`` and, where frames come evenly, ``fps``: those of movement 0.15. Besides
there is ``position_m``, in metres. Needs xarray, the extra ``movement``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from analyzer import __version__
from analyzer.errors import OutputError
from analyzer.exports.tracked import Tracked
from analyzer.pose.landmarks import NAMES

if TYPE_CHECKING:
    import xarray

AXES: Final = ("time", "space", "keypoints", "individuals")
EVEN: Final = 0.01
"""By what share of a frame the times of evenly coming frames may stray."""


def to_dataset(tracked: Tracked) -> xarray.Dataset:
    """The cleaned track as a dataset.

    Raises:
        OutputError: xarray is not installed.
    """
    try:
        import xarray
    except ImportError:
        raise OutputError(
            'Named axes need the package xarray: install it with pip install "stridecheck[movement]".'
        ) from None
    track = tracked.cleaned

    def alike(positions: np.ndarray) -> np.ndarray:
        return positions.transpose(0, 2, 1)[..., None]

    steps = np.diff(track.times_s)
    even = len(steps) > 0 and float(np.abs(steps * track.rate_hz - 1.0).max()) < EVEN
    return xarray.Dataset(
        {
            "position": (AXES, alike(track.points_px), {"units": "px"}),
            "confidence": ((AXES[0], *AXES[2:]), track.visibility[..., None]),
            "position_m": (AXES, alike(tracked.metres()), {"units": "m"}),
        },
        coords={"time": track.times_s, "space": ["x", "y"], "keypoints": list(NAMES), "individuals": [tracked.name]},
        attrs={
            "ds_type": "poses",
            "time_unit": "seconds",
            "source_software": f"stridecheck {__version__}, {track.source}",
            **({"fps": round(track.rate_hz, 3)} if even else {}),
        },
    )


def write_netcdf(tracked: Tracked, path: Path) -> None:
    """Write the dataset to a NetCDF file.

    Raises:
        OutputError: xarray is not installed.
    """
    to_dataset(tracked).to_netcdf(path, engine="scipy")
