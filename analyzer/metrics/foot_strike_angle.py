"""Foot strike angle: how far the toes point up as the foot lands.

Positive when the toes are up (heel first); zero for a flat foot. From the side, at initial contact. Source: Altman &
Davis 2012, doi:10.1016/j.gaitpost.2011.09.104. Differs: the flat foot is that of the runner's own steps instead of a
standing trial, so shoes and the model's idea of heel and toe cancel. It is read halfway from contact to mid-stance:
by then the sole is down, and the other foot does not yet pass in front of it.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.registry import Curve, Metric, Phase
from analyzer.motion.types import SAGITTAL, Motion
from analyzer.pose.landmarks import Side


@Metric(unit="deg", views=SAGITTAL, phase=Phase.CONTACT, pose_error=4.0, event_error=4.6, per_yaw=0.02, timed=True)
def foot_strike_angle(motion: Motion, side: Side) -> Curve:
    """Angle of the line from heel to toe to the ground, (n,) deg, less its value with the sole down."""
    sole = motion.joint(side, "toe") - motion.joint(side, "heel")
    angle = np.degrees(np.arctan2(-sole[:, 1], motion.camera.facing * sole[:, 0]))
    flat = [motion.at(angle, 0.5 * (s.contact_s + s.mid_stance_s)) for s in motion.steps if s.side is side]
    known = [value for value in flat if np.isfinite(value)]
    return np.asarray(angle - (np.median(known) if known else np.nan))
