"""Whether tests would notice a mistake: small changes are made to the package, one at a time, and its tests are run.

    python benchmarks/mutation.py [motion metrics criteria] [--mutants 120] [--seed 1] [--only analyzer/ROOM/FILE:LINE]

A change is a comparison turned round or moved by one, another operator, ``and`` for ``or``, a number a tenth larger (a
whole one by one), ``None`` returned, a ``not`` left out, ``min`` for ``max``; so many of all that are possible, drawn
at random, an equal share from each room. It is made in a copy of the package that comes first on the path. Of the
room's tests those are run that reach its line (all of them where it is read at import), those that mirror the module
first, until one fails. Prints each change that no test noticed, and a table in Markdown. Other tools of the kind leave
functions with a decorator alone, as all metrics are, or make every change in the checkout itself.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
from markdown import markdown

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("motion", "metrics", "criteria")
PASSED, FAILED, INTERRUPTED = 0, 1, 2
QUIET = (
    "-x", "-n", "0", "-p", "no:cacheprovider", "--import-mode=importlib",
    "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"),
)  # fmt: skip
OTHER: dict[type, Any] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NEXT: dict[type, Any] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
RUN = """
import sys
from pathlib import Path
import analyzer, pytest
assert Path(analyzer.__file__).parents[1] == Path.cwd(), analyzer.__file__
class Unshrunk:
    def pytest_configure(self):
        from hypothesis import Phase, settings
        settings.register_profile("unshrunk", max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("unshrunk")
sys.exit(pytest.main(sys.argv[1:], plugins=[Unshrunk()]))
"""


@dataclass(frozen=True)
class Change:
    """New text in place of a piece of a module; the piece from byte `start` to byte `end`."""

    path: Path
    line: int
    last_line: int
    start: int
    end: int
    new: str

    def made(self) -> bytes:
        source = (ROOT / self.path).read_bytes()
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        old = (ROOT / self.path).read_bytes()[self.start : self.end].decode()
        return f"{self.path.as_posix()}:{self.line}  {' '.join(old.split())}  ->  {self.new}"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("rooms", nargs="*", default=ROOMS)
    wanted.add_argument("--mutants", type=int, default=120)
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--only", nargs="*", default=(), help="changes that begin so, instead of a draw")
    asked = wanted.parse_args()
    total, lost = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(ROOT / "analyzer", Path(scratch, "analyzer"), ignore=shutil.ignore_patterns("__pycache__"))
        for room in asked.rooms:
            every = [c for path in sorted((ROOT / "analyzer" / room).glob("*.py")) for c in changes(path)]
            share = min(len(every), asked.mutants // len(asked.rooms))
            only = [change for change in every if str(change).startswith(tuple(asked.only))]
            tried = Trial(Path(scratch), room)
            for change in only if asked.only else random.Random(f"{asked.seed} {room}").sample(every, share):
                name = f"{room}/{change.path.name}"
                total[name] += 1
                if not tried.notices(change):
                    lost[name] += 1
                    print(change, flush=True)
    rows: list[tuple[object, ...]] = [(name, n, n - lost[name], lost[name]) for name, n in sorted(total.items())]
    rows.append(("all", total.total(), total.total() - lost.total(), lost.total()))
    print(f"\n{markdown(('module', 'mutants', 'killed', 'survived'), rows)}")


class Trial:
    """A room's tests against a copy of the package; knows which tests reach which line."""

    def __init__(self, scratch: Path, room: str) -> None:
        self.scratch, self.tests, self.said = scratch, ROOT / "tests" / room, ""
        began = time.monotonic()
        if self._fails([str(self.tests)], f"--cov={scratch / 'analyzer'}", "--cov-context=test", "--cov-report="):
            raise SystemExit(f"The tests of {room} fail without any change:\n{self.said}")
        self.longest_s = 30.0 + 2.0 * (time.monotonic() - began)
        self.reached = coverage.CoverageData(str(scratch / "reached"))
        self.reached.read()

    def notices(self, change: Change) -> bool:
        """Whether a test fails, cannot be collected or does not end once the change is made."""
        target = self.scratch / change.path
        target.write_bytes(change.made())
        try:
            return self._fails(self._nearest_first(change), timeout_s=self.longest_s)
        finally:
            shutil.copyfile(ROOT / change.path, target)

    def _nearest_first(self, change: Change) -> list[str]:
        lines = self.reached.contexts_by_lineno(str((self.scratch / change.path).resolve()))
        names = {name for line in range(change.line, change.last_line + 1) for name in lines.get(line, ())}
        mirror, word = f"test_{change.path.stem}.py", re.compile(rf"\b{change.path.stem}\b")
        if not names or "" in names:
            names = {test.relative_to(ROOT).as_posix() for test in self.tests.glob("test_*.py")}
        tests = {re.split(r"[|\[]", name)[0] for name in names}

        def distance(test: str) -> tuple[int, str]:
            file = ROOT / test.split("::")[0]
            return (0 if file.name == mirror else 1 if word.search(file.read_text("utf-8")) else 2), test

        return [str(ROOT / test) for test in sorted(tests, key=distance)]

    def _fails(self, tests: list[str], *more: str, timeout_s: float | None = None) -> bool:
        listed = self.scratch / "tests.txt"
        listed.write_text("\n".join(tests), encoding="utf-8")
        path = os.pathsep.join((str(self.scratch), str(ROOT)))
        around = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        around["COVERAGE_FILE"] = str(self.scratch / "reached")
        command = [sys.executable, "-c", RUN, *QUIET, *more, f"@{listed}"]
        try:
            done = subprocess.run(command, cwd=self.scratch, env=around, capture_output=True, timeout=timeout_s)
        except subprocess.TimeoutExpired:
            return True
        self.said = done.stdout.decode() + done.stderr.decode()
        if done.returncode not in (PASSED, FAILED, INTERRUPTED):
            raise SystemExit(self.said)
        return done.returncode != PASSED


def changes(path: Path) -> Iterator[Change]:
    """All changes that can be made to a module."""
    source = path.read_bytes()
    begins = [0]
    for text in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(text))
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            if getattr(node, field, None) is not None:
                setattr(node, field, None)
    for node in ast.walk(tree):
        for old, new in replacements(node):
            last = old.end_lineno or old.lineno
            start, end = begins[old.lineno - 1] + old.col_offset, begins[last - 1] + (old.end_col_offset or 0)
            yield Change(path.relative_to(ROOT), old.lineno, last, start, end, new)


