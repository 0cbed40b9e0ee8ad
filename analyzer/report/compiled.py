"""Templates kept compiled from run to run: compiling them takes longer than all else that a report takes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import platformdirs
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from analyzer import __version__


class CompiledTemplates(FileSystemBytecodeCache):
    """In a folder of the user's cache; where it cannot be read or written, every run compiles for itself.

    What is kept holds no data, only the templates' own code, and is used for the very same text of a template alone, of
    the same version of Stridecheck, Jinja and Python.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or platformdirs.user_cache_path("stridecheck", appauthor=False) / "templates"
        super().__init__(str(folder))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What tells one template from another, across versions as well."""
        return super().get_cache_key(f"{__version__} {name}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if the folder has something for it."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds, whole or not at all."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
