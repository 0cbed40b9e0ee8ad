"""From a decoded frame to an upright RGB picture of ordinary brightness."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from analyzer.arrays import AnyArray, Floats, Picture
from analyzer.video.clip import Clip

# Code points of ITU-T H.273, as FFmpeg uses them.
_MATRIX_UNKNOWN: Final = (2, 3)
_MATRIX_BT2020: Final = (9, 10)
_TRANSFER_PQ: Final = 16
_TRANSFER_HLG: Final = 18

_HD_SIDE_PX: Final = 720
_REFERENCE_WHITE_NITS: Final = 203.0
"""Source: ITU-R BT.2408."""
_KNEE: Final = 0.7
TURNS: Final = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
"""OpenCV's names of clockwise turns in degrees."""

_BT2020_TO_BT709: Final = np.array(
    [[1.6605, -0.5876, -0.0729], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1188]], dtype=np.float32
)
"""Source: ITU-R BT.2407; meant for linear light, near enough on gamma-encoded values for looking at."""


class Upright:
    """Turns a clip's decoded frames into pictures; one per thread, since it keeps a scaler."""

    def __init__(self, clip: Clip, max_side_px: int | None = None) -> None:
        shrink = min(1.0, (max_side_px or np.inf) / max(clip.width, clip.height))
        width, height = max(1, round(clip.width * shrink)), max(1, round(clip.height * shrink))
        self._stored_size = (height, width) if clip.rotation_deg % 180 else (width, height)
        self._turn = TURNS.get(clip.rotation_deg)
        self._mirrored = clip.mirrored
        self._scaler = VideoReformatter()

    def picture(self, frame: VideoFrame) -> Picture:
        """(h, w, 3) upright."""
        width, height = self._stored_size
        scaled = self._scaler.reformat(
            frame,
            width=width,
            height=height,
            format="rgb24",
            src_colorspace=Colorspace.ITU709 if is_untagged_hd(frame) else None,
            interpolation=Interpolation.AREA if width < frame.width else Interpolation.BILINEAR,
            threads=1,
        )
        rgb: AnyArray = scaled.to_ndarray()
        if frame.color_trc in _TO_ORDINARY:
            rgb = cv2.LUT(rgb, _TO_ORDINARY[frame.color_trc])
            if frame.colorspace in _MATRIX_BT2020:
                rgb = cv2.transform(rgb, _BT2020_TO_BT709)
        if self._turn is not None:
            rgb = cv2.rotate(rgb, self._turn)
        if self._mirrored:
            rgb = cv2.flip(rgb, 1)
        return np.asarray(rgb, dtype=np.uint8)


def is_untagged_hd(frame: VideoFrame) -> bool:
    """Whether a frame does not say what its colours mean, and is so large that they mean BT.709."""
    return frame.colorspace in _MATRIX_UNKNOWN and min(frame.width, frame.height) >= _HD_SIDE_PX


def is_high_dynamic_range(frame: VideoFrame) -> bool:
    """Whether a frame's brightness has to be compressed for an ordinary display."""
    return frame.color_trc in _TO_ORDINARY


def _pq_nits(signal: Floats) -> Floats:
    """Source: ITU-R BT.2100, table 4."""
    power = signal ** (1 / 78.84375)
    return 10000.0 * (np.maximum(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125)


def _hlg_nits(signal: Floats) -> Floats:
    """On a display of 1000 nits, channel by channel. Source: ITU-R BT.2100, table 5."""
    scene = np.where(signal <= 0.5, signal**2 / 3.0, (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12.0)
    return 1000.0 * scene**1.2


def _ordinary(nits: Floats) -> Picture:
    """8-bit values for an ordinary display: linear up to the knee, then compressed towards white."""
    light = nits / _REFERENCE_WHITE_NITS
    rolled = _KNEE + (1.0 - _KNEE) * (1.0 - np.exp(-(light - _KNEE) / (1.0 - _KNEE)))
    return np.round(255.0 * np.where(light <= _KNEE, light, rolled) ** (1 / 2.2)).astype(np.uint8)


_SIGNAL: Final = np.linspace(0.0, 1.0, 256)
_TO_ORDINARY: Final = {_TRANSFER_PQ: _ordinary(_pq_nits(_SIGNAL)), _TRANSFER_HLG: _ordinary(_hlg_nits(_SIGNAL))}
