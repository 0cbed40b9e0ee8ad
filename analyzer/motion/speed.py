"""How fast a runner runs: as stated, or as the ground passes under the standing foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.motion.body import nearness
from analyzer.motion.types import SAGITTAL, Motion, Step

NO_SPEED: Final = "The running speed is not known; state it with --speed-mps, or film from the side."

STATED_ERROR: Final = 0.02
"""Relative; an assumption on treadmills."""

SEEN_ERROR: Final = 0.085
"""Relative; what the pose model adds to the error of the scale, over rendered people. The far leg is left out: while it
carries, the near one passes in front of it."""

FLAT: Final = (0.25, 0.60)
"""Share of the contact in which the whole sole is down and the ankle moves with the ground."""

FEWEST_STEPS: Final = 2


@dataclass(frozen=True)
class Speed:
    """Running speed.

    Attributes:
        mps: in m/s.
        error_mps: its standard error.
        source: ``stated`` or ``seen``.
    """

    mps: float
    error_mps: float
    source: str


def running_speed(motion: Motion) -> Speed | None:
    """The stated speed, else the one seen from the side; None where it is neither stated nor seen."""
    if motion.speed_mps is not None:
        return Speed(motion.speed_mps, STATED_ERROR * motion.speed_mps, "stated")
    if motion.camera.view not in SAGITTAL or motion.scale is None:
        return None
    near = [(i, step) for i, step in enumerate(motion.steps) if nearness(motion.camera, step.side) == "near"]
    seen = np.array([_ground_mps(motion, step, _stride_s(motion, i)) for i, step in near])
    seen = seen[np.isfinite(seen)]
    if len(seen) < FEWEST_STEPS or np.median(seen) <= 0.0:
        return None
    mps = float(np.median(seen))
    return Speed(mps, mps * float(np.hypot(SEEN_ERROR, motion.scale.relative_error)), "seen")


def _stride_s(motion: Motion, i: int) -> tuple[float, float]:
    """From the i-th step's contact to that foot's next one, or from the one before; NaN if neither is in the clip."""
    contacts = [step.contact_s for step in motion.steps]
    for first, last in ((i, i + 2), (i - 2, i)):
        if first >= 0 and last < len(contacts) and motion.steps[first].side is motion.steps[last].side:
            return contacts[first], contacts[last]
    return float("nan"), float("nan")


def _ground_mps(motion: Motion, step: Step, stride_s: tuple[float, float]) -> float:
    """Speed of the hips over one stride against that of the foot while it is flat, m/s; NaN where not seen.

    The hips' mean over a stride, because within a stance they slow down and speed up; of the foot's three points the
    one in the middle, because on some people one of them creeps over the ground.
    """
    contact_s = step.toe_off_s - step.contact_s
    flat = np.linspace(step.contact_s + FLAT[0] * contact_s, step.contact_s + FLAT[1] * contact_s, 8)
    if not (np.isfinite(flat).all() and np.isfinite(stride_s).all()):
        return float("nan")
    parts = [motion.joint(step.side, part)[:, 0] for part in ("heel", "toe", "ankle")]
    foot = np.stack([np.interp(flat, motion.times_s, part) for part in parts], axis=1)
    if not np.isfinite(foot).all():
        return float("nan")
    foot_px_s = np.median(np.polyfit(flat, foot, 1)[0])
    hips = motion.middle("hip")[:, 0]
    hips_px_s = (motion.at(hips, stride_s[1]) - motion.at(hips, stride_s[0])) / (stride_s[1] - stride_s[0])
    cm_per_px = motion.at(motion.in_cm(np.ones(len(motion.track))), step.mid_stance_s)
    return float(motion.camera.facing * (hips_px_s - foot_px_s) * cm_per_px / 100.0)
