"""The viewer in a real browser: frames, events, loops, curves, drawings, keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from analyzer.app.library import Library
from tests.app.running import SECRET, Running, result, running, template
from tests.pages.conftest import SEEN, Look, listen, new_page, overflows

SMALL = Look("small", 720, 500, "light", phone=False)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("viewer")
    result(folder / "root" / "Ana" / "run front", "Ana")
    result(folder / "root" / "Ana" / "lost clip", "Ana", path=str(folder / "gone.mp4"))
    pose = result(folder / "root" / "Ana" / "only pose", "Ana", path=str(folder / "gone.mp4"))
    (pose / "overlay.mp4").unlink()
    other = folder / "other.mp4"
    shutil.copyfile(template().parent / "clip.mp4", other)
    other.write_bytes(other.read_bytes() + b"\0\0\0\x08free")
    result(folder / "root" / "Ana" / "changed clip", "Ana", path=str(other))
    with running(folder / "root") as page:
        yield page


def address(served: Running, title: str) -> str:
    library: Library = served.site.state.library
    found = next(each for client in library.clients() for each in client.results if each.title == title)
    return f"{served.address}/results/{found.id}/"


@pytest.fixture(scope="module")
def lasting(served: Running, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One small page for all that only looks and clicks: opening a new one costs more than what is tested."""
    faults: list[str] = []
    page = new_page(browser, SMALL)
    page.context.add_cookies([{"name": served.key.cookie, "value": SECRET, "url": served.address}])
    listen(page, faults.append)
    yield page, faults
    page.context.close()


@pytest.fixture
def viewer(served: Running, lasting: tuple[Page, list[str]]) -> Iterator[Callable[..., Page]]:
    page, faults = lasting

    def opened(title: str = "run front") -> Page:
        page.goto(address(served, title))
        page.wait_for_selector("#viewer[data-ready=true]")
        return page

    yield opened
    complained, faults[:] = list(faults), []
    assert not complained


def frame(page) -> int:
    return int(page.get_attribute("#viewer", "data-frame"))


def on_screen(page, index: int) -> None:
    """Wait until the video itself shows that frame."""
    page.wait_for_function(
        """([index, rate]) => { const film = document.getElementById('film');
        return !film.seeking && Math.floor(film.currentTime * rate + 0.1) === index; }""",
        arg=[index, 30.0],
    )


def test_keys_step_by_single_frames(viewer):
    page = viewer()
    assert page.evaluate("document.getElementById('film').readyState") >= 2
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert frame(page) == 3
    on_screen(page, 3)
    page.keyboard.press("ArrowLeft")
    assert frame(page) == 2
    on_screen(page, 2)
    page.keyboard.press("End")
    assert frame(page) == 39
    on_screen(page, 39)
    page.keyboard.press("Home")
    assert frame(page) == 0


def test_many_quick_steps_arrive_at_the_right_frame(viewer):
    page = viewer()
    for _ in range(17):
        page.click("#on")
    assert frame(page) == 17
    on_screen(page, 17)


def test_events_are_jumped_to(viewer):
    page = viewer()
    # Contacts every 0.36 s, toe-offs 0.24 s after them: frames 0, 7.2, 10.8, ... at 30 a second.
    page.keyboard.press("Shift+ArrowRight")
    assert frame(page) == 7
    page.keyboard.press("Shift+ArrowRight")
    assert frame(page) == 10
    page.keyboard.press("Shift+ArrowLeft")
    assert frame(page) == 7
    page.select_option("#jump", label="0.72 s: Contact, step 3, left")
    assert frame(page) == 21
    on_screen(page, 21)


