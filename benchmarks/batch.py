"""What a batch stands: many clips with flat memory, and being killed again and again.

    python benchmarks/batch.py FOLDER [--clips 200] [--kills 10] [--jobs 2] [--seed 1]

FOLDER holds clips, good and bad; small ones are quickest. They are copied under many names, a trailing byte apart, so
that no two are the same. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from markdown import markdown

RESULTS = "stridecheck-results"
LOOK_EVERY_S = 1.0
CLIENTS = 10


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--clips", type=int, default=200)
    wanted.add_argument("--kills", type=int, default=10)
    wanted.add_argument("--jobs", type=int, default=2)
    wanted.add_argument("--seed", type=int, default=1)
    asked = wanted.parse_args()
    clips = sorted(path for path in asked.folder.iterdir() if path.suffix in (".mp4", ".mov", ".webm"))
    with tempfile.TemporaryDirectory() as scratch:
        if asked.clips:
            print(many_clips(clips, Path(scratch) / "many", asked.clips, asked.jobs))
        if asked.kills:
            print(killed(clips, Path(scratch), asked.kills, asked.jobs, random.Random(asked.seed)))


def many_clips(clips: list[Path], root: Path, count: int, jobs: int) -> str:
    """All accounted for, and memory over the run's thirds."""
    copies(clips, root, count)
    began = time.perf_counter()
    process = start(root, jobs)
    used: list[float] = []
    while process.poll() is None:
        used.append(memory_mb(process.pid))
        time.sleep(LOOK_EVERY_S)
    took_s = time.perf_counter() - began
    rows = json.loads((root / RESULTS / "summary.json").read_text("utf-8"))["clips"]
    untold = [row["clip"] for row in rows if row["status"] != "analysed" and not row["reason"]]
    thirds = [used[k * len(used) // 3 : (k + 1) * len(used) // 3] for k in range(3)]
    return markdown(
        ("clips", "accounted for", "of which", "without a reason", "MB, most in each third", "s"),
        [
            (
                str(count),
                str(len(rows)),
                ", ".join(f"{number} {status}" for status, number in Counter(row["status"] for row in rows).items()),
                str(len(untold)),
                " / ".join(f"{max(each, default=float('nan')):.0f}" for each in thirds),
                f"{took_s:.0f}",
            )
        ],
    )


def killed(clips: list[Path], scratch: Path, times: int, jobs: int, chance: random.Random) -> str:
    """Kill a batch at random moments until it has been killed so often, let it end, and hold it against another."""
    disturbed, undisturbed = scratch / "disturbed" / "clients", scratch / "undisturbed" / "clients"
    for root in (disturbed, undisturbed):
        copies(clips, root, len(clips))
    began = time.perf_counter()
    start(undisturbed, jobs).wait()
    usual_s = time.perf_counter() - began
    twice = 0
    for _ in range(times):
        before = finished(disturbed)
        process = start(disturbed, jobs)
        try:
            process.wait(chance.uniform(0.1, 0.6) * usual_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        after = finished(disturbed)
        twice += sum(after.get(folder) != stamp for folder, stamp in before.items())
    start(disturbed, jobs).wait()
    same = tree(disturbed) == tree(undisturbed)
    return markdown(
        ("clips", "killed", "same files as undisturbed", "finished clips done again"),
        [(str(len(clips)), str(times), "yes" if same else "NO", str(twice))],
    )


def copies(clips: list[Path], root: Path, count: int) -> None:
    """So many clips, shared out among clients."""
    for number in range(count):
        source = clips[number % len(clips)]
        target = root / f"client{number % CLIENTS}" / f"{number:03d}_{source.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        with target.open("ab") as file:
            file.write(bytes([number % 256]))


def start(root: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "analyzer", "batch", str(root), "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finished(root: Path) -> dict[str, int]:
    """When each finished clip was finished, by its folder."""
    return {path.parent.name: path.stat().st_mtime_ns for path in (root / RESULTS).rglob("job.json")}


def tree(root: Path) -> tuple[list[str], object]:
    """Every file of the results, hidden ones too, and what the summary says of the clips."""
    out = root / RESULTS
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*"))
    return files, json.loads((out / "summary.json").read_text("utf-8"))["clips"]


def memory_mb(process: int) -> float:
    """Memory of the largest process of a batch's, in MB; NaN where the system does not tell (other than Linux)."""
    largest = float("nan")
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):
            continue
        if str(process) in (told["Pid"].strip(), told["PPid"].strip()) and "VmRSS" in told:
            largest = max(0.0 if largest != largest else largest, int(told["VmRSS"].split()[0]) / 1024)
    return largest


if __name__ == "__main__":
    main()
