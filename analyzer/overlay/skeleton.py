"""The person's bones and joints: filled joints on the left side, hollow ones on the right."""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Picture
from analyzer.motion.types import View
from analyzer.overlay import canvas
from analyzer.overlay.canvas import Pen
from analyzer.overlay.moment import Moment
from analyzer.overlay.palette import WHITE, Colour
from analyzer.pose.landmarks import BONES, NAMES, SIDES, Side, point

LEFT: Final[Colour] = WHITE
RIGHT: Final[Colour] = (205, 192, 242)
FAR_GREY: Final[Colour] = (140, 146, 150)

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


class SkeletonAnnotator:
    """Draws the skeleton; in side views the far side first, thin and grey."""

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on the scene in place."""
        pen = Pen.fitting(scene, moment.body_px)
        canvas.polylines(scene, moment.points_px[_ACROSS], WHITE, pen.thin)
        far = far_side(moment.motion.camera.view)
        for side in sorted(SIDES, key=lambda s: s is not far):
            self._side(scene, moment, side, pen, far=side is far)

    def _side(self, scene: Picture, moment: Moment, side: Side, pen: Pen, *, far: bool) -> None:
        colour = FAR_GREY if far else LEFT if side is Side.LEFT else RIGHT
        canvas.polylines(scene, moment.points_px[_BONES[side]], colour, pen.thin if far else pen.line)
        radius = (0.9 if far else 1.25) * pen.line
        for place in moment.points_px[_JOINTS[side]]:
            canvas.dot(scene, place, radius, colour, hollow=side is Side.RIGHT)
