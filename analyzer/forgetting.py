"""Forgetting a client: everything that results say of somebody is found, told, and removed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from html import unescape
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from analyzer.app.desk import STATE
from analyzer.app.jobs import Job, Store
from analyzer.app.serving import served_alone
from analyzer.batch.pages import PAGE as INDEX
from analyzer.batch.pages import render_index
from analyzer.batch.publish import CSV, JSON
from analyzer.batch.record import read_record
from analyzer.batch.rows import Summary, summary_csv, summary_of
from analyzer.batch.session import LOCK, alone
from analyzer.comparing import DATA, write_texts
from analyzer.erasing import HISTORY, LADDER, LADDER_DATA, ONE_COMPARISON, erase_home, is_result, remove, results_in
from analyzer.errors import ForgetError
from analyzer.folder import ASSESSMENT

SIDE_BY_SIDE: Final = "sidebyside.mp4"
_NAME_IN_INDEX: Final = re.compile(r"<title>(.*?): all clips</title>")


@dataclass(frozen=True)
class Client:
    """All about one person in a folder of results.

    Attributes:
        name: as it was asked for.
        home: the folder that holds their results; None where they lie among others'.
        places: result folders, comparisons and ladders outside the home.
        jobs: clips of theirs in the queue of the local page, waiting or done.
        clips: their videos elsewhere, which stay.
        unclear: names of things that may show them, and do not say whom they show.
    """

    name: str
    home: Path | None
    places: tuple[Path, ...]
    jobs: tuple[Job, ...]
    clips: tuple[Path, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass
class Forgotten:
    """What was removed, what was written anew without them, and what is left: not ours, or not to be told whose."""

    removed: list[Path] = field(default_factory=list)
    rewritten: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def find_client(root: Path, name: str) -> Client:
    """Everything about somebody in a folder of results; nothing is changed.

    Args:
        root: the folder of results.
        name: of the client's folder or of the person, whatever the case; or the path of the client's folder.

    Raises:
        ForgetError: there is no such folder, nobody or more than one is called so.
    """
    if not root.is_dir():
        raise ForgetError(f"{root} is no folder; name the folder of results with --out.")
    shelf = _look_at(root.resolve())
    wanted = name.strip().casefold()
    exact = next((folder for folder in shelf.all if _is_path(name) and Path(name).resolve() == folder), None)
    if exact is not None:
        wanted = exact.name.casefold()
    homes = [exact] if exact in shelf.homes else shelf.homes_of(wanted) if exact is None else []
    loose = [exact] if exact in shelf.results else [path for path, who in shelf.results.items() if _same(who, wanted)]
    if exact is None:
        called = [path for path in shelf.results if _same(path.name, wanted) and path not in loose]
        _check_clear(name, shelf, homes, called, loose)
        loose += called
    home = homes[0] if homes else None
    told = [path for path, who in shelf.pages.items() if _same(who, wanted)]
    jobs = tuple(job for job in _jobs(shelf.root) if _is_theirs(job, wanted, home))
    if home is None and not loose and not told and not jobs:
        raise ForgetError(f"Nobody in {root} is called {name}{_near(name, shelf)}")
    unclear = [path.name for path, who in shelf.pages.items() if not who]
    unclear += [SIDE_BY_SIDE] if (shelf.root / SIDE_BY_SIDE).is_file() else []
    clips = _clips_elsewhere(shelf.root, [*(results_in(home) if home else ()), *loose])
    return Client(name, home, (*loose, *told), jobs, clips, tuple(unclear))


def forget(root: Path, client: Client, today: date) -> Forgotten:
    """Remove everything about somebody, and write indexes anew without them.

    Args:
        root: the folder of results.
        client: from `find_client`.
        today: the day of the new index.

    Raises:
        ForgetError: a clip of theirs is being analysed.
        BatchError: a batch is at work there.
        OutputError: something cannot be removed or written, or the folder is being served.
    """
    root, done = root.resolve(), Forgotten()
    with _nobody_else_at_work(root):
        for job in client.jobs:
            clip = root / job.clip
            if job.clip and clip.is_file() and clip.resolve().is_relative_to(root):
                remove(clip)
                done.removed.append(clip)
            store = Store(root / STATE / "jobs")
            store.remove(job)
            done.removed.append(store.path(job.id))
        if client.home is not None:
            removed, left = erase_home(client.home, with_clips=(root / STATE).is_dir())
            done.removed += removed
            done.left += [f"{client.home.name}/{each}" for each in left]
            _rewrite_index(root, client.home.name, today, done)
        for place in client.places:
            remove(place)
            done.removed.append(place)
        # A progress page over the whole folder tells of all results in it.
        for page in (root / page for page in HISTORY):
            if page.is_file():
                remove(page)
                done.removed.append(page)
    return done


@contextmanager
def _nobody_else_at_work(root: Path) -> Iterator[None]:
    with ExitStack() as held:
        if (root / STATE).is_dir():
            held.enter_context(served_alone(root))
        if (root / LOCK).exists() or (root / JSON).exists():
            held.enter_context(alone(root))
        yield


@dataclass(frozen=True)
class _Shelf:
    """What lies directly in a folder of results: clients' folders, single results, comparisons and ladders.

    With each of them the names that it gives: several for a client's folder, an empty one where it gives none.
    """

    root: Path
    homes: dict[Path, set[str]]
    results: dict[Path, str]
    pages: dict[Path, str]

    @property
    def all(self) -> tuple[Path, ...]:
        return (*self.homes, *self.results, *self.pages)

    def homes_of(self, wanted: str) -> list[Path]:
        return [
            home for home, people in self.homes.items() if any(_same(each, wanted) for each in (home.name, *people))
        ]


def _look_at(root: Path) -> _Shelf:
    shelf = _Shelf(root, {}, {}, {})
    for folder in sorted(root.iterdir()):
        if not folder.is_dir() or folder.is_symlink() or folder.name.startswith("."):
            continue
        if is_result(folder):
            shelf.results[folder] = _person_of(folder / ASSESSMENT)
            continue
        teller = next((folder / name for name in (DATA, LADDER_DATA) if (folder / name).is_file()), None)
        if teller is not None and folder.name in (ONE_COMPARISON, LADDER, teller.stem):
            shelf.pages[folder] = _person_of(teller)
        elif results := results_in(folder):
            shelf.homes[folder] = {who for each in results if (who := _person_of(each / ASSESSMENT))}
        elif teller is not None:
            shelf.pages[folder] = _person_of(teller)
    return shelf


def _check_clear(name: str, shelf: _Shelf, homes: list[Path], called: list[Path], loose: list[Path]) -> None:
    """Refuse where more than one may be meant."""
    if len(homes) > 1 or (called and (homes or loose or len(called) > 1)):
        meant = " and ".join(str(place) for place in (*homes, *called, *loose))
        raise ForgetError(f"{name} may mean {meant}; give the path of the one that you mean.")
    for home in homes:
        people = {each.casefold(): each for each in shelf.homes[home]}
        if len(people) > 1:
            listed = " and ".join(sorted(people.values()))
            raise ForgetError(f"{home} holds results of {listed}; give its path to forget all of them.")


def _near(name: str, shelf: _Shelf) -> str:
    known = {home.name for home in shelf.homes}.union(*shelf.homes.values(), shelf.results.values()) - {""}
    near = get_close_matches(name, sorted(known), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else "; name a client's folder in it, or give another --out."


def _same(name: str, wanted: str) -> bool:
    return name.casefold() == wanted


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name


def _person_of(teller: Path) -> str:
    """Whom an assessment, a comparison or a ladder is about; empty where it does not say."""
    content = _json(teller)
    subject = content.get("subject")
    person = subject.get("name") if isinstance(subject, dict) else content.get("person")
    return person.strip() if isinstance(person, str) else ""


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _jobs(root: Path) -> Iterator[Job]:
    for path in sorted((root / STATE / "jobs").glob("*.json")):
        try:
            yield Job.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue


def _is_theirs(job: Job, wanted: str, home: Path | None) -> bool:
    top = Path(job.folder).parts[:1] if len(Path(job.folder).parts) > 1 else ()
    return job.wish.person.casefold() == wanted or (home is not None and top == (home.name,))


def _clips_elsewhere(root: Path, results: list[Path]) -> tuple[Path, ...]:
    """Videos outside the results that these were made from, as far as they are still where they were."""
    found = []
    for folder in results:
        told = _json(folder / ASSESSMENT).get("clip")
        place = told.get("path") if isinstance(told, dict) else None
        if isinstance(place, str) and place.isprintable():
            path = Path(place)
            if path.is_file() and not path.resolve().is_relative_to(root):
                found.append(path)
    return tuple(dict.fromkeys(found))


def _rewrite_index(root: Path, client: str, today: date, done: Forgotten) -> None:
    """The index of a batch without a client; where it cannot be read, or nobody is left, there is none any more."""
    index = [root / name for name in (JSON, CSV, INDEX)]
    if not (root / JSON).is_file():
        return
    try:
        rows = [row for row in Summary.model_validate_json((root / JSON).read_bytes()).clips if row.client != client]
    except (OSError, ValidationError):
        rows = []
    if not rows:
        for page in index:
            remove(page)
        done.removed += index
        return
    rows = [row.model_copy(update={"thumbnail": _thumbnail(root / row.folder) if row.folder else ""}) for row in rows]
    texts = {JSON: summary_of(rows).to_json(), CSV: summary_csv(rows), INDEX: render_index(rows, _named(root), today)}
    write_texts(root, texts)
    done.rewritten += index


def _thumbnail(folder: Path) -> str:
    record = read_record(folder)
    return record.thumbnail if record is not None else ""


def _named(root: Path) -> str:
    """What the index calls the folder of clips."""
    try:
        found = _NAME_IN_INDEX.search((root / INDEX).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    return unescape(found[1]) if found else root.name
