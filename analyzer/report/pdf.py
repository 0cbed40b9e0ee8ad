"""The PDF of a page: the page itself, printed by a browser of the Chromium family that the user's system has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analyzer.privacy import close_to_others
from analyzer.report.words import load_words

TIMEOUT_S: Final = 90.0
"""A long report with its pictures takes a few seconds; a browser that starts for the first time some more."""

_ON_PATH: Final = (
    "google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge-stable", "microsoft-edge",
    "chrome", "msedge",
)  # fmt: skip
_MAC_APPS: Final = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS_PLACES: Final = (
    r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)  # fmt: skip
_WINDOWS_ROOTS: Final = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

_LATEST_S: Final = 10.0
"""On Windows the program may end before the browser that it has started; its file may then come so much later."""
_LOOK_EVERY_S: Final = 0.1


def find_browser(platform: str = sys.platform) -> Path | None:
    """The program of an installed Chrome, Chromium or Edge; None if there is none."""
    on_path = (shutil.which(name) for name in _ON_PATH)
    found = next((name for name in on_path if name is not None), None)
    if found is not None:
        return Path(found)
    return next((place for place in _usual_places(platform) if place.is_file()), None)


def _usual_places(platform: str) -> Iterator[Path]:
    """Where browsers are installed without being on the path."""
    if platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for name in _MAC_APPS:
                yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    elif platform == "win32":
        roots = [root for name in _WINDOWS_ROOTS if (root := os.environ.get(name))]
        for place in _WINDOWS_PLACES:
            yield from (Path(root, place) for root in roots)


def print_pdf(page: Path, target: Path, timeout_s: float = TIMEOUT_S) -> str | None:
    """Print a page to a PDF, which is there whole or not at all.

    Args:
        page: the HTML file.
        target: the PDF, replaced if it is there.
        timeout_s: how long the browser may take.

    Returns:
        None if it was printed, else a sentence that says why not and what to do.
    """
    say, browser = load_words().pdf, find_browser()
    if browser is None:
        return say.none.format(page=page)
    try:
        # Beside the target, since a browser from a snap or a flatpak sees no other temporary folder.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="printing-", ignore_cleanup_errors=True) as made:
            part = Path(made, "page.pdf")
            why = _print(browser, page, part, Path(made, "profile"), timeout_s)
            if not why:
                close_to_others(part)
                part.replace(target)
    except OSError as error:
        why = error.strerror or str(error)
    return say.failed.format(browser=browser.name, why=why, page=page) if why else None


def _print(browser: Path, page: Path, part: Path, profile: Path, timeout_s: float) -> str:
    """Let the browser print; returns why it could not, empty if it could."""
    say = load_words().pdf
    try:
        done = subprocess.run(
            _command(browser, page, part, profile),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=timeout_s, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return say.slow.format(seconds=f"{timeout_s:.0f}")
    if done.returncode != 0:
        return say.stopped.format(status=done.returncode)
    return "" if _has_come(part) else say.empty


def _command(browser: Path, page: Path, part: Path, profile: Path) -> list[str]:
    """A browser of its own, with nothing of the user's, that prints and ends."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        str(browser), "--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking",
        "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer",
        # Chromium refuses to run as root inside its sandbox; the page is our own and holds no script.
        *(["--no-sandbox"] if as_root else []),
        f"--user-data-dir={profile}", f"--print-to-pdf={part}", page.resolve().as_uri(),
    ]  # fmt: skip


def _has_come(part: Path) -> bool:
    """Whether the whole file is there, waiting for it where the browser outlives the program that started it."""
    until = time.monotonic() + (_LATEST_S if sys.platform == "win32" else 0.0)
    while True:
        if part.is_file() and b"%%EOF" in part.read_bytes()[-64:]:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK_EVERY_S)
