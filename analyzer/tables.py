"""Reading the package's TOML tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class Table(BaseModel):
    """Base of typed tables: a misspelt key is a fault, not a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(source: Traversable | Path) -> dict[str, Any]:
    """The content of a TOML file, from the package or from disk.

    Raises:
        OSError: it cannot be read.
        tomllib.TOMLDecodeError: it is not TOML (a `ValueError`).
    """
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
