"""Frontal plane projection angle: the knee falls inside the line from hip to ankle.

Positive when the knee is inward. From the front or the back; running at mid-stance, repetitions at the largest value of
the single-leg phase. Source: Munro et al. 2012, doi:10.1123/jsr.21.1.7; Willson & Davis 2008,
doi:10.2519/jospt.2008.2706. Differs: hip joint centres instead of skin marks at mid-thigh or pelvis, and what the
camera's yaw and nearness do to a bent knee is taken off, in running as much of it as the pose model draws. In
repetitions filmed from the front, so is how it draws every leg: a straight one inwards, and one that caves in
straighter than it is.
"""

from __future__ import annotations

from typing import Final

from analyzer.metrics.registry import REPETITIONS, RUNNING, Curve, Errors, Metric, Phase
from analyzer.motion.body import bend_deg, yaw_fake_deg
from analyzer.motion.types import FRONTAL, Activity, Motion, View
from analyzer.pose.landmarks import Side

STRAIGHT_DEG: Final = 2.4
"""What a straight leg reads from the front: the model puts hip and ankle half a per cent of the height outside their
joints (`analyzer/motion/calibration.toml`), thigh and shank being a quarter of it each."""

DRAWN_STRAIGHTER: Final = 1.25
"""True against drawn valgus of legs that carry: 1.23 and 1.28 in two halves of 24 rendered legs from the front, given
the camera's true yaw. The one clip of repetitions from behind tells nothing of its own."""

DRAWN_OF_RUNNERS: Final = 0.65
"""How much of a knee's bend in the picture the model draws where people run: 0.65 of 26 rendered legs from the front
(standard error 0.05), 0.62 of 12 from behind (0.14). What it does not draw of the camera's yaw must not be taken off;
true valgus is not divided by it, since that would swell what else is wrong."""


@Metric(
    unit="deg", views=FRONTAL, phase=Phase.MID_STANCE, activities=RUNNING | REPETITIONS,
    pose_error=2.9, event_error=3.0, per_yaw=0.65, of_leg=True, repeated=Errors(2.1, 2.2, 1.5),
)  # fmt: skip
def knee_valgus(motion: Motion, side: Side) -> Curve:
    """Angle hip-knee-ankle in the picture, (n,) deg, 0 when straight; NaN where a joint is unseen."""
    hip, knee, ankle = (motion.joint(side, name) for name in ("hip", "knee", "ankle"))
    thigh_px, shank_px = motion.segment_px("thigh"), motion.segment_px("shank")
    fake = yaw_fake_deg(knee - hip, ankle - knee, thigh_px, shank_px, motion.ahead_x(side))
    if motion.activity is Activity.RUNNING:
        fake *= DRAWN_OF_RUNNERS
    drawn = motion.medial(side) * (bend_deg(hip, knee, ankle) - fake)
    if motion.activity is Activity.RUNNING or motion.camera.view is not View.FRONT:
        return drawn
    return DRAWN_STRAIGHTER * (drawn - STRAIGHT_DEG)
