"""The person's bones and joints: filled joints on the left side, hollow ones on the right, doubtful limbs dashed."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Bools
from analyzer.motion.types import Motion, View
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.certainty import Certainty
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import WHITE, Colour
from analyzer.overlay.shapes import Disc, Layer, Lines, dash_px, dashes
from analyzer.pose.landmarks import BONES, NAMES, SIDES, Side, point

LEFT: Final[Colour] = WHITE
RIGHT: Final[Colour] = (205, 192, 242)
FAR_GREY: Final[Colour] = (140, 146, 150)
FADED: Final = 0.65

_JOINTS: Final = {
    side: [point(side, name) for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe")]
    for side in SIDES
}
_BONES: Final = {
    side: np.array([bone for bone in BONES if all(NAMES[end].startswith(side.value) for end in bone)]) for side in SIDES
}
_ACROSS: Final = np.array([bone for bone in BONES if NAMES[bone[0]].split("_")[0] != NAMES[bone[1]].split("_")[0]])
_FAR: Final = {View.LEFT: Side.RIGHT, View.RIGHT: Side.LEFT}


def far_side(view: View) -> Side | None:
    """The side that the body hides in a side view."""
    return _FAR.get(view)


class SkeletonAnnotator(Annotator):
    """Draws the skeleton; in side views the far side first, thin and grey."""

    def __init__(self) -> None:
        self._of: tuple[Motion, Certainty] | None = None

    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment."""
        pen = Pen.of(size_px, moment.body_px)
        doubtful = self._certainty(moment.motion).doubtful(moment.time_s)
        layer: Layer = [Lines(moment.points_px[_ACROSS], WHITE, pen.thin)]
        far = far_side(moment.motion.camera.view)
        for side in sorted(SIDES, key=lambda s: s is not far):
            layer += _side(moment, side, pen, doubtful, far=side is far)
        return layer

    def _certainty(self, motion: Motion) -> Certainty:
        if self._of is None or self._of[0] is not motion:
            self._of = motion, Certainty(motion)
        return self._of[1]


def _side(moment: Moment, side: Side, pen: Pen, doubtful: Bools, *, far: bool) -> Layer:
    colour = FAR_GREY if far else LEFT if side is Side.LEFT else RIGHT
    bones = _BONES[side]
    unsure = doubtful[bones].any(axis=1)
    layer: Layer = [Lines(moment.points_px[bones[~unsure]], colour, pen.thin if far else pen.line)]
    if unsure.any():
        every = [dashes(a, b, dash_px(pen.thin)) for a, b in moment.points_px[bones[unsure]]]
        layer.append(Lines(np.concatenate(every), colour, pen.thin, alpha=FADED))
    radius = (0.9 if far else 1.25) * pen.line
    for index in _JOINTS[side]:
        size = 0.65 * radius if doubtful[index] else radius
        layer.append(Disc(moment.points_px[index], size, colour, hollow=side is Side.RIGHT, joint=index))
    return layer
