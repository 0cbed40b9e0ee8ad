"""Putting shapes on pictures: on RGB ones, and on the encoder's planes of brightness and colour.

On planes only the parts that something is drawn on are touched. There they are made a picture of three equally large
channels, drawn on in the encoder's own colours, and put back, which leaves every other pixel as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final, Protocol, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import cv2
import numpy as np
from av.video.frame import VideoFrame

from analyzer.arrays import AnyArray, Floats, Picture
from analyzer.overlay import canvas
from analyzer.overlay.palette import INK, Colour
from analyzer.overlay.shapes import Area, Box, Disc, Layer, Lines, Placed, Ring, Shape, Trail, around, box_of
from analyzer.overlay.stamps import Stamp, Window, inked
from analyzer.video.planes import planes

Mix: TypeAlias = Callable[[Colour], Colour]
"""An RGB colour in the three channels that are drawn on."""

_Made = TypeVar("_Made")

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

    def place(self, shape: Placed) -> None:
        """Lay a stamp on the sheet, as near to its place as the sheet allows."""
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

    def place(self, shape: Placed) -> None:
        """Lay a stamp on the picture."""
        shape.stamp.put(self._rgb, *shape.at, shape.within)

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
        pixels: Picture = np.asarray(cv2.merge([y[full], _doubled(u[half]), _doubled(v[half])]), dtype=np.uint8)
        yield pixels, np.array([left, top], dtype=float)
        y[full], blue, red = cv2.split(pixels)
        for plane, drawn in ((u, blue), (v, red)):
            plane[half] = cv2.resize(drawn, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)

    def place(self, shape: Placed) -> None:
        """Lay a stamp on each plane; its colours lie up to one px beside its brightness."""
        left, top = round(shape.at[0]), round(shape.at[1])
        for plane, piece, half in zip(self._planes, _stamp_as_planes(shape.stamp), (1, 2, 2), strict=True):
            within = None if shape.within is None else _scaled(shape.within, half)
            piece.put(plane, left // half, top // half, within)

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
            sheet.place(stamp)
        rest = layer[len(stamps) :]
        box = box_of(rest)
        for pixels, corner in sheet.patch(box) if box is not None else ():
            for shape in rest:
                _put(pixels, corner, shape, sheet)


def _put(pixels: Picture, corner: Floats, shape: Shape, sheet: Sheet) -> None:
    if isinstance(shape, Placed):
        x, y = (int(each) for each in corner)
        within = None if shape.within is None else _moved(shape.within, -x, -y)
        sheet.stamp(shape.stamp).put(pixels, shape.at[0] - x, shape.at[1] - y, within)
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
    box = around(lines.reshape(-1, 2), shape.width + 2.0)
    with _mask(pixels, box, mix(shape.colour)) as (mask, low):
        level = round(255 * shape.alpha)
        canvas.polylines(mask, lines - low, (level, 0, 0), shape.width, cased=False)


def _put_trail(pixels: Picture, points: Floats, shape: Trail, mix: Mix) -> None:
    ends = np.linspace(0, len(points) - 1, FADES + 1).round().astype(int).tolist()
    with _mask(pixels, around(points, shape.width + 2.0), mix(shape.colour)) as (mask, low):
        for step, (first, last) in enumerate(pairwise(ends), 1):
            share = step / FADES
            level = round(255 * (TAIL + (0.9 - TAIL) * share))
            part = _unbroken(points[first : last + 1] - low)
            canvas.polylines(mask, part, (level, 0, 0), max(1, round(shape.width * (0.4 + 0.6 * share))), cased=False)


def _unbroken(points: Floats) -> Floats:
    """The line (m, 2) as one (1, m, 2), or where a place is missing as (m - 1, 2, 2)."""
    return points[None] if np.isfinite(points).all() else np.stack([points[:-1], points[1:]], axis=1)


def _put_ring(pixels: Picture, at: Floats, shape: Ring, mix: Mix) -> None:
    box = around(at[None], shape.radius + shape.width + 2.0)
    with _mask(pixels, box, mix(shape.colour)) as (mask, low):
        canvas.circle(mask, at - low, shape.radius, (round(255 * shape.alpha), 0, 0), shape.width)


@contextmanager
def _mask(pixels: Picture, box: Box | None, colour: Colour) -> Iterator[tuple[Picture, Floats]]:
    """An empty mask (h, w) over a box; what is drawn on it, 0 to 255, is how much of the colour is put there."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = box or (0.0, 0.0, 0.0, 0.0)
    x0, y0 = (int(min(max(edge, 0.0), size)) for edge, size in ((left, width), (top, height)))
    x1, y1 = (int(min(max(edge + 1.0, 0.0), size)) for edge, size in ((right, width), (bottom, height)))
    mask: Picture = np.zeros((max(y1 - y0, 1), max(x1 - x0, 1)), np.uint8)
    yield mask, np.array([x0, y0], dtype=float)
    if x0 < x1 and y0 < y1:
        inked(mask, colour).put(pixels, x0, y0)


def _scaled(window: Window, by: int) -> Window:
    left, top, right, bottom = window
    return left // by, top // by, right // by, bottom // by


def _moved(window: Window, x: int, y: int) -> Window:
    left, top, right, bottom = window
    return left + x, top + y, right + x, bottom + y


def _doubled(plane: Picture) -> Picture:
    """(2 h, 2 w): every px of a plane (h, w) four times, which OpenCV is slow at."""
    twice = (plane.astype(np.uint16) * np.uint16(257)).view(np.uint8)
    return np.repeat(twice, 2, axis=0)


def _kept(make: Callable[[Stamp], _Made]) -> Callable[[Stamp], _Made]:
    """The same function, its results kept as long as the stamp itself."""
    made: WeakKeyDictionary[Stamp, _Made] = WeakKeyDictionary()

    def kept(stamp: Stamp) -> _Made:
        if stamp not in made:
            made[stamp] = make(stamp)
        return made[stamp]

    return kept


@lru_cache(maxsize=64)
def _as_yuv(colour: Colour) -> Colour:
    y, u, v = np.rint(_TO_YUV @ np.array(colour) + _YUV_ZERO).astype(int)
    return int(y), int(u), int(v)


@_kept
def _stamp_as_planes(stamp: Stamp) -> tuple[Stamp, Stamp, Stamp]:
    """The stamp in brightness and, half as large, in blueness and redness, as (h, w) pieces."""
    paint, keep = _stamp_as_yuv(stamp).paint, np.ascontiguousarray(stamp.keep[..., 0])
    below, beside = (side % 2 for side in keep.shape)
    size = ((stamp.width + beside) // 2, (stamp.height + below) // 2)

    def halved(plane: AnyArray, beyond: int) -> Picture:
        even = cv2.copyMakeBorder(plane, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=beyond)
        return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.uint8)

    bright, blue, red = cv2.split(paint)
    small_keep = halved(keep, 255)
    return Stamp(np.asarray(bright), keep), Stamp(halved(blue, 0), small_keep), Stamp(halved(red, 0), small_keep)


@_kept
def _stamp_as_yuv(stamp: Stamp) -> Stamp:
    opacity = 255 - stamp.keep[..., :1]
    paint = cv2.transform(cv2.merge([stamp.paint, opacity]), np.column_stack([_TO_YUV, _YUV_ZERO / 255.0]))
    return Stamp(np.asarray(paint, np.uint8), stamp.keep)
