"""Foot strike angle: how far the toes point up as the foot lands.

Positive when the toes are up (heel first); zero for a flat foot. From the side, at initial contact. Source: Altman &
Davis 2012, doi:10.1016/j.gaitpost.2011.09.104. Differs: the flat foot is half that of the runner's own steps instead of
a standing trial, and half that of other runners: shoes and what the model makes of them cancel in the one, noise in the
other. The own one is read halfway from contact to mid-stance: by then the sole is down, and the other foot does not yet
pass in front of it. And the pose model draws an ankle less bent than it is, whether it points or pulls up its toes,
which is undone.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side

DRAWN: Final = 0.7
"""How much of an ankle's bend the model draws: at contact 0.67 of 16 rendered near legs (standard error 0.06) and 0.62
of 16 far ones (0.04); of the same leg from late swing to after toe-off 0.76 +- 0.13 and 0.70 +- 0.13. A second model
saw a real runner's ankle bend through 26 degrees where this one drew 13. With 0.65 or 0.8 errors are hardly larger."""

SQUARE_DEG: Final = -4.0
"""What an ankle reads whose sole is square to its shank: -3.5 and -4.6 in two halves of the rendered legs."""

OWN: Final = 0.5
"""Share of the own flat foot that is taken off. Of rendered legs none leaves 2.7 degrees (rms), half 2.7 and all 3.6;
but with none a shoe that tips the sole would tip the angle by all of it."""


@Metric(unit="deg", views=SAGITTAL, phase=Phase.CONTACT, pose_error=2.8, event_error=4.6, per_yaw=0.02, timed=True)
def foot_strike_angle(motion: Motion, side: Side) -> Curve:
    """Angle of the line from heel to toe to the ground, (n,) deg, less half its value with the sole down."""
    shank = _tilt_deg(motion, motion.joint(side, "knee") - motion.joint(side, "ankle")) - 90.0
    sole = _tilt_deg(motion, motion.joint(side, "toe") - motion.joint(side, "heel"))
    angle = (sole - shank - SQUARE_DEG) / DRAWN + shank
    flat = [motion.at(angle, 0.5 * (s.contact_s + s.mid_stance_s)) for s in motion.steps if s.side is side]
    known = [value for value in flat if np.isfinite(value)]
    return np.asarray(angle - OWN * (np.median(known) if known else np.nan))


def _tilt_deg(motion: Motion, line: Floats) -> Floats:
    """(n,) angle of a line (n, 2) to the ground ahead, + upwards."""
    return np.asarray(np.degrees(np.arctan2(-line[:, 1], motion.camera.facing * line[:, 0])))
