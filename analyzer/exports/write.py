"""Writing an export to disk, whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from analyzer.errors import OutputError
from analyzer.exports.c3d import write_c3d
from analyzer.exports.mot import mot_text
from analyzer.exports.named_axes import write_netcdf
from analyzer.exports.table import PARQUET, Table, csv_text, write_parquet
from analyzer.exports.tidy import curves_table, events_table, points_table
from analyzer.exports.tracked import Tracked, read_assessment, read_tracked
from analyzer.exports.trc import trc_text
from analyzer.folder import OURS
from analyzer.privacy import close_to_others


class Format(str, Enum):
    """What results can be written as."""

    TRC = "trc"
    MOT = "mot"
    C3D = "c3d"
    CSV = "csv"
    EVENTS = "events"
    CURVES = "curves"
    MOVEMENT = "movement"


Write: TypeAlias = Callable[[Path], None]
"""Writes what it holds to a file."""

SUFFIXES: dict[Format, str] = {
    Format.TRC: ".trc",
    Format.MOT: ".mot",
    Format.C3D: ".c3d",
    Format.CSV: ".csv",
    Format.EVENTS: ".events.csv",
    Format.CURVES: ".curves.csv",
    Format.MOVEMENT: ".nc",
}
"""How a file is called by default, after the results' name."""


def export(
    source: Path,
    wanted: Format,
    out: Path | None = None,
    height_cm: float | None = None,
    *,
    parquet: bool = False,
) -> Path:
    """Write results in another format; returns the file written.

    Args:
        source: result folder, saved track, or assessment for what is made of that.
        wanted: the format.
        out: the file to write; by default in the working folder, named after the results.
        height_cm: standing height, where the track is a raw one.
        parquet: write tables as Parquet instead of CSV; so does a file whose name ends in ``.parquet``.

    Raises:
        TrackError: there is nothing usable.
        OutputError: the file cannot be written, or a package is missing.
    """
    parquet = parquet or (out is not None and out.suffix.lower() == PARQUET)
    name, write = _prepared(source, wanted, height_cm, parquet)
    suffix = SUFFIXES[wanted].replace(".csv", PARQUET) if parquet else SUFFIXES[wanted]
    path = out or Path.cwd() / f"{name}{suffix}"
    if path.resolve() == source.resolve() or (path.resolve().parent == source.resolve() and path.name in OURS):
        raise OutputError(f"{path} is one of the results themselves; name another file with --out.")
    # ezc3d writes only to names that end as its files do
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part{suffix}")
    try:
        write(part)
        close_to_others(part)
        os.replace(part, path)  # noqa: PTH105 - the same on Windows where the target exists
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}); name another place.") from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _prepared(source: Path, wanted: Format, height_cm: float | None, parquet: bool) -> tuple[str, Write]:
    """The results' name, and what writes them."""
    if wanted in (Format.EVENTS, Format.CURVES):
        assessment = read_assessment(source)
        name = source.resolve().name if source.is_dir() else source.resolve().parent.name
        return name, _of_table((events_table if wanted is Format.EVENTS else curves_table)(assessment), parquet)
    tracked = read_tracked(source, height_cm)
    if wanted is Format.CSV:
        return tracked.name, _of_table(points_table(tracked), parquet)
    if parquet:
        raise OutputError(f"Only tables can be Parquet, and {wanted.value} is none; leave --parquet out.")
    if wanted in (Format.TRC, Format.MOT):
        return tracked.name, _of_text((trc_text if wanted is Format.TRC else mot_text)(tracked))
    return tracked.name, _of_track(tracked, write_c3d if wanted is Format.C3D else write_netcdf)


def _of_table(table: Table, parquet: bool) -> Write:
    return (lambda path: write_parquet(table, path)) if parquet else _of_text(csv_text(table))


def _of_track(tracked: Tracked, write: Callable[[Tracked, Path], None]) -> Write:
    return lambda path: write(tracked, path)


def _of_text(text: str) -> Write:
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    return write
