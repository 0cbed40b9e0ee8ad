"""How much of the person could be read from the pictures."""

from __future__ import annotations

import numpy as np

from analyzer.motion.types import Motion
from analyzer.pose.landmarks import SIDES, Side, point


def share_of_height(motion: Motion) -> float:
    """Share of the picture's height that the person fills, median over the clip; 0 if nobody was seen."""
    across = motion.track.points_px[..., 1]
    across = across[np.isfinite(across).any(axis=1)]
    if not len(across):
        return 0.0
    heights = np.nanmax(across, axis=1) - np.nanmin(across, axis=1)
    return float(np.median(heights)) / motion.track.size_px[1]


def feet_hidden(motion: Motion, belief: float) -> float:
    """Share of the tracked frames in which a foot is outside the picture; all, if the model hardly believes in feet."""
    width, height = motion.track.size_px
    feet = motion.raw.points_px[:, [point(side, part) for side in SIDES for part in ("heel", "toe")]]
    feet = feet[np.isfinite(feet).all(axis=(1, 2))]
    if not len(feet):
        return 0.0
    visibility = motion.raw.visibility[:, [point(side, part) for side in SIDES for part in ("ankle", "heel", "toe")]]
    if float(np.median(visibility[motion.raw.seen > 0])) < belief:
        return 1.0
    outside = (feet[..., 0] < 0) | (feet[..., 0] > width) | (feet[..., 1] < 0) | (feet[..., 1] > height)
    return float(outside.any(axis=1).mean())


def leg_doubt(motion: Motion, side: Side) -> float:
    """How much larger than usual that leg's errors are where they count: at contact and mid-stance, and at the top."""
    steps = [step for step in motion.steps if step.side is side]
    times_s = [[s.contact_s for s in steps], [s.mid_stance_s for s in steps], [r.top_s for r in motion.reps]]
    return max(motion.doubt(side, np.array(times)) for times in times_s)


def tracked_fraction(motion: Motion) -> float:
    """Share of the frames in which the person was found."""
    return float(motion.raw.seen.mean()) if len(motion.raw) else 0.0


def seen_s(motion: Motion) -> float:
    """From the first to the last frame in which the person was found."""
    seen = motion.times_s[motion.raw.seen > 0]
    return float(seen[-1] - seen[0]) if len(seen) else 0.0
