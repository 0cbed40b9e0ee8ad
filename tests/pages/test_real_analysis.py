"""One clip of a rendered runner all the way: dropped, really analysed in the worker process, and watched."""

from __future__ import annotations

import sys

import pytest

from analyzer.app.runner import WORKER
from tests.app.running import running
from tests.pages.conftest import PHONE_DARK
from tests.video.excerpt import SAMPLE, beginning

SECONDS = 2.0


def test_a_real_clip_from_the_drop_to_the_drawing(open_page, shoot, tmp_path):
    if not SAMPLE.exists():
        pytest.skip("needs the sample clips")
    assert WORKER[0] == sys.executable
    with running(tmp_path / "root", worker=WORKER) as served:
        page = open_page(served.entrance)
        page.set_default_timeout(120_000)
        page.set_input_files("#clips", beginning(tmp_path / "my run.mp4", SECONDS))
        page.fill("#person", "Ana")
        page.fill("#height_cm", "175")
        page.click("#add [type=submit]")
        page.wait_for_selector(".job[data-state=running] progress:not([value='0'])")
        # The page answers while the worker works.
        assert served.client.get("/", timeout=5).status_code == 200
        page.wait_for_selector(".job[data-state=done], .job[data-state=failed]")
        assert page.get_attribute(".job", "data-state") == "done", page.inner_text(".job")
        assert (served.desk.root / "Ana" / "my run" / "overlay.mp4").stat().st_mode & 0o077 == 0

        page.click(".job a[href$='/']")
        page.wait_for_selector("#viewer[data-ready=true]")
        assert page.get_attribute("#viewer", "data-source") == "clip"
        assert page.evaluate("document.getElementById('film').duration") == pytest.approx(SECONDS, abs=0.05)
        contacts = page.locator("#jump option", has_text="Contact").count()
        # 2 s at the usual 150 to 200 steps a minute
        assert 2 <= contacts <= 6
        page.keyboard.press("Shift+ArrowRight")
        frame = int(page.get_attribute("#viewer", "data-frame"))
        assert frame > 0
        page.keyboard.press("3")
        page.keyboard.press("4")
        shoot(page, "real-viewer-desktop")
        address = page.url
        page = open_page(served.entrance, look=PHONE_DARK)
        page.goto(address)
        page.wait_for_selector("#viewer[data-ready=true]")
        page.keyboard.press("Shift+ArrowRight")
        shoot(page, "real-viewer-phone")
