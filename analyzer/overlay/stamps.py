"""Ready-made pieces of picture with transparency: text, plates and verdict symbols, rendered once and kept.

Text goes through Pillow with the DejaVu Sans of the folder ``fonts``, so that it looks the same on every system.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final, TypeAlias

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from analyzer.arrays import Picture
from analyzer.assessment import Verdict
from analyzer.overlay.palette import INK, WHITE, Colour, rgb

SMOOTHING: Final = 3
"""Pieces are drawn this many times larger and shrunk, since Pillow's shapes have hard edges."""

PLATE_ALPHA: Final = 205
BAR_ALPHA: Final = 168
"""Bars let the picture through, since feet may be behind them; on the brightest ground white letters stay legible."""

Window: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom in px."""


@dataclass(frozen=True, eq=False)
class Stamp:
    """A piece of picture.

    Attributes:
        paint: (h, w, 3) colour, already multiplied by the opacity.
        keep: (h, w, 3) how much of the picture below stays, 0 to 255.
    """

    paint: Picture
    keep: Picture

    @property
    def width(self) -> int:
        """In px."""
        return int(self.paint.shape[1])

    @property
    def height(self) -> int:
        """In px."""
        return int(self.paint.shape[0])

    def put(self, scene: Picture, x: float, y: float, within: Window | None = None) -> None:
        """Lay the stamp on the scene with its top left corner at (x, y).

        What falls outside is cut off, of the scene and, if given, of a window in it.
        """
        left, top = round(x), round(y)
        least_x, least_y, most_x, most_y = within or (0, 0, *scene.shape[1::-1])
        x0, y0 = max(left, least_x, 0), max(top, least_y, 0)
        x1 = min(left + self.paint.shape[1], most_x, scene.shape[1])
        y1 = min(top + self.paint.shape[0], most_y, scene.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        below = scene[y0:y1, x0:x1]
        here = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
        cv2.multiply(below, self.keep[here], dst=below, scale=1 / 255)
        cv2.add(below, self.paint[here], dst=below)


def inked(mask: Picture, colour: Colour) -> Stamp:
    """A stamp of one colour; the mask (h, w) tells how much of it is put where, 0 to 255."""
    paint = cv2.merge([cv2.convertScaleAbs(mask, alpha=channel / 255) for channel in colour])
    return Stamp(np.asarray(paint, np.uint8), np.asarray(cv2.merge([255 - mask] * 3), np.uint8))


class _Mask:
    """What of a stamp has one colour, drawn `SMOOTHING` times too large."""

    def __init__(self, width: float, height: float) -> None:
        """For a stamp of about that size."""
        self.image = Image.new("L", (max(1, round(width)) * SMOOTHING, max(1, round(height)) * SMOOTHING), 0)
        self.draw = ImageDraw.Draw(self.image)

    def inked(self, colour: Colour) -> Stamp:
        """The stamp."""
        return inked(np.asarray(self.image.reduce(SMOOTHING)), colour)


@lru_cache(maxsize=32)
def _font(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    letters = BytesIO(_letters("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    return ImageFont.truetype(letters, size_px * SMOOTHING, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2)
def _letters(name: str) -> bytes:
    return files("analyzer.overlay").joinpath("fonts", name).read_bytes()


def _one_line(text: str) -> str:
    """Without line breaks and control characters, which have no place in a line."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def text_width(text: str, size_px: int, *, bold: bool = False) -> float:
    """Width in px of a line of text."""
    return _font(size_px, bold).getlength(_one_line(text)) / SMOOTHING


def fit(text: str, size_px: int, width_px: float, *, bold: bool = False) -> str:
    """The text, cut at a word and ended by an ellipsis if it is wider than that."""
    if text_width(text, size_px, bold=bold) <= width_px:
        return text
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}".strip()
        if text_width(longer + " …", size_px, bold=bold) > width_px:
            break
        kept = longer
    return f"{kept} …" if kept else "…"


def _line_height(size_px: int) -> int:
    return round(size_px * 1.3)


@lru_cache(maxsize=512)
def words(text: str, size_px: int, colour: Colour = WHITE, *, bold: bool = False) -> Stamp:
    """A line of text on nothing; 1.3 times its size high, whatever the letters."""
    height = _line_height(size_px)
    mask = _Mask(text_width(text, size_px, bold=bold) + 1, height)
    _write(mask, 0, height / 2, text, size_px, bold=bold)
    return mask.inked(colour)


