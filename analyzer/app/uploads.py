"""Clips on their way in, news of how far they are, and what changes something on the disk."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from analyzer.app.desk import Desk
from analyzer.app.jobs import Job, State, Wish
from analyzer.app.library import Client, Library, Result
from analyzer.app.names import free, identity, safe_name
from analyzer.app.pages import desk_of
from analyzer.app.words import job_card
from analyzer.compare.labels import role_of
from analyzer.compare.types import Role
from analyzer.erasing import COMPARISONS
from analyzer.errors import CompareError, OutputError

router = APIRouter(prefix="/api")

MOST_WORDS: Final = 64_000
"""Bytes of a message that is no clip."""
CHUNK: Final = 1_000_000
MOST_UPLOADS: Final = 8
MOST_LISTENERS: Final = 32
SLOWEST: Final = 20_000.0
"""Bytes a second, over the whole upload, below which somebody keeps a place for nothing."""
HEARTBEAT_S: Final = 15.0

Message = TypeVar("Message", bound=BaseModel)


class Choice(BaseModel):
    """Results to hold against each other."""

    model_config = ConfigDict(extra="forbid")

    results: list[str] = Field(min_length=2, max_length=12)


@router.post("/jobs")
async def announce(request: Request) -> Response:
    """Say what clip will come and what is known of it; answers with where to put it."""
    wish = await _message(request, Wish)
    if wish.size_bytes > request.app.state.settings.most_bytes:
        raise HTTPException(413, _too_large(request))
    job = await run_in_threadpool(desk_of(request).announce, wish)
    return JSONResponse({"id": job.id}, 201)


@router.put("/jobs/{name}/clip")
async def upload(request: Request, name: str) -> Response:
    """Take in a clip, straight to the disk."""
    desk = desk_of(request)
    if desk.arriving() >= MOST_UPLOADS:
        raise HTTPException(503, "Several clips are on their way already; this one follows.")
    length = request.headers.get("content-length", "")
    announced = desk.get(name)
    if announced is None:
        raise HTTPException(404, "Nobody waits for this clip any more; add it again.")
    if not length.isdecimal():
        raise HTTPException(411, "The clip's size has to be told.")
    if int(length) != announced.wish.size_bytes:
        raise HTTPException(413, "The clip is not as large as was said; add it again.")
    job, part = await run_in_threadpool(desk.begin_upload, name)
    try:
        await _stream(request, desk, job, part)
        job = await run_in_threadpool(desk.end_upload, job, part)
    except BaseException:
        desk.drop_upload(job, part)
        raise
    request.app.state.runner.wake()
    return JSONResponse({"id": job.id}, 201)


async def _stream(request: Request, desk: Desk, job: Job, part: Path) -> None:
    """Write what arrives; one that stops or trickles is given up."""
    slow_s = request.app.state.settings.slow_s
    begun, arrived, stream = time.monotonic(), 0, request.stream().__aiter__()
    waiting = bytearray()
    try:
        with part.open("xb") as file:
            while True:
                chunk = await asyncio.wait_for(anext(stream, None), slow_s)
                if chunk is None:
                    raise ClientDisconnect
                waiting += chunk
                arrived += len(chunk)
                if arrived > job.wish.size_bytes:
                    raise HTTPException(413, "More arrived than was said; add the clip again.")
                if time.monotonic() - begun > slow_s + arrived / SLOWEST:
                    raise asyncio.TimeoutError
                if len(waiting) >= CHUNK or (arrived == job.wish.size_bytes and waiting):
                    await run_in_threadpool(file.write, bytes(waiting))
                    waiting.clear()
                    desk.progressed(job, "Uploading", arrived / job.wish.size_bytes)
                if arrived == job.wish.size_bytes:
                    return
                if desk.get(job.id) is None:
                    raise HTTPException(409, "This clip was cancelled.")
    except asyncio.TimeoutError:
        raise HTTPException(408, "The clip arrived too slowly and was given up; add it again.") from None
    except ClientDisconnect:
        raise HTTPException(400, "The clip broke off.") from None
    except OSError as error:
        raise OutputError(f"The clip cannot be kept ({error.strerror or error}); make room on the disk.") from error


@router.get("/events")
async def events(request: Request) -> Response:
    """The list of jobs, sent again at every change."""
    state = request.app.state
    state.listeners = getattr(state, "listeners", 0)
    if state.listeners >= MOST_LISTENERS:
        raise HTTPException(503, "Too many pages are open; close some.")
    return StreamingResponse(_news(request), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _news(request: Request) -> AsyncIterator[str]:
    desk, state, loop, changed = desk_of(request), request.app.state, asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(changed.set)

    stop = desk.listen(wake)
    state.listeners += 1
    try:
        while not desk.closed:
            changed.clear()
            yield f"event: jobs\ndata: {json.dumps(_cards(desk))}\n\n"
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT_S)
            except asyncio.TimeoutError:
                yield ": still here\n\n"
    finally:
        state.listeners -= 1
        stop()


@router.get("/jobs")
def jobs(request: Request) -> Response:
    """The list of jobs."""
    return JSONResponse(_cards(desk_of(request)))


@router.delete("/jobs/{name}")
def cancel(request: Request, name: str) -> Response:
    """Cancel a job; take one that has ended off the list."""
    desk = desk_of(request)
    job = desk.get(name)
    if job is None:
        raise HTTPException(404, "This clip is not on the list any more.")
    if job.ended or job.state is State.UPLOADING:
        desk.dismiss(job)
    else:
        request.app.state.runner.cancel(job)
    return Response(status_code=204)


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Hold results of one person against each other; answers with the page's address."""
    choice = await _message(request, Choice)
    return JSONResponse(await run_in_threadpool(_compare, request.app.state.library, choice), 201)


