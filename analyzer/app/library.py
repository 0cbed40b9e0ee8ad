"""The result folders that lie on disk, found by number: the page never gets or gives a path."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from analyzer.app.names import free, identity, safe_name
from analyzer.assessment import Assessment, Verdict
from analyzer.compare.history import dated_by
from analyzer.comparing import DATA, PAGE, PROGRESS_DATA, PROGRESS_PAGE
from analyzer.erasing import CLIPS, COMPARISONS, ONE_COMPARISON, erase_home, remove, tidy
from analyzer.errors import OutputError
from analyzer.folder import ASSESSMENT
from analyzer.motion.types import Activity, View
from analyzer.overlay.palette import overall

NOBODY: Final = "No name given"


@dataclass(frozen=True)
class Result:
    """A result folder, as a list shows it; ``person`` is empty where nobody said who it is."""

    id: str
    folder: Path
    title: str
    person: str
    day: date
    created: str
    headline: str
    look: Verdict
    activity: Activity
    view: View


@dataclass(frozen=True)
class Client:
    """The results of one person, the newest first; those without a person of their own are together in one."""

    id: str
    folder: Path
    name: str
    own: bool
    results: tuple[Result, ...]
    comparisons: tuple[tuple[str, Path], ...]

    @property
    def newest(self) -> Result:
        """The last result."""
        return self.results[0]


class Library:
    """What lies under a folder: results, directly in it or in a folder for each client.

    Args:
        root: the folder; it need not be there yet.
        only: show this one result folder in it and nothing else.
    """

    def __init__(self, root: Path, only: Path | None = None) -> None:
        self.root = root.resolve()
        self._only = None if only is None else only.resolve()
        self._known: dict[Path, tuple[tuple[int, int], Result | None]] = {}
        self._lock = threading.Lock()

    def clients(self) -> list[Client]:
        """Everybody, the one with the newest result first."""
        groups: dict[Path, list[Result]] = {}
        with self._lock:
            for path in self._assessments():
                result = self._read(path)
                if result is not None:
                    home = result.folder.parent
                    groups.setdefault(home, []).append(result)
        clients = [self._client(folder, results) for folder, results in groups.items()]
        return sorted(clients, key=lambda client: (client.newest.day, client.newest.created), reverse=True)

    def client(self, name: str) -> Client | None:
        """The client of that number."""
        return next((client for client in self.clients() if client.id == name), None)

    def result(self, name: str) -> Result | None:
        """The result of that number."""
        return next((result for client in self.clients() for result in client.results if result.id == name), None)

    def home(self, person: str) -> Path:
        """The folder for a person's results: the one that holds them already, else a new one; the root for nobody."""
        if not person:
            return self.root
        for client in self.clients():
            if client.own and client.name.casefold() == person.casefold():
                return client.folder
        return free(self.root, safe_name(person, "client"))

    def assessment(self, result: Result) -> Assessment:
        """All that a result says.

        Raises:
            OutputError: it is gone or damaged.
        """
        try:
            return Assessment.model_validate_json((result.folder / ASSESSMENT).read_bytes())
        except (OSError, ValidationError) as error:
            raise OutputError(f"{result.title} cannot be read any more; analyse the clip again.") from error

    def delete_result(self, result: Result) -> None:
        """Remove a result and the clip that was taken in with it.

        Raises:
            OutputError: something cannot be removed.
        """
        clip = Path(self.assessment(result).clip.path)
        remove(result.folder)
        home = result.folder.parent
        if clip.parent == home / CLIPS and not clip.is_symlink():
            with suppress(OSError):
                clip.unlink()
        # A progress page tells of all results, so it would still tell of this one.
        for name in (PROGRESS_PAGE, PROGRESS_DATA):
            (home / name).unlink(missing_ok=True)
        self.tidy(home)

    def delete_client(self, client: Client) -> tuple[str, ...]:
        """Remove all that Stridecheck keeps about somebody; returns the names of things there that are not ours.

        Raises:
            OutputError: something cannot be removed.
        """
        if client.folder == self.root:
            raise OutputError("These results have no folder of their own; delete them one by one.")
        return erase_home(client.folder, with_clips=True)[1]

    def tidy(self, home: Path) -> None:
        """Remove a client's folders that have become empty."""
        if home != self.root:
            tidy(home)

    def _assessments(self) -> Iterable[Path]:
        if self._only is not None:
            yield self._only / ASSESSMENT
            return
        for pattern in (f"*/{ASSESSMENT}", f"*/*/{ASSESSMENT}"):
            for path in sorted(self.root.glob(pattern)):
                inside = path.resolve().is_relative_to(self.root)
                hidden = any(part.startswith(".") for part in path.relative_to(self.root).parts)
                # A comparison keeps results of its own; they are shown there.
                if inside and not hidden and not (path.parent.parent / DATA).exists():
                    yield path

    def _read(self, path: Path) -> Result | None:
        try:
            state = path.stat()
        except OSError:
            return None
        stamp = (state.st_mtime_ns, state.st_size)
        if path not in self._known or self._known[path][0] != stamp:
            self._known[path] = (stamp, self._understood(path))
        return self._known[path][1]

    def _understood(self, path: Path) -> Result | None:
        try:
            assessment = Assessment.model_validate_json(path.read_bytes())
            day, _ = dated_by(assessment, path.parent)
        except (OSError, ValidationError, ValueError):
            return None
        return Result(
            id=identity(path.parent, self.root),
            folder=path.parent,
            title=path.parent.name,
            person=assessment.subject.name or "",
            day=day,
            created=assessment.created,
            headline=assessment.headline,
            look=overall(assessment),
            activity=assessment.activity,
            view=assessment.camera.view,
        )

    def _client(self, folder: Path, results: list[Result]) -> Client:
        results.sort(key=lambda result: (result.day, result.created), reverse=True)
        own = folder != self.root
        name = next((result.person for result in results if result.person), folder.name) if own else NOBODY
        pages = [page for kept in (COMPARISONS, ONE_COMPARISON) for page in sorted(folder.glob(f"{kept}/**/{PAGE}"))]
        return Client(
            id=identity(folder, self.root),
            folder=folder,
            name=name,
            own=own,
            results=tuple(results),
            comparisons=tuple((identity(page, self.root), page) for page in reversed(pages)),
        )
