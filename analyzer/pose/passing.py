"""Where a leg must be while the other one hides it.

From the side legs pass each other, and the far one vanishes behind the near one for a tenth of a second or two. Then no
map shows it, or only in the near one's place. Where it was plainly seen before and after, smooth movement tells about
where it passes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.spline import halving_penalty, smoothing_spline
from analyzer.pose.track import PoseTrack

ACROSS: Final = 0.2
"""How far the ankles swing past each other across the picture, in body heights between the tenth and the ninetieth
percentile of the frames, where legs hide each other in passing: 0.28 and more over forty clips from the side, 0.11 and
less from the front and the back. There a foot turns round behind the other leg instead, and nothing tells where."""

LONGEST_S: Final = 0.25
"""For how long one may be hidden: a swinging leg needs as much from behind the body to before it."""

CUTOFF_HZ: Final = 8.0
"""Half-power frequency of the movement that is drawn, below that of feet: what lies between is to be bridged."""

FEWEST: Final = 8
"""Frames without which a spline means nothing."""


def legs_pass(track: PoseTrack, height_px: float) -> bool:
    """Whether legs pass each other across the picture, rather than towards the camera.

    Args:
        track: raw.
        height_px: how tall the person appears.
    """
    left, right = (track.points_px[:, point(side, "ankle"), 0] for side in SIDES)
    apart = (left - right)[np.isfinite(left - right)] / height_px
    return len(apart) > 0 and float(np.ptp(np.percentile(apart, [10, 90]))) > ACROSS


def passing_places(places_px: Floats, plain: Bools, times_s: Floats) -> Floats:
    """Places (n, 2, 2) of the left and the right point in the frames in which they are hidden, NaN in all others.

    Args:
        places_px: (n, 2, 2) of both, where they were plainly seen.
        plain: (n, 2) whether they were.
        times_s: (n,)
    """
    drawn = np.full(places_px.shape, np.nan)
    for side in (0, 1):
        seen = np.flatnonzero(plain[:, side])
        if len(seen) < FEWEST:
            continue
        apart_s = np.diff(times_s[seen])
        weight = np.clip(np.gradient(times_s[seen]), None, np.median(apart_s))
        curve = smoothing_spline(times_s[seen], places_px[seen, side], weight, halving_penalty(CUTOFF_HZ))
        hidden = np.zeros(len(times_s), bool)
        for row in np.flatnonzero(apart_s <= LONGEST_S):
            hidden[seen[row] + 1 : seen[row + 1]] = True
        drawn[hidden, side] = curve(times_s[hidden])
    return drawn