def test_playing_loops_over_one_step(viewer):
    page = viewer()
    page.select_option("#loop", label="Step 2, right")
    assert 10 <= frame(page) <= 11
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => window.seen.push(
        Number(document.getElementById('viewer').dataset.frame))).observe(
        document.getElementById('viewer'), { attributeFilter: ['data-frame'] }); }"""
    )
    page.keyboard.press("Space")
    # Back at the beginning after the end, twice.
    page.wait_for_function("() => window.seen.filter((f, i) => i && f < window.seen[i - 1] - 5).length >= 2")
    seen = page.evaluate("window.seen")
    assert min(seen) >= 10
    assert max(seen) <= 22
    page.keyboard.press("l")
    assert page.input_value("#loop") == ""
    page.keyboard.press("Space")
    page.wait_for_selector("#viewer[data-playing=false]")


def test_speed_is_the_video_s(viewer):
    page = viewer()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.getElementById('film').playbackRate") == 0.5
    page.select_option("#speed", "0.1")
    assert page.evaluate("document.getElementById('film').playbackRate") == 0.1


def painted(page) -> int:
    """How many pixels of the drawing are not clear."""
    return page.evaluate(
        """() => { const c = document.getElementById('drawing');
        const data = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < data.length; i += 4) n += data[i] > 0; return n; }"""
    )


def test_the_skeleton_is_drawn_where_the_track_has_its_joints(viewer):
    page = viewer()
    page.keyboard.press("ArrowRight")
    # The joints' places, from the track by way of the page, against the pixels that are really on the canvas.
    missed = page.evaluate(
        """async () => { const view = await (await fetch('view.json')).json();
        const c = document.getElementById('drawing');
        const brush = c.getContext('2d'); const row = view.points[1]; const missed = [];
        for (const joint of [11, 12, 23, 24, 25, 26, 27, 28]) {
          const at = [row[2 * joint] * c.width / view.width, row[2 * joint + 1] * c.height / view.height];
          if (brush.getImageData(Math.round(at[0]), Math.round(at[1]), 1, 1).data[3] < 200) missed.push(joint); }
        return missed; }"""
    )
    assert missed == []


def test_every_drawing_can_be_toggled(viewer):
    page = viewer()
    page.select_option("#jump", label="0.72 s: Contact, step 3, left")
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert painted(page) == 0
    for key in "1345":
        page.keyboard.press(key)
        alone = painted(page)
        assert alone > 0, key
        page.keyboard.press(key)
        assert painted(page) == 0
    page.check("text=Draw all the time >> nth=0")
    assert painted(page) > 0


def test_angles_are_drawn_while_they_are_read(viewer):
    page = viewer()
    page.keyboard.press("1")
    assert painted(page) == 0
    # Mid-stance of the first step is at 0.11 s, frame 3.3.
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert painted(page) > 0


def test_curves_move_with_the_clip_and_can_be_pointed_into(viewer):
    page = viewer()
    head = page.locator(".curve-card .head").first
    assert float(head.get_attribute("x1")) == 0.0
    page.keyboard.press("End")
    assert float(head.get_attribute("x1")) == 1000.0
    page.locator(".curve-card svg").first.scroll_into_view_if_needed()
    box = page.locator(".curve-card svg").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    assert 18 <= frame(page) <= 21
    assert page.locator(".curve-card h3").first.inner_text() == "Knee moving inwards, left"
    assert "Target: at most 7°" in page.locator(".curve-card").first.inner_text()


def test_without_the_clip_the_overlay_is_shown(viewer):
    page = viewer("lost clip")
    assert page.get_attribute("#viewer", "data-source") == "overlay.mp4"
    assert "not where it was" in page.inner_text("#film-said")
    page.keyboard.press("ArrowRight")
    on_screen(page, 1)


def test_a_clip_that_is_another_one_now_is_not_given_out(served, viewer):
    page = viewer("changed clip")
    assert page.get_attribute("#viewer", "data-source") == "overlay.mp4"
    assert served.client.get(f"{address(served, 'changed clip')}clip").status_code == 404


def test_without_any_video_the_pose_still_moves(viewer):
    page = viewer("only pose")
    assert page.get_attribute("#viewer", "data-source") == "none"
    assert painted(page) > 0
    page.keyboard.press("Space")
    page.wait_for_selector("#viewer[data-frame='39']", state="attached")


def test_the_keys_are_told(viewer, axe):
    page = viewer()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    assert "loop" in page.inner_text("#help")
    axe(page)
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


@pytest.mark.parametrize("look", SEEN, ids=lambda look: look.name)
def test_the_viewer_is_accessible_and_fits(served, open_page, axe, shoot, look):
    page = open_page(look=look)
    page.context.add_cookies([{"name": served.key.cookie, "value": SECRET, "url": served.address}])
    page.goto(address(served, "run front"))
    page.wait_for_selector("#viewer[data-ready=true]")
    for key in "34":
        page.keyboard.press(key)
    for _ in range(3):
        page.tap("#on") if look.phone else page.click("#on")
    on_screen(page, 3)
    axe(page)
    assert not overflows(page)
    shoot(page, f"viewer-{look.name}")


def test_nothing_is_fetched_from_elsewhere(served, open_page):
    asked: list[str] = []
    page = open_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.entrance)
    page.goto(address(served, "run front"))
    page.wait_for_selector("#viewer[data-ready=true]")
    assert len(asked) > 8
    assert all(url.startswith(served.address) for url in asked)
