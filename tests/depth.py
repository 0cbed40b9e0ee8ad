"""How hard hypothesis tries: ``STRIDECHECK_DEPTH=20 make test`` draws twenty times as many examples as usual."""

from __future__ import annotations

import os
from typing import Any, Final

from hypothesis import settings

DEPTH: Final = int(os.environ.get("STRIDECHECK_DEPTH", "1"))


def examples(count: int, **more: Any) -> settings:
    """For a test whose examples take long, or that needs more of them than others: so many at the usual depth."""
    return settings(max_examples=count * DEPTH, **more)
