"""Height of the step-up box: how much higher the hips stand on it than on the floor.

Positive always. From any view, or as the user states it. Source: the project's notes on the step-up test, the formula
for front views, in which the focal length cancels. Differs: hips instead of feet, since they are about level with the
phone and so hardly seem to sink or rise as the person comes nearer; the horizon is taken to lie in mid-picture.
Uncertainty: the spread between rendered people, that of the repetitions, and that of the person's height.
"""

from __future__ import annotations

import numpy as np

from analyzer.arrays import Bools
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import WholeMetric
from analyzer.motion.types import SAGITTAL, Activity, Motion, Rep
from analyzer.motion.understand import HIP_SHARE
from analyzer.pose.clean import body_height_px
from analyzer.pose.landmarks import SIDES, Side

AROUND_S = 1.0
"""Before and after a repetition, in which its standing on the floor is read."""

STATED_ERROR_CM = 0.5
ERROR_CM = {True: 0.8, False: 2.0}
"""From the side, or not: about the spread over the rendered people, whose phones stood level within five degrees."""


@WholeMetric(unit="cm", activities=frozenset({Activity.STEP_UP}))
def box_height(motion: Motion) -> list[Measurement]:
    """One measurement; per event what each repetition says."""
    found = [(rep, _rise_cm(motion, rep)) for rep in motion.reps]
    events = tuple(EventValue(rep.index, rep.top_s, rise) for rep, rise in found if np.isfinite(rise))
    if motion.box_cm is None and not events:
        reason = "The person was not seen standing both on the floor and on the box; state the box's height."
        return [Measurement("box_height", Side.BOTH, "cm", reason=reason)]
    value, error = motion.box_cm, STATED_ERROR_CM
    if value is None:
        rises = np.array([event.value for event in events])
        value = float(np.median(rises))
        scale = value * (motion.scale.relative_error if motion.scale else 0.0)
        error = float(np.sqrt(ERROR_CM[motion.camera.view in SAGITTAL] ** 2 + scale**2 + rises.var() / len(rises)))
    return [
        Measurement(
            metric="box_height", side=Side.BOTH, unit="cm", value=value, uncertainty=1.96 * error,
            n=max(len(events), 1), per_event=events, event_uncertainty=1.96 * error,
            evidence_s=motion.reps[0].top_s if motion.reps else None,
        )
    ]  # fmt: skip


def _rise_cm(motion: Motion, rep: Rep) -> float:
    """How much higher the hips are on the box than on the floor beside the repetition."""
    if motion.scale is None or rep.phases is None:
        return float("nan")
    times = motion.times_s
    on_box = (times >= rep.top_s) & (times <= max(rep.phases.lowering_s, rep.top_s + 1.5 / motion.track.rate_hz))
    beside = np.minimum(np.abs(times - rep.start_s), np.abs(times - rep.end_s)) < AROUND_S
    on_floor = motion.standing() & beside
    nearer = _upright_px(motion, on_box) / _upright_px(motion, on_floor)
    below_horizon = motion.middle("hip")[:, 1] - motion.track.size_px[1] / 2.0
    # the clip's own scale lies between those of floor and box, of which the box may be much nearer
    cm_per_px = motion.scale.leg_length_cm / HIP_SHARE / body_height_px(motion.track.points_px[on_floor])
    return (_median(below_horizon, on_floor) - _median(below_horizon, on_box) / nearer) * cm_per_px


def _upright_px(motion: Motion, when: Bools) -> float:
    """Height in px from the ankles to the shoulders."""
    legs = [_median((motion.joint(side, "ankle") - motion.joint(side, "hip"))[:, 1], when) for side in SIDES]
    return float(np.median(legs)) + _median((motion.middle("hip") - motion.middle("shoulder"))[:, 1], when)


def _median(curve: np.ndarray, when: Bools) -> float:
    known = curve[when & np.isfinite(curve)]
    return float(np.median(known)) if len(known) else float("nan")
