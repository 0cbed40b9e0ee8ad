"""``batch.toml``: what is known of the clips in a folder, for all of them, for a client, or for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, TypeVar

from pydantic import Field, ValidationError, field_validator

from analyzer.errors import BatchError, SubjectError
from analyzer.motion.types import Activity, View
from analyzer.options import Options
from analyzer.pose.subject import parse_subject
from analyzer.tables import Table, read_toml

FILE: Final = "batch.toml"
MOST_PAIN: Final = 10.0


class Said(Table):
    """What may be said of a clip; None leaves it to what is said of the folder, else to be found out."""

    activity: Activity | None = None
    view: View | None = None
    name: str | None = None
    height_cm: float | None = Field(default=None, ge=80.0, le=250.0)
    mass_kg: float | None = Field(default=None, ge=15.0, le=300.0)
    speed_mps: float | None = Field(default=None, ge=0.5, le=13.0)
    box_cm: float | None = Field(default=None, ge=5.0, le=120.0)
    captured_fps: float | None = Field(default=None, ge=10.0, le=2000.0)
    subject: str | None = None
    eyes: Literal["open", "closed"] | None = None
    cue: str | None = None
    pain: float | None = Field(default=None, ge=0.0, le=MOST_PAIN)
    shoes: str | None = None

    @field_validator("activity", mode="before")
    @classmethod
    def _hyphens_too(cls, value: object) -> object:
        return value.replace("-", "_") if isinstance(value, str) else value

    @field_validator("subject")
    @classmethod
    def _tells_somebody(cls, value: str | None) -> str | None:
        try:
            if value is not None:
                parse_subject(value)
        except SubjectError as error:
            raise ValueError(str(error)) from error
        return value

    def over(self, other: Said) -> Said:
        """What is said here, and what the other says where nothing is said here."""
        here = {name: value for name in Said.model_fields if (value := getattr(self, name)) is not None}
        return Said(**{**{name: getattr(other, name) for name in Said.model_fields}, **here})

    def options(self, usual: Options) -> Options:
        """The options of a clip of which this is said."""
        said: Mapping[str, Any] = {
            name: value
            for name in Said.model_fields
            if hasattr(usual, name) and (value := getattr(self, name)) is not None
        }
        return replace(usual, **said)


class Folder(Said):
    """One ``batch.toml``, or what it says of one client; clips by their place below the folder."""

    clip: Mapping[str, Said] = Field(default_factory=dict)

    def of(self, place: PurePosixPath) -> Said:
        """What it says of a clip at a place below its folder; one named without folders is meant wherever it lies."""
        said = self.clip.get(place.as_posix()) or self.clip.get(place.name) or Said()
        return said.over(Said(**{name: getattr(self, name) for name in Said.model_fields}))


class Root(Folder):
    """The ``batch.toml`` of the whole folder, which may speak of clients by the names of their folders."""

    client: Mapping[str, Folder] = Field(default_factory=dict)


Kind = TypeVar("Kind", bound=Folder)


class Settings:
    """All that the files in a folder say; each file is read once.

    Args:
        root: the folder of the batch.

    Raises:
        BatchError: its file cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top: Root = _read(root / FILE, Root)
        self._below: dict[Path, Folder] = {}

    def of(self, place: PurePosixPath, client: str) -> Said:
        """What is said of a clip at a place below the root; what is nearest to the clip counts most.

        Raises:
            BatchError: a file on the way cannot be read.
        """
        said: Said = self._top.of(place)
        if client in self._top.client:
            within = PurePosixPath(*place.parts[1:]) if len(place.parts) > 1 else place
            said = self._top.client[client].of(within).over(said)
        for depth in range(1, len(place.parts)):
            folder = self._root.joinpath(*place.parts[:depth])
            if folder not in self._below:
                self._below[folder] = _read(folder / FILE, Folder)
            said = self._below[folder].of(PurePosixPath(*place.parts[depth:])).over(said)
        return said


def _read(path: Path, kind: type[Kind]) -> Kind:
    """The content of a file as that kind of table; an empty one where there is no file."""
    try:
        return kind.model_validate(read_toml(path))
    except FileNotFoundError:
        return kind()
    except OSError as error:
        raise BatchError(f"{path} cannot be read ({error.strerror or error}); allow reading it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BatchError(
            f"{path}: {where}: {first['msg']}. Known are {', '.join(Said.model_fields)}, for all clips, below "
            '[clip."file.mp4"] for one, and in the uppermost folder below [client.name].'
        ) from error
    except ValueError as error:
        raise BatchError(f"{path} is not TOML ({error}); write lines such as height_cm = 172.") from error
