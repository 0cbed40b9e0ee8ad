"""When a jump onto something has landed."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.types import Motion

NEAR: Final = 0.15
"""Of the box's height: a foot so near to where it will rest is on the box."""


def landed_s(motion: Motion, up: Floats, first: int, last: int) -> float:
    """When the feet come down on the box within a stretch (first..last) in which they are above the floor.

    Args:
        motion: has the times.
        up: (n,) height of the lower foot, in any unit.
        first: first frame of the stretch.
        last: last frame of it.
    """
    stretch = up[first : last + 1]
    rests_at = float(np.nanmedian(stretch))
    apex = int(np.nanargmax(stretch[: max(len(stretch) // 2, 1)]))
    down = np.flatnonzero(stretch[apex:] <= (1.0 + NEAR) * rests_at)
    return float(motion.times_s[first + apex + (int(down[0]) if len(down) else 0)])
