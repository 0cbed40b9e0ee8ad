"""A ghost drawn: the moved part of the body as pale limbs."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.overlay import canvas
from analyzer.overlay.canvas import Pen
from analyzer.overlay.ghost import BENDS, FOOT, Bend
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import WHITE, rgb
from analyzer.pose.landmarks import SIDES, Side
from analyzer.verdicts import Verdict

_OPACITY: Final = 0.4
_LIMB: Final = 0.05
"""Breadth of a ghost's limb, as a share of the standing height."""


def paint_ghost(scene: Picture, moment: Moment, metric: str, side: Side, pen: Pen) -> None:
    """Draw the moved part of the body as a pale limb with a dashed bone."""
    lines = _lines(moment, BENDS[metric], side)
    breadth = max(3, round(_LIMB * moment.body_px))
    pale = scene.copy()
    for line in lines:
        canvas.polyline(pale, line, WHITE, breadth, cased=False)
    cv2.addWeighted(pale, _OPACITY, scene, 1.0 - _OPACITY, 0.0, dst=scene)
    for line in lines:
        for a, b in pairwise(line):
            canvas.dashed(scene, a, b, rgb(Verdict.PASS), pen.line, dash_px=3.0 * pen.line)


def _lines(moment: Moment, bend: Bend, side: Side) -> list[Floats]:
    """What of the moved body is drawn, as lines (m, 2)."""
    if bend is Bend.TRUNK:
        hips, shoulders = ([moment.joint(s, name) for s in SIDES] for name in ("hip", "shoulder"))
        return [np.stack([hips[0], shoulders[0], shoulders[1], hips[1], hips[0]])]
    if bend is Bend.PELVIS:
        return [np.stack([moment.joint(side, "hip"), moment.joint(side.other, "hip")])]
    hip, knee, ankle, heel, toe = (moment.joint(side, name) for name in ("hip", "knee", *FOOT))
    if bend is Bend.KNEE:
        return [np.stack([hip, knee, ankle])]
    return [np.stack([hip, knee, ankle] if bend is Bend.LEG else [knee, ankle]), np.stack([ankle, heel, toe, ankle])]
