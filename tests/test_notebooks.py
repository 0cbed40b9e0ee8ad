"""The notebooks are kept clean and run to their end.

The tour runs in a kernel, which is nbmake's work (see the Makefile); the others here, so that they may share what other
tests have seen in the same clips.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer.metrics.registry import _METRICS, all_metrics

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
HERE = [path for path in ALL if path.stem != "tour"]


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_outputs_are_cleared(path):
    cells = code_cells(path)

    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


@pytest.mark.parametrize("path", HERE, ids=lambda path: path.name)
@pytest.mark.usefixtures("seen_once")
def test_it_runs_to_its_end(path, monkeypatch):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    monkeypatch.setattr(pyplot, "show", lambda: pyplot.close("all"))
    monkeypatch.chdir(NOTEBOOKS)
    ours = {metric.name for metric in all_metrics()}
    names = {"__name__": "__main__"}
    try:
        for number, cell in enumerate(code_cells(path), start=1):
            exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)
    finally:
        for name in set(_METRICS) - ours:
            del _METRICS[name]


def test_the_tour_takes_six_cells():
    assert len(code_cells(NOTEBOOKS / "tour.ipynb")) == 6
