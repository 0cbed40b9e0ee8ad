"""The pages that people see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from analyzer.app.desk import Desk
from analyzer.app.files import original
from analyzer.app.guard import REPORT_POLICY
from analyzer.app.jobs import LONGEST
from analyzer.app.library import Client, Library, Result
from analyzer.app.names import SUFFIXES
from analyzer.app.words import environment
from analyzer.comparing import DATA
from analyzer.folder import OVERLAY
from analyzer.motion.types import Activity, View
from analyzer.ranges import BOX_CM, CAPTURED_FPS, HEIGHT_CM, MASS_KG, SPEED_MPS
from analyzer.report.page import activity_text
from analyzer.report.words import load_words
from analyzer.safety.intake import load_questionnaire

router = APIRouter()
"""Of the viewer and of the whole page."""

keeping = APIRouter()
"""Only of the whole page."""

CUES: Final = ("easy", "hips", "feet", "before", "after", "first km", "last km")
"""Words that a comparison understands."""


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> Response:
    """Where clips are dropped, and who has results; the viewer's only result where there is no more."""
    library = _library(request)
    if request.app.state.settings.only is not None:
        for client in library.clients():
            return RedirectResponse(f"/results/{client.newest.id}/", 303)
        raise HTTPException(404, "This folder holds no results that can be read.")
    words = load_words()
    return _page(
        request, "home.html.j2",
        clients=library.clients(),
        questions=load_questionnaire(),
        activities=sorted(
            ((each.value, activity_text(each)) for each in Activity if each is not Activity.UNKNOWN), key=lambda a: a[1]
        ),
        views=[(each.value, words.views[each]) for each in View if each is not View.OBLIQUE],
        cues=CUES,
        ranges={"height": HEIGHT_CM, "mass": MASS_KG, "speed": SPEED_MPS, "box": BOX_CM, "rate": CAPTURED_FPS},
        longest=LONGEST,
        suffixes=",".join(sorted(SUFFIXES)),
        most_bytes=request.app.state.settings.most_bytes,
    )  # fmt: skip


@router.get("/results/{number}/", response_class=HTMLResponse)
def viewer(request: Request, number: str) -> Response:
    """The viewer of one result."""
    library = _library(request)
    client, result = _found(library, number)
    sources = ["clip"] if original(result.folder, library.assessment(result)) is not None else []
    if (result.folder / OVERLAY).is_file():
        sources.append(OVERLAY)
    return _page(request, "viewer.html.j2", client=client, result=result, sources=sources)


@keeping.get("/clients/{number}/", response_class=HTMLResponse)
def one_client(request: Request, number: str) -> Response:
    """Everything about one person."""
    library = _library(request)
    client = library.client(number)
    if client is None:
        raise HTTPException(404)
    plan = next((each for each in client.results if library.assessment(each).plan.sessions), None)
    return _page(request, "client.html.j2", client=client, plan=plan)


@keeping.get("/clients/{number}/history", response_class=HTMLResponse)
def history(request: Request, number: str) -> Response:
    """A person's progress, as `stridecheck history` writes it."""
    from analyzer.compare.history import history_of
    from analyzer.report.history_page import render_history

    client = _library(request).client(number)
    if client is None or not client.own:
        raise HTTPException(404)
    page = render_history(history_of(client.folder, date.today()))
    return HTMLResponse(page, headers={"content-security-policy": REPORT_POLICY})


@keeping.get("/clients/{number}/comparisons/{page}/", response_class=HTMLResponse)
def comparison(request: Request, number: str, page: str) -> Response:
    """A comparison that was made earlier."""
    path = _comparison(request, number, page)
    return HTMLResponse(path.read_bytes(), headers={"content-security-policy": REPORT_POLICY})


@keeping.get("/clients/{number}/comparisons/{page}/{name}")
def comparison_file(request: Request, number: str, page: str, name: str) -> Response:
    """The numbers of a comparison; its page links to them."""
    path = _comparison(request, number, page).with_name(DATA)
    if name != DATA or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type="application/json", filename=DATA)


def _comparison(request: Request, number: str, page: str) -> Path:
    client = _library(request).client(number)
    path = dict(client.comparisons).get(page) if client is not None else None
    if path is None or not path.is_file():
        raise HTTPException(404)
    return path


def common(request: Request) -> dict[str, Any]:
    """What every page needs."""
    settings = request.app.state.settings
    return {"token": settings.key.for_pages, "keeping": settings.only is None}


def _page(request: Request, template: str, **content: Any) -> HTMLResponse:
    return HTMLResponse(environment().get_template(template).render(**common(request), **content))


def _library(request: Request) -> Library:
    library = request.app.state.library
    assert isinstance(library, Library)
    return library


def desk_of(request: Request) -> Desk:
    """The desk of the page that is asked."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def _found(library: Library, number: str) -> tuple[Client, Result]:
    for client in library.clients():
        for result in client.results:
            if result.id == number:
                return client, result
    raise HTTPException(404)
