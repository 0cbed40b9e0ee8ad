"""The coach's way in a real browser: drop clips, watch them, read, compare, delete."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.running import Running, result, running
from tests.pages.conftest import DESKTOP_LIGHT, PHONE_LIGHT, SEEN, overflows

HOSTILE = {
    "markup": "<script>document.title='pwned'</script>",
    "quotes": """O'Hara "The Fox" &amp; `co`""",
    "emoji": "🏃‍♀️ Zoë",
    "long": "W" * 200,
    "rtl": "\u202eعداءة سريعة",
    "path": "../../etc/passwd",
}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "root") as page:
        yield page


@pytest.fixture
def home(served, open_page):
    def opened(look=DESKTOP_LIGHT, expected=""):
        return open_page(served.entrance, look=look, expected=expected)

    return opened


def clip(name: str, does: str = "good") -> dict[str, object]:
    return {"name": name, "mimeType": "video/mp4", "buffer": does.encode().ljust(5, b"\0") + bytes(1000)}


def hand_in(page, person: str, *clips: dict[str, object]) -> None:
    page.set_input_files("#clips", list(clips))
    page.fill("#person", person)
    page.click("#add [type=submit]")


def test_two_clips_from_the_drop_to_a_comparison_and_away(served, home, axe, shoot):
    page = home()
    hand_in(page, "Ana", clip("easy run.mp4"), clip("glutes run.mp4"))
    page.wait_for_selector(".job[data-state=done] >> nth=1")
    assert page.locator(".job").count() == 2
    page.wait_for_selector(".people-list a >> text=Ana")
    shoot(page, "home-done")

    page.click(".people-list a >> text=Ana")
    assert page.inner_text("h1") == "Ana"
    assert page.is_disabled("#compare [type=submit]")
    for box in page.locator("input[name=result]").all():
        box.check()
    page.click("#compare [type=submit]")
    page.wait_for_url("**/comparisons/*/")
    assert "glutes run" in page.inner_text("main").casefold()
    assert page.locator("main a[href$=json]").count() > 0
    for link in page.locator("main a[href$=json]").all():
        assert page.request.get(f"{page.url}{link.get_attribute('href')}").ok
    page.go_back()
    page.reload()
    assert page.locator("#compared ~ ul li").count() == 1

    page.click(".ways a >> text=Progress")
    page.wait_for_url("**/history")
    assert "Ana: progress" in page.title()
    page.go_back()

    page.click(".result >> nth=0 >> a >> nth=0")
    page.wait_for_url("**/report.html")
    assert "The left knee moves inwards" in page.inner_text("h1")
    page.go_back()

    page.click(".result >> nth=0 >> button")
    axe(page)
    page.click("#sure [value=no]")
    assert page.locator(".result").count() == 2
    page.click("button.grave >> text=Delete everything")
    page.click("#sure [value=yes]")
    page.wait_for_url(f"{served.address}/")
    assert "Nobody yet" in page.inner_text("main")
    left = [path.relative_to(served.desk.root) for path in served.desk.root.rglob("*") if path.is_file()]
    assert [path for path in left if path.parts[0] != ".stridecheck"] == []
    assert not any("Ana" in path.read_text("utf-8", "replace") for path in served.desk.root.rglob("*.json"))


def test_a_clip_under_way_can_be_cancelled_and_one_that_fails_says_why(served, home):
    page = home()
    hand_in(page, "", clip("long.mp4", "wait"))
    page.wait_for_selector(".job[data-state=running] progress[aria-label^=Working]")
    assert "Working 50 %" in page.inner_text(".job")
    page.click(".job button")
    page.wait_for_selector(".job[data-state=cancelled]")
    hand_in(page, "", clip("text.mp4", "bad"))
    page.wait_for_selector(".job[data-state=failed]")
    assert "text.mp4: it is not a video; film again." in page.inner_text(".job[data-state=failed]")
    page.click(".job[data-state=failed] button")
    page.wait_for_selector(".job[data-state=failed]", state="detached")


