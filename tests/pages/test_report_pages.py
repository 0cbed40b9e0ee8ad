"""Reports in a browser: at each width and colour scheme, without script, with every verdict and with hostile names."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page

from analyzer.assessment import Assessment, MeasurementInfo, Plan, Verdict
from analyzer.criteria.tables import load_criteria
from analyzer.pose.landmarks import Side
from analyzer.program.calendar import dated
from analyzer.report.render import render_report
from analyzer.safety.intake import intake_of, with_intake
from tests.pages.conftest import DESKTOP_DARK, DESKTOP_LIGHT, PHONE_DARK, PHONE_LIGHT, SEEN, Look, overflows
from tests.program.test_plan import MISSED, climbing, plan
from tests.report import samples

MOST_BYTES = 6_000_000
MOST_DRAWN = 6
"""Measurements with curves; those of all of them show nothing more."""
LONG = "Maria-Theresia" * 15
HOSTILE = (
    "<script>document.title='run'</script>",
    "\"'><img src=x onerror=\"document.title='run'\">",
    "&lt;b&gt; &amp; {{ 7 * 7 }} {% raw %}",
    "🏃🏽‍♀️ Ærø ﷽",
    "\u202eمحمد\u202c שלום",
    LONG,
)


PICTURE = bytes(cv2.imencode(".jpg", np.linspace(0, 255, 600 * 800, dtype=np.uint8).reshape(800, 600))[1])
"""As large as a key frame."""


def rendered(assessment: Assessment) -> str:
    pictures = {(m.metric, m.side): PICTURE for m in assessment.measurements if m.evidence_s is not None}
    return render_report(assessment, pictures, PICTURE, ("assessment.json", "steps.csv", "overlay.mp4"))


@cache
def report(kind: str) -> str:
    return rendered(KINDS[kind]())


def written(text: str, folder: Path) -> Path:
    page = folder / "report.html"
    page.write_text(text, encoding="utf-8")
    return page


def every_metric_and_verdict() -> Assessment:
    """One measurement of each known metric on each side, the verdicts going round."""
    run = samples.front_run()
    verdicts = tuple(Verdict)
    like = run.of("knee_valgus", "left")

    def made(number: int, metric: str, side: Side) -> MeasurementInfo:
        verdict = verdicts[number % len(verdicts)]
        words = load_criteria().metric[metric]
        if verdict is Verdict.NOT_MEASURED:
            blank = {"value": None, "uncertainty": None, "per_event": (), "evidence_s": None, "cycle": None}
            return like.model_copy(
                update={"metric": metric, "title": words.title, "side": side, "verdict": verdict, "n": 0,
                        "reason": f"Not seen; {words.film}", "sentence": "", "limits": None, **blank}
            )  # fmt: skip
        sentence = words.say.get(verdict.value, words.say["info"])
        filled = {field: "12°" for _, field, _, _ in Formatter().parse(sentence) if field}
        sentence = sentence.format(**{**filled, "side": side.value, "other": side.other.value})
        limits = None if verdict is Verdict.INFO else like.limits
        drawn = {} if number < MOST_DRAWN else {"cycle": None, "per_event": ()}
        return like.model_copy(
            update={"metric": metric, "title": words.title, "side": side, "verdict": verdict, "reason": "",
                    "sentence": sentence, "limits": limits, **drawn}
        )  # fmt: skip

    sides = (Side.LEFT, Side.RIGHT)
    pairs = [(metric, side) for metric in sorted(load_criteria().metric) for side in sides]
    measurements = tuple(made(number, metric, side) for number, (metric, side) in enumerate(pairs))
    return run.model_copy(update={"measurements": measurements}).with_motion(run.motion)


def nothing_judged() -> Assessment:
    run = samples.front_run(headline="Nothing in this clip could be judged.")
    missing = tuple(m for m in run.measurements if m.value is None)
    return run.model_copy(update={"measurements": missing, "tests": (), "plan": Plan(withheld="No plan.")})


def flagged() -> Assessment:
    return with_intake(samples.front_run(), intake_of({"gives_way": True, "locked": True}))


def climber() -> Assessment:
    return samples.step_ups().model_copy(update={"plan": dated(climbing(), date(2026, 3, 2))})


def runner() -> Assessment:
    return samples.front_run(name="Ada").model_copy(update={"plan": dated(plan(MISSED), date(2026, 3, 2))})


KINDS: dict[str, Callable[[], Assessment]] = {
    "running": runner,
    "side": samples.side_run,
    "step-ups": climber,
    "all-metrics": every_metric_and_verdict,
    "nothing": nothing_judged,
    "flagged": flagged,
}


@pytest.mark.parametrize("look", SEEN, ids=lambda look: look.name)
def test_the_report_is_sound_at_each_width_and_in_both_schemes(
    look: Look, open_page: Callable[..., Page], axe: Callable[[Page], None], shoot: Callable[..., None], tmp_path: Path
) -> None:
    page = open_page(written(report("running"), tmp_path), look=look)
    axe(page)
    assert not overflows(page)
    shoot(page, f"report-{look.name}")


@pytest.mark.parametrize(
    ("kind", "look"),
    [("side", PHONE_DARK), ("step-ups", DESKTOP_LIGHT), ("all-metrics", PHONE_DARK), ("nothing", DESKTOP_DARK),
     ("flagged", PHONE_LIGHT)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)  # fmt: skip
def test_every_kind_of_report_is_sound(
    kind: str, look: Look, open_page: Callable[..., Page], axe: Callable[[Page], None], shoot: Callable[..., None],
    tmp_path: Path,
) -> None:  # fmt: skip
    page = open_page(written(report(kind), tmp_path), look=look)
    axe(page)
    assert not overflows(page)
    shoot(page, f"report-{kind}-{look.name}")


def test_each_metric_stands_in_the_report_with_its_verdicts_words(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    assessment = every_metric_and_verdict()
    text = open_page(written(report("all-metrics"), tmp_path)).inner_text("body")
    for measurement in assessment.measurements:
        assert measurement.title in text
    for words in ("on target", "borderline", "not yet", "not measured"):
        assert words in text


@pytest.mark.parametrize("name", HOSTILE, ids=["script", "attribute", "template", "emoji", "right-to-left", "long"])
def test_hostile_names_are_text_and_break_nothing(name: str, open_page: Callable[..., Page], tmp_path: Path) -> None:
    run = samples.front_run(name=name)
    bare = tuple(m.model_copy(update={"cycle": None, "per_event": ()}) for m in run.measurements)
    spoilt = run.model_copy(
        update={
            "clip": run.clip.model_copy(update={"path": f"/clips/{name.replace('/', '_')}.mp4"}),
            "measurements": bare,
        }
    )
    page = open_page(written(rendered(spoilt), tmp_path), look=PHONE_LIGHT)
    assert page.locator(".for").inner_text() == f"For {' '.join(name.split())}"
    assert page.title().startswith(" ".join(name.split()))
    assert not overflows(page)
    assert page.locator("script, img[src=x]").count() == 0


def test_it_reads_the_same_without_script(open_page: Callable[..., Page], tmp_path: Path) -> None:
    path = written(report("running"), tmp_path)
    assert "<script" not in path.read_text("utf-8")
    page = open_page(path, scripts=False)
    assert page.locator("h1").inner_text() == samples.front_run().headline
    assert page.locator(".finding img").first.is_visible()
    assert page.locator(".finding svg.chart").first.is_visible()


def test_it_is_small_loads_fast_and_fetches_nothing(
    open_page: Callable[..., Page], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(report("all-metrics"), tmp_path)
    size = path.stat().st_size
    asked: list[str] = []
    page = open_page()
    page.on("request", lambda request: asked.append(request.url))
    began = time.perf_counter()
    page.goto(path.as_uri())
    took = time.perf_counter() - began
    with capsys.disabled():
        print(f"\nreport: {size / 1e6:.2f} MB, loaded in {took:.2f} s")
    assert size < MOST_BYTES
    assert took < 5.0
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]


def test_the_keyboard_reaches_links_and_folded_parts(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(written(report("running"), tmp_path))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    folded = page.locator("details").last
    assert folded.get_attribute("open") is None
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.get_attribute("open") is not None


def test_numbers_are_text_that_can_be_copied(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(written(report("running"), tmp_path))
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#knee_valgus .value'));"
        " return getSelection().toString(); }"
    )
    assert copied == "13° ± 3°"
    assert page.locator(".files a").all_inner_texts() == ["assessment.json", "steps.csv", "overlay.mp4"]


def test_links_within_the_page_lead_somewhere(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(written(report("all-metrics"), tmp_path))
    dead = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.getElementById(href.slice(1)))"
    )
    assert dead == []
