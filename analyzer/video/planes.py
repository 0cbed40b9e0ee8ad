"""Upright frames as the encoder wants them, without a way round by RGB: brightness and two half-size colour planes.

Brightness and colour are those of ITU-R BT.709 in the range of broadcasting, whatever the clip's own are.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from analyzer.arrays import Picture
from analyzer.video.clip import Clip
from analyzer.video.picture import TURNS, Upright, is_high_dynamic_range, is_untagged_hd

FORMAT: Final = "yuv420p"
_FULL_RANGE: Final = (ColorRange.JPEG, ColorRange.JPEG.value)
_MATRIX_BT709: Final = 1


class UprightPlanes:
    """Turns a clip's decoded frames into upright ones of even size that may be drawn on; one per thread."""

    def __init__(self, clip: Clip, max_side_px: int | None = None) -> None:
        shrink = min(1.0, (max_side_px or np.inf) / max(clip.width, clip.height))
        width, height = max(1, round(clip.width * shrink)), max(1, round(clip.height * shrink))
        self.scale = width / clip.width
        self.size_px = (width & ~1, height & ~1)
        self._even = self.size_px == (width, height)
        self._stored_size = (height, width) if clip.rotation_deg % 180 else (width, height)
        self._turn = TURNS.get(clip.rotation_deg)
        self._mirrored = clip.mirrored
        self._scaler = VideoReformatter()
        self._by_rgb = Upright(clip, max_side_px)

    def frame(self, decoded: VideoFrame) -> VideoFrame:
        """A new frame of `size_px`; the last column or row of an odd size is cut off."""
        if is_high_dynamic_range(decoded) or not self._even:
            return self._from_rgb(self._by_rgb.picture(decoded))
        stored = decoded if self._is_ready(decoded) else self._reformatted(decoded)
        upright = VideoFrame(*self.size_px, FORMAT)
        for source, target in zip(planes(stored), planes(upright), strict=True):
            self._put(source, target)
        return upright

    def _is_ready(self, frame: VideoFrame) -> bool:
        known = frame.colorspace == _MATRIX_BT709 or is_untagged_hd(frame)
        same_size = (frame.width, frame.height) == self._stored_size
        return frame.format.name == FORMAT and frame.color_range not in _FULL_RANGE and known and same_size

    def _reformatted(self, frame: VideoFrame) -> VideoFrame:
        width, height = self._stored_size
        return self._scaler.reformat(
            frame,
            width=width,
            height=height,
            format=FORMAT,
            src_colorspace=Colorspace.ITU709 if is_untagged_hd(frame) else None,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA if width < frame.width else Interpolation.BILINEAR,
            threads=1,
        )

    def _from_rgb(self, rgb: Picture) -> VideoFrame:
        width, height = self.size_px
        return as_planes(np.ascontiguousarray(rgb[:height, :width]), self._scaler)

    def _put(self, source: Picture, target: Picture) -> None:
        if self._turn is not None:
            source = np.asarray(cv2.rotate(source, self._turn), dtype=np.uint8)
        if self._mirrored:
            source = source[:, ::-1]
        np.copyto(target, source)


def planes(frame: VideoFrame) -> tuple[Picture, Picture, Picture]:
    """Views (h, w), (h/2, w/2) and (h/2, w/2) of a frame's brightness, blueness and redness; writing writes the frame.

    Args:
        frame: of `FORMAT` and an even size.
    """
    y, u, v = (
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]  # type: ignore[call-overload]
        for plane in frame.planes
    )
    return y, u, v


def as_planes(rgb: Picture, scaler: VideoReformatter) -> VideoFrame:
    """A frame of the picture (h, w, 3), contiguous and of even size."""
    return scaler.reformat(
        VideoFrame.from_numpy_buffer(rgb, format="rgb24"),
        format=FORMAT,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )
