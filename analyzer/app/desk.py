"""The desk where clips are handed in: it knows every job, tells listeners of changes, and keeps the queue on disk."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from analyzer.app.jobs import Job, State, Store, Wish, new_job
from analyzer.app.library import Library
from analyzer.app.names import clip_name, free, safe_name
from analyzer.erasing import CLIPS
from analyzer.errors import OutputError, StridecheckError

STATE: Final = ".stridecheck"
"""Folder under the root for what is no result: the queue, half uploads, the token."""

MOST_JOBS: Final = 200
KEPT: Final = 30
"""Ended jobs that are remembered, the last ones."""
SPARE_BYTES: Final = 1_000_000_000
"""Room that has to stay free on the disk, for the results."""
PATIENCE_S: Final = 600.0
"""An upload that was announced and never began is forgotten after this."""


class DeskError(StridecheckError):
    """Nothing more can be handed in for now, or the job is not there any more."""


class Desk:
    """All jobs; may be used from any thread."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.root = library.root
        self.uploads = self.root / STATE / "uploads"
        self._store = Store(self.root / STATE / "jobs")
        self._lock = threading.RLock()
        self._listeners: list[Callable[[], None]] = []
        self._announced: dict[str, float] = {}
        self._jobs: dict[str, Job] = {}
        self.closed = False

    def open(self) -> None:
        """Take up what an earlier run left: what was being analysed waits again, half uploads are gone."""
        shutil.rmtree(self.uploads, ignore_errors=True)
        with self._lock:
            for job in self._store.all():
                if job.state is State.RUNNING:
                    self.sweep(job)
                    job = job.model_copy(update={"state": State.QUEUED, "stage": "", "share": 0.0})
                    self._store.save(job)
                self._jobs[job.id] = job

    def close(self) -> None:
        """Let go of all listeners."""
        self.closed = True
        self.tell()

    def jobs(self) -> list[Job]:
        """Every job, the oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, name: str) -> Job | None:
        """The job of that number."""
        with self._lock:
            return self._jobs.get(name)

    def announce(self, wish: Wish) -> Job:
        """A job for a clip that is going to be uploaded.

        Raises:
            DeskError: there are too many jobs, or there is no room on the disk.
        """
        with self._lock:
            late = time.monotonic() - PATIENCE_S
            for name in [name for name, since in self._announced.items() if since < late]:
                del self._announced[name]
                del self._jobs[name]
            if sum(not job.ended for job in self._jobs.values()) >= MOST_JOBS:
                raise DeskError(f"{MOST_JOBS} clips are waiting already; add more when some of them are done.")
            self.root.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self.root).free < wish.size_bytes + SPARE_BYTES:
                raise DeskError("There is not enough room on the disk for this clip; free some and try again.")
            job = new_job(wish)
            self._jobs[job.id] = job
            self._announced[job.id] = time.monotonic()
        self.tell()
        return job

    def begin_upload(self, name: str) -> tuple[Job, Path]:
        """The job whose clip begins to arrive, and the file to put it in.

        Raises:
            DeskError: nobody waits for it.
        """
        with self._lock:
            if name not in self._announced:
                raise DeskError("Nobody waits for this clip any more; add it again.")
            del self._announced[name]
            self.uploads.mkdir(parents=True, exist_ok=True)
            return self._jobs[name], self.uploads / f"{name}.part"

    def arriving(self) -> int:
        """How many clips are on their way in."""
        with self._lock:
            waiting = [job for job in self._jobs.values() if job.state is State.UPLOADING]
            return sum(job.id not in self._announced for job in waiting)

    def drop_upload(self, job: Job, part: Path) -> None:
        """Forget an upload that broke off."""
        part.unlink(missing_ok=True)
        with self._lock:
            self._jobs.pop(job.id, None)
        self.tell()

    def end_upload(self, job: Job, part: Path) -> Job:
        """Put a clip that has arrived in its place, and in the queue.

        Raises:
            DeskError: it was cancelled meanwhile.
            OutputError: it cannot be put there.
        """
        wish = job.wish
        stem, suffix = clip_name(wish.file)
        with self._lock:
            if job.id not in self._jobs:
                part.unlink(missing_ok=True)
                raise DeskError("This clip was cancelled.")
            home = self._home(wish.person)
            if wish.cue and (cue := safe_name(wish.cue, "")):
                stem = f"{stem}-{cue}"
            promised = [(self.root / other.folder).name for other in self.of_home(home)]
            folder = free(home, stem, promised=promised)
            clip = free(home / CLIPS, folder.name, suffix)
            try:
                clip.parent.mkdir(parents=True, exist_ok=True)
                part.replace(clip)
            except OSError as error:
                self.drop_upload(job, part)
                raise OutputError(
                    f"The clip cannot be kept ({error.strerror or error}); make room on the disk."
                ) from error
            return self._changed(job, state=State.QUEUED, clip=self._seen(clip), folder=self._seen(folder))

    def next(self) -> Job | None:
        """The job that has waited longest, now marked as running."""
        with self._lock:
            job = next((job for job in self._jobs.values() if job.state is State.QUEUED), None)
            return None if job is None else self._changed(job, state=State.RUNNING)

    def progressed(self, job: Job, stage: str, share: float) -> None:
        """Note how far a job is; not worth a write to disk."""
        with self._lock:
            now = self._jobs.get(job.id)
            if now is None or now.state not in (State.UPLOADING, State.RUNNING):
                return
            if now.stage == stage and abs(now.share - share) < 0.01 and share < 1.0:
                return
            self._jobs[job.id] = now.model_copy(update={"stage": stage, "share": share})
        self.tell()

    def end(self, job: Job, state: State, said: str = "") -> None:
        """Note how a job ended; of one that failed nothing is kept, and of nobody the answers."""
        if state is not State.DONE:
            self.sweep(job)
            if job.clip:
                with suppress(OSError):
                    (self.root / job.clip).unlink()
                self.library.tidy((self.root / job.folder).parent)
        with self._lock:
            if job.id in self._jobs:
                self._changed(job, state=state, said=said, wish=job.wish.model_copy(update={"answers": {}}))
            for old in [each for each in self._jobs.values() if each.ended][:-KEPT]:
                self.dismiss(old)

    def dismiss(self, job: Job) -> None:
        """Forget a job that has ended."""
        with self._lock:
            self._jobs.pop(job.id, None)
            self._announced.pop(job.id, None)
            self._store.remove(job)
        self.tell()

    def path_of(self, job: Job) -> Path:
        """The file that tells a worker of a job."""
        return self._store.path(job.id)

    def of_home(self, home: Path) -> list[Job]:
        """The jobs whose results lie, or will lie, in that client's folder."""
        return [job for job in self.jobs() if job.folder and (self.root / job.folder).parent == home]

    def sweep(self, job: Job) -> None:
        """Remove what a worker that was killed may have left beside its results."""
        if not job.folder:
            return
        folder = self.root / job.folder
        if folder.parent.is_dir():
            for entry in folder.parent.iterdir():
                if entry.name.startswith(f".{folder.name}.") and entry.name.endswith(".part"):
                    shutil.rmtree(entry, ignore_errors=True)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function at every change, from any thread; returns how to stop that."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return stop

    def tell(self) -> None:
        """Call the listeners."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def _home(self, person: str) -> Path:
        """The folder for a person's results, also if the first of them is still to come."""
        for other in self._jobs.values():
            if person and other.folder and other.wish.person.casefold() == person.casefold():
                return (self.root / other.folder).parent
        return self.library.home(person)

    def _seen(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _changed(self, job: Job, **update: Any) -> Job:
        changed = self._jobs[job.id].model_copy(update=update)
        self._jobs[job.id] = changed
        # Where the disk is full, what is known here still holds; after a restart the clip is analysed once more.
        with suppress(OutputError):
            self._store.save(changed)
        self.tell()
        return changed
