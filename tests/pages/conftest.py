"""Pages in a real browser: the Chromium that the system has, driven by Playwright.

    def test_it(open_page, axe, shoot):
        page = open_page(path_of_html, look=PHONE_DARK)
        axe(page)

Nothing here may leave an event loop behind: the browser lives for this folder only, since Playwright's loop would be in
the way of tests elsewhere that start one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
)  # fmt: skip
ELSEWHERE: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
PATIENCE_MS: Final = 20_000
SHOTS: Final = "STRIDECHECK_SHOTS"
"""Environment variable that names the folder for screenshots to look at; none are kept without it."""


@dataclass(frozen=True)
class Look:
    """What a page is looked at with."""

    name: str
    width_px: int
    height_px: int
    scheme: Literal["light", "dark"]
    phone: bool


PHONE_LIGHT: Final = Look("phone-light", 390, 844, "light", phone=True)
PHONE_DARK: Final = Look("phone-dark", 390, 844, "dark", phone=True)
DESKTOP_LIGHT: Final = Look("desktop-light", 1280, 800, "light", phone=False)
DESKTOP_DARK: Final = Look("desktop-dark", 1280, 800, "dark", phone=False)
LOOKS: Final = (PHONE_LIGHT, PHONE_DARK, DESKTOP_LIGHT, DESKTOP_DARK)
SEEN: Final = LOOKS if SHOTS in os.environ else (PHONE_LIGHT, DESKTOP_DARK)
"""Both sizes and both colour schemes in two looks; all four where somebody is going to look at them."""


def system_chromium() -> str | None:
    """The program of an installed Chromium, Chrome or Edge."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or next((path for path in ELSEWHERE if Path(path).is_file()), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = system_chromium()
    if program is None:
        pytest.skip("no Chromium, Chrome or Edge is installed, so pages cannot be looked at (apt-get install chromium)")
    root = sys.platform.startswith("linux") and os.geteuid() == 0
    with sync_playwright() as playwright:
        args = ["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])]
        started = playwright.chromium.launch(executable_path=program, args=args)
        yield started
        started.close()


@dataclass
class Tab:
    """A page that is used by one test after the other, since opening one costs more than most of what is tested."""

    page: Page
    faults: list[str]

    def emptied(self) -> list[str]:
        """Leave it as good as new for the next test; what it complained of until then."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.page.set_default_timeout(PATIENCE_MS)
        complained, self.faults[:] = list(self.faults), []
        return complained


@pytest.fixture(scope="package")
def tabs(browser: Browser) -> Iterator[dict[tuple[Look, bool], list[Tab]]]:
    """Pages that no test is using, by how they look and whether scripts run in them."""
    kept: dict[tuple[Look, bool], list[Tab]] = defaultdict(list)
    yield kept
    for each in chain.from_iterable(kept.values()):
        each.page.context.close()


@pytest.fixture
def open_page(browser: Browser, tabs: dict[tuple[Look, bool], list[Tab]]) -> Iterator[Callable[..., Page]]:
    """Opens an address or a file: ``open_page(where, look=DESKTOP_LIGHT, scripts=True, expected="") -> Page``.

    The test fails at its end if a page raised an error or wrote one to its console, unless it holds the expected words.
    """
    used: list[tuple[tuple[Look, bool], Tab, str]] = []

    def opened(
        where: str | Path | None = None, look: Look = DESKTOP_LIGHT, *, scripts: bool = True, expected: str = ""
    ) -> Page:
        kind = (look, scripts)
        tab = tabs[kind].pop() if tabs[kind] else new_tab(browser, look, scripts=scripts)
        used.append((kind, tab, expected))
        if where is not None:
            tab.page.goto(where.resolve().as_uri() if isinstance(where, Path) else where)
        return tab.page

    yield opened
    faults: list[str] = []
    for kind, tab, expected in used:
        faults += [said for said in tab.emptied() if not (expected and expected in said)]
        tabs[kind].append(tab)
    assert not faults, "the page complained: " + "; ".join(faults)


def new_tab(browser: Browser, look: Look, *, scripts: bool) -> Tab:
    tab = Tab(new_page(browser, look, scripts=scripts), [])
    listen(tab.page, tab.faults.append)
    return tab


def new_page(browser: Browser, look: Look, *, scripts: bool = True) -> Page:
    """An empty page in a context of its own, which whoever asks for it closes."""
    context = browser.new_context(
        viewport={"width": look.width_px, "height": look.height_px},
        color_scheme=look.scheme,
        is_mobile=look.phone,
        has_touch=look.phone,
        java_script_enabled=scripts,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def listen(page: Page, complained: Callable[[str], None]) -> None:
    """Be told of every error that a page raises or writes to its console."""
    page.on("pageerror", lambda error: complained(str(error)))
    page.on("console", lambda said: complained(said.text) if said.type == "error" else None)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails on serious and critical faults that axe-core finds: ``axe(page)``."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        grave = [
            f"{fault['id']}: {fault['help']}: {node['target']} {node['html'][:120]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]
        assert not grave, "\n".join(grave)

    return check


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Keeps a screenshot of the whole page where STRIDECHECK_SHOTS names a folder: ``shoot(page, "report-phone")``."""

    def keep(page: Page, name: str, *, full: bool = True) -> None:
        if folder := os.environ.get(SHOTS):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)

    return keep


def overflows(page: Page) -> bool:
    """Whether the page is wider than its window, so that it scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
