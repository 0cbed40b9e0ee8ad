"""How far the phone was turned about its line of sight, told by what gravity asks of a body.

Seen from the front or the back, a body that stays on its two feet for some time carries its weight over them on the
average. So the mean line from the middle of the ankles up to the middle of the shoulders is upright, and what it leans
in the picture is the picture's roll. From the side people lean as they like, and on one leg the other foot does not
tell where the weight rests: there the roll stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import lean_deg
from analyzer.motion.types import Activity, View
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack

ERROR_DEG: Final = {View.FRONT: 0.5, View.BACK: 1.0}
"""Spread of the mean line over 32 rendered people before an upright phone: 0.3 from the front, 0.9 from the back, where
the pose model is less sure of the feet; more for real people, who are not built as evenly."""

BELIEVED_SDS: Final = 2.5
"""A roll is taken off the track only from so many of its errors on, lest a lean of the person's own be taken off."""

UPRIGHT_DEG: Final = 0.7
"""Standard error of a phone held or propped upright by hand: an assumption of this project."""

SHORTEST_S: Final = 3.0
"""Shorter clips say too little about the average."""

TWO_FEET: Final = frozenset({Activity.RUNNING, Activity.WALKING, Activity.STEP_UP, Activity.SQUAT})


@dataclass(frozen=True)
class Roll:
    """The picture's turn against the vertical.

    Attributes:
        deg: + when upright things lean clockwise, to the right, in the picture; NaN if unknown.
        error_deg: standard error, NaN if unknown.
        corrected_deg: what is worth taking off the track: ``deg`` or 0.
    """

    deg: float
    error_deg: float
    corrected_deg: float

    @property
    def left_deg(self) -> float:
        """Root mean square of the roll that stays in the track.

        Of a roll that is told but not taken off, what is left is what it must be by itself and by what people do who
        hold a phone upright.
        """
        if not np.isfinite(self.deg):
            return UPRIGHT_DEG
        if self.corrected_deg:
            return self.error_deg
        trust = UPRIGHT_DEG**2 / (UPRIGHT_DEG**2 + self.error_deg**2)
        return float(np.hypot(trust * self.deg, np.sqrt(trust) * self.error_deg))


UNKNOWN: Final = Roll(float("nan"), float("nan"), 0.0)


def see_roll(track: PoseTrack, view: View, activity: Activity) -> Roll:
    """Measure the roll on a cleaned track."""
    if view not in ERROR_DEG or activity not in TWO_FEET:
        return UNKNOWN
    lean = lean_deg(_middle(track, "shoulder"), _middle(track, "ankle"))
    seen = np.isfinite(lean)
    if not seen.any() or np.ptp(track.times_s[seen]) < SHORTEST_S:
        return UNKNOWN
    deg, error_deg = float(lean[seen].mean()), ERROR_DEG[view]
    return Roll(deg, error_deg, deg if is_clear(deg, view) else 0.0)


def is_clear(roll_deg: float, view: View) -> bool:
    """Whether a measured roll is large enough to be taken off."""
    return view in ERROR_DEG and abs(roll_deg) > BELIEVED_SDS * ERROR_DEG[view]


def _middle(track: PoseTrack, name: str) -> Floats:
    left, right = (track.points_px[:, point(side, name)] for side in SIDES)
    return np.asarray(0.5 * (left + right))
