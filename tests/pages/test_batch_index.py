"""The index of a batch and a client's page, in a browser: looked at, sorted, searched, and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.batch.pages import PAGE
from tests.batch.test_publish import CUES, published
from tests.pages.conftest import DESKTOP_LIGHT, SEEN, overflows


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    published(folder, CUES)
    return folder


def clips(page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator("tbody tr:visible th").all_inner_texts()]


@pytest.mark.parametrize("look", SEEN, ids=lambda look: look.name)
@pytest.mark.parametrize("place", [PAGE, f"anna/{PAGE}", f"ben/{PAGE}"])
def test_pages_can_be_read_on_every_screen(out, open_page, axe, shoot, look, place):
    page = open_page(out / place, look=look)

    axe(page)
    assert not overflows(page)
    shoot(page, f"batch-{place.split('/')[0].removesuffix('.html')}-{look.name}")


def test_without_scripts_everything_is_there_and_nothing_is_dead(out, open_page):
    page = open_page(out / PAGE, scripts=False)

    assert page.locator("tbody tr:visible").count() == 4
    assert page.locator("form:visible").count() == 0
    assert page.locator("th button").count() == 0


def test_it_can_be_searched_and_filtered(out, open_page):
    page = open_page(out / PAGE, look=DESKTOP_LIGHT)

    page.get_by_label("Search").fill("EMPTY copy")
    assert clips(page) == ["empty.mp4"]
    page.get_by_label("Search").fill("")
    page.get_by_label("Result", exact=True).select_option("failed")
    assert clips(page) == ["a.mp4"]
    assert page.get_by_role("status").inner_text() == "1 of 4 shown"
    page.get_by_label("Client", exact=True).select_option("ben")
    assert clips(page) == []


def test_it_can_be_sorted_both_ways_and_says_which(out, open_page):
    page = open_page(out / PAGE, look=DESKTOP_LIGHT)
    head = page.locator("[data-by=clip]")

    head.get_by_role("button").click()
    upwards = clips(page)
    head.get_by_role("button").click()

    assert head.get_attribute("aria-sort") == "descending"
    assert upwards == sorted(upwards)
    assert clips(page) == upwards[::-1]
    page.get_by_label("Order").select_option("day")
    assert page.locator("[aria-sort]").inner_text().startswith("Day")


def test_links_lead_somewhere(out, open_page):
    page = open_page(out / PAGE, look=DESKTOP_LIGHT)
    for link in page.locator("main a").all():
        target = link.evaluate("each => decodeURIComponent(new URL(each.href).pathname)")
        assert Path(target).is_file(), target
