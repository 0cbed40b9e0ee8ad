"""From a matplotlib figure to an SVG element that belongs to the page: its ids, its colours, its font."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Final
from xml.etree import ElementTree

import matplotlib
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyzer.assessment import Limits

INK, MUTED, LINE, MARK, TARGET, OTHER, CARD = (
    "#010203", "#020304", "#030405", "#040506", "#050607", "#060708", "#070809",
)  # fmt: skip
"""Stand-ins that matplotlib can draw with, replaced by the style sheet's own colours in the finished SVG."""

POINTS_PER_INCH: Final = 72.0
TARGET_ALPHA: Final = 0.18
MOST_LETTERS: Final = 4
LETTER_PX: Final = 7.0
BELOW_PX: Final = 42.0
"""Room for a letter, and for two lines of text below a chart."""

_PAGE_COLOURS: Final = {
    INK: "var(--ink)", MUTED: "var(--muted)", LINE: "var(--line)", MARK: "var(--verdict)", TARGET: "var(--pass)",
    OTHER: "var(--other)", CARD: "var(--card)",
}  # fmt: skip

_NAMESPACE: Final = re.compile(r"^\{[^}]*\}")
_FONT_SIZE: Final = re.compile(r"[\d.]+px")


@lru_cache(maxsize=1)
def _style() -> matplotlib.RcParams:
    with as_file(files("analyzer.report").joinpath("figures.mplstyle")) as path:
        return matplotlib.rc_params_from_file(path, use_default_template=False)


@contextmanager
def styled() -> Iterator[None]:
    """Within, figures have the report's one style."""
    with matplotlib.rc_context(_style()):
        yield


def blank(size_px: tuple[int, int], low: float, high: float, unit: str, right_px: float = 10.0) -> tuple[Figure, Axes]:
    """An empty chart, to be drawn on within `styled`.

    Args:
        size_px: width and height.
        low: lower end of the upright axis.
        high: its upper end.
        unit: stands behind its numbers, unless it is a long one.
        right_px: room beside the right end.
    """
    width, height = size_px
    unit = unit if len(unit) <= MOST_LETTERS else ""
    figure = Figure(figsize=(width / POINTS_PER_INCH, height / POINTS_PER_INCH))
    axes = figure.add_subplot()
    axes.set_ylim(low, high)
    axes.locator_params(axis="y", nbins=5, steps=[1, 2, 5, 10])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}{unit}".replace("-", "\N{MINUS SIGN}"))
    # Matplotlib's own layout takes as long again as all the drawing.
    shown = [tick for tick in axes.get_yticks() if low <= tick <= high]
    left_px = 8.0 + LETTER_PX * max((len(f"{tick:g}{unit}") for tick in shown), default=0)
    axes.set_position(
        (left_px / width, BELOW_PX / height, (width - left_px - right_px) / width, (height - BELOW_PX - 6.0) / height)
    )
    return figure, axes


def band(axes: Axes, limits: Limits | None, windows: tuple[tuple[float, float], ...] = ()) -> None:
    """Tint the target, over the whole width or only in the windows, which are places on the level axis."""
    if limits is None or (limits.pass_low is None and limits.pass_high is None):
        return
    low, high = axes.get_ylim()
    bottom = limits.pass_low if limits.pass_low is not None else low
    top = limits.pass_high if limits.pass_high is not None else high
    for left, right in windows or (axes.get_xlim(),):
        axes.fill_between([left, right], bottom, top, color=TARGET, alpha=TARGET_ALPHA, linewidth=0, zorder=0.5)
        for edge in (limits.pass_low, limits.pass_high):
            if edge is not None:
                axes.plot([left, right], [edge, edge], color=TARGET, linewidth=1.2, solid_capstyle="butt", zorder=0.6)


def inline(figure: Figure, prefix: str, label: str) -> Markup:
    """The figure as an element of the page.

    Args:
        figure: drawn in the stand-in colours.
        prefix: begins every id, so that several figures can stand in one page.
        label: what the figure shows, for those who cannot see it.
    """
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "stridecheck"}):
        figure.savefig(file, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    root = ElementTree.fromstring(file.getvalue())
    _clean(root, prefix)
    root.attrib = {"class": "chart", "viewBox": root.attrib["viewBox"], "role": "img", "aria-label": label}
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _clean(element: ElementTree.Element, prefix: str) -> None:
    """Drop what the page does not need, and rename what it does, from this element down."""
    element.tag = _NAMESPACE.sub("", element.tag)
    element.attrib = {_NAMESPACE.sub("", name): _value(name, text, prefix) for name, text in element.attrib.items()}
    if element.tag == "g":
        element.attrib.pop("id", None)
    if element.tag not in ("text", "tspan"):
        element.text = None
    element.tail = None
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.endswith(("}style", "}metadata")):
            element.remove(child)
        else:
            _clean(child, prefix)


def _value(name: str, text: str, prefix: str) -> str:
    if name == "id":
        return f"{prefix}-{text}"
    if name.endswith("}href") or name == "href":
        return text.replace("#", f"#{prefix}-", 1)
    if name == "clip-path":
        return text.replace("url(#", f"url(#{prefix}-")
    return _declarations(text) if name == "style" else " ".join(text.split())


def _declarations(text: str) -> str:
    """Declarations with the page's colours; of a font only its size, since the page has its own."""
    kept = {}
    for declaration in filter(None, (part.strip() for part in text.split(";"))):
        name, value = (part.strip() for part in declaration.split(":", 1))
        if name == "font":
            size = _FONT_SIZE.search(value)
            name, value = "font-size", size[0] if size else "11px"
        if name != "font-family":
            kept[name] = _PAGE_COLOURS.get(value, value)
    return "; ".join(f"{name}: {value}" for name, value in kept.items())
