"""How a long piece of work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float], None]
"""Told the stage's name and the share of it that is done, 0 to 1."""


def silent(stage: str, share: float) -> None:
    """A `Progress` that says nothing."""
