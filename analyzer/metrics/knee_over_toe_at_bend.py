"""Knee over the foot at one bend: where the carrying knee is bent by 40 degrees, up and down.

Positive when the knee is medial to the toe. From the front or the back, the mean of the first and the last moment of
the single-leg phase at which the knee has that bend. Source: the project's notes on the step-up test, a fixed bend of
30-45 degrees, so that repetitions compare (PROPOSED there). Differs: the bend is told by how far thigh and shank are
foreshortened.
"""

from __future__ import annotations

from analyzer.metrics.at_bend import BENDING, at_bend
from analyzer.metrics.knee_over_toe import knee_over_toe
from analyzer.metrics.registry import RepMetric
from analyzer.motion.types import FRONTAL, Motion, Rep


@RepMetric(unit="cm", views=FRONTAL, activities=BENDING, pose_error=1.05, event_error=1.1, scaled=True)
def knee_over_toe_at_bend(motion: Motion, rep: Rep) -> float:
    """Horizontal distance from toe to knee at that bend, in cm; NaN where it was not seen."""
    found = at_bend(motion, rep, knee_over_toe(motion, rep.side))
    return float("nan") if found is None else found[1]
