"""What may be said of a value and of a test."""

from __future__ import annotations

from enum import Enum


class Verdict(str, Enum):
    """How a value stands against its training target."""

    PASS = "pass"
    BORDERLINE = "borderline"
    FAIL = "fail"
    INFO = "info"
    NOT_MEASURED = "not_measured"


class TestVerdict(str, Enum):
    """How a test came out."""

    __test__ = False

    PASS = "pass"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"
