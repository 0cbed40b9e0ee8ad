"""The helpers find what they are there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import DESKTOP_LIGHT, PHONE_DARK, overflows

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><title>t</title><meta name="viewport" content="width=device-width">'
    "</head><body><main><h1>Title</h1>%s</main></body></html>"
)


def written(folder: Path, body: str) -> Path:
    page = folder / "page.html"
    page.write_text(GOOD % body, encoding="utf-8")
    return page


def test_a_good_page_passes(open_page, axe, tmp_path):
    axe(open_page(written(tmp_path, "<p>Hello</p>")))


def test_a_picture_without_words_is_a_fault(open_page, axe, tmp_path):
    page = open_page(written(tmp_path, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_looks_differ_in_size_and_colour_scheme(open_page, tmp_path):
    path = written(tmp_path, "<p>Hello</p>")
    phone, desktop = open_page(path, look=PHONE_DARK), open_page(path, look=DESKTOP_LIGHT)
    asked = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
    assert phone.evaluate(asked) == [390, True]
    assert desktop.evaluate(asked) == [1280, False]


def test_a_wide_page_overflows(open_page, tmp_path):
    assert not overflows(open_page(written(tmp_path, "<p>Hello</p>")))
    assert overflows(open_page(written(tmp_path, '<div style="width:3000px">.</div>')))
