"""Upright pictures as their files hold them: brightness, and two half-size planes of colour.

To turn a whole full-HD picture into RGB and shrink it takes half as long as the network that looks at it. Here only
what is looked at becomes RGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, VideoReformatter

from analyzer.arrays import AnyArray, Floats, Picture
from analyzer.video.clip import Clip
from analyzer.video.picture import TURNS, Upright, is_high_dynamic_range, is_untagged_hd
from analyzer.video.planes import as_planes, planes

READY: Final = ("yuv420p", "yuvj420p")

CLOSEST: Final = 3.5
"""Lines of a picture, at most, from one that is looked at to the next: where it would be more, neighbours are averaged
first. MediaPipe never averages, and the network was taught on what that gives."""

_BT709: Final = 1
_RED_AND_BLUE: Final = {_BT709: (0.2126, 0.0722), 9: (0.2627, 0.0593), 10: (0.2627, 0.0593)}
"""Share of red and of blue in brightness, by the code points of ITU-T H.273. Source: ITU-R BT.709, BT.2020."""
_RED_AND_BLUE_ELSE: Final = (0.299, 0.114)
"""Source: ITU-R BT.601."""
_FULL_RANGE: Final = (ColorRange.JPEG, ColorRange.JPEG.value)


@dataclass(frozen=True, eq=False)
class Tone:
    """What a picture's numbers mean.

    Attributes:
        to_rgb: (3, 4) from brightness, blueness and redness, 0-255, and 1, to RGB.
        black: brightness of black.
        light: (256,) brightness on a scale from 0 black to 255 white.
    """

    to_rgb: Floats
    black: int
    light: Picture


@dataclass(frozen=True, eq=False)
class Planar:
    """A picture.

    Attributes:
        y: (h, w) brightness.
        u: (h/2, w/2) blueness.
        v: (h/2, w/2) redness.
        tone: what the three mean.
    """

    y: Picture
    u: Picture
    v: Picture
    tone: Tone

    @classmethod
    def of_rgb(cls, rgb: Picture, scaler: VideoReformatter | None = None) -> Planar:
        """From a picture (h, w, 3); the last column or row of an odd size is cut off."""
        height, width = rgb.shape[:2]
        even = np.ascontiguousarray(rgb[: height & ~1, : width & ~1])
        return cls(*planes(as_planes(even, scaler or VideoReformatter())), tone(_BT709, full=False))

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return self.y.shape[1], self.y.shape[0]

    def cut(self, to_picture: Floats, edge_px: int) -> Picture:
        """(edge, edge, 3) RGB of a square that may be turned, mirrored and partly outside, where it is black.

        Args:
            to_picture: (2, 3) affine map from places in the square to places in the picture.
            edge_px: of the square that is given back.
        """
        to_colour = 0.5 * to_picture - np.array([[0.0, 0.0, 0.25], [0.0, 0.0, 0.25]])
        grounds = self.tone.black, 128, 128
        maps = to_picture, to_colour, to_colour
        cut = [
            _cut(plane, there, edge_px, ground)
            for plane, there, ground in zip((self.y, self.u, self.v), maps, grounds, strict=True)
        ]
        return self._as_rgb(cut)

    def rgb(self, max_side_px: int) -> Picture:
        """(h, w, 3) all of it, shrunk so that its longer side has at most so many px."""
        shrink = min(1.0, max_side_px / max(self.size_px))
        width, height = self.size_px
        size = max(1, round(width * shrink)), max(1, round(height * shrink))
        ways = cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_LINEAR
        planes = zip((self.y, self.u, self.v), ways, strict=True)
        return self._as_rgb([cv2.resize(plane, size, interpolation=way) for plane, way in planes])

    def _as_rgb(self, channels: list[AnyArray]) -> Picture:
        return np.asarray(cv2.transform(cv2.merge(channels), self.tone.to_rgb), dtype=np.uint8)


class UprightPlanar:
    """Turns a clip's decoded frames into pictures to look at; one per thread."""

    def __init__(self, clip: Clip, max_side_px: int) -> None:
        """Pictures in a format that has to be converted are shrunk to ``max_side_px``, the rest stay as they are."""
        size = (clip.width, clip.height)
        self._stored_size = size[::-1] if clip.rotation_deg % 180 else size
        self._turn = TURNS.get(clip.rotation_deg)
        self._mirrored = clip.mirrored
        self._by_rgb = Upright(clip, max_side_px)
        self._scaler = VideoReformatter()

    def picture(self, frame: VideoFrame) -> Planar:
        """The frame, upright; it must not be drawn on."""
        as_it_is = frame.format.name in READY and (frame.width, frame.height) == self._stored_size
        if not as_it_is or is_high_dynamic_range(frame):
            return Planar.of_rgb(self._by_rgb.picture(frame), self._scaler)
        full = frame.format.name == "yuvj420p" or frame.color_range in _FULL_RANGE
        space = _BT709 if is_untagged_hd(frame) else int(frame.colorspace)
        y, u, v = (self._turned(plane) for plane in planes(frame))
        return Planar(y, u, v, tone(space, full=full))

    def _turned(self, plane: Picture) -> Picture:
        if self._turn is not None:
            plane = np.asarray(cv2.rotate(plane, self._turn), dtype=np.uint8)
        return np.ascontiguousarray(plane[:, ::-1]) if self._mirrored else plane


