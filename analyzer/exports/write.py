"""Writing an export to disk, whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from analyzer.errors import OutputError
from analyzer.exports.named_axes import write_netcdf
from analyzer.exports.tidy import tidy_csv
from analyzer.exports.tracked import IN_FOLDER, Tracked, read_tracked
from analyzer.exports.trc import trc_text


class Format(str, Enum):
    """What a track can be written as."""

    TRC = "trc"
    CSV = "csv"
    MOVEMENT = "movement"


def export(source: Path, wanted: Format, out: Path | None = None, height_cm: float | None = None) -> Path:
    """Write a result folder's or a file's track in another format; returns the file written.

    Args:
        source: result folder or saved track.
        wanted: the format.
        out: the file to write; by default in the working folder, named after the results.
        height_cm: standing height, where the track is a raw one.

    Raises:
        TrackError: there is no usable track.
        OutputError: the file cannot be written, or a package is missing.
    """
    tracked = read_tracked(source, height_cm)
    suffix, write = _WRITERS[wanted]
    track_file = source / IN_FOLDER if source.is_dir() else source
    path = out or Path.cwd() / f"{tracked.name}{suffix}"
    if path.resolve() == track_file.resolve():
        raise OutputError(f"{path} is the track itself; name another file with --out.")
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        write(tracked, part)
        os.replace(part, path)  # noqa: PTH105 - the same on Windows where the target exists
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}); name another place.") from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _text(make: Callable[[Tracked], str]) -> Callable[[Tracked, Path], None]:
    def write(tracked: Tracked, path: Path) -> None:
        path.write_text(make(tracked), encoding="utf-8", newline="\n")

    return write


_WRITERS: dict[Format, tuple[str, Callable[[Tracked, Path], None]]] = {
    Format.TRC: (".trc", _text(trc_text)),
    Format.CSV: (".csv", _text(tidy_csv)),
    Format.MOVEMENT: (".nc", write_netcdf),
}
