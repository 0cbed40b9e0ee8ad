"""A real Dask scheduler and real workers on this machine, one of which is killed while it is at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.batch.cluster import Cluster
from analyzer.batch.jobs import Job, find_clips, plan_work
from analyzer.batch.outcome import Done
from analyzer.batch.record import Status
from analyzer.errors import BatchError
from analyzer.progress import Progress
from tests.batch.folders import put, refuse, wishes

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]
STARTED_S = 60.0


def lose_the_first_worker(job: Job, progress: Progress) -> Done:
    """Refuses clips as ever, but the process that gets the first of them is killed while at it."""
    lost = job.source.path.parents[1] / "lost.txt"
    if job.source.path.stem == "00" and not lost.exists():
        lost.write_text(str(os.getpid()), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    return refuse(job, progress)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers of one thread each."""
    told = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(told), "--no-dashboard"]
    programs = [
        ["scheduler", "--host", "127.0.0.1", "--port", "0", *common],
        *[["worker", *common, "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]]
        * 2,
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *each],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for each in programs
    ]  # fmt: skip
    try:
        yield _address(told)
    finally:
        for each in running:
            each.kill()
        for each in running:
            each.wait()


def _address(told: Path) -> str:
    """Where the scheduler listens, once both workers have come."""
    from distributed import Client

    with Client(scheduler_file=str(told), timeout=STARTED_S) as client:
        client.wait_for_workers(2, timeout=STARTED_S)
        return str(client.scheduler.address)


def test_a_lost_worker_costs_nothing_but_time(scheduler, tmp_path):
    clients = tmp_path / "clients"
    put(clients, *(f"anna/{number:02d}.mp4" for number in range(8)))
    wanted = wishes(clients)
    jobs = plan_work(wanted, find_clips(wanted)).todo

    came = list(Cluster(scheduler, lose_the_first_worker).run(jobs, lambda *_: None))

    assert (clients / "lost.txt").exists()
    assert sorted(done.record.clip for done in came) == [f"anna/{number:02d}.mp4" for number in range(8)]
    assert {done.record.status for done in came} == {Status.REFUSED}
    again = plan_work(wanted, find_clips(wanted))
    assert (again.todo, len(again.done)) == ((), 8)


def test_no_scheduler_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("analyzer.batch.cluster.CONNECT_S", 0.2)
    put(tmp_path, "anna/a.mp4")
    wanted = wishes(tmp_path)

    with pytest.raises(BatchError, match="There is no Dask scheduler at tcp://127"):
        list(Cluster("tcp://127.0.0.1:9", refuse).run(plan_work(wanted, find_clips(wanted)).todo, lambda *_: None))
