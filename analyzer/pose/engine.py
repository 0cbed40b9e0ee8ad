"""Import the pose engine, and say in a sentence what the operating system lacks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from analyzer.errors import SystemLibraryError
from analyzer.pose.quiet import engine_quiet


def load_mediapipe() -> Any:
    """The ``mediapipe`` module. Its native library loads only when a landmarker is made.

    Raises:
        SystemLibraryError: a system library is missing.
    """
    with naming_missing_libraries(), engine_quiet():
        return import_module("mediapipe")


@contextmanager
def naming_missing_libraries() -> Iterator[None]:
    """Turn a loader error inside into the name of what to install.

    Wrap it around imports of ``cv2`` and ``mediapipe`` and around the making of a landmarker.

    Raises:
        SystemLibraryError: a system library is missing.
    """
    try:
        yield
    except (ImportError, OSError) as error:
        missing = re.match(r"(lib[\w+-]+\.so[.\d]*): cannot open shared object file", str(error))
        if missing is None:
            raise
        raise SystemLibraryError(
            f"The system library {missing[1]} is missing: install the packages libegl1, libgles2 and libgl1 "
            '("sudo apt-get install libegl1 libgles2 libgl1" on Debian and Ubuntu).'
        ) from error