@lru_cache(maxsize=16)
def tone(colorspace: int, *, full: bool) -> Tone:
    """What numbers mean in a colour space (code point of ITU-T H.273), in the full range or in that of broadcasting."""
    red, blue = _RED_AND_BLUE.get(colorspace, _RED_AND_BLUE_ELSE)
    green = 1.0 - red - blue
    black, bright, colour = (0, 1.0, 1.0) if full else (16, 255.0 / 219.0, 255.0 / 224.0)
    by_redness, by_blueness = 2.0 * (1.0 - red) * colour, 2.0 * (1.0 - blue) * colour
    turn = np.array(
        [
            [bright, 0.0, by_redness],
            [bright, -by_blueness * blue / green, -by_redness * red / green],
            [bright, by_blueness, 0.0],
        ]
    )
    zero = np.array([black, 128.0, 128.0])
    light = np.clip(np.rint((np.arange(256) - black) * bright), 0, 255).astype(np.uint8)
    return Tone(np.column_stack([turn, -turn @ zero]), black, light)


def _cut(plane: Picture, to_plane: Floats, edge_px: int, ground: int) -> AnyArray:
    """One plane's part of a square, neighbours averaged where it is seen much smaller."""
    shrink = max(1, int(np.ceil(float(np.hypot(*to_plane[:, 0])) / CLOSEST)))
    if shrink > 1:
        plane, corner = _shrunk_part(plane, to_plane, edge_px, shrink)
        to_plane = (to_plane - np.column_stack([np.zeros((2, 2)), corner + (shrink - 1) / 2])) / shrink
    return cv2.warpAffine(
        plane, to_plane, (edge_px, edge_px), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=float(ground)
    )


def _shrunk_part(plane: Picture, to_plane: Floats, edge_px: int, shrink: int) -> tuple[Picture, Floats]:
    """The part of a plane around a square, so many times smaller, and its top left corner (2,) in the plane."""
    corners = to_plane @ np.array([[0, edge_px, 0, edge_px], [0, 0, edge_px, edge_px], [1, 1, 1, 1]], dtype=float)
    size = np.array(plane.shape[::-1])
    low = np.clip(np.floor(corners.min(axis=1)) - 2 * shrink, 0, size - shrink).astype(int)
    high = np.clip(np.ceil(corners.max(axis=1)) + 2 * shrink, low + shrink, size).astype(int)
    count = (high - low) // shrink
    part = plane[low[1] : low[1] + count[1] * shrink, low[0] : low[0] + count[0] * shrink]
    small = cv2.resize(part, (int(count[0]), int(count[1])), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), low.astype(float)
