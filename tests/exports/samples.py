"""A person's track before and after cleaning, for handing over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analyzer.exports.tracked import Tracked
from analyzer.motion.types import View
from tests.motion import figures

RUN = figures.run(figures.Runner(duration_s=2.0))
CLEANED = figures.filmed(RUN, View.LEFT)
RAW = figures.filmed(RUN, View.LEFT, noise_m=0.01)
CM_PER_PX = np.full(len(RAW), 100.0 * figures.HEIGHT_M / (0.6 * 1280))
"""What the figure's camera makes of a centimetre at its distance."""


def tracked(gap: slice | None = None) -> Tracked:
    """The runner; unseen within the gap."""
    points = CLEANED.points_px.copy()
    if gap is not None:
        points[gap] = np.nan
    return Tracked("run", RAW, replace(CLEANED, points_px=points), CM_PER_PX)
