"""What comes of a job, and what a process has to be able to do to be given one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from analyzer.batch.jobs import Job
from analyzer.batch.record import Record, Status
from analyzer.errors import StridecheckError
from analyzer.folder import JOB, check_free, written_whole
from analyzer.progress import Progress

FAULT: Final = 70
"""Exit status after a fault of Stridecheck's own."""


@dataclass(frozen=True)
class Done:
    """What came of a job.

    Attributes:
        job: what was to be done.
        record: what became of it; kept in the result folder unless it failed.
        fresh: whether it was done now, rather than found done.
        stops: whether the same would happen to every other clip.
    """

    job: Job
    record: Record
    fresh: bool = True
    stops: bool = False


Perform: TypeAlias = Callable[[Job, Progress], Done]
"""What a process does with a job."""


def failed(job: Job, reason: str, exit_status: int = FAULT, *, stops: bool = False) -> Done:
    """A job that came to nothing for reasons that need not be the clip's: the next run tries it again."""
    record = job.record.model_copy(update={"status": Status.FAILED, "reason": reason, "exit_status": exit_status})
    return Done(job, record, stops=stops)


def refuse(job: Job, error: StridecheckError) -> Done:
    """A clip that cannot be analysed: the reason is kept in its result folder, alone."""
    update = {"status": Status.REFUSED, "reason": str(error), "exit_status": error.exit_status}
    record = job.record.model_copy(update=update)
    try:
        check_free(job.folder)
        with written_whole(job.folder) as part:
            (part / JOB).write_text(record.to_json(), encoding="utf-8", newline="\n")
    except StridecheckError as problem:
        return failed(job, str(problem), problem.exit_status)
    return Done(job, record)
