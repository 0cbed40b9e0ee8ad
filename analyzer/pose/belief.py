"""How much the pose model believes in the places where a leg's points were put in the end.

Its own visibility stays near 1 when it errs. The heat maps do not: over twenty rendered clips points in places of much
belief (0.8 and more) were 1.5 % of body height off at the 95th percentile, those of little (below 0.4) 4 to 12 %.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.pose.landmarks import LEG_POINTS
from analyzer.pose.track import Places

NEAR: Final = 0.03
"""A place further from the point than that, in body heights, says nothing about it."""

DOUBT: Final = ((0.1, 0.3, 0.5, 0.7), (3.5, 2.5, 1.6, 1.0))
"""Belief in a point, and how much larger its errors are then than in the usual 0.7: the ratio of their 95th percentiles
over the same clips."""


def doubt(belief: Floats) -> Floats:
    """How much larger a point's errors are than usual, 1 or more, where its map believes that much in it."""
    return np.asarray(np.interp(belief, *DOUBT))


def belief_in(points_px: Floats, places: Places, height_px: float) -> Floats:
    """Belief (n, 8), 0 to 1, of each leg point's own map in where the point is; 0 where no place is near.

    Args:
        points_px: (n, 33, 2) repaired, smoothed or not.
        places: what the model thought, frame by frame.
        height_px: how tall the person appears.
    """
    away = np.linalg.norm(places.px - points_px[:, LEG_POINTS, None], axis=-1)
    near = np.nan_to_num(away, nan=np.inf) < NEAR * height_px
    return np.asarray(np.where(near, places.belief[..., 0], 0.0).max(axis=2))
