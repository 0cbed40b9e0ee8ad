"""Say in a sentence what the operating system lacks for the libraries that pictures need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.errors import SystemLibraryError


@contextmanager
def naming_missing_libraries() -> Iterator[None]:
    """Turn a loader error inside into the name of what to install.

    Wrap it around imports of ``cv2`` and of the networks' runtime.

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
