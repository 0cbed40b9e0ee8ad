"""Putting shapes on pictures: on RGB ones, and on the encoder's planes of brightness and colour.

On planes only the parts that something is drawn on are touched. There they are made a picture of three equally large
channels, drawn on in the encoder's own colours, and put back, which leaves every other pixel as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import takewhile
from typing import Final, Protocol, TypeAlias

import cv2
import numpy as np
from av.video.frame import VideoFrame

from analyzer.arrays import Floats, Picture
from analyzer.overlay import canvas
from analyzer.overlay.palette import INK, Colour
from analyzer.overlay.shapes import Area, Box, Disc, Layer, Lines, Placed, Ring, Shape, Trail, box_of
from analyzer.overlay.stamps import Stamp
from analyzer.video.planes import planes

Mix: TypeAlias = Callable[[Colour], Colour]
"""An RGB colour in the three channels that are drawn on."""

_TO_YUV: Final = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.114572, -0.385428, 0.5], [0.5, -0.454153, -0.045847]]
) * np.array([[219.0], [224.0], [224.0]]) / 255.0  # fmt: skip
_YUV_ZERO: Final = np.array([16.0, 128.0, 128.0])
"""Source: ITU-R BT.709, in the range of broadcasting."""

FADES: Final = 6
"""Steps in which a trail fades."""

TAIL: Final = 0.15
"""How much of a trail's colour is left at its far end."""


class Sheet(Protocol):
    """Something to draw on."""

    def patch(self, box: Box, /) -> Iterator[tuple[Picture, Floats]]:
        """A part (h, w, 3) to draw on, and the place (2,) of its top left corner; nothing where it is off the sheet."""
        ...

    def place(self, stamp: Stamp, x: float, y: float) -> None:
        """Lay a stamp on the sheet, as near to that place as the sheet allows."""
        ...

    def mix(self, colour: Colour) -> Colour:
        """An RGB colour in the sheet's channels."""
        ...

    def stamp(self, stamp: Stamp) -> Stamp:
        """A stamp in the sheet's channels."""
        ...


class RgbSheet:
    """A picture (h, w, 3)."""

    def __init__(self, rgb: Picture) -> None:
        self._rgb = rgb

    def patch(self, _box: Box) -> Iterator[tuple[Picture, Floats]]:
        """The whole picture: nothing has to be brought there and back."""
        yield self._rgb, np.zeros(2)

    def place(self, stamp: Stamp, x: float, y: float) -> None:
        """Lay a stamp on the picture."""
        stamp.put(self._rgb, x, y)

    def mix(self, colour: Colour) -> Colour:
        """The colour itself."""
        return colour

    def stamp(self, stamp: Stamp) -> Stamp:
        """The stamp itself."""
        return stamp


