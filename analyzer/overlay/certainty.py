"""Which points of the body are doubtful, frame by frame, so that they are drawn as such.

The belief of the heat maps tells of legs (see `analyzer.pose.belief`), the pose model's own visibility of the rest, and
of all where only that is known.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools
from analyzer.motion.types import Motion
from analyzer.pose.belief import doubt
from analyzer.pose.landmarks import LEG_POINTS

LARGE_DOUBT: Final = 2.5
"""Errors that many times as large as usual are large: a leg point is then 4 % of body height off or more."""

LITTLE_SEEN: Final = 0.5
"""Visibility below which the model says itself that a point is rather hidden than not."""

STEADY_S: Final = 0.2
"""Over which doubt is averaged, lest limbs flicker."""


class Certainty:
    """Says at any time which of the 33 points are doubtful."""

    def __init__(self, motion: Motion) -> None:
        track = motion.track
        rate = track.rate_hz
        window = max(1, round(STEADY_S * motion.tempo.factor * rate)) if np.isfinite(rate) else 1
        around = ((window // 2, (window - 1) // 2), (0, 0))
        padded = np.pad(np.nan_to_num(track.visibility), around, "edge")
        seen = np.lib.stride_tricks.sliding_window_view(padded, window, axis=0).mean(axis=-1)
        self._doubtful: Bools = seen < LITTLE_SEEN
        if motion.raw.places is not None:
            legs = list(LEG_POINTS)
            self._doubtful[:, legs] = doubt(seen[:, legs]) >= LARGE_DOUBT
        self._times = track.times_s

    def doubtful(self, time_s: float) -> Bools:
        """(33,) True where the point's place is not to be trusted."""
        after = int(np.clip(np.searchsorted(self._times, time_s), 0, len(self._times) - 1))
        before = max(after - 1, 0)
        nearer = before if time_s - self._times[before] < self._times[after] - time_s else after
        return np.asarray(self._doubtful[nearer])
