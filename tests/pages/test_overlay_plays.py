"""The overlay plays in the browser: decoded, of the right length, and from wherever it is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.overlay.render import OverlayWishes, render_overlay
from analyzer.video.probe import probe
from tests.report import samples
from tests.video.drawn import make_clip

PAGE = '<!DOCTYPE html><html lang="en"><title>t</title><video id="v" src="%s" preload="auto" muted></video></html>'

LOADED = """() => new Promise(done => {
    const video = document.getElementById("v");
    const told = () => done({
        state: video.readyState, duration: video.duration, width: video.videoWidth, height: video.videoHeight,
        error: video.error && video.error.message,
    });
    if (video.readyState >= 3 || video.error) { told(); return; }
    video.addEventListener("canplaythrough", told);
    video.addEventListener("error", told);
})"""

JUMP = """at => new Promise(done => {
    const video = document.getElementById("v");
    video.addEventListener("seeked", () => done(), {once: true});
    video.currentTime = at;
})"""


def rendered(folder: Path, slow: float) -> tuple[Path, float]:
    clip = probe(make_clip(folder / "clip.mp4", 45, audio=True))
    made = samples.front_run(n=clip.frames)
    track = replace(made.motion.track, size_px=(clip.width, clip.height))
    assessment = made.with_motion(replace(made.motion, track=track, raw=track))
    pace = render_overlay(assessment, clip, folder / "overlay.mp4", wishes=OverlayWishes(slow))
    (folder / "page.html").write_text(PAGE % "overlay.mp4", encoding="utf-8")
    return folder / "page.html", pace.overlay_s(clip.duration_s)


@pytest.mark.parametrize("slow", [1.0, 4.0])
def test_the_browser_decodes_it_and_knows_its_length(open_page, tmp_path, slow):
    path, lasts_s = rendered(tmp_path, slow)
    told = open_page(path).evaluate(LOADED)
    assert told["error"] is None
    assert told["state"] >= 3
    assert told["duration"] == pytest.approx(lasts_s, abs=1 / 30)
    assert (told["width"], told["height"]) == (192, 160)


def test_a_browser_can_jump_into_it(open_page, tmp_path):
    path, lasts_s = rendered(tmp_path, 1.0)
    page = open_page(path)
    page.evaluate(LOADED)
    for at_s in (0.9 * lasts_s, 0.1, 0.5 * lasts_s):
        page.evaluate(JUMP, at_s)
        assert page.evaluate("document.getElementById('v').currentTime") == pytest.approx(at_s, abs=1e-3)
        assert page.evaluate("document.getElementById('v').readyState") >= 2
