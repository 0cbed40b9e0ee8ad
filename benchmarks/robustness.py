"""What broken files do: every file of the tests' corpus, and many small clips with bytes changed at random.

    python benchmarks/robustness.py [--mutants 2000] [--analysed 40] [--jobs 2] [--seed 1]

Each file goes through probe and decoder as the command line has them, in a process with limits of time and memory;
some of those that can still be read go through the whole of ``stridecheck analyze``. Prints tables in Markdown, and
ends with status 1 where something failed otherwise than in a sentence, hung, took too much memory or left files behind.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import re
import struct
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from markdown import markdown

from tests.video.corpus import SORTS, cases, whole
from tests.video.excerpt import excerpt

LONGEST_S = 20.0
MOST_MEMORY_MB = 4000
"""Address space; what is really used is a fraction of it."""

UNEXPECTED = 70
SPECIAL = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x00FFFFFF)

_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Found:
    """What came of a file.

    Attributes:
        status: exit status; -1 where the process was lost, None after too long.
        said: sentences on standard error.
        took_s: wall-clock time.
        memory_mb: the most that the process ever held.
        left: names of files that should not be there.
    """

    status: int | None
    said: tuple[str, ...]
    took_s: float
    memory_mb: float
    left: tuple[str, ...] = ()


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("--mutants", type=int, default=2000)
    wanted.add_argument("--analysed", type=int, default=40)
    wanted.add_argument("--jobs", type=int, default=2)
    wanted.add_argument("--seed", type=int, default=1)
    asked = wanted.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(asked.jobs) as threads:
        workers = [Worker() for _ in range(asked.jobs)]

        def run(jobs: Iterable[tuple[Path, Path | None]]) -> list[Found]:
            parts: list[list[tuple[Path, Path | None]]] = [[] for _ in workers]
            for index, job in enumerate(jobs):
                parts[index % len(workers)].append(job)
            done = threads.map(lambda pair: [pair[0].do(*job) for job in pair[1]], zip(workers, parts, strict=True))
            return [found for part in done for found in part]

        corpus = run((path, None) for path in _corpus(Path(scratch)))
        mutants = list(_mutants(Path(scratch), asked.mutants, random.Random(asked.seed)))
        read = run((path, None) for path in mutants)
        # a part each, so that results come back in another order than files went in
        order = [path for start in range(asked.jobs) for path in mutants[start :: asked.jobs]]
        legible = [path for path, found in zip(order, read, strict=True) if found.status == 0]
        chosen = random.Random(asked.seed).sample(legible, min(asked.analysed, len(legible)))
        analysed = run((path, Path(scratch) / "out" / str(index)) for index, path in enumerate(chosen))
        for worker in workers:
            worker.end()
    stages = {"corpus": corpus, "mutated, read": read, "mutated, analysed": analysed}
    _print(stages)
    sys.exit(any(fault for found in stages.values() for fault in _faults(found).values()))


def _corpus(scratch: Path) -> Iterator[Path]:
    for index, (_, case) in enumerate(cases()):
        folder = scratch / f"c{index}"
        folder.mkdir()
        yield case.write(folder)


def _mutants(scratch: Path, count: int, dice: random.Random) -> Iterator[Path]:
    """Clips of every sort, and one with a runner, which is every other one; each with a few places spoilt."""
    folder = scratch / "whole"
    folder.mkdir()
    bases = [whole(name, folder) for name in SORTS] + [excerpt(folder / "runner.mp4")]
    contents = [(base.suffix, base.read_bytes()) for base in bases]
    for index in range(count):
        suffix, data = contents[-1] if index % 2 else contents[index // 2 % (len(contents) - 1)]
        place = scratch / f"m{index}"
        place.mkdir()
        path = place / f"clip{suffix}"
        path.write_bytes(mutated(data, dice))
        yield path


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one to eight faults, half of them near either end, where containers keep what matters."""
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        near = dice.choice((0.0, 0.0, 1.0, None))
        at = dice.randrange(len(spoilt))
        if near is not None:
            reach = min(2000, len(spoilt))
            at = dice.randrange(reach) if near == 0.0 else len(spoilt) - 1 - dice.randrange(reach)
        length = min(dice.choice((1, 4, 64, 2000)), len(spoilt) - at)
        match dice.randrange(6):
            case 0:
                spoilt[at] ^= 1 << dice.randrange(8)
            case 1:
                spoilt[at : at + length] = dice.randbytes(length)
            case 2:
                spoilt[at : at + 4] = struct.pack(">I", dice.choice(SPECIAL))
            case 3:
                spoilt[at : at + length] = b""
            case 4:
                spoilt[at:at] = spoilt[at : at + length]
            case _:
                spoilt = spoilt[: max(at, 1)] if dice.random() < 0.2 else spoilt
        spoilt = spoilt or bytearray(b"\0")
    return bytes(spoilt)


