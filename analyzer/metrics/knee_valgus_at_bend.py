"""Frontal plane projection angle at one bend: where the carrying knee is bent by 40 degrees, up and down.

Positive when the knee is inward. From the front or the back, the mean of the first and the last moment of the
single-leg phase at which the knee has that bend. Source: the project's notes on the step-up test, a fixed bend of
30-45 degrees, so that repetitions compare (PROPOSED there). Differs: the bend is told by how far thigh and shank are
foreshortened.
"""

from __future__ import annotations

from analyzer.metrics.at_bend import BENDING, at_bend
from analyzer.metrics.knee_valgus import knee_valgus
from analyzer.metrics.registry import RepMetric
from analyzer.motion.types import FRONTAL, Motion, Rep


@RepMetric(unit="deg", views=FRONTAL, activities=BENDING, pose_error=2.3, event_error=2.4)
def knee_valgus_at_bend(motion: Motion, rep: Rep) -> float:
    """Angle hip-knee-ankle in the picture at that bend, in degrees; NaN where it was not seen."""
    found = at_bend(motion, rep, knee_valgus(motion, rep.side))
    return float("nan") if found is None else found[1]
