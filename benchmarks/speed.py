"""How long a full analysis takes, against what most tools do: decode, MediaPipe in VIDEO mode, nothing else.

    python benchmarks/speed.py [CLIP or FOLDER] [--only ratios,batch,growth,stages,floor] [--short]

Clips are made of one sample (sample_videos/run_left.mp4 unless another is named) by showing it to and fro at 1080p; of
a folder, each clip is taken as it is for the ratios. Everything is run in one go and told as ratios, since seconds
depend on the machine and on what else it does; the load at the start and at the end is printed too. ``--short`` takes
clips of a few seconds only, to try the benchmark itself. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from cost import looped
from markdown import markdown

from analyzer.cores import usable_cores
from analyzer.pose.models import find_model
from analyzer.video.probe import probe

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample_videos" / "run_left.mp4"
FULL_HD_PX = 1920
PLAIN = "from pathlib import Path; import sys; from analyzer.pose.models import find_model; " \
    "from plain_mediapipe import plain_points; plain_points(Path(sys.argv[1]), find_model())"  # fmt: skip
BATCH_CLIPS = 12
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """What a program took: wall-clock seconds, seconds of all cores, and MB at most (NaN where the system hides it)."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("clip", type=Path, nargs="?", default=SAMPLE)
    wanted.add_argument("--only", default="ratios,batch,growth,stages,floor")
    wanted.add_argument("--short", action="store_true")
    asked = wanted.parse_args()
    find_model()
    print(f"{usable_cores()} cores, load {load()} at the start\n")
    with tempfile.TemporaryDirectory() as scratch:
        for name in asked.only.split(","):
            table = {"ratios": ratios, "batch": batch, "growth": growth, "stages": stages, "floor": floor}[name]
            print(f"{table(asked.clip, Path(scratch), asked.short)}\n", flush=True)
    print(f"Load {load()} at the end")


def ratios(source: Path, scratch: Path, short: bool) -> str:
    """Full analysis over the plain loop on the same clips, in turn: a machine is not equally quick all the time."""
    rows = []
    for what, clip in of_interest(source, scratch, short):
        plain_loop = [sys.executable, "-c", PLAIN, str(clip)]
        pairs = [(cost_of(plain_loop), analysis(clip, scratch)) for _ in range(1 if short else ROUNDS)]
        wall = sorted(full.wall_s / plain.wall_s for plain, full in pairs)
        cpu = median(full.cpu_s / plain.cpu_s for plain, full in pairs)
        plain_s, full_s = (f"{median(each[which].wall_s for each in pairs):.1f}" for which in (0, 1))
        peaks = (f"{max(each[which].peak_mb for each in pairs):.0f}" for which in (0, 1))
        told = f"{median(wall):.2f} ({wall[0]:.2f}-{wall[-1]:.2f})"
        rows.append((what, f"{probe(clip).frames}", plain_s, full_s, told, f"{cpu:.2f}", *peaks))
    head = ("clip", "frames", "plain s", "analyze s", "wall ratio", "CPU ratio", "plain MB", "analyze MB")
    return markdown(head, rows)


def batch(source: Path, scratch: Path, short: bool) -> str:
    """Twelve clips with as many jobs as cores, and with one."""
    clients = scratch / "clients"
    clip = looped(source, scratch / "of_batch.mp4", 30, 2.0 if short else 5.0)
    (clients / "anna").mkdir(parents=True)
    for number in range(BATCH_CLIPS):
        target = clients / "anna" / f"{number}.mp4"
        shutil.copyfile(clip, target)
        with target.open("ab") as file:
            file.write(bytes([number]))
    rows, one = [], None
    for jobs in (1, max(2, usable_cores())):
        out = scratch / f"with_{jobs}"
        command = [sys.executable, "-m", "analyzer", "batch", str(clients), "--out", str(out), "--jobs", str(jobs)]
        cost = cost_of(command)
        one = one or cost
        rows.append((f"{jobs}", f"{cost.wall_s:.1f}", f"{cost.wall_s / one.wall_s:.2f}", f"{cost.peak_mb:.0f}"))
    return markdown((f"jobs, {BATCH_CLIPS} clips", "s", "over one job", "MB, largest process"), rows)


