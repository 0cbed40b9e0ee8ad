"""The instants that show each item of the step-down scale, to be pictured."""

from __future__ import annotations

from analyzer.assessment import Assessment
from analyzer.pose.landmarks import Side
from analyzer.tested import ScaleItem


def scale_picture(side: Side, item: ScaleItem) -> str:
    """File name of an item's picture."""
    return f"scale_{item.name}_{side.value}.jpg"


def scale_pictures(assessment: Assessment) -> tuple[tuple[str, float], ...]:
    """File name of each picture and its instant in s, of the items that were seen."""
    return tuple(
        (scale_picture(scale.side, item), item.evidence_s)
        for scale in assessment.scales
        for item in scale.items
        if item.evidence_s is not None
    )
