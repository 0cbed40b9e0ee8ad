"""The PDF is the page, printed whole or not at all, and where it cannot be a sentence says what to do."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.report import pdf
from analyzer.report.pdf import find_browser, print_pdf
from analyzer.report.render import render_report
from tests.report import samples

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the made-up browsers are shell scripts")
OLD = b"an older PDF"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    place = tmp_path / "Anna's page & more.html"
    place.write_text("<!DOCTYPE html><title>t</title><p>Hello</p>", encoding="utf-8")
    return place


def browser_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up browser; ``$out`` is where it should print to."""
    program = folder / "bin" / "chrome"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nfor a in "$@"; do case "$a" in --print-to-pdf=*) out="${{a#*=}}";; esac; done\n{does}\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pdf, "find_browser", lambda: program)
    return program


def left(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()} - {"bin"}


def test_without_a_browser_a_sentence_says_what_to_do(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    said = print_pdf(page, page.with_suffix(".pdf"))
    assert said is not None
    assert str(page) in said
    assert "print it and choose PDF" in said
    assert left(page.parent) == {page.name}


@POSIX
def test_what_the_browser_prints_takes_its_place(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = page.with_suffix(".pdf")
    target.write_bytes(OLD)
    browser_that('printf "%%PDF-1.4 new %%%%EOF" > "$out"', tmp_path, monkeypatch)
    assert print_pdf(page, target) is None
    assert target.read_bytes() == b"%PDF-1.4 new %%EOF"
    assert left(tmp_path) == {page.name, target.name}


@POSIX
@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("exit 21", "it stopped with status 21"),
        (":", "it left no file"),
        ('printf "%%PDF-1.4 cut off" > "$out"', "it left no file"),
        ("exec sleep 60", "it took more than 0 s"),
    ],
)
def test_a_browser_that_cannot_leaves_everything_as_it_was(
    does: str, why: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = page.with_suffix(".pdf")
    target.write_bytes(OLD)
    browser_that(does, tmp_path, monkeypatch)
    said = print_pdf(page, target, timeout_s=0.3 if "sleep" in does else 20.0)
    assert said is not None
    assert f"({why})" in said
    assert "chrome" in said
    assert target.read_bytes() == OLD
    assert left(tmp_path) == {page.name, target.name}


@POSIX
def test_the_browser_uses_a_profile_of_its_own_and_no_header(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser_that(f'printf "%s\\n" "$@" > "{tmp_path}/bin/said"; printf "%%%%EOF" > "$out"', tmp_path, monkeypatch)
    assert print_pdf(page, page.with_suffix(".pdf")) is None
    said = (tmp_path / "bin" / "said").read_text().splitlines()
    assert "--headless" in said
    assert "--no-pdf-header-footer" in said
    assert any(each.startswith(f"--user-data-dir={tmp_path}") for each in said)
    assert said[-1] == page.as_uri()


def test_a_folder_that_is_gone_is_said(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_browser", lambda: Path("chrome"))
    said = print_pdf(page, page.parent / "nowhere" / "page.pdf")
    assert said is not None
    assert "chrome could not print" in said


def test_the_path_comes_first_then_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/chromium" if name == "chromium" else None)
    assert find_browser() == Path("/usr/bin/chromium")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    edge = tmp_path / "Applications" / "Microsoft Edge.app" / "Contents" / "MacOS" / "Microsoft Edge"
    edge.parent.mkdir(parents=True)
    edge.touch()
    assert find_browser("linux") is None
    assert (find_browser("darwin") or edge) == edge
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path / "none"))
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path / "none"))
    chrome = Path(tmp_path, r"Google\Chrome\Application\chrome.exe")
    chrome.parent.mkdir(parents=True, exist_ok=True)
    chrome.touch()
    assert find_browser("win32") == chrome


def pages_in(printed: bytes) -> int:
    """Of the whole document: the largest count in the tree of its pages."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", printed))


@pytest.mark.skipif(find_browser() is None, reason="no Chrome, Edge or Chromium is installed to print with")
def test_a_report_prints_to_a_few_pages_of_a4_that_hold_its_words(tmp_path: Path) -> None:
    page, target = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(render_report(samples.front_run(name="Ada"), {}), encoding="utf-8")
    assert print_pdf(page, target) is None
    printed = target.read_bytes()
    assert printed.startswith(b"%PDF-")
    assert 2 <= pages_in(printed) <= 6
    width, height = (float(edge) for edge in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)[0])
    assert (width, height) == pytest.approx((595.3, 841.9), abs=1.0)
    reader = shutil.which("pdftotext")
    if reader is not None:
        text = subprocess.run([reader, str(target), "-"], capture_output=True, text=True, check=True).stdout
        for words in ("For Ada", "At a glance", "13° ± 3°", "What this is"):
            assert words in text
        assert f"1/{pages_in(printed)}" in text.replace(" ", "")