def replacements(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """An expression and what may stand in its place."""
    match node:
        case ast.Compare(ops=[op]):
            counted = any(isinstance(n, ast.Constant) and type(n.value) is int for n in (node.left, *node.comparators))
            for table in (OTHER, NEXT) if counted else (OTHER,):
                if type(op) in table:
                    yield node, f"({ast.unparse(ast.Compare(node.left, [table[type(op)]()], node.comparators))})"
        case ast.BinOp(op=op) if type(op) in OTHER and not any(
            isinstance(side, ast.JoinedStr)
            or (isinstance(side, ast.Constant) and not isinstance(side.value, int | float))
            for side in (node.left, node.right)
        ):
            yield node, f"({ast.unparse(ast.BinOp(node.left, OTHER[type(op)](), node.right))})"
        case ast.BoolOp(op=op):
            yield node, f"({ast.unparse(ast.BoolOp(OTHER[type(op)](), node.values))})"
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int(value)):
            yield node, str(value + 1)
        case ast.Constant(value=float(value)):
            yield node, repr(round(value * 1.1, 12) or 0.1)
        case ast.Return(value=ast.expr() as value):
            yield value, "None"
        case ast.UnaryOp(op=ast.Not()):
            yield node, f"({ast.unparse(node.operand)})"
        case ast.Call(func=ast.Name() | ast.Attribute() as called):
            name = ast.unparse(called)
            other = re.sub(r"(min|max)(?=imum$|$)", lambda found: {"min": "max", "max": "min"}[found[0]], name)
            if other != name:
                yield called, other


if __name__ == "__main__":
    main()
