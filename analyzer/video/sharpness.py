"""How sharp a picture is, without one to compare it with.

What is sharp loses most of its small contrasts when blurred again, what is blurred already loses few. Source: Crete et
al. 2007, The blur effect, doi:10.1117/12.702790. Differs: one number, 0 blurred to 1 sharp, over one patch.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture

PATCH_PX: Final = 128
AGAIN_PX: Final = 9
LEGS_AT: Final = 0.75
"""How far down a person's box the legs are."""


def sharpness(light: Picture, box: Floats | None, shrink: float = 1.0) -> float:
    """Of the legs in a box, of the picture's middle without one.

    Args:
        light: (h, w) the picture's brightness on any scale.
        box: left, top, right, bottom in its px.
        shrink: how many times smaller the picture is looked at.

    Returns:
        0 to 1; NaN where there is no contrast, or hardly any picture.
    """
    height, width = light.shape
    side = round(PATCH_PX * shrink)
    x, y = (width / 2, height / 2) if box is None else ((box[0] + box[2]) / 2, box[1] + LEGS_AT * (box[3] - box[1]))
    left = int(np.clip(x - side / 2, 0, max(width - side, 0)))
    top = int(np.clip(y - side / 2, 0, max(height - side, 0)))
    patch = light[top : top + side, left : left + side]
    size = tuple(round(length / shrink) for length in patch.shape)
    if min(size) <= AGAIN_PX:
        return float("nan")
    patch = cv2.resize(patch, size[::-1], interpolation=cv2.INTER_AREA).astype(np.float32)
    lost = kept = 0.0
    for turned in (patch, patch.T.copy()):
        again = cv2.blur(turned, (AGAIN_PX, 1))
        before = cv2.absdiff(turned[:, 1:], turned[:, :-1])
        after = cv2.absdiff(again[:, 1:], again[:, :-1])
        lost += cv2.sumElems(cv2.max(before - after, 0.0))[0]  # type: ignore[call-overload]
        kept += cv2.sumElems(before)[0]
    return float(lost / kept) if kept > 0 else float("nan")
