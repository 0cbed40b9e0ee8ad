"""A small square picture of the person, to know a clip by in the index."""

from __future__ import annotations

import base64
import io
from typing import Final

import numpy as np
from PIL import Image

from analyzer.basis import Basis
from analyzer.errors import ClipError
from analyzer.overlay.faces import Cover
from analyzer.overlay.raster import RgbSheet
from analyzer.video.reader import read_frames

SIDE_PX: Final = 144
QUALITY: Final = 72
ROOM: Final = 1.15
"""Edge of the square over the person's height."""

READ_AT_PX: Final = 960


def thumbnail(basis: Basis, cover: Cover | None = None) -> str:
    """The person in the middle of the time for which they were seen, JPEG in base 64; empty if that cannot be read.

    Args:
        basis: of the clip.
        cover: hides faces.
    """
    seen = np.flatnonzero(basis.track.seen > 0)
    if not len(seen):
        return ""
    row, clip = seen[len(seen) // 2], basis.clip
    time_s = float(clip.times_s[0]) + float(basis.track.times_s[row]) * clip.slow_motion_factor
    index = int(np.argmin(np.abs(clip.times_s - time_s)))
    try:
        frame = next(read_frames(clip, start=index, stop=index + 1, max_side_px=READ_AT_PX), None)
    except ClipError:
        return ""
    if frame is None:
        return ""
    scale = frame.rgb.shape[1] / clip.width
    if cover is not None:
        cover(RgbSheet(frame.rgb), frame.time_s, scale)
    points = basis.track.points_px[row] * scale
    low, high = points.min(axis=0), points.max(axis=0)
    left, top = 0.5 * (low + high) - 0.5 * ROOM * float((high - low).max())
    side = ROOM * float((high - low).max())
    picture = Image.fromarray(frame.rgb).crop((round(left), round(top), round(left + side), round(top + side)))
    file = io.BytesIO()
    picture.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).save(file, "JPEG", quality=QUALITY)
    return base64.b64encode(file.getvalue()).decode()
