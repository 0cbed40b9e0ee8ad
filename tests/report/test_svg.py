from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from analyzer.report.svg import INK, MARK, inline


def figure(text: str = "label") -> Figure:
    made = Figure(figsize=(3, 2))
    axes = made.add_subplot()
    axes.plot([0, 1, 2], [0, 3, 1], "o-", color=MARK)
    axes.axhspan(1, 2, color=INK)
    axes.set_xlabel(text, parse_math=False)
    return made


def test_ids_begin_with_the_prefix_and_every_reference_has_its_target() -> None:
    text = inline(figure(), "here", "a curve")
    ids = re.findall(r'\bid="([^"]+)"', text)
    used = re.findall(r'href="#([^"]+)"', text) + re.findall(r"url\(#([^)]+)\)", text)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("here-") for name in ids)
    assert set(used) == set(ids) != set()


def test_nothing_reaches_out_of_the_element_or_of_the_page() -> None:
    text = inline(figure(), "here", "a curve")
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|https?:|xmlns", text)


def test_colours_and_font_are_the_pages() -> None:
    text = inline(figure(), "here", "a curve")
    assert "var(--verdict)" in text
    assert "var(--ink)" in text
    assert INK not in text
    assert MARK not in text
    assert "font-family" not in text
    assert "font-size" in text
    assert ">label</text>" in text


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "a & b", 'id="x" url(#y) #010203'])
def test_text_stays_text(hostile: str) -> None:
    root = ElementTree.fromstring(inline(figure(hostile), "here", hostile))
    assert root.attrib["aria-label"] == hostile
    assert hostile in [node.text for node in root.iter("text")]
    assert not list(root.iter("script"))
    assert not list(root.iter("img"))
