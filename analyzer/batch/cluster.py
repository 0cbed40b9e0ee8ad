"""Jobs on many machines: an existing Dask cluster does them, with the folders on a disk that all of them share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analyzer.batch.jobs import Job
from analyzer.batch.outcome import Done, Perform, failed
from analyzer.batch.pool import Told
from analyzer.cores import use_cores
from analyzer.errors import BatchError
from analyzer.progress import silent

if TYPE_CHECKING:
    from distributed import Client

RETRIES: Final = 2
CONNECT_S: Final = 15.0
AT_WORK: Final = "On the cluster"
LOST: Final = "The machines that analysed it were lost, one after the other; look at their logs, and try again."
NOT_INSTALLED: Final = 'Working on a cluster needs Dask; install it with pip install "stridecheck[cluster]".'


@dataclass(frozen=True)
class Cluster:
    """Does jobs on a Dask cluster.

    Attributes:
        address: of the scheduler, such as ``tcp://scheduler:8786``.
        work: what is done with a job.
    """

    address: str
    work: Perform

    def run(self, jobs: Sequence[Job], told: Told) -> Iterator[Done]:
        """Each job's outcome, as they come. Jobs of a machine that is lost are done by another.

        Raises:
            BatchError: Dask is not installed, or there is no scheduler at the address.
        """
        try:
            from distributed import Client, as_completed
        except ImportError as error:
            raise BatchError(NOT_INSTALLED) from error
        with _connected(Client, self.address) as client:
            waiting = {}
            for job in jobs:
                told(job, AT_WORK, 0.0)
                key = f"stridecheck-{job.record.key[:16]}-{job.record.clip}"
                waiting[client.submit(_on_worker, self.work, job, key=key, retries=RETRIES, pure=False)] = job
            try:
                for future in as_completed(list(waiting)):  # type: ignore[no-untyped-call]
                    job = waiting.pop(future)
                    yield failed(job, LOST) if future.status != "finished" else future.result()
            finally:
                client.cancel(list(waiting))


def _on_worker(work: Perform, job: Job) -> Done:
    """A job on a worker, of which there is one for each core."""
    use_cores(1)
    return work(job, silent)


def _connected(kind: type[Client], address: str) -> Any:
    try:
        return kind(address, timeout=CONNECT_S)
    except (OSError, ValueError) as error:
        raise BatchError(
            f"There is no Dask scheduler at {address}; start one with dask scheduler, and give its tcp:// address."
        ) from error
