"""The one place where errors end: a sentence on standard error and an exit status, never a traceback unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rich.console import Console

from analyzer.console import plain, say, say_traceback
from analyzer.errors import StridecheckError
from analyzer.pose.engine import naming_missing_libraries

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""

UNEXPECTED: Final = 70
"""Exit status after an error that is Stridecheck's own fault (EX_SOFTWARE)."""

NO_MEMORY: Final = (
    "there is not enough memory for this; close other programs, cut the clip to the part that matters, or export it "
    "smaller, and try again."
)

_OF_MEMORY: Final = ("Insufficient memory", "Cannot allocate memory", "bad_alloc", "can't start new thread")
"""What OpenCV, the system, C++ libraries and threads say where memory ran out."""

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
        say(console, plain(sentence if about in sentence else f"{about}: {sentence}"))

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
        sentence, status = explained(error, "" if debug else "; with --debug it shows where")
        tell(sentence)
        if debug:
            say_traceback(console, error)
        return Outcome(status, error=error)


def explained(error: Exception, more: str = "") -> tuple[str, int]:
    """A sentence and an exit status for an error that nobody foresaw, or that may come anywhere.

    Args:
        error: what was raised.
        more: to be added, where it is a fault of Stridecheck's own.
    """
    if isinstance(error, MemoryError) or any(word in str(error) for word in _OF_MEMORY):
        return NO_MEMORY, StridecheckError.exit_status
    first_line, *_ = [*str(error).splitlines(), ""]
    fault = f"{type(error).__name__}: {first_line}"
    return f"Stridecheck itself failed ({fault}): please report it, with the clip if you may{more}.", UNEXPECTED