class Worker:
    """A process that looks at files, and is replaced when it is lost or takes too long."""

    def __init__(self) -> None:
        self._start()

    def do(self, path: Path, out: Path | None) -> Found:
        """Look at a file; analyse it into a folder if one is given."""
        self._line.send((path, out))
        begun = time.monotonic()
        limit_s = LONGEST_S if out is None else 10 * LONGEST_S
        try:
            if self._line.poll(limit_s):
                return self._line.recv()  # type: ignore[no-any-return]
            lost = None
        except (EOFError, OSError):
            lost = -1
        self.end()
        self._start()
        return Found(lost, (), time.monotonic() - begun, 0.0)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()

    def _start(self) -> None:
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()


def _serve(line: Connection) -> None:
    _limit_memory()
    while True:
        path, out = line.recv()
        line.send(_look(path) if out is None else _analyse(path, out))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_MB * 1_000_000,) * 2)


def _look(path: Path) -> Found:
    from analyzer.boundary import attempt
    from analyzer.video.probe import probe
    from analyzer.video.reader import read_frames

    def work() -> int:
        return sum(1 for _ in read_frames(probe(path), max_side_px=640))

    console, told = _console()
    begun = time.monotonic()
    outcome = attempt(work, console, about=path.name)
    return _found(outcome.status, told, begun, ())


def _analyse(path: Path, out: Path) -> Found:
    from analyzer.pipeline import Options
    from analyzer.session import Session, analyze_clips

    console, told = _console()
    begun = time.monotonic()
    sys.stdout = printed = io.StringIO()
    try:
        status = analyze_clips([path], Session(Options, out), console)
    finally:
        sys.stdout = sys.__stdout__
    made = list(out.rglob("*")) if out.exists() else []
    if printed.getvalue():  # there is a report, and what it says stands on standard output
        told.write(printed.getvalue().splitlines()[0] + "\n")
    whole = (out / path.stem / "report.html").exists()
    left = [entry.name for entry in made if not whole or entry.name.startswith(".")]
    left += [entry.name for entry in path.parent.iterdir() if entry != path]
    return _found(status, told, begun, tuple(left))


def _console() -> tuple[Any, io.StringIO]:
    from rich.console import Console

    told = io.StringIO()
    return Console(file=told, soft_wrap=True, width=10_000), told


def _found(status: int, told: io.StringIO, begun: float, left: tuple[str, ...]) -> Found:
    lines = tuple(line for line in told.getvalue().splitlines() if line.endswith("."))  # others tell how far it is
    memory_mb = 0.0
    if sys.platform != "win32":
        import resource

        memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Found(status, lines, time.monotonic() - begun, memory_mb, left)


def _faults(found: list[Found]) -> dict[str, int]:
    return {
        "tracebacks": sum(each.status == UNEXPECTED for each in found),
        "lost": sum(each.status == -1 for each in found),
        f"over {LONGEST_S:g} s": sum(each.status is None for each in found),
        "no sentence": sum(each.status in (1, 2) and len(each.said) != 1 for each in found),
        "leftovers": sum(bool(each.left) for each in found),
    }


def _kind(found: Found) -> str:
    """A sentence without what is particular about it."""
    if found.status == 0:
        return "read"
    said = found.said[-1] if found.said else "nothing said"
    said = re.sub(r"^(/\S*/)?\S*clip\S*: ", "", said)
    said = re.sub(r"^(/\S*/)?\S+\.\w{2,4} ", "", said)
    return re.sub(r"[\d.]+", "N", re.split(r"[;:,(]", said)[0])[:60]


def _print(stages: dict[str, list[Found]]) -> None:
    rows = []
    for name, found in stages.items():
        counts = Counter(each.status for each in found)
        slowest, most = (max((getattr(each, what) for each in found), default=0.0) for what in ("took_s", "memory_mb"))
        faults = _faults(found)
        rows.append(
            [name, len(found), counts[0], counts[1], counts[2], *faults.values(), f"{slowest:.1f}", f"{most:.0f}"]
        )
    head = ["files", "all", "status 0", "status 1", "status 2", *_faults([]), "slowest s", "most MB"]
    print(markdown(head, rows), end="\n\n")
    kinds = Counter((name, _kind(each)) for name, found in stages.items() for each in found)
    print(markdown(["files", "what was said", "times"], [[name, kind, n] for (name, kind), n in kinds.most_common()]))
    for each in (each for found in stages.values() for each in found):
        if each.status not in (0, 1, 2) or each.left or (each.status and len(each.said) != 1):
            print(f"\nfault: {each}")


if __name__ == "__main__":
    os.nice(5) if hasattr(os, "nice") else None
    main()
