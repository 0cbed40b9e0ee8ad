"""The page put together: who may ask, what is kept, and which address answers with what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from analyzer.app import files, pages, uploads
from analyzer.app.desk import Desk, DeskError
from analyzer.app.guard import Guard, Key
from analyzer.app.library import Library
from analyzer.app.runner import WORKER, Runner
from analyzer.app.words import environment
from analyzer.errors import StridecheckError

MOST_BYTES: Final = 4_000_000_000


@dataclass(frozen=True)
class Settings:
    """What the page is about.

    Attributes:
        root: folder with the results.
        key: what opens the page.
        hosts: names by which it may be asked for.
        only: show this one result and take in no clips.
        worker: command that analyses a clip.
        most_bytes: size of the largest clip that is taken in.
        slow_s: an upload of which nothing arrives for so long is given up.
    """

    root: Path
    key: Key
    hosts: frozenset[str]
    only: Path | None = None
    worker: Sequence[str] = WORKER
    most_bytes: int = MOST_BYTES
    slow_s: float = 30.0


def make_site(settings: Settings) -> FastAPI:
    """The page as an ASGI application; it begins to work on the queue when it is started."""
    library = Library(settings.root, settings.only)
    desk = Desk(library)
    runner = Runner(desk, settings.worker)

    @asynccontextmanager
    async def alive(_: FastAPI) -> AsyncIterator[None]:
        if settings.only is None:
            desk.open()
            runner.start()
        yield
        if settings.only is None:
            runner.stop()

    site = FastAPI(lifespan=alive, openapi_url=None, docs_url=None, redoc_url=None)
    site.state.settings = settings
    site.state.library = library
    site.state.desk = desk
    site.state.runner = runner
    site.include_router(pages.router)
    site.include_router(files.router)
    if settings.only is None:
        site.include_router(pages.keeping)
        site.include_router(uploads.router)
    site.mount("/static", StaticFiles(packages=[("analyzer.app", "static")]))
    site.add_middleware(Guard, key=settings.key, hosts=settings.hosts)
    site.add_exception_handler(HTTPException, _told)
    site.add_exception_handler(RequestValidationError, _malformed)
    site.add_exception_handler(StridecheckError, _sentence)
    return site


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = (
        error.detail if error.status_code != 404 or error.detail != "Not Found" else "There is nothing here (any more)."
    )
    return _answer(request, said, error.status_code)


async def _malformed(request: Request, _: Exception) -> Response:
    return _answer(request, "This address or message is not understood.", 422)


async def _sentence(request: Request, error: Exception) -> Response:
    return _answer(request, str(error), 409 if isinstance(error, DeskError) else 400)


def _answer(request: Request, said: str, status: int) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"said": said}, status)
    page = environment().get_template("fault.html.j2").render(**pages.common(request), said=said)
    return HTMLResponse(page, status)
