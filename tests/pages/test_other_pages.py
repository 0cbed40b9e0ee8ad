"""Comparison and progress in a browser, in the same language as the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from analyzer.report.compare_page import render_comparison
from analyzer.report.history_page import render_history
from tests.pages.conftest import PHONE_LIGHT, SEEN, Look, overflows
from tests.report.test_compare_page import comparison, histories

HOSTILE = "<script>document.title='run'</script>\"'🏃 \u202eمحمد\u202c " + "long" * 50


def compared(folder: Path, label: str = "glutes") -> Path:
    page = folder / "compare.html"
    page.write_text(render_comparison(comparison(label), ("compare.json",)), encoding="utf-8")
    return page


def progress(folder: Path) -> Path:
    page = folder / "progress.html"
    page.write_text(render_history(histories(folder), ("progress.json",)), encoding="utf-8")
    return page


@pytest.mark.parametrize("look", SEEN, ids=lambda look: look.name)
@pytest.mark.parametrize("make", [compared, progress], ids=["compare", "history"])
def test_the_page_is_sound_at_each_width_and_in_both_schemes(
    make: Callable[[Path], Path], look: Look, open_page: Callable[..., Page], axe: Callable[[Page], None],
    shoot: Callable[..., None], tmp_path: Path,
) -> None:  # fmt: skip
    page = open_page(make(tmp_path), look=look, scripts=True)
    axe(page)
    assert not overflows(page)
    assert page.locator(".files a").count() == 1
    shoot(page, f"{make.__name__}-{look.name}")


def test_hostile_labels_are_text(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(compared(tmp_path, HOSTILE), look=PHONE_LIGHT)
    assert page.title() == "clips compared – Stridecheck"
    assert page.locator("script").count() == 0
    assert "document.title='run'" in page.inner_text("main")
    assert not overflows(page)


def test_what_is_within_the_noise_unfolds_without_script(open_page: Callable[..., Page], tmp_path: Path) -> None:
    folded = open_page(progress(tmp_path), scripts=False).locator("details").last
    assert not folded.locator(".trend").is_visible()
    folded.locator("summary").click()
    assert folded.locator(".trend").is_visible()


def test_the_day_of_the_clip_is_the_days_of_its_folder(open_page: Callable[..., Page], tmp_path: Path) -> None:
    text = open_page(progress(tmp_path)).inner_text("main")
    first = date(2026, 1, 1)
    assert f"{first.day} January {first.year}" in text
