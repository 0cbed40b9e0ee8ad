"""The one place where errors end: a sentence on standard error and an exit status, never a traceback unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rich.console import Console

from analyzer.console import say, say_traceback
from analyzer.errors import StridecheckError
from analyzer.pose.engine import naming_missing_libraries

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""

UNEXPECTED: Final = 70
"""Exit status after an error that is Stridecheck's own fault (EX_SOFTWARE)."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What came of a piece of work: a value, or the error that was told to the user."""

    status: int
    value: Result | None = None
    error: Exception | None = None


def attempt(work: Callable[[], Result], console: Console, *, about: str = "", debug: bool = False) -> Outcome[Result]:
    """Do the work; if it fails, tell the user why.

    Args:
        work: what to do.
        console: where to tell it.
        about: what the work is about; begins a sentence that does not name it.
        debug: show where an unexpected error came from.

    Raises:
        SystemExit: the user pressed Ctrl-C.
    """

    def tell(sentence: str) -> None:
        say(console, sentence if about in sentence else f"{about}: {sentence}")

    try:
        with naming_missing_libraries():
            return Outcome(0, value=work())
    except StridecheckError as error:
        tell(str(error))
        return Outcome(error.exit_status, error=error)
    except KeyboardInterrupt:
        tell("stopped, nothing half-done was kept.")
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever else it is, the user gets a sentence
        where = "" if debug else "; with --debug it shows where"
        first_line, *_ = [*str(error).splitlines(), ""]
        fault = f"{type(error).__name__}: {first_line}"
        tell(f"Stridecheck itself failed ({fault}): please report it, with the clip if you may{where}.")
        if debug:
            say_traceback(console, error)
        return Outcome(UNEXPECTED, error=error)