class PlaneSheet:
    """A frame of `analyzer.video.planes`."""

    def __init__(self, frame: VideoFrame) -> None:
        self._planes = planes(frame)

    def patch(self, box: Box) -> Iterator[tuple[Picture, Floats]]:
        """The part as three channels, written back when the loop over it ends."""
        y, u, v = self._planes
        height, width = y.shape
        left, top = max(int(box[0]) & ~1, 0), max(int(box[1]) & ~1, 0)
        right, bottom = min((int(box[2]) + 2) & ~1, width), min((int(box[3]) + 2) & ~1, height)
        if left >= right or top >= bottom:
            return
        full = np.s_[top:bottom, left:right]
        half = np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
        size = (right - left, bottom - top)
        wide = [cv2.resize(plane[half], size, interpolation=cv2.INTER_NEAREST) for plane in (u, v)]
        pixels: Picture = np.asarray(cv2.merge([np.ascontiguousarray(y[full]), *wide]), dtype=np.uint8)
        yield pixels, np.array([left, top], dtype=float)
        y[full], blue, red = cv2.split(pixels)
        for plane, drawn in ((u, blue), (v, red)):
            plane[half] = cv2.resize(drawn, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)

    def place(self, stamp: Stamp, x: float, y: float) -> None:
        """Lay a stamp on each plane, at the nearest place where the planes' px coincide."""
        left, top = 2 * round(x / 2), 2 * round(y / 2)
        for plane, piece, half in zip(self._planes, _stamp_as_planes(stamp), (1, 2, 2), strict=True):
            piece.put(plane, left // half, top // half)

    def mix(self, colour: Colour) -> Colour:
        """Brightness, blueness and redness."""
        return _as_yuv(colour)

    def stamp(self, stamp: Stamp) -> Stamp:
        """The stamp in brightness, blueness and redness, kept for the next time."""
        return _stamp_as_yuv(stamp)


def draw(sheet: Sheet, layers: Iterable[Layer]) -> None:
    """Draw layers, from the bottom to the top."""
    for layer in layers:
        stamps = list(takewhile(lambda shape: isinstance(shape, Placed), layer))
        for stamp in stamps:
            assert isinstance(stamp, Placed)
            sheet.place(stamp.stamp, *stamp.at)
        rest = layer[len(stamps) :]
        box = box_of(rest)
        for pixels, corner in sheet.patch(box) if box is not None else ():
            for shape in rest:
                _put(pixels, corner, shape, sheet)


def _put(pixels: Picture, corner: Floats, shape: Shape, sheet: Sheet) -> None:
    if isinstance(shape, Placed):
        sheet.stamp(shape.stamp).put(pixels, shape.at[0] - corner[0], shape.at[1] - corner[1])
    elif isinstance(shape, Lines):
        _put_lines(pixels, shape.lines - corner, shape, sheet.mix)
    elif isinstance(shape, Trail):
        _put_trail(pixels, shape.points - corner, shape, sheet.mix)
    elif isinstance(shape, Disc):
        at, colour, ink = shape.at - corner, sheet.mix(shape.colour), sheet.mix(INK)
        canvas.dot(pixels, at, shape.radius, colour, hollow=shape.hollow, ink=ink)
    elif isinstance(shape, Ring):
        _put_ring(pixels, shape.at - corner, shape, sheet.mix)
    elif isinstance(shape, Area):
        canvas.fill(pixels, shape.outline - corner, sheet.mix(shape.colour), shape.alpha)
    else:
        mark = sheet.mix(shape.colour)
        canvas.centre_of_mass_mark(pixels, shape.at - corner, shape.radius, mark, ink=sheet.mix(INK))


def _put_lines(pixels: Picture, lines: Floats, shape: Lines, mix: Mix) -> None:
    if shape.alpha >= 1.0:
        canvas.polylines(pixels, lines, mix(shape.colour), shape.width, cased=shape.cased, ink=mix(INK))
        return
    with _mask(pixels, lines.reshape(-1, 2), shape.width, mix(shape.colour)) as (mask, low):
        level = round(255 * shape.alpha)
        canvas.polylines(mask, lines - low, (level, 0, 0), shape.width, cased=False)


def _put_trail(pixels: Picture, points: Floats, shape: Trail, mix: Mix) -> None:
    pairs = np.stack([points[:-1], points[1:]], axis=1)
    with _mask(pixels, points, shape.width, mix(shape.colour)) as (mask, low):
        for step, part in enumerate(np.array_split(pairs - low, FADES), 1):
            share = step / FADES
            level = round(255 * (TAIL + (0.9 - TAIL) * share))
            canvas.polylines(mask, part, (level, 0, 0), max(1, round(shape.width * (0.4 + 0.6 * share))), cased=False)


def _put_ring(pixels: Picture, at: Floats, shape: Ring, mix: Mix) -> None:
    reach = np.array([[-1.0, -1.0], [1.0, 1.0]]) * shape.radius
    with _mask(pixels, at + reach, shape.width, mix(shape.colour)) as (mask, low):
        canvas.circle(mask, at - low, shape.radius, (round(255 * shape.alpha), 0, 0), shape.width)


@contextmanager
def _mask(pixels: Picture, places: Floats, width: int, colour: Colour) -> Iterator[tuple[Picture, Floats]]:
    """An empty mask (h, w) over the places; what is drawn on it, 0 to 255, is how much of the colour is put there."""
    seen = places[np.isfinite(places).all(axis=1)]
    size = np.array(pixels.shape[1::-1])
    if not len(seen):
        yield np.zeros((1, 1), np.uint8), np.zeros(2)
        return
    low = np.clip(np.floor(seen.min(axis=0)) - width - 2, 0, size).astype(int)
    high = np.clip(np.ceil(seen.max(axis=0)) + width + 3, 0, size).astype(int)
    if (low >= high).any():
        yield np.zeros((1, 1), np.uint8), np.zeros(2)
        return
    mask: Picture = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    yield mask, low.astype(float)
    part = pixels[low[1] : high[1], low[0] : high[0]]
    keep = cv2.merge([255 - mask] * 3)
    ground = cv2.multiply(part, keep, scale=1 / 255)
    paint = cv2.merge([cv2.convertScaleAbs(mask, alpha=channel / 255) for channel in colour])
    pixels[low[1] : high[1], low[0] : high[0]] = cv2.add(ground, paint)


@lru_cache(maxsize=64)
def _as_yuv(colour: Colour) -> Colour:
    y, u, v = np.rint(_TO_YUV @ np.array(colour) + _YUV_ZERO).astype(int)
    return int(y), int(u), int(v)


@lru_cache(maxsize=1024)
def _stamp_as_planes(stamp: Stamp) -> tuple[Stamp, Stamp, Stamp]:
    """The stamp in brightness and, half as large, in blueness and redness, as (h, w) pieces."""
    even = _stamp_as_yuv(stamp)
    paint, keep = (np.pad(a, ((0, a.shape[0] % 2), (0, a.shape[1] % 2), (0, 0))) for a in (even.paint, even.keep))
    keep[even.height :], keep[:, even.width :] = 255, 255
    half = (keep.shape[1] // 2, keep.shape[0] // 2)
    small_paint, small_keep = (cv2.resize(each, half, interpolation=cv2.INTER_AREA) for each in (paint, keep))
    bright = Stamp(np.ascontiguousarray(paint[..., 0]), np.ascontiguousarray(keep[..., 0]))
    blue, red = (
        Stamp(np.ascontiguousarray(small_paint[..., c]), np.ascontiguousarray(small_keep[..., c])) for c in (1, 2)
    )
    return bright, blue, red


@lru_cache(maxsize=1024)
def _stamp_as_yuv(stamp: Stamp) -> Stamp:
    opacity = 1.0 - stamp.keep[..., :1] / 255.0
    paint = cv2.transform(stamp.paint.astype(np.float32), _TO_YUV) + (_YUV_ZERO * opacity).astype(np.float32)
    return Stamp(np.clip(np.rint(paint), 0, 255).astype(np.uint8), stamp.keep)
