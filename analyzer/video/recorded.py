"""When a clip was filmed, as its container says."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from analyzer.video.source import open_video

TAGS: Final = ("com.apple.quicktime.creationdate", "creation_time", "date")
"""The first one knows the local time zone; the others are in UTC on most phones."""

FIRST_PHONE_VIDEO: Final = datetime(2000, 1, 1, tzinfo=timezone.utc)
"""Encoders without a clock write 1904 or 1970."""


def recorded_at(path: Path) -> datetime | None:
    """Time of recording with its zone, UTC where the container names none; None where it does not say or cannot know.

    Raises:
        ClipError: the file cannot be used as a clip.
    """
    with open_video(path) as (container, stream):
        tags = {name.lower(): text for name, text in (stream.metadata | container.metadata).items()}
    for tag in TAGS:
        found = _parsed(tags.get(tag, ""))
        if found is not None:
            return found
    return None


def _parsed(text: str) -> datetime | None:
    """A time that can be true, else None."""
    try:
        # Python 3.10 knows neither Z nor a zone without a colon.
        tidy = text.strip().replace("Z", "+00:00")
        if len(tidy) > 5 and tidy[-5] in "+-" and tidy[-4:].isdigit():
            tidy = f"{tidy[:-2]}:{tidy[-2:]}"
        found = datetime.fromisoformat(_micro(tidy))
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.utc)
    return found if found > FIRST_PHONE_VIDEO else None


def _micro(text: str) -> str:
    """Python 3.10 reads fractions of three or six digits only; a recording needs none."""
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return head + tail[digits:] if dot else text