def _compare(library: Library, choice: Choice) -> dict[str, str]:
    from analyzer.comparing import Wishes, compare_places
    from analyzer.options import Options

    client, results = _chosen(library, choice)
    # The easy run comes first in a trial, else the oldest.
    order = sorted(results, key=lambda r: (role_of(r.title) is not Role.BASELINE, r.day, r.created))
    name = " ".join([date.today().isoformat(), *(result.title for result in order)])
    out = free(client.folder / COMPARISONS, safe_name(name, "comparison"))
    _, page = compare_places(
        Wishes(places=tuple(result.folder for result in order), out=out, options=Options(), today=date.today())
    )
    return {"page": f"/clients/{client.id}/comparisons/{identity(page, library.root)}/"}


def _chosen(library: Library, choice: Choice) -> tuple[Client, list[Result]]:
    wanted = set(choice.results)
    for client in library.clients():
        found = [result for result in client.results if result.id in wanted]
        if found and len(found) == len(wanted) > 1:
            return client, found
    raise CompareError("Choose two or more results of one person.")


@router.delete("/results/{number}")
def delete_result(request: Request, number: str) -> Response:
    """Remove one result and its clip."""
    library: Library = request.app.state.library
    result = library.result(number)
    if result is None:
        raise HTTPException(404)
    library.delete_result(result)
    return Response(status_code=204)


@router.delete("/clients/{number}")
def delete_client(request: Request, number: str) -> Response:
    """Remove all about one person, and what is still to be analysed; answers with what was left, as not ours."""
    library: Library = request.app.state.library
    client = library.client(number)
    if client is None or not client.own:
        raise HTTPException(404)
    desk = desk_of(request)
    for job in desk.of_home(client.folder):
        if job.state in (State.QUEUED, State.RUNNING):
            raise HTTPException(409, "A clip of this person is being analysed; cancel it first.")
        desk.dismiss(job)
    return JSONResponse({"left": library.delete_client(client)})


def _cards(desk: Desk) -> list[dict[str, Any]]:
    return [
        job_card(job, identity(desk.root / job.folder, desk.root) if job.state is State.DONE else "").model_dump(
            mode="json"
        )
        for job in desk.jobs()
    ]


async def _message(request: Request, kind: type[Message]) -> Message:
    """A short message of a known shape.

    Raises:
        HTTPException: it is none.
    """
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise HTTPException(415, "This message is not understood.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_WORDS:
            raise HTTPException(413, "This message is too long.")
    try:
        return kind.model_validate_json(bytes(body))
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part).replace("_", " ") for part in first["loc"]) or "message"
        raise HTTPException(422, f"{where}: {first['msg']}") from error


def _too_large(request: Request) -> str:
    return (
        f"The clip is larger than {request.app.state.settings.most_bytes / 1e9:g} GB; cut it to the part that matters."
    )