def growth(source: Path, scratch: Path, short: bool) -> str:
    """Cost as clips get longer, larger and faster, over the first of each kind."""
    longs = (2, 4, 8) if short else (10, 20, 40, 80)
    kinds: list[tuple[str, list[tuple[str, float, float, int]]]] = [
        ("length", [(f"{s} s", 30, s, 1280) for s in longs]),
        ("resolution", [(f"{px} px", 30, longs[0], px) for px in (640, 1280, 1920, 3840)]),
        ("frame rate", [(f"{fps} fps", fps, longs[0], 1280) for fps in (30, 60, 120, 240)]),
    ]
    rows = []
    for kind, cases in kinds:
        first = None
        for name, fps, seconds, px in cases:
            clip = looped(source, scratch / "grown.mp4", int(fps), seconds, px)
            cost = analysis(clip, scratch)
            first = first or cost
            rows.append((kind, name, f"{cost.wall_s:.1f}", f"{cost.wall_s / first.wall_s:.2f}", f"{cost.peak_mb:.0f}"))
    return markdown(("what grows", "clip", "s", "over the first", "MB"), rows)


def stages(source: Path, scratch: Path, short: bool) -> str:
    """Where the time of one analysis goes, each stage by itself."""
    from analyzer.overlay.render import render_overlay
    from analyzer.pipeline import Options, score, see
    from analyzer.report.render import render_report
    from analyzer.results import write_results

    clip = looped(source, scratch / "staged.mp4", 60, 3.0 if short else 10.0, FULL_HD_PX)
    known, took = probe(clip), []

    def timed(name: str, work: Callable[[], object]) -> object:
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        made = work()
        took.append((name, time.perf_counter() - wall_s, time.process_time() - cpu_s))
        return made

    basis = timed("look: probe, decode, networks, scene", lambda: see(clip, Options()))
    assessment = timed("understand, measure, judge", lambda: score(basis))  # type: ignore[arg-type]
    timed("overlay alone", lambda: render_overlay(assessment, known, scratch / "overlay.mp4"))  # type: ignore[arg-type]
    timed("report without pictures", lambda: render_report(assessment, {}))  # type: ignore[arg-type]
    timed("all results, overlay and pictures included", lambda: write_results(assessment, scratch / "staged"))  # type: ignore[arg-type]
    program = cost_of([sys.executable, "-c", "import analyzer.pipeline, analyzer.results"])
    took.insert(0, ("start and imports", program.wall_s, program.cpu_s))
    frames = known.frames
    rows = [(n, f"{w:.2f}", f"{c:.2f}", f"{1000 * c / frames:.1f}") for n, w, c in took]
    return markdown((f"stage, {frames} frames", "s", "CPU s", "CPU ms a frame"), rows)


def floor(_source: Path, _scratch: Path, short: bool) -> str:
    """The bare landmark network on all cores: nothing that looks at every frame can be quicker."""
    from analyzer.pose.networks import Landmarker, read_bundle
    from analyzer.pose.quiet import engine_quiet

    looks = 40 if short else 300
    bundle, crop = read_bundle(find_model().path), np.zeros((256, 256, 3), np.uint8)
    rows = []
    for threads in dict.fromkeys((1, usable_cores())):
        with engine_quiet(), ThreadPoolExecutor(threads) as pool:
            networks = [Landmarker(bundle) for _ in range(threads)]

            def look(network: Landmarker, count: int = looks // threads) -> None:
                for _ in range(count):
                    network(crop)

            began = time.perf_counter()
            list(pool.map(look, networks))
            per_look_ms = 1000.0 * (time.perf_counter() - began) / (looks // threads * threads)
        rows.append((f"{threads}", f"{per_look_ms:.1f}"))
    return markdown(("threads", "ms a frame, bare network"), rows)


def of_interest(source: Path, scratch: Path, short: bool) -> Iterator[tuple[str, Path]]:
    """The clips to hold against the plain loop, with what they are."""
    if source.is_dir():
        yield from ((path.name, path) for path in sorted(source.glob("*.m*")))
        return
    for fps, seconds in ((60, 2), (240, 1)) if short else ((60, 10), (60, 60), (240, 10)):
        clip = looped(source, scratch / f"{fps}_{seconds}.mp4", fps, seconds, FULL_HD_PX)
        yield f"1080p, {fps} fps, {seconds} s", clip


def analysis(clip: Path, scratch: Path) -> Cost:
    """A full analysis by the command line, results removed again."""
    out = scratch / "out"
    cost = cost_of([sys.executable, "-m", "analyzer", "analyze", str(clip), "--out", str(out)])
    shutil.rmtree(out, ignore_errors=True)
    return cost


def cost_of(command: list[str]) -> Cost:
    """Run a program to its end; its peak of memory is that of its largest process."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    peak = float("nan")
    while process.poll() is None:
        peak = np.fmax(peak, max([peak_of(process.pid), *map(peak_of, children_of(process.pid))]))
        time.sleep(0.05)
    after = os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - began, cpu_s, float(peak))


def peak_of(process: int) -> float:
    """The most memory that a process has used so far, in MB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def children_of(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main()
