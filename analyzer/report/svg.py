"""From a matplotlib figure to an SVG element that belongs to the page: its ids, its colours, its font."""

from __future__ import annotations

import io
import re
from typing import Final
from xml.etree import ElementTree

import matplotlib
from markupsafe import Markup
from matplotlib.figure import Figure

INK, MUTED, LINE, MARK, TARGET, OTHER = "#010203", "#020304", "#030405", "#040506", "#050607", "#060708"
"""Stand-ins that matplotlib can draw with, replaced by the style sheet's own colours in the finished SVG."""

_PAGE_COLOURS: Final = {
    INK: "var(--ink)", MUTED: "var(--muted)", LINE: "var(--line)", MARK: "var(--verdict)", TARGET: "var(--pass)",
    OTHER: "var(--other)",
}  # fmt: skip

_NAMESPACE: Final = re.compile(r"^\{[^}]*\}")
_FONT_SIZE: Final = re.compile(r"[\d.]+px")


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
    return _style(text) if name == "style" else " ".join(text.split())


def _style(text: str) -> str:
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