@lru_cache(maxsize=256)
def label(text: str, size_px: int, verdict: Verdict | None = None) -> Stamp:
    """A dark plate with a verdict's symbol before the text and its colour along the left edge."""
    height = round(size_px * 1.6)
    pad, edge = size_px * 0.45, max(2.0, size_px * 0.2)
    before = edge + pad + (0.0 if verdict is None else size_px * 1.15)
    width = before + pad + text_width(text, size_px, bold=True)
    plate, letters = _Mask(width, height), _Mask(width, height)
    right, bottom = plate.image.width - 1, plate.image.height - 1
    plate.draw.rounded_rectangle((0, 0, right, bottom), radius=size_px * 0.3 * SMOOTHING, fill=PLATE_ALPHA)
    _write(letters, before, height / 2, text, size_px, bold=True)
    if verdict is None:
        return _together((plate, INK), (letters, WHITE))
    coloured, dark = _Mask(before, height), _Mask(before, height)
    for mask, opacity in ((plate, 0), (coloured, 255)):
        strip = (0, 0, edge * SMOOTHING, bottom)
        mask.draw.rounded_rectangle(strip, radius=edge * SMOOTHING / 2, fill=opacity)
    _symbol(coloured.draw, dark.draw, verdict, (edge + pad + size_px * 0.4, height / 2), size_px * 0.45)
    return _together((plate, INK), (letters, WHITE), (coloured, rgb(verdict)), (dark, INK))


@lru_cache(maxsize=64)
def symbol(verdict: Verdict, size_px: int) -> Stamp:
    """The verdict's sign: tick in a disc, diamond, triangle, i in a disc, or a ring with a bar."""
    coloured, dark = _Mask(size_px + 2, size_px + 2), _Mask(size_px + 2, size_px + 2)
    middle = (size_px + 2) / 2
    _symbol(coloured.draw, dark.draw, verdict, (middle, middle), size_px / 2)
    return _together((coloured, rgb(verdict)), (dark, INK))


@lru_cache(maxsize=16)
def bar(width_px: int, height_px: int, colour: Colour = INK, alpha: int = BAR_ALPHA) -> Stamp:
    """A plain rectangle."""
    return inked(np.full((height_px, width_px), alpha, np.uint8), colour)


def composed(width: int, height: int, parts: Sequence[tuple[Stamp, float, float]]) -> Stamp:
    """One stamp made of several, each with its top left corner at (x, y), from the bottom to the top."""
    paint = np.zeros((height, width, 3), np.uint8)
    keep = np.full((height, width, 3), 255, np.uint8)
    for part, x, y in parts:
        part.put(paint, x, y)
        Stamp(np.zeros_like(part.paint), part.keep).put(keep, x, y)
    return Stamp(paint, keep)


def _together(*inks: tuple[_Mask, Colour]) -> Stamp:
    """As large as the first mask; the rest lie over it from the same corner."""
    stamps = [mask.inked(colour) for mask, colour in inks]
    return composed(stamps[0].width, stamps[0].height, [(stamp, 0.0, 0.0) for stamp in stamps])


def _write(mask: _Mask, x: float, middle: float, text: str, size_px: int, *, bold: bool) -> None:
    """Text from x, its capitals centred on the middle line; x and middle in px of the finished stamp."""
    font = _font(size_px, bold)
    baseline = middle * SMOOTHING + 0.365 * font.size
    mask.draw.text((x * SMOOTHING, baseline), _one_line(text), font=font, fill=255, anchor="ls")


def _symbol(
    coloured: ImageDraw.ImageDraw, dark: ImageDraw.ImageDraw, verdict: Verdict, middle: tuple[float, float], r: float
) -> None:
    """What of the sign has the verdict's colour, and what is dark; middle and radius in px of the finished stamp."""
    (x, y), r = (SMOOTHING * middle[0], SMOOTHING * middle[1]), SMOOTHING * r
    width = max(1, round(r * 0.3))
    if verdict is Verdict.BORDERLINE:
        coloured.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill=255)
    elif verdict is Verdict.FAIL:
        coloured.polygon([(x, y - r * 0.95), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], fill=255)
    elif verdict is Verdict.NOT_MEASURED:
        coloured.ellipse((x - r, y - r, x + r, y + r), outline=255, width=width)
        coloured.line([(x - r * 0.45, y), (x + r * 0.45, y)], fill=255, width=width)
    else:
        coloured.ellipse((x - r, y - r, x + r, y + r), fill=255)
        if verdict is Verdict.PASS:
            tick = [(x - r * 0.5, y + r * 0.02), (x - r * 0.12, y + r * 0.42), (x + r * 0.52, y - r * 0.38)]
            dark.line(tick, fill=255, width=width, joint="curve")
        else:
            dark.line([(x, y - r * 0.1), (x, y + r * 0.55)], fill=255, width=width)
            dark.ellipse((x - width / 2, y - r * 0.55, x + width / 2, y - r * 0.55 + width), fill=255)
