"""Full extension: how far the leading knee stays bent at the top, against the same knee in standing.

Positive bent. From the side, the median from the top until the hips begin to sink. Source: the project's notes on the
step-up test, standing tall within 10 degrees (PROPOSED there).
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.readings import standing_value
from analyzer.metrics.registry import RepMetric
from analyzer.motion.body import bend_deg
from analyzer.motion.types import SAGITTAL, Activity, Motion, Rep

MARGIN_S = 0.1
"""Around the top, so that a top without a pause is read as well."""


@RepMetric(unit="deg", views=SAGITTAL, activities=frozenset({Activity.STEP_UP}), pose_error=3.8, event_error=4.0)
def full_extension(motion: Motion, rep: Rep) -> float:
    """Bend of the leading knee at the top less that in standing, in degrees."""
    if rep.phases is None:
        return float("nan")
    bend = np.abs(bend_deg(*(motion.joint(rep.side, name) for name in ("hip", "knee", "ankle"))))
    high = (motion.times_s >= rep.top_s - MARGIN_S) & (motion.times_s <= rep.phases.lowering_s + MARGIN_S)
    known = bend[high & np.isfinite(bend)]
    return float(np.median(known) - standing_value(motion, bend)) if len(known) else float("nan")
