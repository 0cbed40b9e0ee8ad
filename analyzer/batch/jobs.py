"""What there is to do in a folder: which clips are new, or asked for with other words than last time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import BaseModel

from analyzer import __version__
from analyzer.assessment import SCHEMA_VERSION
from analyzer.batch.config import Said, Settings
from analyzer.batch.record import Record, Status, read_records
from analyzer.errors import BatchError
from analyzer.folder import ASSESSMENT, OURS, named_after
from analyzer.options import Options
from analyzer.overlay.wishes import Drawing

SUFFIXES: Final = frozenset(
    {".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".mts", ".m2ts", ".mpg", ".mpeg", ".3gp", ".wmv", ".flv", ".ogv"}
)
SEEN_BY: Final = ("captured_fps", "subject", "model")
"""Options that decide what is seen in the pictures; the others only decide what is made of it."""

_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Source:
    """A clip in the folder.

    Attributes:
        path: of the file.
        place: below the batch's folder, with slashes.
        client: whose it is: the uppermost folder's name.
        said: what ``batch.toml`` says of it.
    """

    path: Path
    place: PurePosixPath
    client: str
    said: Said


@dataclass(frozen=True, eq=False)
class Job:
    """A clip to analyse, with all that another process or machine has to know.

    Attributes:
        source: the clip.
        folder: for the results.
        options: for the pipeline.
        overlay: whether to draw the overlay video.
        drawing: how it and the pictures are made.
        today: the plan's first day.
        record: what will be kept if all goes well.
        again: whether to do it even if it is done already.
    """

    source: Source
    folder: Path
    options: Options
    overlay: bool
    drawing: Drawing
    today: date
    record: Record
    again: bool = False


@dataclass(frozen=True)
class Wishes:
    """What is wanted of all clips alike.

    Attributes:
        root: the folder of clients.
        out: the folder for results.
        options: where nothing else is said of a clip.
        today: the plan's first day.
        patterns: of file names; empty: whatever is called like a video.
        overlay: whether to draw overlay videos.
        drawing: how they and the pictures are made.
        force: do everything again.
    """

    root: Path
    out: Path
    options: Options
    today: date
    patterns: tuple[str, ...] = ()
    overlay: bool = True
    drawing: Drawing = field(default_factory=Drawing)
    force: bool = False


@dataclass(frozen=True)
class Work:
    """What there is to do, and what is done.

    Attributes:
        todo: clips to analyse.
        done: result folders of clips that need nothing, with their records.
        gone: the same of clips that are not in the folder any more.
        said: what is said of each clip, by its place.
    """

    todo: tuple[Job, ...]
    done: Mapping[Path, Record]
    gone: Mapping[Path, Record]
    said: Mapping[str, Said]


def find_clips(wishes: Wishes) -> list[Source]:
    """Every clip below the folder, in the order of clients and names.

    Hidden files and folders, the results, and clips in result folders are left out.

    Raises:
        BatchError: the folder is none, or a ``batch.toml`` cannot be read.
    """
    if not wishes.root.is_dir():
        raise BatchError(f"{wishes.root} is no folder; name the folder that holds the clients' folders.")
    settings, name = Settings(wishes.root), wishes.root.resolve().name
    found = []
    for path in sorted(_files(wishes.root, wishes.out.resolve())):
        place = PurePosixPath(path.relative_to(wishes.root).as_posix())
        if not _is_wanted(place, wishes.patterns):
            continue
        client = place.parts[0] if len(place.parts) > 1 else name
        found.append(Source(path, place, client, settings.of(place, client)))
    return sorted(found, key=lambda source: (source.client.casefold(), str(source.place).casefold()))


def plan_work(wishes: Wishes, sources: Sequence[Source]) -> Work:
    """Which of the clips have to be analysed."""
    records = {} if not wishes.out.is_dir() else read_records(wishes.out)
    folder_of = {record.clip: folder for folder, record in records.items()}
    taken = {str(folder).casefold() for folder in records}
    todo, done = [], {}
    for source in sources:
        folder = folder_of.get(source.place.as_posix())
        if folder is None:
            folder = _new_folder(source, wishes.out, taken)
        job = _job(source, folder, wishes, records.get(folder))
        if job.again or records.get(folder) is None or records[folder].key != job.record.key:
            todo.append(job)
        else:
            done[folder] = records[folder]
    here = {source.place.as_posix() for source in sources}
    return Work(
        todo=tuple(todo),
        done=done,
        gone={folder: record for folder, record in records.items() if record.clip not in here},
        said={source.place.as_posix(): source.said for source in sources},
    )


def _files(folder: Path, out: Path, seen: frozenset[Path] = frozenset()) -> Iterator[Path]:
    seen |= {folder.resolve()}
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BatchError(f"{folder} cannot be looked into ({error.strerror or error}); allow reading it.") from error
    results = any(entry.name == ASSESSMENT for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.resolve() in {out, *seen}:
            continue
        if entry.is_dir():
            yield from _files(entry, out, seen)
        elif not (results and entry.name in OURS):
            yield entry


def _is_wanted(place: PurePosixPath, patterns: Sequence[str]) -> bool:
    """By default whatever is called like a video; else what a pattern fits, by name or with its folders."""
    if not patterns:
        return place.suffix.lower() in SUFFIXES
    return any(fnmatch(place.name, pattern) or fnmatch(place.as_posix(), pattern) for pattern in patterns)


def _new_folder(source: Source, out: Path, taken: set[str]) -> Path:
    """Where results of a clip go that has none yet: named after it, with a number where that name is taken."""
    below = source.place.parts[1:-1]
    stem = named_after(source.path)
    folder, number = out.joinpath(source.client, *below, stem), 1
    while str(folder).casefold() in taken:
        number += 1
        folder = out.joinpath(source.client, *below, f"{stem}-{number}")
    taken.add(str(folder).casefold())
    return folder


def _job(source: Source, folder: Path, wishes: Wishes, known: Record | None) -> Job:
    options = source.said.options(replace(wishes.options, name=wishes.options.name or source.client))
    status = source.path.stat()
    same = known is not None and (known.size_bytes, known.modified_ns) == (status.st_size, status.st_mtime_ns)
    sha256 = known.sha256 if known is not None and same else _sha256(source.path)
    seen_key = _hash([__version__, SCHEMA_VERSION, sha256, *(getattr(options, name) for name in SEEN_BY)])
    said = {f.name: _plain(value) for f in fields(options) if (value := getattr(options, f.name)) != f.default}
    record = Record(
        clip=source.place.as_posix(),
        client=source.client,
        sha256=sha256,
        size_bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
        seen_key=seen_key,
        key=_hash([seen_key, said, wishes.overlay, *_unusual(wishes.drawing)]),
        status=Status.ANALYSED,
    )
    drawing = replace(wishes.drawing, model=options.model)
    return Job(source, folder, options, wishes.overlay, drawing, wishes.today, record, again=wishes.force)


def _unusual(drawing: Drawing) -> list[object]:
    """What is wished of overlay and pictures; nothing where that is what everybody gets, so that older keys stay."""
    return [] if drawing == Drawing() else [drawing.slow, drawing.blur_faces]


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return value.value if isinstance(value, Enum) else value


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""  # probing says in a sentence why it cannot be read
    return digest.hexdigest()
