"""Ready-made pieces of picture with transparency: text, plates and verdict symbols, rendered once and kept.

Text goes through Pillow with the DejaVu Sans of the folder ``fonts``, so that it looks the same on every system.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

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

    def put(self, scene: Picture, x: float, y: float) -> None:
        """Lay the stamp on the scene with its top left corner at (x, y); what falls outside is cut off."""
        left, top = round(x), round(y)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + self.width, scene.shape[1]), min(top + self.height, scene.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        below = scene[y0:y1, x0:x1]
        here = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
        scene[y0:y1, x0:x1] = cv2.add(cv2.multiply(below, self.keep[here], scale=1 / 255), self.paint[here])


def _stamp(image: Image.Image) -> Stamp:
    """From an RGBA image drawn `SMOOTHING` times too large."""
    size = (max(1, image.width // SMOOTHING), max(1, image.height // SMOOTHING))
    pixels = np.asarray(image.convert("RGBa").resize(size, Image.Resampling.BOX))
    keep = np.repeat(255 - pixels[..., 3:], 3, axis=2)
    return Stamp(np.ascontiguousarray(pixels[..., :3]), np.ascontiguousarray(keep))


def _sheet(width: float, height: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (round(width) * SMOOTHING, round(height) * SMOOTHING), (0, 0, 0, 0))
    return image, ImageDraw.Draw(image)


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
    image, draw = _sheet(text_width(text, size_px, bold=bold) + 1, height)
    _write(draw, 0, height / 2, text, size_px, colour, bold=bold)
    return _stamp(image)


@lru_cache(maxsize=256)
def label(text: str, size_px: int, verdict: Verdict | None = None) -> Stamp:
    """A dark plate with a verdict's symbol before the text and its colour along the left edge."""
    height = round(size_px * 1.6)
    pad, edge = size_px * 0.45, max(2.0, size_px * 0.2)
    mark = 0.0 if verdict is None else size_px * 1.15
    image, draw = _sheet(edge + 2 * pad + mark + text_width(text, size_px, bold=True), height)
    s = SMOOTHING
    box = (0, 0, image.width - 1, image.height - 1)
    draw.rounded_rectangle(box, radius=size_px * 0.3 * s, fill=(*INK, PLATE_ALPHA))
    if verdict is not None:
        draw.rounded_rectangle((0, 0, edge * s, image.height - 1), radius=edge * s / 2, fill=(*rgb(verdict), 255))
        _symbol(draw, verdict, (edge + pad + size_px * 0.4) * s, height / 2 * s, size_px * 0.45 * s)
    _write(draw, edge + pad + mark, height / 2, text, size_px, WHITE, bold=True)
    return _stamp(image)


@lru_cache(maxsize=64)
def symbol(verdict: Verdict, size_px: int) -> Stamp:
    """The verdict's sign: tick in a disc, diamond, triangle, i in a disc, or a ring with a bar."""
    image, draw = _sheet(size_px + 2, size_px + 2)
    _symbol(draw, verdict, image.width / 2, image.height / 2, size_px / 2 * SMOOTHING)
    return _stamp(image)


@lru_cache(maxsize=16)
def bar(width_px: int, height_px: int, colour: Colour = INK, alpha: int = BAR_ALPHA) -> Stamp:
    """A plain rectangle."""
    image, _ = _sheet(width_px, height_px)
    image.paste((*colour, alpha), (0, 0, image.width, image.height))
    return _stamp(image)


def composed(width: int, height: int, parts: Sequence[tuple[Stamp, float, float]]) -> Stamp:
    """One stamp made of several, each with its top left corner at (x, y), from the bottom to the top."""
    paint = np.zeros((height, width, 3), np.uint8)
    keep = np.full((height, width, 3), 255, np.uint8)
    for part, x, y in parts:
        part.put(paint, x, y)
        Stamp(np.zeros_like(part.paint), part.keep).put(keep, x, y)
    return Stamp(paint, keep)


def _write(
    draw: ImageDraw.ImageDraw, x: float, middle: float, text: str, size_px: int, colour: Colour, *, bold: bool
) -> None:
    """Text from x, its capitals centred on the middle line; x and middle in px of the finished stamp."""
    font = _font(size_px, bold)
    baseline = middle * SMOOTHING + 0.365 * font.size
    draw.text((x * SMOOTHING, baseline), _one_line(text), font=font, fill=(*colour, 255), anchor="ls")


def _symbol(draw: ImageDraw.ImageDraw, verdict: Verdict, x: float, y: float, r: float) -> None:
    """In px of the enlarged sheet: centre and radius."""
    fill, ink = (*rgb(verdict), 255), (*INK, 255)
    width = max(1, round(r * 0.3))
    if verdict is Verdict.BORDERLINE:
        draw.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill=fill)
    elif verdict is Verdict.FAIL:
        draw.polygon([(x, y - r * 0.95), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], fill=fill)
    elif verdict is Verdict.NOT_MEASURED:
        draw.ellipse((x - r, y - r, x + r, y + r), outline=fill, width=width)
        draw.line([(x - r * 0.45, y), (x + r * 0.45, y)], fill=fill, width=width)
    else:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)
        if verdict is Verdict.PASS:
            tick = [(x - r * 0.5, y + r * 0.02), (x - r * 0.12, y + r * 0.42), (x + r * 0.52, y - r * 0.38)]
            draw.line(tick, fill=ink, width=width, joint="curve")
        else:
            draw.line([(x, y - r * 0.1), (x, y + r * 0.55)], fill=ink, width=width)
            draw.ellipse((x - width / 2, y - r * 0.55, x + width / 2, y - r * 0.55 + width), fill=ink)