def test_what_is_said_goes_with_the_clip(served, home):
    page = home()
    page.click("summary >> text=More about the clip")
    page.click("summary >> text=Questions to ask first")
    page.fill("#height_cm", "172.5")
    page.select_option("#activity", "step_up")
    page.select_option("#view", "front")
    page.fill("#cue", "hips")
    page.fill("#speed_mps", "3.1")
    page.check("[data-question=gives_way] input[value=true]")
    page.check("[data-question=locked] input[value=false]")
    page.fill("#q-pain_now", "2")
    hand_in(page, "Ana", clip("run.mp4", "wait"))
    page.wait_for_selector(".job[data-state=running]")
    (job,) = served.desk.jobs()
    said = job.wish.model_dump(exclude_none=True)
    del said["size_bytes"]
    assert said == {
        "file": "run.mp4", "person": "Ana", "cue": "hips", "activity": "step_up", "view": "front", "height_cm": 172.5,
        "speed_mps": 3.1, "answers": {"gives_way": True, "locked": False, "pain_now": 2.0},
    }  # fmt: skip
    assert job.folder == "Ana/run-hips"


def test_a_number_out_of_range_is_a_sentence(home):
    page = home()
    page.fill("#height_cm", "1.75")
    hand_in(page, "Ana", clip("run.mp4"))
    assert page.inner_text("#fault") == "Height in shoes, cm: give a number from 80 to 250."
    assert page.locator(".job").count() == 0


def test_what_is_no_video_is_refused(home):
    page = home(expected="422")
    page.set_input_files("#clips", [{"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}])
    page.click("#add [type=submit]")
    page.wait_for_selector("#fault:not(:empty)")
    assert "not a kind of video" in page.inner_text("#fault")


def test_hostile_names_are_text_everywhere(served, home):
    for name in HOSTILE.values():
        served.add(b"good", file=f"{name[:100]}.mp4", person=name, cue=name)
    served.until(lambda jobs: [job["state"] for job in jobs] == ["done"] * len(HOSTILE))
    # Whatever the names are, each result lies in one folder directly under the root.
    found = served.desk.root.glob("*/*/assessment.json")
    assert {json.loads(path.read_text("utf-8"))["subject"]["name"] for path in found} == set(HOSTILE.values())

    page = home(PHONE_LIGHT)
    page.wait_for_selector(f".job[data-state=done] >> nth={len(HOSTILE) - 1}")
    assert set(page.locator(".job .file").all_text_contents()) == {f"{name[:100]}.mp4" for name in HOSTILE.values()}
    assert set(page.locator(".people-list h3").all_text_contents()) == set(HOSTILE.values())
    assert not overflows(page)
    clients = [link.get_attribute("href") for link in page.locator(".people-list a").all()]
    for address in clients:
        page.goto(served.address + address)
        name = page.text_content("h1")
        assert name in HOSTILE.values()
        assert not overflows(page)
        page.click(".result button")
        assert page.text_content("#sure-what") == page.text_content(".result h3")
        page.keyboard.press("Escape")
        if name in (HOSTILE["markup"], HOSTILE["long"]):
            for link in (".ways a >> text=Progress", ".result a[href$='/']"):
                page.click(link)
                page.wait_for_load_state()
                assert name in page.text_content("body")
                assert page.title() != "pwned"
                assert not overflows(page)
                page.go_back()


@pytest.mark.parametrize("look", SEEN, ids=lambda look: look.name)
def test_pages_are_accessible_and_fit(served, home, axe, shoot, look):
    for person in ("Ana", "Ben"):
        result(served.desk.root / person / "2026-03-01 run", person)
        result(served.desk.root / person / "2026-04-01 run", person)
    served.add(b"bad", file="notes.mp4")
    served.add(b"wait", file="long run.mp4", person="Cleo")
    page = home(look, expected="404")
    page.wait_for_selector(".job[data-state=running] progress[aria-label^=Working]")
    assert not overflows(page)
    shoot(page, f"home-{look.name}")
    page.click("summary >> text=Questions to ask first")
    page.click("summary >> text=More about the clip")
    assert not overflows(page)
    axe(page)
    shoot(page, f"home-open-{look.name}")
    page.click(".people-list a >> text=Ana")
    axe(page)
    assert not overflows(page)
    shoot(page, f"client-{look.name}")
    page.click("button.grave >> text=Delete everything")
    shoot(page, f"delete-{look.name}", full=False)
    page.keyboard.press("Escape")
    page.goto(f"{served.address}/clients/nobody/")
    shoot(page, f"fault-{look.name}")
