"""The files of a result: found by its number and a name from a list, never by a path."""

from __future__ import annotations

import stat
import threading
from collections import OrderedDict
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response

from analyzer.app.guard import REPORT_POLICY
from analyzer.app.library import Result
from analyzer.app.viewing import view_of
from analyzer.app.words import signs, style
from analyzer.assessment import Assessment
from analyzer.errors import ClipError, TrackError
from analyzer.folder import FRAMES, OURS, REPORT
from analyzer.video.probe import sha256_of

router = APIRouter()

KINDS: Final = {
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8", ".pdf": "application/pdf", ".mp4": "video/mp4",
    ".npz": "application/octet-stream", ".jpg": "image/jpeg", ".webm": "video/webm", ".mov": "video/mp4",
    ".m4v": "video/mp4", ".mkv": "video/x-matroska",
}  # fmt: skip
INLINE: Final = frozenset({".html", ".mp4", ".jpg"})

_VIEWS_KEPT: Final = 4
_views: OrderedDict[tuple[Path, int], bytes] = OrderedDict()
_originals: dict[tuple[Path, int, int], str] = {}
_lock = threading.Lock()


@router.get("/static/style.css")
def shared_style() -> Response:
    """The look that the page shares with the reports."""
    return Response(style(), media_type="text/css")


@router.get("/static/signs.svg")
def verdict_signs() -> Response:
    """The verdicts' symbols."""
    return Response(signs(), media_type="image/svg+xml")


@router.get("/favicon.ico")
def icon() -> Response:
    """The sign beside the page's name; reports do not name one, so browsers ask for this."""
    return Response(resources("analyzer.app").joinpath("static/icon.svg").read_bytes(), media_type="image/svg+xml")


@router.get("/results/{number}/view.json")
def view(request: Request, number: str) -> Response:
    """What the viewer draws."""
    result = _result(request, number)
    key = (result.folder, (result.folder / "assessment.json").stat().st_mtime_ns)
    with _lock:
        found = _views.get(key)
    if found is None:
        assessment = request.app.state.library.assessment(result)
        try:
            found = view_of(result.folder, assessment, result.title).model_dump_json().encode()
        except TrackError as error:
            raise HTTPException(404, str(error)) from error
        with _lock:
            _views[key] = found
            while len(_views) > _VIEWS_KEPT:
                _views.popitem(last=False)
    return Response(found, media_type="application/json")


@router.get("/results/{number}/clip")
def clip(request: Request, number: str) -> Response:
    """The clip itself, as long as it is where it was and the same."""
    result = _result(request, number)
    path = original(result.folder, request.app.state.library.assessment(result))
    if path is None:
        raise HTTPException(404, "The clip is not where it was, or not what it was, any more.")
    return FileResponse(path, media_type=KINDS.get(path.suffix.lower(), "video/mp4"))


def original(folder: Path, assessment: Assessment) -> Path | None:
    """The clip that was analysed. Whatever a result says of it: nothing but that very clip is given out.

    A path that was not whole is tried from here, and from the folders around the result.
    """
    told = Path(assessment.clip.path)
    places = [told] if told.is_absolute() else [told, *(above / told for above in list(folder.parents)[:3])]
    return next((place for place in places if _digest(place) == assessment.clip.sha256), None)


def _digest(path: Path) -> str:
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            return ""
        key = (path, state.st_mtime_ns, state.st_size)
        if key not in _originals:
            _originals[key] = sha256_of(path)
    except (OSError, ValueError, ClipError):
        return ""
    return _originals[key]


@router.get("/results/{number}/frames/{picture}")
def picture(request: Request, number: str, picture: str) -> Response:
    """A key frame."""
    folder = _result(request, number).folder / FRAMES
    # Listed, not joined: whatever the name says, it stays in this folder.
    found = next((entry for entry in folder.iterdir() if entry.name == picture), None) if folder.is_dir() else None
    if found is None or not found.is_file() or found.is_symlink():
        raise HTTPException(404)
    return FileResponse(found, media_type="image/jpeg")


@router.get("/results/{number}/{name}")
def file(request: Request, number: str, name: str) -> Response:
    """One of the files that a result folder holds."""
    if name not in OURS:
        raise HTTPException(404)
    path = _result(request, number).folder / name
    if not path.is_file() or path.is_symlink():
        raise HTTPException(404)
    headers = {"content-security-policy": REPORT_POLICY} if name == REPORT else {}
    shown = path.suffix in INLINE
    return FileResponse(
        path, media_type=KINDS.get(path.suffix, "application/octet-stream"), headers=headers, filename=name,
        content_disposition_type="inline" if shown else "attachment",
    )  # fmt: skip


def _result(request: Request, number: str) -> Result:
    result: Result | None = request.app.state.library.result(number)
    if result is None:
        raise HTTPException(404)
    return result
