"""What became of a clip, kept in its result folder: by it the next run knows that there is nothing to do."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from analyzer.folder import JOB
from analyzer.schema import Model

FORMAT: Final = 1


class Status(str, Enum):
    """What became of a clip."""

    ANALYSED = "analysed"
    REFUSED = "refused"
    FAILED = "failed"


class Record(Model):
    """What became of a clip, and of what it is the result.

    Attributes:
        clip: the file's place below the batch's folder, with slashes.
        client: whose clip it is.
        sha256: of the file's bytes.
        size_bytes: of the file; with ``modified_ns`` it tells that the content is still the same.
        seen_key: hash of all that decides what is seen in the pictures.
        key: hash of all that decides the results.
        reason: why there are none, in a sentence.
        exit_status: as the command line would give it.
        thumbnail: a small picture, JPEG in base 64; empty where there is none.
    """

    format: int = FORMAT
    clip: str
    client: str
    sha256: str
    size_bytes: int
    modified_ns: int
    seen_key: str
    key: str
    status: Status
    reason: str = ""
    exit_status: int = 0
    thumbnail: str = ""

    def to_json(self) -> str:
        """The file's text."""
        return self.model_dump_json(indent=2) + "\n"


def read_record(folder: Path) -> Record | None:
    """The record in a result folder; None if there is none, or one of another version."""
    try:
        found = Record.model_validate_json((folder / JOB).read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.format == FORMAT else None


def read_records(out: Path) -> dict[Path, Record]:
    """Every record below a folder, by its result folder."""
    folders = sorted(path.parent for path in out.rglob(JOB) if not path.parent.name.startswith("."))
    found = ((folder, read_record(folder)) for folder in folders)
    return {folder: record for folder, record in found if record is not None}
