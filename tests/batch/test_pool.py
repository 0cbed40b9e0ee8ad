"""Real processes: jobs shared out, progress told, and a process that dies costs one clip at most."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from analyzer.batch.jobs import Job, find_clips, plan_work
from analyzer.batch.outcome import Done, failed
from analyzer.batch.pool import LOST, Pool, local_crew
from analyzer.cores import cores, usable_cores, use_cores
from analyzer.progress import Progress
from tests.batch.folders import put, wishes


def say_who(job: Job, progress: Progress) -> Done:
    """Tells which process it was, with how many cores; one clip kills its process at first, one always."""
    progress("Looking", 0.5)
    name, tried = job.source.path.stem, job.source.path.with_suffix(".tried")
    if name == "deadly" or (name == "fragile" and not tried.exists()):
        tried.touch()
        os._exit(9)
    return failed(job, f"{os.getpid()} {cores()}")


def jobs_in(root: Path, *names: str) -> tuple[Job, ...]:
    put(root, *(f"anna/{name}.mp4" for name in names))
    wanted = wishes(root)
    return plan_work(wanted, find_clips(wanted)).todo


def test_every_job_comes_back_whatever_becomes_of_a_process(tmp_path):
    told: list[tuple[str, str, float]] = []
    jobs = jobs_in(tmp_path, "a", "b", "c", "deadly", "fragile")
    pool = Pool(2, 1, lambda job, stage, share: told.append((job.source.path.stem, stage, share)), say_who)

    came = {Path(done.record.clip).stem: done.record.reason for done in pool.run(jobs)}

    assert sorted(came) == ["a", "b", "c", "deadly", "fragile"]
    assert came.pop("deadly") == LOST
    processes = {int(reason.split()[0]) for reason in came.values()}
    assert os.getpid() not in processes
    assert {reason.split()[1] for reason in came.values()} == {"1"}
    assert ("a", "Looking", 0.5) in told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no process's state this way")
def test_one_clip_gets_all_cores_and_no_process_stays(tmp_path):
    running = local_crew(None, say_who)(jobs_in(tmp_path, "a"), lambda *_: None)
    process, cores_used = map(int, next(running).record.reason.split())
    running.close()

    assert cores_used == usable_cores()
    with pytest.raises(ProcessLookupError):
        os.kill(process, signal.SIG_DFL)


def test_cores_are_never_more_than_there_are():
    try:
        use_cores(10_000)
        assert cores() == usable_cores()
        use_cores(1)
        assert cores() == 1
    finally:
        use_cores(None)
    assert cores() == usable_cores() >= 1
